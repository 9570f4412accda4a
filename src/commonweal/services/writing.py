"""How actions write and queries read: behind the fence of whoever asks, and an action in one transaction.

On SQLite one writer of this process goes after the other.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from commonweal.store.fence import fenced, unfenced

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
    """An action of somebody (`by`) that writes all it writes, or nothing."""

    @wraps(action)
    def written(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        by: Any = named["by"]
        with _turn_taken(), transaction.atomic(), fenced(by):
            return action(*arguments, **named)

    return written


def reading(query: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A query of somebody (`by`)."""

    @wraps(query)
    def read(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        by: Any = named["by"]
        with fenced(by):
            return query(*arguments, **named)

    return read


def writing_for_all(reason: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """An action that is nobody's in particular, such as throwing away what is over; `reason` says why it sees all."""

    def decorate(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
        @wraps(action)
        def written(*arguments: Given.args, **named: Given.kwargs) -> Answer:
            with _turn_taken(), transaction.atomic(), unfenced(reason):
                return action(*arguments, **named)

        return written

    return decorate
