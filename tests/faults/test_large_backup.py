"""Five gigabytes of evidence are backed up, checked and restored within a quarter of an hour (bin/check, F8).

And with little memory, however much there is: files pass through in parts.
"""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.faults.serving import COMMAND, environment_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="figures of POSIX")]
_FILES, _EACH = 208, 24_100_000
_LONGEST = 15 * 60
_MOST_MEMORY = 400_000
"""Kilobytes."""
_FILL = """
import datetime, os, sys, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.organisations import Kind
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
me, now, index = Person.objects.local(), datetime.datetime.now(datetime.UTC), load_index("svmi-public")
own = create_organisation(name="Large", kind=Kind.FIRE, size=None, by=me, now=now)
round_ = open_assessment(organisation_id=own, by=me, now=now,
    opening=Opening(index=index, name="Large", date=None, horizon_years=2))
question = frozenset({index.questions[0].id})
for number in range(int(sys.argv[1])):
    content = b"%PDF-1.7\\n" + os.urandom(int(sys.argv[2]))
    add_evidence(assessment_id=round_, by=me, now=now,
        piece=Piece(EvidenceKind.FILE, f"{number}", question, Strength.DOCUMENTED, file_name="x.pdf", content=content))
"""


def _digests(home: Path) -> dict[str, str]:
    found = {}
    for path in (home / "evidence").rglob("*"):
        if path.is_file():
            with path.open("rb") as opened:
                found[path.name] = hashlib.file_digest(opened, "sha256").hexdigest()
    return found


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "encrypted"])
def test_a_large_installation(sealed: bool, tmp_path: Path) -> None:
    if shutil.disk_usage(tmp_path).free < 30 * 1000**3:
        pytest.skip("thirty gigabytes of room are needed")
    home, back, file, key = (tmp_path / name for name in ("home", "back", "all.backup", "key"))
    environment = environment_of(home) | {"COMMONWEAL_EVIDENCE_MB": "10000"}
    fill = [sys.executable, "-c", _FILL, str(_FILES), str(_EACH)]
    subprocess.run(fill, env=environment | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}, check=True)
    before = _digests(home)
    assert len(before) == _FILES
    made = subprocess.run([*COMMAND, "backup-key", str(key)], env=environment, capture_output=True, text=True)
    to, with_key = (["--recipient", made.stdout.strip()], ["--identity", str(key)]) if sealed else ([], [])
    since = time.monotonic()
    for command, place in (
        (["backup", str(file), *to], home),
        (["verify", str(file), *with_key], home),
        (["restore", str(file), *with_key], back),
    ):
        environment["COMMONWEAL_HOME"] = str(place)
        subprocess.run([*COMMAND, *command], env=environment, check=True, capture_output=True)
    assert time.monotonic() - since < _LONGEST
    assert _digests(back) == before
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < _MOST_MEMORY  # of the largest of them
    shutil.rmtree(home)
    shutil.rmtree(back)
    file.unlink()
