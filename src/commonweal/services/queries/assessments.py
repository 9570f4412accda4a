"""An assessment with all that belongs to it."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, QuerySet

from commonweal.core.access import Action
from commonweal.core.lifecycle import State
from commonweal.core.maturity.answers import Answers, QuestionAnswer
from commonweal.core.maturity.answers import Assessment as CoreAssessment
from commonweal.core.maturity.estimate import Estimate, with_estimates
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.progress import Stage, progress
from commonweal.core.maturity.results import Results, assess
from commonweal.core.seats import WHOLE, Access
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.writing import reading
from commonweal.standards.vocabularies import index_for
from commonweal.store.convert import (
    ANSWER_FIELDS,
    ASSESSMENT_FIELDS,
    AnswerRow,
    AssessmentRow,
    to_answers,
    to_assessment,
)
from commonweal.store.models import Answer, AssessedTheme, Assessment, Person


@dataclass(frozen=True, slots=True)
class ThemeState:
    """What is known of a theme beside its answers: the versions that a save must name, the estimate, the plan note."""

    version: int
    saved_at: datetime.datetime | None
    estimate: Estimate | None
    plan_note: str
    plan_note_version: int


@dataclass(frozen=True, slots=True)
class Round:
    """An assessment: the answers as given, and the state of each theme by code."""

    id: UUID
    organisation_id: UUID
    name: str
    state: State
    state_version: int
    given: CoreAssessment
    themes: Mapping[str, ThemeState]
    access: Access
    """What whoever asked for it has, so that a page offers only what may be done."""
    kind: str = ""
    """What its organisation is (core/organisations.py)."""
    department_id: int | None = None
    department: str = ""
    """Whose answers these are, where they are not those of the whole organisation."""
    is_baseline: bool = False
    again_on: datetime.date | None = None
    """The day on which to measure again."""
    moved_from: UUID | None = None
    """The round by an earlier version of the index from which its answers were carried over."""

    def may(self, action: Action, theme: str = WHOLE) -> bool:
        """Whether the action is open to whoever asked, with all of it or with one theme."""
        return self.access.may_with(action, self.organisation_id, self.id, theme)

    def may_somewhere(self, action: Action) -> bool:
        """Whether the action is open to whoever asked with any part of it."""
        return self.access.may_somewhere(action, self.organisation_id, self.id)

    def may_change(self, theme: str = WHOLE) -> bool:
        """Whether they may answer, and it is still open."""
        return self.state.is_open and self.may(Action.ANSWER, theme)

    @property
    def index(self) -> Index:
        """The index that is answered."""
        return self.given.index

    @property
    def series(self) -> tuple[str, int | None]:
        """What rounds share that are measured by one another: the index in any version, and whose answers they are."""
        return self.index.id, self.department_id

    @property
    def organisation(self) -> str:
        """The organisation's name, without that of the department."""
        return self.given.organisation.removesuffix(f", {self.department}")

    @property
    def estimates(self) -> dict[str, Estimate]:
        """The estimates, by code, of the themes that are not fully answered."""
        if not any(state.estimate for state in self.themes.values()):
            return {}
        found = {code: state.estimate for code, state in self.themes.items() if state.estimate}
        return estimates_that_count(self.index, self.given.answers, found)

    @property
    def plan_notes(self) -> dict[str, str]:
        """The notes to the plan, by code."""
        return {code: state.plan_note for code, state in self.themes.items() if state.plan_note}

    def assessment(self, instead: Answers | None = None) -> CoreAssessment:
        """What results are made from: the answers, or others `instead` of some, filled up from the estimates."""
        estimates = self.estimates
        for code in [code for code in estimates if instead and self._touches(code, instead)]:
            del estimates[code]
        answers = {**self.given.answers, **instead} if instead else self.given.answers
        return replace(
            self.given,
            answers=with_estimates(self.index, answers, estimates),
            estimated=tuple(estimates),
        )

    def results(self, instead: Answers | None = None) -> Results:
        """The results, of the answers as they are or with others `instead` of some."""
        return assess(self.assessment(instead))

    def _touches(self, code: str, answers: Answers) -> bool:
        theme = self.index.theme(code)
        return theme is not None and not answers.keys().isdisjoint(theme.by_id)


