"""Run by the Python that has LibreOffice's bridge: opens a sheet, then a plan as PDF for each line of answers."""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def _property(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def _connect(folder):
    pipe = f"commonweal{time.time_ns()}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/warm-profile",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return office, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001  it is still starting
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not start")


def main():
    sheet, folder = sys.argv[1:]
    office, context = _connect(folder)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(f"file://{sheet}", "_blank", 0, (_property("Hidden", True),))
    answers = document.Sheets.getByName("Answers")
    target = Path(folder) / "warm.pdf"
    print("ready", flush=True)
    for line in sys.stdin:
        rows = tuple(tuple(float(value) for value in row) for row in json.loads(line))
        start = time.perf_counter()
        answers.getCellRangeByPosition(1, 1, 2, len(rows)).setDataArray(rows)
        document.calculateAll()
        document.storeToURL(f"file://{target}", (_property("FilterName", "calc_pdf_Export"),))
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "bytes": target.stat().st_size}), flush=True)
    document.close(True)
    desktop.terminate()
    office.wait(timeout=20)


if __name__ == "__main__":
    main()
