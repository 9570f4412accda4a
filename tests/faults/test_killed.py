"""The service is killed at any moment: nothing acknowledged is lost (bin/check, F1)."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.faults.officer import Officer, files, written
from tests.faults.serving import COMMAND, environment_of, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]
_KILLS = 500


_SWEEP = """
import datetime, django; django.setup()
from commonweal.services.actions.housekeeping import tidy
tidy(now=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2))
"""


def test_a_killed_service_has_lost_nothing(tmp_path: Path) -> None:
    """While answers are saved, files are added and workbooks are applied, in turn."""
    dice, officer = random.Random(1), None
    for number in range(_KILLS):
        with serving(tmp_path) as (service, link):
            officer = officer or Officer(link)
            officer.signs_in_again(link) if number else None
            acts: list[tuple[Callable[[], int], float]] = [
                (officer.saves, 0.6),
                (partial(officer.adds, 50_000), 0.6),
                (officer.sends_a_workbook, 2.5),
            ]
            act, longest = acts[number % len(acts)]
            killer = threading.Timer(dice.uniform(0.02, longest), service.send_signal, [signal.SIGKILL])
            killer.start()
            try:
                while act() == 302:
                    pass
                pytest.fail(officer.last)
            except (OSError, http.client.HTTPException):
                killer.join()
        acknowledged = (officer.saved, officer.added, officer.applied)
        found = written(tmp_path)
        assert found in {acknowledged, tuple(n + (place == number % 3) for place, n in enumerate(acknowledged))}
        officer.saved, officer.added, officer.applied = found
    assert officer
    assert min(officer.saved, officer.added, officer.applied) > _KILLS / 10
    assert len(files(tmp_path)) - officer.added <= _KILLS / 3  # kept, and killed before the row was written
    environment = environment_of(tmp_path) | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    subprocess.run([sys.executable, "-c", _SWEEP], env=environment, check=True)
    assert len(files(tmp_path)) == officer.added
    file = tmp_path / "after.backup"
    done = subprocess.run([*COMMAND, "backup", str(file)], env=environment_of(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # which checks every audit trail, and every file
