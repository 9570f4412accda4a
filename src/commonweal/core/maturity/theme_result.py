"""One theme's result: its scores now and in the target, what holds them, and what comes next."""

from dataclasses import dataclass

from commonweal.core.maturity.explain import NextLevel
from commonweal.core.maturity.models import Theme
from commonweal.core.maturity.scoring import ThemeScore


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """A theme in both columns. `held_sentence` says what holds it now and in the target, in words."""

    now: ThemeScore
    then: ThemeScore
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

    @property
    def gap(self) -> int | None:
        """Levels from present to future; None where either is not known yet."""
        if self.now.level is None or self.then.level is None or self.now.unanswered or self.then.unanswered:
            return None
        return self.then.level - self.now.level
