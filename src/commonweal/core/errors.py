"""The tree of errors. A user's mistake is `BadInput`; anything else is our fault."""

from collections.abc import Sequence

from commonweal.core.problems import Problem


class CommonwealError(Exception):
    """The root: every error this package raises on purpose."""


class BadInput(CommonwealError):
    """Something from outside cannot be used. Carries every problem found, each with place and remedy."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
