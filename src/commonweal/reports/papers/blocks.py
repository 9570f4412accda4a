"""What a paper consists of, ready to be placed. All text is plain; nothing here is markup."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = tuple[str, ...]
"""The paragraphs of a cell."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `strong` for one that leads."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph that must not be missed."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `shares` are the columns' parts of the width, `right` the column that stands at the right."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption, and the same in words for those who do not see it."""

    svg: str
    caption: str
    description: str


Block = Text | Mark | Points | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; one that `is_wide` stands on pages across."""

    heading: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: title, whose it is, quiet lines under the title, and its sections."""

    title: str
    organisation: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def document_title(self) -> str:
        """The title in a file's properties."""
        return f"{self.organisation}: {self.title}"

    @property
    def index_line(self) -> str:
        """What a file's properties say that it is about."""
        return self.lines[0] if self.lines else ""


def cell(text: str) -> Cell:
    """A cell of one paragraph."""
    return (text,)


def table(
    heads: tuple[str, ...], shares: tuple[float, ...], rows: Sequence[tuple[str, ...]], right: int | None = None
) -> Table:
    """A table of one paragraph a cell."""
    return Table(heads, shares, tuple(tuple(map(cell, row)) for row in rows), right)
