"""Each save of the service asks the system to put it on the disk before it is acknowledged (bin/check, F3).

Told by the system itself; the control, with less synchronising, asks for nothing.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.serving import environment_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace tells what the system was asked"),
]
_SAVES = 100
_SAVE = """
import datetime, sys, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from django.db import connection
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.organisations import Kind
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
me, now, index = Person.objects.local(), datetime.datetime.now(datetime.UTC), load_index("svmi-public")
own = create_organisation(name="Kept", kind=Kind.FIRE, size=None, by=me, now=now)
round_ = open_assessment(organisation_id=own, by=me, now=now,
    opening=Opening(index=index, name="Kept", date=None, horizon_years=2))
theme = index.themes[0]
if sys.argv[2] != "as it is":
    connection.cursor().execute(f"PRAGMA synchronous={sys.argv[2]}")
print("begun", flush=True)
for number in range(int(sys.argv[1])):
    answers = {theme.questions[0].id: QuestionAnswer(0, 1, f"note {number}")}
    save_theme(assessment_id=round_, code=theme.code, version=number, read=lambda _: answers, by=me, now=now)
print("done", flush=True)
"""


def _asked(folder: Path, synchronous: str) -> int:
    """How often the system was asked to put something on the disk, between the first save and the last."""
    told = folder / "told"
    environment = environment_of(folder / "home") | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    watched = ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-e", "signal=none", "-o", str(told)]
    program = [sys.executable, "-c", _SAVE, str(_SAVES), synchronous]
    subprocess.run([*watched, *program], env=environment, check=True, capture_output=True)
    lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
    begun, done = (next(at for at, line in enumerate(lines) if f'"{word}' in line) for word in ("begun", "done"))
    return sum("fsync(" in line or "fdatasync(" in line for line in lines[begun:done])


def test_every_save_is_on_the_disk(tmp_path: Path) -> None:
    assert _asked(tmp_path, "as it is") >= _SAVES


def test_the_control_asks_for_nothing(tmp_path: Path) -> None:
    assert _asked(tmp_path, "OFF") == 0
