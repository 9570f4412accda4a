"""Addresses by name. Working one out takes Django ten microseconds, and a page has dozens."""

from collections.abc import Sequence
from functools import lru_cache

from django.urls import reverse


def address(name: str, *arguments: object) -> str:
    """The address of a page by its name and what stands in it."""
    return _reversed(name, arguments)


def url(name: str, args: Sequence[object] = ()) -> str:
    """The same for templates: `url("theme", args=[id, code])`."""
    return _reversed(name, tuple(args))


@lru_cache(maxsize=10_000)
def _reversed(name: str, arguments: tuple[object, ...]) -> str:
    return reverse(name, args=arguments)
