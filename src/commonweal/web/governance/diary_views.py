"""The calendar of a body: meetings with the days that go with them, what is due, and what is closed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonweal.core.access import Action
from commonweal.core.governance.meetings import deadlines
from commonweal.core.programme.working_days import Holidays, months_from
from commonweal.core.words import long_date
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.registers import Diary, diary
from commonweal.standards.bank_holidays import Nation, nations
from commonweal.web.components.addresses import address
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person

_MONTHS = 12
_MOST_DAYS = 400
_FAR = datetime.timedelta(days=1500)
"""Further from its meeting no deadline lies."""


def iso_day(text: str) -> datetime.date:
    """A day as entries keep it."""
    return datetime.date.fromisoformat(text)


def nation_of(book: Diary, asked: str = "") -> Nation:
    """The nation whose bank holidays count: the one that is asked for, that of the newest programme, or the first."""
    known = {one.id: one for one in nations()}
    return known.get(asked) or known.get(book.nation) or nations()[0]


@dataclass(frozen=True, slots=True)
class _Row:
    on: datetime.date
    what: str
    title: str
    link: str
    note: str
    is_meeting: bool = False


@require_GET
def diary_page(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """A year from a month on; `from` in the address, like 2027-04, and `nation` for the bank holidays."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    book = diary(organisation_id, by=by)
    first = _month(request.GET.get("from", ""), timezone.localdate())
    last = months_from(first, _MONTHS) - datetime.timedelta(days=1)
    chosen = nation_of(book, request.GET.get("nation", ""))
    rows = sorted(
        (row for row in _rows(book, chosen.days, first, last) if first <= row.on <= last),
        key=lambda row: (row.on, not row.is_meeting, row.what, row.title),
    )
    months = [
        (f"{month:%B %Y}", [(f"{row.on:%A} {row.on.day}", row) for row in each])
        for month, each in groupby(rows[:_MOST_DAYS], key=lambda row: row.on.replace(day=1))
    ]
    page = {
        "organisation": line,
        "months": months,
        "too_many": len(rows) > _MOST_DAYS,
        "closed": [(one.kind, one.title, long_date(one.since), long_date(one.until)) for one in book.closed
                   if one.until >= first and one.since <= last],
        "nations": [(one.id, one.title, one.id == chosen.id) for one in nations()],
        "from_": f"{first:%Y-%m}",
        "span": f"{first:%B %Y} to {last:%B %Y}",
        "before": f"{months_from(first, -_MONTHS):%Y-%m}",
        "after": f"{months_from(first, _MONTHS):%Y-%m}",
        "nation": chosen.id,
        "unknown_from": long_date(chosen.known_until) if last > chosen.known_until else "",
        "may_change": by.access.may(Action.PLAN_WORK, organisation_id),
        "trail": organisation_trail(line),
    }  # fmt: skip
    return render(request, "governance/diary.html", page)


def _month(text: str, today: datetime.date) -> datetime.date:
    try:
        found = datetime.date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


def _rows(book: Diary, holidays: Holidays, first: datetime.date, last: datetime.date) -> Iterator[_Row]:
    for one, lead_times in book.meetings:
        if not first - _FAR <= iso_day(one.values["on"]) <= last + _FAR:
            continue
        link, group = address("entry", one.id), lead_times.get("name", "")
        for day in deadlines(iso_day(one.values["on"]), lead_times, holidays, book.closed):
            title = f"{one.name}, {group}" if group and group != one.name else one.name
            yield _Row(day.on, day.what, title, link, day.warning, is_meeting=day.what == "The meeting")
    for one, what, on in book.waiting:
        yield _Row(on, what, one.name, address("entry", one.id), "")
    for work in book.work:
        what = "Milestone" if work.is_milestone else "Work is due"
        yield _Row(work.due, what, work.title, address("work", work.id), work.programme)
