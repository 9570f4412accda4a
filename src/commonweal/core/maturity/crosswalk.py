"""What the results of one index say of the statements of another. One way only.

A theme's level is the end of many answers, so it suggests the level of a statement on the same matter; a statement's
level does not determine the answers behind a theme, so nothing leads back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.core.maturity.answers import NOT_ANSWERED, Answers
from commonweal.core.maturity.models import Index, Question, Theme
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.scoring import ThemeScore


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Two indexes (`id@version`), the statement (id) for each theme (code), and the level for each level, by position.

    `source` and `confidence` say where the pairs come from, and how far they can be relied on.
    """

    from_: str
    to: str
    statements: Mapping[str, str]
    levels: tuple[int, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A statement with the theme that says something of it: the rating given, and the rating suggested (positions).

    None where nothing is rated, or where the theme has no level: `reason` then says why. `is_estimate` where the level
    of the theme came from the short form.
    """

    statement: Question
    theme: Theme
    rated: int | None
    suggested: int | None
    reason: str = ""
    is_estimate: bool = False

    @property
    def differs(self) -> int:
        """Levels by which the rating lies above what is suggested; below nought where it lies below."""
        return 0 if self.rated is None or self.suggested is None else self.rated - self.suggested


def suggestions(crosswalk: Crosswalk, results: Results, statements: Index, answers: Answers) -> tuple[Suggestion, ...]:
    """For each statement of the crosswalk, in its order: what it was rated, and what the themes' results suggest."""
    rows = {row.theme.code: row.now for row in results.themes}
    by_id = {question.id: question for question in statements.questions}
    found = []
    for code, id_ in crosswalk.statements.items():
        choice = answers.get(id_, NOT_ANSWERED).present
        level, reason = _suggested(crosswalk, rows[code])
        found.append(
            Suggestion(
                statement=by_id[id_],
                theme=rows[code].theme,
                rated=by_id[id_].answers[choice].level if isinstance(choice, int) else None,
                suggested=level,
                reason=reason,
                is_estimate=code in results.assessment.estimated,
            )
        )
    return tuple(found)


def _suggested(crosswalk: Crosswalk, score: ThemeScore) -> tuple[int | None, str]:
    """The lowest level is also shown for a theme that is not fully answered, so that one suggests nothing."""
    if score.unanswered:
        return None, "not fully answered yet"
    if score.level is None:
        return None, "no question of it applies"
    return crosswalk.levels[score.level], ""
