"""A wheel, built and installed with pip in an empty environment, does the main job, the service too (bin/check)."""

import os
import re
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest
from tests.cases import INVENTED

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_wheel_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    environment |= {"COMMONWEAL_HOME": str(tmp_path / "home"), "PYTHONUNBUFFERED": "1"}
    serve = [python, "-m", "commonweal", "serve", "--examples", "--port", "0"]
    with subprocess.Popen(serve, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout
            link = next(line.strip() for line in service.stdout if "/sign-in/" in line)
            monkeypatch.undo()  # the one connection: to the service just started
            page = urllib.request.urlopen(link).read().decode()
            style = re.search(r'href="(/static/pages.css[^"]*)"', page)
            assert style
            assert len(urllib.request.urlopen(link.partition("/sign-in")[0] + style[1]).read()) > 50_000
        finally:
            service.terminate()
    checked = subprocess.run(
        [python, "-m", "commonweal", "check-standards"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert b"sound" in checked.stdout
