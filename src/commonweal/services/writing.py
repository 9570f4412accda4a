"""How an action writes: in one transaction, and on SQLite one writer of this process after the other."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_turn = threading.RLock()


@contextmanager
def _turn_taken() -> Iterator[None]:
    """SQLite lets one write at a time, and those that find it busy sleep and ask again, some of them for long.

    Waiting for one's turn here instead keeps the slowest near the others. PostgreSQL needs no such thing.
    """
    if connection.vendor == "sqlite":
        with _turn:
            yield
    else:
        yield


def writing(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """An action that writes all it writes, or nothing."""

    def written(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        with _turn_taken(), transaction.atomic():
            return action(*arguments, **named)

    written.__name__, written.__doc__ = action.__name__, action.__doc__
    return written
