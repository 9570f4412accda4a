"""Which rounds there are, without their answers: a council with thirty departments has hundreds."""

import datetime
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, F, Max, QuerySet, Sum
from django.db.models.functions import Cast

from commonweal.core.access import Action
from commonweal.core.maturity.answers import Answers, Column, QuestionAnswer
from commonweal.core.maturity.estimate import Estimate, with_estimates
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.scoring import ColumnScore
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import Round, all_rounds, estimates_that_count
from commonweal.services.writing import reading
from commonweal.store.convert import to_choice
from commonweal.store.models import Answer, AssessedTheme, Assessment, OrganisationPart, Person


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round without its answers: `index` is the version (`id@version`) that it answers."""

    id: UUID
    organisation_id: UUID
    index: str
    name: str
    date: datetime.date | None
    department_id: int | None
    department_name: str | None
    moved_from_id: UUID | None

    @property
    def department(self) -> str:
        """The department's name, or nothing where it is of the whole organisation."""
        return self.department_name or ""

    @property
    def index_id(self) -> str:
        """The index in any version."""
        return self.index.partition("@")[0]


_FIELDS = ("id", "organisation_id", "index", "name", "date", "department_id", "department__name", "moved_from_id")


@reading
def round_heads(*, by: Person, organisation_id: UUID | None = None) -> list[RoundHead]:
    """All rounds that this person may see, in one organisation or everywhere, in one statement, the latest first."""
    found = Assessment.objects.for_actor(by)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    return heads_in(found)


def heads_in(queryset: QuerySet[Assessment]) -> list[RoundHead]:
    """Rounds that were let in already, the latest first."""
    rows: Iterable[Any] = queryset.order_by(F("date").desc(nulls_last=True), "-created_at").values_list(*_FIELDS)
    return [RoundHead(*row) for row in rows]


def alike(round_: UUID, heads: Sequence[RoundHead]) -> list[RoundHead]:
    """A round, and those of other departments that answer the same version under the same name and were not moved yet.

    `heads` are all of the organisation, the latest first; those that are not the latest of their series are left out.
    """
    mine = next(one for one in heads if one.id == round_)
    if mine.department_id is None:
        return [mine]
    moved = {one.moved_from_id for one in heads}
    same = [
        one
        for one in latest_of_each(heads)
        if (one.index, one.name) == (mine.index, mine.name) and one.department_id is not None and one.id not in moved
    ]
    return [mine, *(one for one in same if one.id != round_)]


def latest_of_each(heads: Sequence[RoundHead]) -> list[RoundHead]:
    """Of each department, and of each index that it answers, the latest; `heads` has the latest first."""
    found: dict[tuple[UUID, int | None, str], RoundHead] = {}
    for one in heads:
        found.setdefault((one.organisation_id, one.department_id, one.index_id), one)
    return list(found.values())


def latest_of_organisations(heads: Sequence[RoundHead]) -> dict[UUID, RoundHead]:
    """The latest round of each organisation: of the whole of it, or where there is none, of a department."""
    found: dict[UUID, RoundHead] = {}
    for one in heads:
        known = found.get(one.organisation_id)
        if known is None or (known.department_id is not None and one.department_id is None):
            found[one.organisation_id] = one
    return found


def rounds_of_heads(heads: Sequence[RoundHead], *, by: Person) -> list[Round]:
    """The rounds themselves, with their answers, in three statements, in the same order."""
    found = {one.id: one for one in all_rounds(by=by, only=[head.id for head in heads])}
    return [found[head.id] for head in heads if head.id in found]


@reading
def departments_to_open(organisation_id: UUID, *, by: Person) -> dict[int, str]:
    """The departments for which this person may open rounds, by their ids, in the order of their names."""
    parts = OrganisationPart.objects.for_actor(by, Action.OPEN).filter(organisation_id=organisation_id)
    return dict(parts.filter(kind="department").order_by("name").values_list("pk", "name"))


class Scores(NamedTuple):
    """What both columns of a round come to, and whether any of it is an estimate of the short form."""

    present: ColumnScore
    future: ColumnScore
    is_estimated: bool


_MOST_KEPT = 1_000
"""Rounds whose scores are kept in each process: some kilobytes each."""
_kept: OrderedDict[Hashable, Scores] = OrderedDict()
_one_at_a_time = threading.Lock()


def scores_of_heads(heads: Sequence[RoundHead]) -> dict[UUID, Scores]:
    """What rounds that were let in already come to. Of those that nobody saved since, no answer is read again.

    Every save of answers moves the version of a theme up, and a version of an index never changes: what a round comes
    to under these is the same for ever. Estimates have no version, so a round that has some is read each time.
    """
    stamps = _stamps(heads)
    keys = {one.id: (one.id, one.index, stamps[one.id]) for one in heads if one.id in stamps}
    with _one_at_a_time:
        found = {id_: _kept[key] for id_, key in keys.items() if key in _kept}
    made = _scored([one for one in {one.id: one for one in heads}.values() if one.id not in found])
    with _one_at_a_time:
        _kept.update({keys[id_]: scores for id_, scores in made.items() if id_ in keys})
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found | made


def _stamps(heads: Sequence[RoundHead]) -> dict[UUID, tuple[Any, ...]]:
    """By what one can tell that a round was saved: the versions of its themes together, and when last; no estimates."""
    themes = AssessedTheme.objects.of(*(one.id for one in heads)).values("assessment_id")
    summed = themes.annotate(versions=Sum("version"), last=Max("saved_at"), estimates=Count("estimate_present"))
    rows = summed.values_list("assessment_id", "versions", "last", "estimates")
    return {id_: (versions, last) for id_, versions, last, estimates in rows if not estimates}


def _scored(heads: Sequence[RoundHead]) -> dict[UUID, Scores]:
    """In two statements: only what scoring needs is read of each."""
    if not heads:
        return {}
    given: dict[str, dict[str, QuestionAnswer]] = {one.id.hex: {} for one in heads}
    ids = [one.id for one in heads]
    # as text, since to make a UUID of each of many thousand takes longer than all the rest
    found = Answer.objects.of(*ids).annotate(round=Cast("assessment_id", CharField()))
    for round_, question, present, future in found.values_list("round", "question", "present", "future"):
        given[round_.replace("-", "")][question] = QuestionAnswer(to_choice(present), to_choice(future))
    estimated: dict[UUID, dict[str, Estimate]] = {}
    themes = AssessedTheme.objects.of(*ids).exclude(estimate_present=None)
    for id_, code, *levels in themes.values_list("assessment_id", "code", "estimate_present", "estimate_future"):
        present, future = levels
        if present is not None and future is not None:
            estimated.setdefault(id_, {})[code] = Estimate(present, future)
    indexes = {reference: held_index(reference) for reference in {one.index for one in heads}}
    return {one.id: _scores(indexes[one.index], given[one.id.hex], estimated.get(one.id, {})) for one in heads}


def _scores(index: Index, answers: Answers, estimates: dict[str, Estimate]) -> Scores:
    counted = estimates_that_count(index, answers, estimates) if estimates else {}
    if counted:
        answers = with_estimates(index, answers, counted)
    return Scores(score(index, answers, Column.PRESENT), score(index, answers, Column.FUTURE), bool(counted))
