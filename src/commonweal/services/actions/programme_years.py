"""What is agreed for the years of a programme, and what a paper for a committee says of it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.paper import LONGEST, PAPER_FIELDS
from commonweal.services.actions.answers import refused_text
from commonweal.services.actions.work import keep_open
from commonweal.services.allowed import programme_for
from commonweal.services.errors import Stale
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import Person, Programme, ProgrammePaper, ProgrammeYear

_MOST = Decimal(1_000_000_000)
_PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AgreedYear:
    """What is agreed for a year: money in pounds, and in words what is worked on."""

    money: Decimal | None = None
    words: str = ""


@writing
def agree_years(
    *, programme_id: UUID, version: int, years: Mapping[int, AgreedYear], by: Person, now: datetime.datetime
) -> None:
    """Set what is agreed for each year of a programme that is at a version. Saving the same changes nothing.

    Raises NotFound, Forbidden, Closed, BadInput (places are `money-1`, `words-1`), or Stale.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    problems = _year_problems(years)
    if problems:
        raise BadInput(problems)
    there = {
        one.year: AgreedYear(one.money, one.words)
        for one in ProgrammeYear.objects.within(row.organisation_id).filter(programme=row)
    }
    wanted = {
        year: AgreedYear(None if one.money is None else one.money.quantize(_PENNY), one.words)
        for year, one in years.items()
        if 1 <= year <= row.years
    }
    changed = {year: one for year, one in wanted.items() if one != there.get(year, AgreedYear())}
    if not changed:
        return
    if row.version != version:
        raise Stale
    for year, one in changed.items():
        ProgrammeYear.objects.within(row.organisation_id).filter(programme=row, year=year).delete()
        ProgrammeYear.objects.create(
            organisation_id=row.organisation_id, programme=row, year=year, money=one.money, words=one.words
        )
    _raise_version(row)
    record(
        "years of a programme agreed",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        by=by,
        now=now,
        before={f"year {year}": _said(there.get(year, AgreedYear())) for year in changed},
        after={"programme": row.title} | {f"year {year}": _said(one) for year, one in changed.items()},
    )


def _said(one: AgreedYear) -> str:
    return f"{'no amount' if one.money is None else one.money}; {one.words}".removesuffix("; ")


def _year_problems(years: Mapping[int, AgreedYear]) -> list[Problem]:
    problems = []
    for year, one in years.items():
        if one.money is not None and not (one.money.is_finite() and 0 <= one.money <= _MOST):
            problems.append(Problem(f"money-{year}", "This is no amount in pounds.", "Enter a number from 0 on."))
        refused = refused_text("This text", one.words)
        if refused:
            problems.append(Problem.at(f"words-{year}", refused))
    return problems


def _raise_version(row: Programme) -> None:
    row.version += 1
    row.save(update_fields=["version"])


@writing
def write_paper(
    *, programme_id: UUID, version: int, fields: Mapping[str, str], by: Person, now: datetime.datetime
) -> None:
    """Write what a paper says of a programme, made from a version of it. Saving the same changes nothing.

    Raises NotFound, Forbidden, Closed, BadInput (places are names of fields), or Stale.
    """
    row = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(row)
    names = [one.name for one in PAPER_FIELDS]
    said = {name: fields.get(name, "") for name in names}
    problems = []
    for name, text in said.items():
        refused = refused_text("This text", text)
        if refused:
            problems.append(Problem.at(name, refused))
        elif len(text) > LONGEST:
            problems.append(Problem(name, "This text is too long.", f"Shorten it to {LONGEST:,} characters."))
    if problems:
        raise BadInput(problems)
    paper = ProgrammePaper.objects.within(row.organisation_id).filter(programme=row).first()
    before = {name: paper.fields.get(name, "") if paper else "" for name in names}
    changed = [name for name in names if said[name] != before[name]]
    if not changed:
        return
    if (paper.version if paper else 0) != version:
        raise Stale
    if paper is None:
        paper = ProgrammePaper(organisation_id=row.organisation_id, programme=row)
    paper.fields, paper.version, paper.changed_at, paper.changed_by = said, paper.version + 1, now, by
    paper.save()
    record(
        "paper of a programme written",
        organisation_id=row.organisation_id,
        assessment_id=row.assessment_id,
        by=by,
        now=now,
        before={name: before[name] for name in changed},
        after={"programme": row.title} | {name: said[name] for name in changed},
    )
