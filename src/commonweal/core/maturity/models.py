"""An index as values: levels, themes, questions, answers, steps and criteria.

A level is a position from 0. Its name, like the names and the number of themes and questions, is known to the
index's data alone.
"""

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from commonweal.core.maturity.fates import Said

NO_LIMIT = sys.maxsize
"""The limit of a question that stands on its last answer: it holds nothing back."""


class Provenance(StrEnum):
    """How well the sources carry a thing: printed in them, worked out from them, or our own completion."""

    PUBLISHED = "published"
    RECONSTRUCTED = "reconstructed"
    INFERRED = "inferred"


class CriterionKind(StrEnum):
    """A requirement is something to have in place; a descriptor only describes a lack."""

    REQUIREMENT = "requirement"
    DESCRIPTOR = "descriptor"


@dataclass(frozen=True, slots=True)
class Level:
    """A stage of the index: `position` from 0, the published `name`, a short `label`, what it means."""

    position: int
    name: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One cell entry of the published matrix. `level` is the matrix's; `level_in_use` where the answers use it."""

    id: str
    level: int
    level_in_use: int
    kind: CriterionKind
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question's ladder; `criteria` are the ids of the criteria that it expresses."""

    position: int
    text: str
    level: int
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one answer to the next, with the action that takes it; `to_answer` is where it leads."""

    id: str
    theme: str
    question: str
    to_answer: int
    level: int
    text: str
    criteria: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class LegalMinimum:
    """The duty in law behind a question, and the first answer with which it is met."""

    met_from_answer: int
    duty: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its ladder of answers, lowest first. `steps[i]` leads from answer i to answer i + 1."""

    id: str
    theme: str
    title: str
    question: str
    help: str
    evidence: str
    provenance: Provenance
    answers: tuple[Answer, ...]
    steps: tuple[Step, ...]
    legal_minimum: LegalMinimum | None = None
    may_not_apply: str = ""
    note: str = ""
    limits: tuple[int, ...] = field(init=False)
    """The level each answer lets the theme reach: just under the next answer's, and none on the last one."""

    def __post_init__(self) -> None:
        limits = (*(answer.level - 1 for answer in self.answers[1:]), NO_LIMIT)
        object.__setattr__(self, "limits", limits)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: `code` is a string, `plan_label` its short name in plans, `lead_question` what it asks."""

    code: str
    title: str
    plan_label: str
    lead_question: str
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    lacks: str = ""
    """What of the published theme this index does not hold, in words; empty where it is all there."""
    part: str = ""
    """The part of the published index that the theme belongs to, where it has parts."""
    ladders: tuple[tuple[str, tuple[int, ...]], ...] = field(init=False)
    """The id and the limits of each question: all that scoring needs, at hand for speed."""
    by_id: Mapping[str, Question] = field(init=False, compare=False)
    """The questions by their ids."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ladders", tuple((question.id, question.limits) for question in self.questions))
        object.__setattr__(self, "by_id", {question.id: question for question in self.questions})


@dataclass(frozen=True, slots=True)
class Source:
    """Where an index comes from, and what of it is worked out rather than read."""

    title: str
    year: int
    matrix: str
    ladders: str


@dataclass(frozen=True, slots=True)
class Counting:
    """How statements are counted, in positions of levels.

    From `enough` on one is well rated; from `high` on it is among the highest, up to `low` among the lowest. `whole`
    is how many statements the published index has.
    """

    enough: int
    high: int
    low: int
    whole: int


@dataclass(frozen=True, eq=False)
class Index:
    """A published version of a maturity model; immutable, compared by identity.

    `lacks` is what of the published index this one does not hold, beside what its themes lack. Where no law binds those
    who answer it, there are no legal questions, and title and scope of the legal minimum are empty.
    """

    id: str
    version: str
    title: str
    edition: str
    published_on: datetime.date
    source: Source
    provenance_meanings: tuple[tuple[Provenance, str], ...]
    plan_footnote: str
    legal_minimum_title: str
    legal_minimum_scope: str
    levels: tuple[Level, ...]
    themes: tuple[Theme, ...]
    counting: Counting | None = None
    """How answers are counted, where they are; without it, themes are held by their weakest question (rules.py)."""
    lacks: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    """What its authors say of the edition before it: of its questions, and of those that are gone."""
    original: "Index | None" = None
    """The index as it was published, where this one is worded for a sector (wording.py)."""
    sector: str = ""
    """The sector whose words it speaks; empty where they are its own."""
    questions: tuple[Question, ...] = field(init=False)
    legal_questions: tuple[Question, ...] = field(init=False)

    def __post_init__(self) -> None:
        questions = tuple(question for theme in self.themes for question in theme.questions)
        object.__setattr__(self, "questions", questions)
        object.__setattr__(self, "legal_questions", tuple(q for q in questions if q.legal_minimum))

    def theme(self, code: str) -> Theme | None:
        """The theme with a code, if there is one."""
        return next((theme for theme in self.themes if theme.code == code), None)

    @property
    def as_published(self) -> "Index":
        """The index in its own words."""
        return self.original or self

    @property
    def lacking(self) -> tuple[str, ...]:
        """What of the published index is not held, a line each: what its themes lack, then the rest."""
        return (*(f"{theme.title}: {theme.lacks}" for theme in self.themes if theme.lacks), *self.lacks)

    @property
    def reference(self) -> str:
        """The name by which an assessment asks for this version: `id@version`."""
        return f"{self.id}@{self.version}"

    @property
    def top_level(self) -> int:
        """The position of the highest level."""
        return self.levels[-1].position
