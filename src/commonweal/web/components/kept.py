"""Parts of pages that take long to make, kept while nothing they show has changed.

Several processes may serve: each keeps its own, and what tells that something changed is in the database.
"""

import hashlib
import zlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches
from markupsafe import Markup

from commonweal.services.people import still_called
from commonweal.services.queries.stamp import Stamp

_LARGEST = 40_000
"""Bytes of a part, packed. The limit of entries is in the settings, so this many times that is all that is kept."""
_QUICKLY = 1


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows between its frame: `title` of the window, breadcrumbs and content; and whom it names, by id.

    Nothing in it may be of one person or one session: no form that is sent, no message, no name of who asks.
    """

    title: str
    trail: list[tuple[str, str]]
    content: Markup
    names: Mapping[UUID, str]


def kept(about: tuple[Hashable, ...], stamp: Stamp, make: Callable[[], Part]) -> Part:
    """The part that was made for this under this stamp, or made now.

    `about` is all that it depends on beside what the stamp stands for: which page, what was asked of it, the day, and
    the person where it is about them.
    """
    key = hashlib.sha256(repr((about, stamp.number, stamp.digest, _in_order(stamp))).encode()).hexdigest()
    found = caches["kept"].get(key)
    if found is not None:
        title, trail, packed, names = found
        if still_called(names):
            return Part(title, trail, Markup(zlib.decompress(packed).decode()), names)  # noqa: S704  our own page
    made = make()
    packed = zlib.compress(made.content.encode(), _QUICKLY)
    if len(packed) <= _LARGEST:
        caches["kept"].set(key, (made.title, made.trail, packed, dict(made.names)))
    return made


def _in_order(stamp: Stamp) -> Sequence[object]:
    """What is held, in one order: sets have none, and each process another."""
    return sorted((role.value, sorted((str(a), sorted(themes)) for a, themes in placed)) for role, placed in stamp.held)