def estimates_that_count(index: Index, answers: Answers, estimates: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Of the estimates, by code, those of themes that are not fully answered."""
    done = {item.theme.code for item in progress(index, answers) if item.stage is Stage.COMPLETE}
    return {code: estimate for code, estimate in estimates.items() if code not in done}


_THEME_FIELDS = (
    "code",
    "version",
    "saved_at",
    "estimate_present",
    "estimate_future",
    "plan_note",
    "plan_note_version",
)


@reading
def assessment_round(assessment_id: UUID, *, by: Person) -> Round:
    """An assessment, in two statements. Raises NotFound."""
    themes = AssessedTheme.objects.for_actor(by, assessment=assessment_id).order_by("id")
    rows = list(themes.values_list(*_THEME_FIELDS, *(f"assessment__{field}" for field in ASSESSMENT_FIELDS)))
    if not rows:
        raise NotFound
    answers = Answer.objects.of(assessment_id).values_list(*ANSWER_FIELDS)
    size = len(_THEME_FIELDS)
    return _round(rows[0][size:], to_answers(answers), {row[0]: _state(*row[1:size]) for row in rows}, by.access)


def answers_of(assessment_id: UUID) -> dict[str, QuestionAnswer]:
    """The answers of an assessment that was let in already, without estimates."""
    return to_answers(Answer.objects.of(assessment_id).values_list(*ANSWER_FIELDS))


@reading
def organisation_rounds(organisation_id: UUID, *, by: Person) -> list[Round]:
    """All assessments of an organisation and its departments, in three statements, the latest first."""
    return rounds_in(Assessment.objects.for_actor(by).filter(organisation_id=organisation_id), by.access)


@reading
def all_rounds(*, by: Person, only: Collection[UUID] | None = None) -> list[Round]:
    """All assessments that this person may see, or some of them, in three statements, the latest first."""
    found = Assessment.objects.for_actor(by)
    return rounds_in(found if only is None else found.filter(pk__in=only), by.access)


def rounds_in(queryset: QuerySet[Assessment], access: Access) -> list[Round]:
    """Assessments that were let in already, in three statements, the latest first; `access` is what the asker has."""
    latest_first = F("date").desc(nulls_last=True), "-created_at"  # databases differ in where they put no date
    rows = list(queryset.order_by(*latest_first).values_list(*ASSESSMENT_FIELDS))
    ids = [row[0] for row in rows]
    answers: dict[UUID, list[AnswerRow]] = defaultdict(list)
    found = Answer.objects.of(*ids)
    for id_, *fields in found.values_list("assessment_id", *ANSWER_FIELDS):
        answers[id_].append(tuple(fields))
    themes: dict[UUID, dict[str, ThemeState]] = defaultdict(dict)
    states = AssessedTheme.objects.of(*ids).order_by("id")
    for id_, code, *fields in states.values_list("assessment_id", *_THEME_FIELDS):
        themes[id_][code] = _state(*fields)
    return [_round(row, to_answers(answers[row[0]]), themes[row[0]], access) for row in rows]


def _round(
    row: AssessmentRow, answers: Mapping[str, QuestionAnswer], themes: Mapping[str, ThemeState], access: Access
) -> Round:
    id_, organisation_id, name, index, *_ = row
    state, state_version, kind, department_id, department, is_baseline, again_on, moved_from = row[9:]
    given = to_assessment(row, index_for(held_index(index), kind), answers)
    return Round(
        id=id_,
        organisation_id=organisation_id,
        name=name,
        state=State(state),
        state_version=state_version,
        given=given,
        themes=themes,
        access=access,
        kind=kind,
        department_id=department_id,
        department=department or "",
        is_baseline=is_baseline,
        again_on=again_on,
        moved_from=moved_from,
    )


def _state(
    version: int,
    saved_at: datetime.datetime | None,
    present: int | None,
    future: int | None,
    plan_note: str,
    plan_note_version: int,
) -> ThemeState:
    estimate = None if present is None or future is None else Estimate(present, future)
    return ThemeState(version, saved_at, estimate, plan_note, plan_note_version)


@reading
def index_of(assessment_id: UUID, *, by: Person) -> Index:
    """The index that an assessment answers, in one statement. Raises NotFound."""
    found = Assessment.objects.for_actor(by, pk=assessment_id).values_list("index", "organisation__kind").first()
    if found is None:
        raise NotFound
    reference, kind = found
    return index_for(held_index(reference), kind)
