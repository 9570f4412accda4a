"""A wheel, built and installed with pip in an empty environment, does the main job (run by bin/check)."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from tests.cases import INVENTED

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_wheel_is_whole(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*build, str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*install, "--no-deps", str(wheel)], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for name in ("text", "json", "csv", "html", "xlsx", "docx", "pdf"):
        command = [python, "-m", "commonweal", "assess", str(INVENTED), "--format", name, "--output", f"plan.{name}"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
        assert (tmp_path / f"plan.{name}").stat().st_size > 1000
    checked = subprocess.run(
        [python, "-m", "commonweal", "check-standards"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert b"sound" in checked.stdout
