"""Indexes small enough to try everything on."""

from hypothesis import strategies as st

from commonweal.core.maturity.models import Answer, Index, LegalMinimum, Provenance, Question, Step, Theme
from commonweal.standards.catalogue import load_index

_LIKE = load_index("svmi-public")


def small_index(draw: st.DrawFn, *, most: int = 3) -> Index:
    """Two themes, or up to `most`, of one or two questions, some with a duty in law; levels as in the public index."""
    themes = tuple(_theme(draw, code) for code in "ABC"[: draw(st.integers(2, most))])
    return Index(
        id="small",
        version="1",
        title="Small",
        edition="tests",
        published_on=_LIKE.published_on,
        source=_LIKE.source,
        provenance_meanings=_LIKE.provenance_meanings,
        plan_footnote="",
        legal_minimum_title=_LIKE.legal_minimum_title,
        legal_minimum_scope="",
        levels=_LIKE.levels,
        themes=themes,
    )


def _theme(draw: st.DrawFn, code: str) -> Theme:
    questions = tuple(_question(draw, code, f"{code}{n}") for n in range(1, draw(st.integers(1, 2)) + 1))
    return Theme(code, f"Theme {code}", code, "", (), questions)


def _question(draw: st.DrawFn, theme: str, id_: str) -> Question:
    levels = sorted(draw(st.sets(st.integers(1, 4), min_size=1, max_size=3)))
    answers = tuple(Answer(n, "", level, ()) for n, level in enumerate([levels[0] - 1, *levels]))
    steps = tuple(
        Step(f"{id_}-{n}", theme, id_, n, level, "", (), Provenance.INFERRED) for n, level in enumerate(levels, 1)
    )
    duty = LegalMinimum(draw(st.integers(1, len(levels))), "A duty.") if draw(st.booleans()) else None
    return Question(id_, theme, "", "", "", "", Provenance.INFERRED, answers, steps, duty)
