"""Who is reminded of what on a day: one letter a day at most, and only on days when there is something to say.

Somebody is told of their own work when it is due in two weeks, in one, tomorrow and today, on the day after it was due,
and every Monday while it is late. A lead is told of late work of others on the same days, of work that waits to be
confirmed (the day after it was said to be done, then on Mondays), of what has to be kept up sixty, thirty and seven
days before it lapses and on the day, of rounds to be measured again on the same days and then on Mondays, and of what
the registers ask for as of own work. The letter then lists everything that is open, not only what made it leave.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from commonweal.core.words import counted, long_date

_DUE_IN = {14, 7, 1, 0}
_LAPSES_IN = {60, 30, 7, 0}
AHEAD = datetime.timedelta(days=max(_DUE_IN))
LAPSES_AHEAD = datetime.timedelta(days=max(_LAPSES_IN))
_MONDAY = 0


class Matter(StrEnum):
    """What a line of a letter is about, in the order in which letters have them."""

    LATE = "Late"
    DUE = "Due soon"
    OTHERS_LATE = "Late, with others"
    TO_CONFIRM = "Said to be done: to be confirmed"
    TO_KEEP_UP = "To be kept up, or it lapses"
    IN_REGISTERS = "Asked for in the registers"
    TO_MEASURE = "To be measured again"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line: what, of which programme or assessment, whose, and the day: due, lapsing, or said to be done."""

    matter: Matter
    title: str
    of: str
    on: datetime.date
    who: str = ""
    address: str = ""

    def is_news(self, today: datetime.date) -> bool:
        """Whether a letter leaves today because of this.

        >>> monday = datetime.date(2027, 3, 1)
        >>> days = [monday + datetime.timedelta(days=ahead) for ahead in (0, 2, 7)]
        >>> [Reminder(Matter.DUE, "", "", day).is_news(monday) for day in days]
        [True, False, True]
        """
        ahead = (self.on - today).days
        if self.matter is Matter.DUE:
            return ahead in _DUE_IN
        if self.matter is Matter.TO_KEEP_UP or (self.matter is Matter.TO_MEASURE and ahead >= 0):
            return ahead in _LAPSES_IN
        if self.matter is Matter.IN_REGISTERS and ahead >= 0:
            return ahead in _DUE_IN
        return ahead == -1 or today.weekday() == _MONDAY


def letter(reminders: Iterable[Reminder], today: datetime.date) -> tuple[str, str] | None:
    """Subject and text of the letter for what somebody has open, or None on a day without news."""
    lines = sorted(reminders, key=lambda one: (list(Matter).index(one.matter), one.on, one.title))
    if not any(one.is_news(today) for one in lines):
        return None
    late = sum(one.matter in {Matter.LATE, Matter.OTHERS_LATE} for one in lines)
    subject = f"{counted(len(lines), 'matter').capitalize()} open" + (f", {late} late" if late else "")
    parts = [
        "\n\n".join([matter.value.upper(), *(_line(one) for one in own)])
        for matter in Matter
        if (own := [one for one in lines if one.matter is matter])
    ]
    return subject, "\n\n\n".join(parts) + "\n"


def _line(one: Reminder) -> str:
    days = {Matter.TO_KEEP_UP: "lapses after", Matter.TO_CONFIRM: "since"}.get(one.matter, "due")
    who = f", {one.who}" if one.who else ""
    return "\n".join(filter(None, [one.title, f"{one.of}{who}: {days} {long_date(one.on)}", one.address]))


def open_work(due: datetime.date | None, today: datetime.date) -> Matter | None:
    """What work that was agreed and is not done yet is to its owner on a day, if anything."""
    if due is None or due > today + AHEAD:
        return None
    return Matter.LATE if due < today else Matter.DUE
