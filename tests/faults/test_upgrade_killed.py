"""An upgrade that is killed on its way is finished by the next start, and nothing is lost (bin/check, F10)."""

import json
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ON_POSTGRESQL
from tests.store.test_upgrade import _LOOK, OLD, _django, _installed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(ON_POSTGRESQL, reason="each time on a database of its own")]
_KILLS = 8


def _seen(environment: dict[str, str]) -> Any:
    done = subprocess.run([sys.executable, "-c", _LOOK], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("old", OLD, ids=lambda old: old.stem)
def test_the_next_start_finishes_it(old: Path, tmp_path: Path) -> None:
    dice, killed = random.Random(3), 0
    (tmp_path / "calm").mkdir()
    calm = _installed(old, tmp_path / "calm")
    _django(calm, "migrate")
    expected = _seen(calm)
    for number in range(_KILLS):
        (tmp_path / str(number)).mkdir()
        environment = _installed(old, tmp_path / str(number))
        command = [sys.executable, "-m", "django", "migrate"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            killer = threading.Timer(dice.uniform(0.4, 1.6), one.send_signal, [signal.SIGKILL])
            killer.start()
            killed += one.wait() != 0
            killer.cancel()
        _django(environment, "migrate")
        assert _seen(environment) == expected
    assert killed
