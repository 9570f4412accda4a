"""A theme's level in words, as a formula and as its value; the same on its own sheet and among the results."""

from commonweal.core.maturity.results import Results
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.reports.workbook.places import Places


def level_words(at: Places, code: str, open_at: int, level_at: int) -> str:
    """A theme's level in words, as a formula."""
    open_, level = at.of_theme(code, open_at), at.of_theme(code, level_at)
    known = f'IF(ISNUMBER({level}),INDEX({at.labels},{level}+1),"Does not apply")'
    return f'IF({open_}>0,INDEX({at.labels},1)&": "&{open_}&" not answered yet",{known})'


def level_words_value(results: Results, score: ThemeScore) -> str:
    """What that formula gives now."""
    labels = [level.label for level in results.index.levels]
    if score.unanswered:
        return f"{labels[0]}: {len(score.unanswered)} not answered yet"
    return "Does not apply" if score.level is None else labels[score.level]
