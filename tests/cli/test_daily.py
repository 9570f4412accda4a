"""What is due every day, whatever happened yesterday."""

import time

import pytest

from commonweal.cli import service


class _Stopped(Exception):
    """The third morning, which the test does not wait for."""


def test_a_day_that_fails_does_not_keep_the_next_from_coming(monkeypatch: pytest.MonkeyPatch) -> None:
    mornings, done = iter((1, 2)), list[int]()

    def sleep(_seconds: float) -> None:
        if next(mornings, None) is None:
            raise _Stopped

    def due() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise RuntimeError

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    with pytest.raises(_Stopped):
        service._every(1, due)
    assert done == [0, 1]
