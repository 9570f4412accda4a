"""What is wrong with something that came from outside, told so that a person can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule's refusal: one sentence on what is wrong, one on what to do.

    >>> str(Refused("7 is not an answer to this question.", "Choose 0 to 3."))
    '7 is not an answer to this question. Choose 0 to 3.'
    """

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


def printable(text: str) -> str:
    """A text as one line that orders a terminal nothing: what cannot be printed becomes a replacement sign.

    >>> printable("f\\x1b[2J\\nname")
    'f\ufffd[2J\ufffdname'
    """
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal together with its place: file, line and path, or sheet and cell.

    >>> print(Problem("plan.yaml, line 4, answers.A1.present", "7 is not an answer.", "Choose 0 to 3."))
    plan.yaml, line 4, answers.A1.present: 7 is not an answer: Choose 0 to 3.
    """

    place: str
    what: str
    remedy: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for whoever sees the place already.

        >>> Problem("name", "There is no name.", "Enter one.").sentence
        'There is no name. Enter one.'
        """
        return f"{self.what} {self.remedy}"

    @classmethod
    def at(cls, place: str, refused: Refused) -> "Problem":
        """A refusal at its place."""
        return cls(place, refused.what, refused.remedy)

    def __str__(self) -> str:
        return printable(f"{self.place}: {self.what.removesuffix('.')}: {self.remedy}")
