"""What a lead says of a piece of work, and what of it is refused."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.models import Priority
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.actions.answers import refused_text

LONGEST_WORK_TITLE = 1_200
_LONGEST_LINE = 200
PRICE_YEARS = range(2000, 2101)
_FIRST_YEAR, _LAST_YEAR = PRICE_YEARS[0], PRICE_YEARS[-1]
MOST_POUNDS = Decimal(1_000_000_000)
MOST_DAYS = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """What a lead says of a piece of work. Money is pounds at the prices of `price_year`; effort is person days."""

    title: str
    group: int
    topic: str = ""
    detail: str = ""
    role: str = ""
    owner: UUID | None = None
    department: int | None = None
    start: datetime.date | None = None
    due: datetime.date | None = None
    year: int | None = None
    is_milestone: bool = False
    cost: Decimal | None = None
    price_year: int | None = None
    spent: Decimal | None = None
    effort_days: Decimal | None = None
    funding: str = ""
    priority: Priority = Priority.NORMAL
    measurable: str = ""
    achievable: str = ""
    relevant: str = ""
    needs: frozenset[UUID] = frozenset()


_TEXTS = ("detail", "measurable", "achievable", "relevant")
_LINES = ("topic", "role", "funding")
NO_YEAR = Refused("This is no year to plan for.", "Enter a day between 2000 and 2100.")


def is_near(day: datetime.date) -> bool:
    """Whether somebody may mean a day."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


PLAIN = (
    *("title", "topic", "detail", "role", "start", "due", "year", "is_milestone", "cost", "price_year", "spent"),
    *("effort_days", "funding", "priority", "measurable", "achievable", "relevant"),
)
"""Fields that a row keeps as they are given."""


def detail_problems(details: WorkDetails, years: int) -> list[Problem]:
    """What is wrong with details on their own, in a programme of so many years; places are fields."""
    return [*_text_problems(details), *_number_problems(details, years)]


def _text_problems(details: WorkDetails) -> Iterator[Problem]:
    if is_blank(details.title):
        yield Problem("title", "It is not said what is to be done.", "Write it in one sentence.")
    for name, most in [("title", LONGEST_WORK_TITLE), *((name, _LONGEST_LINE) for name in _LINES)]:
        text = getattr(details, name)
        if len(text) > most:
            yield Problem(name, "This is too long.", f"Shorten it to {most} characters.")
        elif forbidden_character(text):
            yield Problem(name, "This has a character that cannot be shown.", "Type it again.")
    for name in _TEXTS:
        refused = refused_text("This text", getattr(details, name))
        if refused:
            yield Problem.at(name, refused)


def _number_problems(details: WorkDetails, years: int) -> Iterator[Problem]:
    for name in ("start", "due"):
        day = getattr(details, name)
        if day is not None and not is_near(day):
            yield Problem.at(name, NO_YEAR)
    if details.price_year is not None and not _FIRST_YEAR <= details.price_year <= _LAST_YEAR:
        yield Problem("price_year", "This is not a year of prices.", "Enter one like 2027.")
    if details.start and details.due and details.due < details.start:
        yield Problem("due", "It would be due before it starts.", "Enter a later day, or an earlier start.")
    if details.cost is not None and not (details.cost.is_finite() and 0 <= details.cost <= MOST_POUNDS):
        yield Problem("cost", "This is no cost in pounds.", "Enter a number from 0 on, like 2500.")
    if details.spent is not None and not (details.spent.is_finite() and 0 <= details.spent <= MOST_POUNDS):
        yield Problem("spent", "This is no amount in pounds.", "Enter a number from 0 on, like 2500.")
    if details.effort_days is not None and not (
        details.effort_days.is_finite() and 0 <= details.effort_days <= MOST_DAYS
    ):
        yield Problem("effort_days", "This is no number of days.", "Enter a number from 0 on, like 12.5.")
    if details.year is not None and not 1 <= details.year <= years:
        yield Problem("year", "The programme has no such year.", f"Choose 1 to {years}, or none.")
