"""An upgrade that is killed under load is finished by the next start, and nothing is lost (bin/check, F10).

On the database that the tests run on. The load is somebody who goes on saving in the old way, as long as the tables let
them; what was acknowledged to them is there afterwards.
"""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.store.test_upgrade import _LOOK, OLD, _django, _installed

pytestmark = pytest.mark.slow
_KILLS, _MOST_TRIES = 5, 20
_DOWN_FOR = 60
"""Seconds at most, from the start of an upgrade to the first thing that is looked at."""
_SAVE = """
import django; django.setup()
from django.db import DatabaseError, connection, transaction
number = 0
while True:
    number += 1
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT set_config('commonweal.everything', 'on', true)")
            cursor.execute("UPDATE store_answer SET reason = %s WHERE id = 1", [f"saved {number}"])
            assert cursor.rowcount == 1
    except DatabaseError:  # the tables are being changed
        connection.close()
        number -= 1
    else:
        print(number, flush=True)
"""


def _seen(environment: dict[str, str]) -> tuple[Any, int]:
    """What is there, without what the load has saved, and that."""
    done = subprocess.run([sys.executable, "-c", _LOOK], env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    saved = 0
    for answers, *_ in found["rounds"].values():
        for answer in answers.values():
            if str(answer[3]).startswith("saved "):
                saved, answer[3] = int(answer[3].split()[1]), ""
    return found, saved


def _killed(environment: dict[str, str], after: float) -> bool:
    command = [sys.executable, "-m", "django", "migrate"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
        killer = threading.Timer(after, one.send_signal, [signal.SIGKILL])
        killer.start()
        was_killed = one.wait() != 0
        killer.cancel()
    return was_killed


@pytest.mark.parametrize("old", OLD, ids=lambda old: old.stem)
def test_the_next_start_finishes_it(old: Path, tmp_path: Path) -> None:
    dice, killed, most = random.Random(3), 0, 0
    (tmp_path / "calm").mkdir()
    calm = _installed(old, tmp_path / "calm")
    _django(calm, "migrate")
    expected, _ = _seen(calm)
    for number in range(_MOST_TRIES):
        if killed == _KILLS:
            break
        (tmp_path / str(number)).mkdir()
        environment = _installed(old, tmp_path / str(number))
        with (tmp_path / f"load-{number}").open("w+") as acknowledged:
            with subprocess.Popen([sys.executable, "-c", _SAVE], env=environment, stdout=acknowledged) as load:
                killed += _killed(environment, dice.uniform(0.4, 1.6))
                since = time.monotonic()
                _django(environment, "migrate")
                load.kill()
            acknowledged.seek(0)
            last = int(["0", *acknowledged][-1])
        found, saved = _seen(environment)
        assert time.monotonic() - since < _DOWN_FOR
        assert found == expected
        assert saved in {last, last + 1}  # written, and killed before it could say so
        most = max(most, saved)
    assert killed == _KILLS
    assert most
