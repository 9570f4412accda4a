"""Files made to cost time and memory: each as large as is read at all, each refused by the command."""

import os
import subprocess
import sys
import time
from pathlib import Path

from commonweal.formats.files import MAX_TEXT_BYTES

_HEAD = "organisation: T\nindex: svmi-public\nanswers:\n"
CASES = {
    "lists.json": ('{"answers":[', "[1],", "1]}"),
    "deep.json": ("[" * 38, "1,", "1" + "]" * 38),
    "objects.json": ('{"answers":[', "{},", "1]}"),
    "flow.yaml": ("a: [", "1,", "1]\n"),
    "rows.yaml": ("", "- {a: , b: }\n", ""),
    "answers.yaml": (_HEAD, "  A1: {present: 9, x: }\n", ""),
    "twice.yaml": ("", "a:\n", ""),
    "directives.yaml": ("", "%TAG !a! x\n", ""),
    "quotes.yaml": ('a: "', "\\\\x41", '"\n'),
}


def write_cases(folder: Path) -> list[Path]:
    """Every case as a file of nearly the largest size that is read."""
    paths = []
    for name, (head, unit, tail) in CASES.items():
        times = (MAX_TEXT_BYTES - len(head) - len(tail)) // len(unit)
        path = folder / name
        path.write_text(head + unit * times + tail, encoding="utf-8")
        paths.append(path)
    return paths


def refuse(path: Path) -> tuple[float, float | None]:
    """Seconds and, where the system tells it, megabytes that the command takes to refuse a file."""
    program = Path(sys.executable).with_name("commonweal")
    start = time.perf_counter()
    with subprocess.Popen([program, "assess", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        if not hasattr(os, "wait4"):
            assert process.wait() == 2
            return time.perf_counter() - start, None
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 2, path.name
    return time.perf_counter() - start, usage.ru_maxrss / 1024
