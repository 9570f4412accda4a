"""An assessment with all that belongs to it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.core.maturity.answers import Answers, QuestionAnswer
from commonweal.core.maturity.answers import Assessment as CoreAssessment
from commonweal.core.maturity.estimate import Estimate, with_estimates
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.results import Results, assess
from commonweal.services.errors import NotFound
from commonweal.standards.catalogue import load_index
from commonweal.store.convert import ANSWER_FIELDS, to_answers, to_assessment
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
    given: CoreAssessment
    themes: Mapping[str, ThemeState]

    @property
    def index(self) -> Index:
        """The index that is answered."""
        return self.given.index

    @property
    def organisation(self) -> str:
        """The organisation's name."""
        return self.given.organisation

    @property
    def estimates(self) -> dict[str, Estimate]:
        """The estimates, by code, of the themes whose questions were never saved."""
        return {code: state.estimate for code, state in self.themes.items() if state.estimate and not state.version}

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
        theme = next(theme for theme in self.index.themes if theme.code == code)
        return not answers.keys().isdisjoint(theme.by_id)


def assessment_round(assessment_id: UUID, *, by: Person) -> Round:
    """An assessment, in three statements. Raises NotFound."""
    found = _rounds(Assessment.objects.for_actor(by).filter(pk=assessment_id).select_related("organisation"))
    if not found:
        raise NotFound
    return found[0]


def organisation_rounds(organisation_id: UUID, *, by: Person) -> list[Round]:
    """All assessments of an organisation, in three statements, the latest first."""
    rows = Assessment.objects.for_actor(by).filter(organisation_id=organisation_id)
    return _rounds(rows.select_related("organisation"))


def all_rounds(*, by: Person) -> list[Round]:
    """All assessments that this person may see, in three statements, the latest first."""
    return _rounds(Assessment.objects.for_actor(by).select_related("organisation"))


def _rounds(rows: Iterable[Assessment]) -> list[Round]:
    assessments = list(rows)
    if not assessments:
        return []
    ids = [row.id for row in assessments]
    answers: dict[UUID, list[tuple[str, int | None, int | None, str, str, str]]] = defaultdict(list)
    for id_, *fields in Answer.objects.filter(assessment__in=ids).values_list("assessment_id", *ANSWER_FIELDS):
        answers[id_].append(tuple(fields))
    themes: dict[UUID, dict[str, ThemeState]] = defaultdict(dict)
    for theme in AssessedTheme.objects.filter(assessment__in=ids).order_by("id"):
        themes[theme.assessment_id][theme.code] = _state(theme)
    return [_round(row, to_answers(answers[row.id]), themes[row.id]) for row in assessments]


def _round(row: Assessment, answers: Mapping[str, QuestionAnswer], themes: Mapping[str, ThemeState]) -> Round:
    given = to_assessment(row, load_index(row.index), answers)
    return Round(id=row.id, organisation_id=row.organisation_id, name=row.name, given=given, themes=themes)


def _state(row: AssessedTheme) -> ThemeState:
    estimate = None
    if row.estimate_present is not None and row.estimate_future is not None:
        estimate = Estimate(row.estimate_present, row.estimate_future)
    return ThemeState(row.version, row.saved_at, estimate, row.plan_note, row.plan_note_version)


def index_of(assessment_id: UUID, *, by: Person) -> Index:
    """The index that an assessment answers, in one statement. Raises NotFound."""
    reference = Assessment.objects.for_actor(by).filter(pk=assessment_id).values_list("index", flat=True).first()
    if reference is None:
        raise NotFound
    return load_index(reference)
