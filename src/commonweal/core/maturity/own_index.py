"""The life of an index that an organisation writes itself: draft, published, superseded; and for whom it is."""

from enum import StrEnum

from commonweal.core.problems import Refused


class IndexState(StrEnum):
    """How far a version is. The values are kept in tables."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def meaning(self) -> str:
        """One sentence on what it means to those who use the index."""
        return _MEANINGS[self]


_MEANINGS = {
    IndexState.DRAFT: "It is being written. Nobody can answer it yet.",
    IndexState.PUBLISHED: "New rounds can answer it. Its wording never changes; a correction is a new version.",
    IndexState.SUPERSEDED: "No new round answers it. The rounds that did stay as they are.",
}


class IndexReach(StrEnum):
    """For whom a published version is. The values are kept in tables."""

    ORGANISATION = "organisation"
    EVERYBODY = "everybody"


_AFTER = {
    IndexState.DRAFT: {IndexState.PUBLISHED},
    IndexState.PUBLISHED: {IndexState.SUPERSEDED},
    IndexState.SUPERSEDED: set(),
}


def refused_move(before: IndexState, after: IndexState) -> Refused | None:
    """Why a version cannot go from one state to another; None where it can.

    >>> refused_move(IndexState.DRAFT, IndexState.PUBLISHED)
    >>> print(refused_move(IndexState.SUPERSEDED, IndexState.PUBLISHED))
    This version is superseded. Start a new version of it.
    """
    if after in _AFTER[before]:
        return None
    remedy = "Finish and publish it first." if before is IndexState.DRAFT else "Start a new version of it."
    return Refused(f"This version is {'a draft' if before is IndexState.DRAFT else before.value}.", remedy)


def refused_writing(state: IndexState) -> Refused | None:
    """Why the wording of a version cannot be changed; None while it is a draft."""
    if state is IndexState.DRAFT:
        return None
    return Refused("This version is published, and what is published never changes.", "Start a new version of it.")
