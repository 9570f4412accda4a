"""The fence stands, and bites: a planted fault in a copy of the package is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    return subprocess.run(
        [LINT, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_look_down_only(copy: Path) -> None:
    assert _lint(copy).returncode == 0


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("core/words.py", "import commonweal.formats.tree", "Each floor looks down only BROKEN"),
        ("intake/assessment.py", "import commonweal.reports.content", "Each floor looks down only BROKEN"),
        ("standards/build.py", "import django.db", "The lower half knows no Django BROKEN"),
        ("core/maturity/plan.py", "import yaml", "The core knows no library BROKEN"),
        ("core/maturity/models.py", "import commonweal.core.maturity.plan", "No cycles, at any depth BROKEN"),
    ],
)
def test_a_planted_import_is_found(file: str, line: str, contract: str, copy: Path) -> None:
    path = copy / "src" / "commonweal" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    found = _lint(copy)
    assert found.returncode != 0
    assert contract in found.stdout


def test_a_new_folder_must_be_given_a_floor(copy: Path) -> None:
    folder = copy / "src" / "commonweal" / "helpers"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    assert _lint(copy).returncode != 0
