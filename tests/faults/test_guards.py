"""Every guard is taken away in turn, in a copy, and the tests must notice (bin/check, S3).

First the tests run once in a copy that tells which of them pass which guard: only those can notice, and those that pass
few guards are asked first. A survivor is a guard that no test holds: write one.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.faults.guards import Guard, guards_of, take_away, tell_all
from tests.faults.reaching import NOTED, WANTED

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
NOTICE = ("tests/services", "tests/web")
FIRST = {
    "any method": ("tests/web/test_posting.py::test_a_page_takes_its_methods_alone",),
    "left out": ("tests/web/test_https.py", "tests/web/test_sessions.py", "tests/web/test_routes.py"),
}
"""Every request passes a layer or a limit to methods, and these tests are the likeliest to miss it."""
Reached = dict[str, list[str]]
"""The tests that pass each guard, those that pass few first."""


def _copy(folder: Path) -> Path:
    for part in ("src", "tests", "pyproject.toml"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
    return folder / "src" / "commonweal"


def _tests(folder: Path, *words: str, **also: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONWEAL", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "tests.faults.reaching", *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}"} | also,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout[-2000:] + done.stderr[-2000:]
    return done


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Reached:
    """Also the control: with every guard in place all tests pass in a copy, so it is not the copy that kills."""
    folder = tmp_path_factory.mktemp("told")
    tell_all(_copy(folder))
    noted = folder / "reached.json"
    done = _tests(folder, *NOTICE, **{NOTED: str(noted)})
    assert done.returncode == 0, done.stdout[-2000:]
    found: Reached = json.loads(noted.read_text(encoding="utf-8"))
    passes = Counter(test for tests in found.values() for test in tests)
    return {guard: sorted(tests, key=lambda test: (passes[test], test)) for guard, tests in found.items()}


def _survives(guard: Guard, reached: Reached, folder: Path) -> bool:
    if guard.taken not in FIRST and str(guard) not in reached:
        return True
    copy = folder / str(guard).replace("/", "-").replace(":", "-").replace(" ", "-")
    take_away(guard, _copy(copy))
    asked = {}
    if guard.taken not in FIRST:
        named = Path(guard.module).stem  # the tests that are called as the module are the likeliest to notice
        wanted = sorted(reached[str(guard)], key=lambda test: named not in test)
        (copy / "wanted").write_text("\n".join(wanted), encoding="utf-8")
        asked = {WANTED: str(copy / "wanted")}
    done = _tests(copy, *FIRST.get(guard.taken, ()), *NOTICE, **asked)
    shutil.rmtree(copy)
    return done.returncode == 0


def survivors(guards: list[Guard], reached: Reached, folder: Path) -> Iterator[tuple[Guard, bool]]:
    """Each guard with whether nothing is noticed when it is away."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        yield from zip(guards, pool.map(lambda one: _survives(one, reached, folder), guards), strict=True)


def test_every_guard_is_held_by_a_test(reached: Reached, tmp_path: Path) -> None:
    found = guards_of(ROOT / "src" / "commonweal")
    assert len(found) > 150
    assert [str(guard) for guard, survives in survivors(found, reached, tmp_path) if survives] == []
