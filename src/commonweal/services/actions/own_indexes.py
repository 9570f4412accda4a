"""Indexes that organisations write themselves: begun, changed, published, superseded."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action, refusal
from commonweal.core.errors import BadInput
from commonweal.core.maturity.own_index import IndexReach, IndexState, refused_move, refused_writing
from commonweal.core.problems import Problem, Refused
from commonweal.core.words import slug
from commonweal.formats.characters import forbidden_character
from commonweal.formats.tree import Path, Tree, dotted
from commonweal.intake.index_file import read_index_file
from commonweal.services.allowed import require
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.queries.own_indexes import own_index, readable_index
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.standards.authoring import (
    Content,
    Missing,
    new_content,
    next_version,
    order_of,
    own_id,
    without_history,
)
from commonweal.standards.catalogue import shipped_content
from commonweal.standards.check import check_index, refused_shape
from commonweal.store.fence import unfenced
from commonweal.store.models import Organisation, OwnIndex, Person, PublishedIndex

MOST_INDEXES = 200
_DECIDED = "what may be read was decided before"
LONGEST_ID = 40
_MOST_CHARACTERS = 1_000_000


@writing
def begin_index(
    *,
    organisation_id: UUID,
    title: str,
    edition: str,
    is_counted: bool,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    """Begin an index with four usual levels and no theme. Gives its id. Raises NotFound, Forbidden or BadInput."""
    organisation = _home(by, organisation_id)
    problems = [
        Problem(place, what, remedy)
        for place, text, what, remedy in (
            ("title", title, "The index has no title.", "Enter what it is called."),
            ("edition", edition, "It is not said who the index is for.", "Enter who answers it."),
        )
        if not text
    ]
    if problems:
        raise BadInput(problems)
    content = new_content(_free_id(organisation_id, title), title, edition, today.isoformat(), is_counted=is_counted)
    return _keep(organisation, content, "index begun", by, now)


def _home(by: Person, organisation_id: UUID) -> Organisation:
    """The organisation, locked: what two do at once with its indexes goes one after the other."""
    require(by, Action.WRITE_INDEX, organisation_id)
    return Organisation.objects.within(organisation_id).select_for_update(no_key=True).get()


def _free_id(organisation_id: UUID, title: str) -> str:
    """An id made from a title that no index of the organisation has yet."""
    stem = slug(title, "index")[: LONGEST_ID - 4].strip("-")
    taken = set(OwnIndex.objects.within(organisation_id).values_list("index", flat=True))
    names = [stem, *(f"{stem}-{number}" for number in range(2, MOST_INDEXES + 2))]
    return next(name for name in names if own_id(name, organisation_id) not in taken)


def import_index(
    *,
    organisation_id: UUID,
    content: bytes,
    file_name: str,
    by: Person,
    now: datetime.datetime,
    replaces_draft: bool = False,
) -> UUID:
    """Take in an index file as a draft, or instead of the draft of the same version. Gives its id.

    Raises NotFound, Forbidden, or BadInput with every fault of the file, each with its line or cell; then nothing is
    kept. The file is read before the writing begins, so that nobody waits for it.
    """
    require(by, Action.WRITE_INDEX, organisation_id)
    tree = read_index_file(content, file_name)
    bare = tree.value["id"].removesuffix(own_id("", organisation_id))
    if len(bare) > LONGEST_ID:
        raise BadInput([Problem(tree.place(["id"]), "The id is too long.", f"Shorten it to {LONGEST_ID} characters.")])
    taken = {"organisation_id": organisation_id, "content": tree.value, "replaces_draft": replaces_draft}
    try:
        return _take_in(**taken, by=by, now=now)
    except BadInput as bad:
        raise BadInput([Problem(tree.place([one.place]), one.what, one.remedy) for one in bad.problems]) from None


@writing
def _take_in(
    *, organisation_id: UUID, content: Content, replaces_draft: bool, by: Person, now: datetime.datetime
) -> UUID:
    organisation = _home(by, organisation_id)
    content = {**content, "id": own_id(content["id"], organisation_id)}
    same = OwnIndex.objects.within(organisation).filter(index=content["id"], number=content["version"])
    draft = same.filter(state=IndexState.DRAFT.value).first()
    if draft is None:
        return _keep(organisation, content, "index taken in", by, now)
    if not replaces_draft:
        what = f"A draft of version {content['version']} is here already."
        remedy = "Tick that the file replaces it, or write a higher version."
        raise BadInput([Problem("version", what, remedy)])
    for name, value in {**_columns(content), "changed_at": now, "version": draft.version + 1}.items():
        setattr(draft, name, value)
    draft.save()
    after = {"title": draft.title, "version": draft.number, "instead of": "the draft"}
    record("index taken in", organisation_id=organisation_id, by=by, now=now, subject=draft.title[:100], after=after)
    return draft.pk


@writing
def copy_index(
    *, organisation_id: UUID, reference: str, today: datetime.date, by: Person, now: datetime.datetime
) -> UUID:
    """Begin an index as a copy of one that this person may read. Gives its id. Raises NotFound, Forbidden, BadInput."""
    organisation = _home(by, organisation_id)
    index = readable_index(reference, by=by)
    content = {
        **index_content(index.reference),
        "id": _free_id(organisation_id, index.title),
        "version": "1.0",
        "title": f"{index.title} (our wording)"[:160],
        "published_on": today.isoformat(),
    }
    return _keep(organisation, without_history(content), "index copied", by, now, source=reference)


def index_content(reference: str) -> Content:
    """The content of an index that may be read, as its file has it."""
    with unfenced(_DECIDED):
        published = PublishedIndex.objects.across(_DECIDED).filter(reference=reference)
        found = published.values_list("content", flat=True).first()
    return dict(found) if found else shipped_content(reference)


def _keep(
    organisation: Organisation, content: Content, act: str, by: Person, now: datetime.datetime, source: str = ""
) -> UUID:
    """Keep a draft, and write it down. Raises BadInput (places are fields of the content)."""
    content = {**content, "id": own_id(content["id"], organisation.pk)}
    of_ours = OwnIndex.objects.within(organisation)
    if of_ours.count() >= MOST_INDEXES:
        raise BadInput([Problem("id", f"There are {MOST_INDEXES} versions already.", "Delete a draft first.")])
    if of_ours.filter(index=content["id"], number=content["version"]).exists():
        what = f"Version {content['version']} of this index is here already."
        raise BadInput([Problem("version", what, "Write a higher version.")])
    row = OwnIndex.objects.create(
        organisation=organisation,
        **_columns(content),
        created_at=now,
        created_by=by,
        changed_at=now,
    )
    after = {"title": row.title, "version": row.number} | ({"from": source} if source else {})
    record(act, organisation_id=organisation.pk, by=by, now=now, subject=row.title[:100], after=after)
    return row.pk


def _columns(content: Content) -> dict[str, Any]:
    """The columns that a draft's content decides. Raises BadInput where no going on could make an index of it."""
    problems = refused_shape(content)
    if problems:
        raise BadInput(problems)
    if len(json.dumps(content, ensure_ascii=False)) > _MOST_CHARACTERS:
        raise BadInput([Problem("themes", "The index is longer than can be kept.", "Split it.")])
    for path, text in _texts(content, ()):
        found = forbidden_character(text)
        if found:
            what = f"There is a character that cannot be shown ({found})."
            raise BadInput([Problem(dotted(path), what, "Type the text again.")])
    return {
        "index": content["id"],
        "number": content["version"],
        "title": content["title"],
        "edition": content["edition"],
        "content": content,
    }


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a content, with the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))


