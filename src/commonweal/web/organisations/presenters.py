"""What the pages of organisations show, as strings."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from commonweal.core.maturity.answers import Standing
from commonweal.core.maturity.progress import Stage, progress
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import counted, long_date
from commonweal.services.queries.assessments import Round
from commonweal.web.components.kinds import names_of


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as a line of a table."""

    id: UUID
    name: str
    date: str
    state: str
    now: str
    target: str
    reconstructed: bool
    index: str
    """By which index, and edition."""
    department: str
    again: str
    """The day on which to measure again, or nothing."""


def round_row(round_: Round) -> RoundRow:
    """A round with how far it is, and its overall levels once it has an answer."""
    given = round_.given
    stages = [theme.stage for theme in progress(round_.index, given.answers, frozenset(round_.estimates))]
    done = stages.count(Stage.COMPLETE)
    themes = names_of(round_.index).themes
    state = "Completed" if done == len(stages) else f"{done} of {len(stages)} {themes} completed"
    if Stage.ESTIMATED in stages:
        state += f", {stages.count(Stage.ESTIMATED)} estimated"
    now = target = "Not answered yet"
    if any(stage is not Stage.NOT_STARTED for stage in stages):
        results = round_.results()
        rule = rule_of(round_.index)
        columns = (results.present, results.future)
        levels = [rule.label(round_.index, column.overall) for column in columns]
        final = "" if done == len(stages) else ", estimate" if Stage.ESTIMATED in stages else ", not final"
        now, target = (level + final for level in levels)
    return RoundRow(
        id=round_.id,
        name=round_.name,
        date=long_date(given.date) if given.date else "No date",
        state=state,
        now=now,
        target=target,
        reconstructed=given.answers_are is Standing.RECONSTRUCTED,
        index=f"{round_.index.title}, edition for {round_.index.edition}, version {round_.index.version}",
        department=round_.department,
        again=long_date(round_.again_on) if round_.again_on else "",
    )


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the start page with its latest round."""

    id: UUID
    name: str
    kind: str
    latest: RoundRow | None


def organisation_cards(
    organisations: Sequence[tuple[UUID, str, str]], rounds: Sequence[Round]
) -> list[OrganisationCard]:
    """Organisations (id, name, kind) with their latest rounds; of each, `rounds` has at most one."""
    latest = {one.organisation_id: round_row(one) for one in rounds}
    return [OrganisationCard(id_, name, kind, latest.get(id_)) for id_, name, kind in organisations]


@dataclass(frozen=True, slots=True)
class AgainLine:
    """When a series is to be measured again: in words, with what the page that opens a round is told."""

    words: str
    is_due: bool
    query: str
    link: str


def again_lines(rounds: Sequence[Round], today: datetime.date) -> list[AgainLine]:
    """The days of the latest rounds of each series; departments that share name and day are one line.

    `rounds` has the latest first of each series.
    """
    latest: dict[tuple[str, int | None], Round] = {}
    for one in rounds:
        latest.setdefault(one.series, one)
    alike: Counter[tuple[str, str, datetime.date, bool]] = Counter()
    for one in latest.values():
        if one.again_on:
            alike[one.index.id, one.name, one.again_on, bool(one.department)] += 1
    return [_again(*key, count, today) for key, count in sorted(alike.items(), key=lambda item: item[0][2])]


def _again(
    index: str, name: str, on: datetime.date, of_departments: bool, count: int, today: datetime.date
) -> AgainLine:
    is_due = on <= today
    whose = f" ({counted(count, 'department')})" if of_departments else ""
    words = f"It is time to measure again: {name}{whose} was to be followed up by {long_date(on)}."
    later = f"Measure again on {long_date(on)}: {name}{whose}."
    whose_next = {"whose": "each"} if of_departments and count > 1 else {}
    return AgainLine(
        words=words if is_due else later,
        is_due=is_due,
        query=urlencode({"index": index, **whose_next}),
        link="Start the next round",
    )
