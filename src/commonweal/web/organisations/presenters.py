"""What the pages of organisations show, as strings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.maturity.answers import Standing
from commonweal.core.maturity.progress import Stage, progress
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import long_date
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
    )


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation on the start page with its latest round."""

    id: UUID
    name: str
    kind: str
    latest: RoundRow | None
    rounds: int


def organisation_cards(
    organisations: Sequence[tuple[UUID, str, str]], rounds: Sequence[Round]
) -> list[OrganisationCard]:
    """Organisations (id, name, kind) with their latest rounds; `rounds` has the latest first."""
    cards = []
    for id_, name, kind in organisations:
        own = [one for one in rounds if one.organisation_id == id_]
        cards.append(OrganisationCard(id_, name, kind, round_row(own[0]) if own else None, len(own)))
    return cards
