"""Indexes that organisations write themselves, and which indexes a round may answer."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from commonweal.core.access import Action
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.own_index import IndexReach, IndexState
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.writing import reading
from commonweal.standards.authoring import order_of
from commonweal.standards.catalogue import load_index, references
from commonweal.store.fence import unfenced
from commonweal.store.models import Assessment, OwnIndex, Person, PublishedIndex

_WHY = "what was published to everybody is for everybody"
_FIELDS = ("id", "organisation_id", "index", "number", "title", "edition", "state", "reach", "version", "changed_at")


@dataclass(frozen=True, slots=True)
class OwnIndexLine:
    """A version of an index of one's own; `version` is what a form is made from, `number` the version's own."""

    id: UUID
    organisation_id: UUID
    index: str
    number: str
    title: str
    edition: str
    state: IndexState
    reach: IndexReach
    version: int
    changed_at: datetime.datetime

    @property
    def reference(self) -> str:
        """The name by which an assessment asks for it, once it is published."""
        return f"{self.index}@{self.number}"


def _line(row: tuple[Any, ...]) -> OwnIndexLine:
    id_, organisation, index, number, title, edition, state, reach, version, at = row
    return OwnIndexLine(
        id_, organisation, index, number, title, edition, IndexState(state), IndexReach(reach), version, at
    )


@reading
def own_indexes(organisation_id: UUID, *, by: Person) -> list[OwnIndexLine]:
    """Every version of every index of an organisation's own, the latest version of each first."""
    rows = OwnIndex.objects.for_actor(by, Action.SEE_INDEX).filter(organisation_id=organisation_id)
    found = [_line(row) for row in rows.values_list(*_FIELDS)]
    found.sort(key=lambda line: order_of(line.number), reverse=True)
    return sorted(found, key=lambda line: line.index)


@dataclass(frozen=True, slots=True)
class OwnIndexView:
    """A version with its content, and whose it is."""

    line: OwnIndexLine
    organisation: str
    content: Mapping[str, Any]
    may_write: bool
    may_publish_to_everybody: bool
    rounds: int
    """How many rounds of the organisation answer it."""
    earlier: str = ""
    """The reference of the version published before it; empty for the first one."""


@reading
def own_index(own_index_id: UUID, *, by: Person) -> OwnIndexView:
    """A version of an index of one's own. Raises NotFound."""
    rows = OwnIndex.objects.for_actor(by, Action.SEE_INDEX, pk=own_index_id)
    also = ("content", "published__content", "organisation__name", "organisation__publishes_to_everybody")
    row = rows.values_list(*_FIELDS, *also).first()
    if row is None:
        raise NotFound
    *fields, draft, published, name, is_let = row
    line = _line(tuple(fields))
    may_write = by.access.may(Action.WRITE_INDEX, line.organisation_id)
    keeps = is_let and by.access.may(Action.PUBLISH_INDEX, line.organisation_id)
    rounds = Assessment.objects.within(line.organisation_id).filter(index=line.reference).count()
    return OwnIndexView(line, name, published or draft, may_write, keeps, rounds, _earlier(line))


def _earlier(line: OwnIndexLine) -> str:
    rows = PublishedIndex.objects.within(line.organisation_id).filter(own_index__index=line.index)
    before = [
        number
        for number in rows.values_list("own_index__number", flat=True)
        if order_of(number) < order_of(line.number)
    ]
    return f"{line.index}@{max(before, key=order_of)}" if before else ""


@reading
def ids_used(index: str, *, by: Person) -> tuple[set[str], set[str]]:
    """The codes of themes and the ids of questions of all published versions of an index: none is used again."""
    rows = PublishedIndex.objects.for_actor(by, Action.SEE_INDEX, own_index__index=index)
    themes = [theme for content in rows.values_list("content", flat=True) for theme in content["themes"]]
    return {theme["code"] for theme in themes}, {one["id"] for theme in themes for one in theme["questions"]}


@dataclass(frozen=True, slots=True)
class OfferedIndex:
    """An index that a round may answer, without its content."""

    reference: str
    id: str
    title: str
    edition: str
    version: str

    @property
    def label(self) -> str:
        """The words that are shown."""
        return f"{self.title}, edition for {self.edition}, version {self.version}"


def _shipped(*, latest: bool = False) -> list[OfferedIndex]:
    """What is shipped, the latest version of each first; or the latest alone, which is what new rounds answer."""
    found = [load_index(reference) for reference in reversed(references())]
    if latest:
        found = [one for one in found if one is load_index(one.id)]
    return [OfferedIndex(one.reference, one.id, one.title, one.edition, one.version) for one in found]


def _offered(rows: QuerySet[OwnIndex]) -> list[OfferedIndex]:
    found = rows.filter(state=IndexState.PUBLISHED.value).order_by("title", "id")
    return [
        OfferedIndex(f"{index}@{number}", index, title, edition, number)
        for index, number, title, edition in found.values_list("index", "number", "title", "edition")
    ]


def _for_everybody() -> list[OfferedIndex]:
    with unfenced(_WHY):
        return _offered(OwnIndex.objects.across(_WHY).filter(reach=IndexReach.EVERYBODY.value))


@reading
def offered_indexes(organisation_id: UUID, *, by: Person) -> list[OfferedIndex]:
    """What a new round may answer: the latest versions of what is shipped, of its own, and of what is for everybody."""
    own = _offered(OwnIndex.objects.for_actor(by, Action.SEE_INDEX).filter(organisation_id=organisation_id))
    return _once([*_shipped(latest=True), *own, *_for_everybody()])


def offered_only_to(reference: str) -> UUID | None:
    """The organisation that alone may answer a version; None where everybody may. For whoever has the command line."""
    if reference in references():
        return None
    index, _, number = reference.partition("@")
    with unfenced(_WHY):
        rows = OwnIndex.objects.across(_WHY).filter(index=index, number=number)
        owner, reach = rows.values_list("organisation_id", "reach").get()
    return None if reach == IndexReach.EVERYBODY.value else owner


def _once(offered: list[OfferedIndex]) -> list[OfferedIndex]:
    return list({one.reference: one for one in offered}.values())


@reading
def readable_indexes(*, by: Person) -> list[OfferedIndex]:
    """Every index that somebody may read: what is shipped, of their organisations, and for everybody."""
    own = _offered(OwnIndex.objects.for_actor(by, Action.SEE_INDEX))
    return _once([*_shipped(), *own, *_for_everybody()])


@reading
def readable_index(reference: str, *, by: Person) -> Index:
    """One of `readable_indexes`, or of one's own that is superseded, by a reference from outside. Raises NotFound."""
    index, _, number = reference.partition("@")
    mine = OwnIndex.objects.for_actor(by, Action.SEE_INDEX, index=index, number=number)
    known = any(one.reference == reference for one in [*_shipped(), *_for_everybody()])
    if not known and not mine.exclude(state=IndexState.DRAFT.value).exists():
        raise NotFound
    return held_index(reference)
