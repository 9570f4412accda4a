"""Drives LibreOffice: warm by a conversation with a running one, cold by starting it for each file."""

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.answers import INDEX, choices
from bench.sheet.workbook import make_workbook
from commonweal.standards.catalogue import load_index

_DRIVER = Path(__file__).with_name("driver.py")
_SYSTEM_PYTHON = "/usr/bin/python3"


def available() -> bool:
    """Whether LibreOffice and its bridge to Python are installed."""
    if not shutil.which("soffice") or not Path(_SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([_SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def version() -> str:
    found = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split()[:2])


class WarmSheet:
    """A sheet that is open in a running LibreOffice."""

    def __init__(self, folder: Path) -> None:
        self._index = load_index(INDEX)
        sheet = folder / "sheet.xlsx"
        make_workbook(sheet, self._index, choices(self._index, 0))
        self._driver: Any = self._start(sheet, folder)
        ready = self._driver.stdout.readline()
        assert ready.strip() == "ready"

    @staticmethod
    def _start(sheet: Path, folder: Path) -> Any:
        return subprocess.Popen(
            [_SYSTEM_PYTHON, str(_DRIVER), str(sheet), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def plan(self, number: int) -> float:
        """Set answers, recalculate, save as PDF; seconds as the driver measured them."""
        rows = list(choices(self._index, number).values())
        self._driver.stdin.write(json.dumps(rows) + "\n")
        self._driver.stdin.flush()
        answer = json.loads(self._driver.stdout.readline())
        assert answer["bytes"] > 10_000
        return float(answer["seconds"])

    def close(self) -> None:
        self._driver.stdin.close()
        self._driver.wait(timeout=30)


def cold_plan(folder: Path, number: int) -> float:
    """Start LibreOffice for one filled-in sheet and save it as PDF; seconds from start to end."""
    index = load_index(INDEX)
    sheet = folder / f"cold-{number}.xlsx"
    make_workbook(sheet, index, choices(index, number))
    with tempfile.TemporaryDirectory() as out:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        start = time.perf_counter()
        subprocess.run([*command, "--outdir", out, str(sheet)], capture_output=True, check=True)
        seconds = time.perf_counter() - start
        assert (Path(out) / f"cold-{number}.pdf").stat().st_size > 10_000
    return seconds
