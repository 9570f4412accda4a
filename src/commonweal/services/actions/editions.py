"""Rounds move to a later version of their index: each becomes a new round, with the answers that go over."""

import datetime
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.edition import Edition, carry_through
from commonweal.core.problems import Problem, Refused
from commonweal.core.words import long_date
from commonweal.services.actions.assessments import Opening, open_in
from commonweal.services.allowed import organisation_for, organisation_taken, require_with
from commonweal.services.errors import Closed
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import Round, all_rounds, assessment_round, rounds_in
from commonweal.services.queries.editions import editions_after, editions_between
from commonweal.services.queries.own_indexes import offered_only_to
from commonweal.services.queries.round_heads import alike, heads_in, latest_of_each, round_heads
from commonweal.services.writing import writing, writing_for_all
from commonweal.standards.authoring import order_of
from commonweal.standards.catalogue import UnknownIndex
from commonweal.store.models import Assessment, Organisation, Person

_LONGEST_NAME = 80
_AT_ONCE = 100
"""Rounds in one transaction of many: what is lost where the power goes is at most what takes a second."""
_OWN = "whoever has the command line has the whole installation"


@writing
def move_round(*, assessment_id: UUID, today: datetime.date, by: Person, now: datetime.datetime) -> UUID:
    """Open a round by the latest version of the index, with every answer that goes over. Gives its id.

    The round that it comes from stays as it is. Raises NotFound, Forbidden, or Closed where there is no later version.
    """
    round_ = assessment_round(assessment_id, by=by)
    editions = _editions(round_, by)
    organisation = organisation_for(by, Action.OPEN, round_.organisation_id)
    return open_in(organisation, _opening(round_, editions, today), by, now)


@writing
def move_rounds_alike(*, assessment_id: UUID, today: datetime.date, by: Person, now: datetime.datetime) -> list[UUID]:
    """The same for it and the rounds of the other departments that answer the same version under the same name.

    All or none; those that were moved already are left out. Raises as `move_round` does.
    """
    round_ = assessment_round(assessment_id, by=by)
    editions = _editions(round_, by)
    organisation = organisation_for(by, Action.OPEN, round_.organisation_id)
    heads = alike(round_.id, round_heads(by=by, organisation_id=round_.organisation_id))
    rounds = all_rounds(by=by, only=[one.id for one in heads])
    return [open_in(organisation, _opening(one, editions, today), by, now) for one in rounds]


def _editions(round_: Round, by: Person) -> list[Edition]:
    """To the latest version. The organisation is locked, so that each round moves there once, whoever moves it.

    Raises Forbidden or Closed.
    """
    require_with(by, Action.OPEN, round_.organisation_id, round_.id)
    organisation_taken(round_.organisation_id)
    if Assessment.objects.within(round_.organisation_id).filter(moved_from=round_.id).exists():
        raise Closed(Refused("This round was moved to a later version already.", "Open the round that it became."))
    editions = editions_after(round_, by=by)
    if not editions:
        what = "This round answers the latest version of its index already."
        raise Closed(Refused(what, "To answer it anew, start another round."))
    return editions


def _opening(round_: Round, editions: Sequence[Edition], today: datetime.date) -> Opening:
    given, latest = round_.given, editions[-1].after
    alike_levels = len(latest.levels) == len(round_.index.levels)
    return Opening(
        index=latest,
        name=f"{round_.name[:_LONGEST_NAME]}, version {latest.version}",
        date=max(today, given.date) if given.date else today,
        horizon_years=given.horizon_years,
        answers=carry_through(editions, given.answers).answers,
        answers_are=given.answers_are,
        source=f"Moved from {round_.name}, which answers version {round_.index.version}, on {long_date(today)}",
        moved_from=round_.id,
        department=round_.department_id,
        again_on=round_.again_on,
        estimates=round_.estimates if alike_levels else {},
    )


def move_many(
    *, before: str, after: str, organisation: UUID | None, today: datetime.date, now: datetime.datetime
) -> Iterator[tuple[int, int]]:
    """Move the latest rounds, of one organisation or of all, that answer a version of an index to a later one.

    For whoever has the command line. Gives after each transaction how many are moved and how many there are. What was
    moved already is left out, so that it goes on where it was stopped. Raises BadInput (places are FROM and TO).
    """
    editions = _named_editions(before, after)
    waiting = _waiting(before, after, organisation, today)
    yield 0, len(waiting)
    done = 0
    for start in range(0, len(waiting), _AT_ONCE):
        batch = waiting[start : start + _AT_ONCE]
        _move_batch(batch, editions, today, now)
        done += len(batch)
        yield done, len(waiting)


def _named_editions(before: str, after: str) -> list[Edition]:
    found = {}
    for place, reference in (("FROM", before), ("TO", after)):
        try:
            found[place] = held_index(reference)
        except UnknownIndex as unknown:
            what = f"There is no index {reference}."
            raise BadInput([Problem(place, what, "commonweal indexes lists those there are.")]) from unknown
    first, last = found["FROM"], found["TO"]
    if first.id != last.id or order_of(last.version) <= order_of(first.version):
        raise BadInput([Problem("TO", f"{after} is no later version of {before}.", "Name one of the same index.")])
    return editions_between(first, last)


@writing_for_all(_OWN)
def _waiting(before: str, after: str, organisation: UUID | None, today: datetime.date) -> list[UUID]:
    """The rounds that are the latest of their series, answer the version, may answer the later one, and were not moved.

    Organisations that are no more are left alone.
    """
    rows = Assessment.objects.across(_OWN)
    found = rows.filter(Q(organisation__ends_on=None) | Q(organisation__ends_on__gte=today))
    if organisation is not None:
        found = found.filter(organisation_id=organisation)
    only = offered_only_to(after)
    if only is not None:
        found = found.filter(organisation_id=only)
    moved = set(rows.exclude(moved_from=None).values_list("moved_from_id", flat=True))
    return [one.id for one in latest_of_each(heads_in(found)) if one.index == before and one.id not in moved]


@writing_for_all(_OWN)
def _move_batch(
    batch: Sequence[UUID], editions: Sequence[Edition], today: datetime.date, now: datetime.datetime
) -> None:
    installation = Person.objects.installation()
    waiting = Assessment.objects.across(_OWN).filter(pk__in=batch)
    theirs = Organisation.objects.across(_OWN).filter(pk__in=set(waiting.values_list("organisation_id", flat=True)))
    organisations = {one.pk: one for one in theirs.select_for_update(of=("self",)).order_by("pk")}
    # only now that nobody else moves rounds there: another may have moved some meanwhile
    gone = set(Assessment.objects.across(_OWN).filter(moved_from__in=batch).values_list("moved_from_id", flat=True))
    rounds = rounds_in(waiting.exclude(pk__in=gone), installation.access)
    for one in rounds:
        open_in(organisations[one.organisation_id], _opening(one, editions, today), installation, now)