def _draft_for(by: Person, own_index_id: UUID, version: int | None = None) -> OwnIndex:
    """A version that may be written, locked. Raises NotFound, Forbidden, Closed, or Stale where another version is."""
    row = _taken(by, own_index_id)
    refused = refused_writing(IndexState(row.state))
    if refused:
        raise Closed(refused)
    if version is not None and row.version != version:
        raise Stale
    return row


def _taken(by: Person, own_index_id: UUID) -> OwnIndex:
    rows = OwnIndex.objects.for_actor(by, Action.SEE_INDEX, pk=own_index_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound
    require(by, Action.WRITE_INDEX, row.organisation_id)
    return row


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of a draft as a form was made from it: nobody else's change of that part is overwritten unseen."""

    part: Callable[[Mapping[str, Any]], Any]
    digest: str


def digest_of_part(part: Any) -> str:
    """What a form carries to say from what it was made."""
    return digest_of_content({"part": part})[:16]


@writing
def change_index(
    *,
    own_index_id: UUID,
    change: Callable[[Content], Content],
    what: str,
    by: Person,
    now: datetime.datetime,
    seen: Seen | None = None,
) -> None:
    """Change a draft by a function of standards/authoring.py; `what` stands in the trail.

    Raises NotFound (also where a part is gone), Forbidden, Closed, Stale or BadInput (places are fields).
    """
    row = _draft_for(by, own_index_id)
    assert row.content is not None  # noqa: S101  a draft has one
    if seen and digest_of_part(seen.part(row.content)) != seen.digest:
        raise Stale
    try:
        content = change(row.content)
    except Missing:
        raise NotFound from None
    if content == row.content:
        return
    twin = OwnIndex.objects.within(row.organisation_id).filter(index=row.index, number=content["version"])
    if twin.exclude(pk=row.pk).exists():
        raise BadInput([Problem("version", "This version is here already.", "Write a higher one.")])
    for name, value in {**_columns(content), "changed_at": now, "version": row.version + 1}.items():
        setattr(row, name, value)
    row.save()
    record(
        "index changed", organisation_id=row.organisation_id, by=by, now=now, subject=row.title[:100],
        after={"version": row.number, "what": what},
    )  # fmt: skip


@writing
def delete_draft(*, own_index_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Throw a draft away. Gives whose it was. Raises NotFound, Forbidden or Closed."""
    row = _draft_for(by, own_index_id)
    owner = row.organisation_id
    before = {"title": row.title, "version": row.number}
    row.delete()
    record("draft of an index deleted", organisation_id=owner, by=by, now=now, before=before)
    return owner


@writing
def publish_index(
    *, own_index_id: UUID, version: int, reach: IndexReach, today: datetime.date, by: Person, now: datetime.datetime
) -> None:
    """Publish a draft: it never changes again, and the version before it is superseded.

    To everybody, for an index keeper of an organisation that the operator lets. Raises NotFound, Forbidden, Closed,
    Stale, or BadInput with everything that is not sound yet.
    """
    row = _draft_for(by, own_index_id, version)
    _home(by, row.organisation_id)
    if reach is IndexReach.EVERYBODY and not own_index(own_index_id, by=by).may_publish_to_everybody:
        what = "Only index keepers whom the platform's operator lets publish an index to everybody."
        raise Forbidden(Refused(what, "Publish it to your organisation, or ask the operator."))
    assert row.content is not None  # noqa: S101  a draft has one
    content = {**row.content, "published_on": today.isoformat()}
    earlier = list(OwnIndex.objects.within(row.organisation_id).filter(index=row.index, state=_PUBLISHED))
    _require_for_everybody(by, earlier)
    problems = check_index(Tree("", content))
    if any(order_of(one.number) >= order_of(row.number) for one in earlier):
        problems.append(Problem("version", "A later version is published already.", "Write a higher version."))
    if problems:
        raise BadInput(problems)
    PublishedIndex.objects.create(
        organisation_id=row.organisation_id,
        own_index=row,
        reference=f"{row.index}@{row.number}",
        content=content,
        sha256=digest_of_content(content),
        published_at=now,
        published_by=by,
    )
    row.state, row.reach, row.content, row.changed_at = _PUBLISHED, reach.value, None, now
    row.version += 1
    row.save()
    for one in earlier:
        _supersede(one, now)
    after = {"version": row.number, "for": reach.value, "sha256": digest_of_content(content)}
    record("index published", organisation_id=row.organisation_id, by=by, now=now, subject=row.title[:100], after=after)


_PUBLISHED = IndexState.PUBLISHED.value


def _require_for_everybody(by: Person, rows: Iterable[OwnIndex]) -> None:
    """What was published to everybody is taken from everybody by those alone who may give it. Raises Forbidden."""
    for row in rows:
        if row.reach == IndexReach.EVERYBODY.value and not by.access.may(Action.PUBLISH_INDEX, row.organisation_id):
            raise Forbidden(refusal(Action.PUBLISH_INDEX))


def digest_of_content(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a published content, whatever the order in which a database keeps its fields."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _supersede(row: OwnIndex, now: datetime.datetime) -> None:
    row.state, row.changed_at = IndexState.SUPERSEDED.value, now
    row.version += 1
    row.save()


@writing
def withdraw_index(*, own_index_id: UUID, by: Person, now: datetime.datetime) -> None:
    """Take a published version out of use without a new one: no new round answers it. Raises as others, and Closed."""
    row = _taken(by, own_index_id)
    refused = refused_move(IndexState(row.state), IndexState.SUPERSEDED)
    if refused:
        raise Closed(refused)
    _require_for_everybody(by, [row])
    _supersede(row, now)
    after = {"version": row.number}
    record(
        "index taken out of use", organisation_id=row.organisation_id, by=by, now=now, subject=row.title[:100],
        after=after,
    )  # fmt: skip


@writing
def start_new_version(*, own_index_id: UUID, today: datetime.date, by: Person, now: datetime.datetime) -> UUID:
    """A draft of the next version, with all that this version says. Gives its id. Raises as the others."""
    row = _taken(by, own_index_id)
    content = row.content or index_content(f"{row.index}@{row.number}")
    numbers = set(OwnIndex.objects.within(row.organisation_id).filter(index=row.index).values_list("number", flat=True))
    number = next_version(max(numbers, key=order_of))
    begun = without_history({**content, "version": number, "published_on": today.isoformat()})
    return _keep(_home(by, row.organisation_id), begun, "new version of an index begun", by, now, source=row.number)
