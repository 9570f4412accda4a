"""A theme's level in words, as a formula and as its value; the same on its own sheet and among the results."""

from commonweal.core.maturity.results import Results
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.scoring import ThemeScore
from commonweal.reports.workbook.places import APPLY_OF, CHOICE_OF, Places


def stands_words(at: Places, code: str, open_at: int, level_at: int) -> str:
    """Where a theme stands, as a formula: its level, or how many of its statements are well rated."""
    counting = at.index.counting
    if counting is None:
        return level_words(at, code, open_at, level_at)
    open_, rated = at.of_theme(code, open_at), at.of_theme(code, APPLY_OF[open_at])
    theme = next(theme for theme in at.index.themes if theme.code == code)
    well = f'COUNTIF({at.choices_of(theme, CHOICE_OF[open_at])},">={counting.enough}")'
    label = f"INDEX({at.labels},{counting.enough + 1})"
    left = f'IF({open_}>0,", "&{open_}&" not answered yet","")'
    nothing = f'IF({open_}>0,{open_}&" not answered yet","Does not apply")'
    return f'IF({rated}=0,{nothing},{well}&" of "&{rated}&" at "&{label}&" or above"&{left})'


def stands_value(results: Results, score: ThemeScore) -> str:
    """What that formula gives now."""
    rule = rule_of(results.index)
    return level_words_value(results, score) if rule.has_levels else rule.theme_words(results.index, score)


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
