"""One theme's result: its scores now and in the target, what holds them, and what comes next."""

from typing import NamedTuple

from commonweal.core.maturity.explain import NextLevel
from commonweal.core.maturity.models import Theme
from commonweal.core.maturity.scoring import ThemeScore


class ThemeResult(NamedTuple):  # a tuple for speed, as ThemeScore
    """A theme in both columns.

    `gap` is levels from present to future, None where either is not known yet; `held_sentence` says what holds the
    theme now and in the target, in words.
    """

    now: ThemeScore
    then: ThemeScore
    gap: int | None
    present_held_by: tuple[str, ...]
    future_held_by: tuple[str, ...]
    next_level: NextLevel | None
    held_sentence: str

    @property
    def theme(self) -> Theme:
        """The theme itself."""
        return self.now.theme

    @property
    def name(self) -> str:
        """The title with the code behind it, for readers who have the table beside them."""
        return f"{self.theme.title} ({self.theme.code})"

    @property
    def present(self) -> int | None:
        """The level now; None where no question applies."""
        return self.now.level

    @property
    def future(self) -> int | None:
        """The level in the target; None where no question applies."""
        return self.then.level


def gap_between(now: ThemeScore, then: ThemeScore) -> int | None:
    """Levels from now to then; None where either has no level or is not fully answered."""
    if now.level is None or then.level is None or now.unanswered or then.unanswered:
        return None
    return then.level - now.level
