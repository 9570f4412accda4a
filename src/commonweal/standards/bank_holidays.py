"""Bank holidays by nation, as published by the Government; dated data under `calendars/`."""

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commonweal.formats.files import read_text
from commonweal.formats.yaml import parse_yaml

_FILE = Path(__file__).parent / "calendars" / "bank-holidays.yaml"


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation with its bank holidays on weekdays, by day, from the first to the last year that is known."""

    id: str
    title: str
    names: dict[datetime.date, str]

    @property
    def days(self) -> frozenset[datetime.date]:
        """The bank holidays."""
        return frozenset(self.names)

    @property
    def known_until(self) -> datetime.date:
        """The last day whose bank holidays are known; later, only weekends are."""
        return datetime.date(max(self.names).year, 12, 31)


@cache
def nations() -> tuple[Nation, ...]:
    """England and Wales, Scotland, Northern Ireland."""
    content = parse_yaml(read_text(_FILE), _FILE.name).value
    return tuple(
        Nation(id_, row["title"], {datetime.date.fromisoformat(day): name for day, name in row["days"].items()})
        for id_, row in content["nations"].items()
    )


def nation(id_: str) -> Nation:
    """A nation by its id; the first where there is none under that id."""
    return next((one for one in nations() if one.id == id_), nations()[0])
