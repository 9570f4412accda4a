"""The indexes that are shipped, and how an assessment names one: `id` for the latest version, or `id@version`."""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem, Refused, printable
from commonweal.formats.files import decode
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.build import build_index
from commonweal.standards.check import check_index

_SUFFIX = ".yaml"
_FOLDER = Path(__file__).parent / "indexes"


class UnknownIndex(Exception):
    """No index is shipped under that reference; carries the refusal to show."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


def published_digests() -> dict[str, str]:
    """The SHA-256 of each published file by name (PUBLISHED.sha256): what is published never changes."""
    text = (_FOLDER / "PUBLISHED.sha256").read_text(encoding="utf-8")
    return {name: digest for digest, name in (line.split() for line in text.splitlines() if line)}


def references() -> list[str]:
    """Every shipped index as `id@version`, oldest version first."""
    names = [item.name.removesuffix(_SUFFIX) for item in _FOLDER.iterdir() if item.name.endswith(_SUFFIX)]
    return sorted(names, key=_order)


def _order(reference: str) -> tuple[str, tuple[int, ...]]:
    identifier, _, version = reference.partition("@")
    return identifier, tuple(int(part) for part in version.split("."))


def resolve(reference: str) -> str:
    """`id` or `id@version` as the full `id@version` of a shipped index. Raises UnknownIndex."""
    known, shown = references(), printable(reference[:40])
    if reference in known:
        return reference
    versions = [name for name in known if name.partition("@")[0] == reference.partition("@")[0]]
    if versions and "@" not in reference:
        return versions[-1]
    if versions:
        raise UnknownIndex(Refused(f"{shown} is not a version of this index.", f"Use {', '.join(versions)}."))
    raise UnknownIndex(Refused(f"{shown} is not an index that is known here.", f"Use {', '.join(known)}."))


def _read(reference: str) -> tuple[Tree, str]:
    """A shipped file as a tree, with its digest."""
    name = reference + _SUFFIX
    content = (_FOLDER / name).read_bytes()
    return parse_yaml(decode(content, name), name), hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=16)
def _load(reference: str) -> Index:
    tree, digest = _read(reference)
    # A published file was checked when it was recorded; checking it again at every start would double the time.
    # One that is not published yet, or was changed since, is checked in full.
    if published_digests().get(tree.name) != digest:
        problems = [*published_faults(tree.name), *check_index(tree), *_name_faults(tree)]
        if problems:
            raise BadInput(problems)
    return build_index(tree.value)


def load_index(reference: str) -> Index:
    """The index under `id` (latest version) or `id@version`.

    Raises UnknownIndex, or BadInput with every fault of an index file that is not sound.
    """
    return _load(resolve(reference))


def shipped_content(reference: str) -> dict[str, Any]:
    """The content of a shipped index, as its file has it. Raises UnknownIndex."""
    content: dict[str, Any] = _read(resolve(reference))[0].value
    return content


def find_with(index: Index) -> Callable[[str], Index]:
    """How to find an index where one more is known beside those that are shipped, by its id or reference.

    What it gives raises UnknownIndex.
    """

    def find(reference: str) -> Index:
        return index if reference in (index.id, index.reference) else load_index(reference)

    return find


def published_faults(only: str = "") -> Iterator[Problem]:
    """Published files (or one of them) that are gone or were changed: a correction is a new version."""
    for name, digest in published_digests().items():
        file = _FOLDER / name
        if only not in ("", name):
            continue
        if not file.is_file():
            yield Problem(name, "This published version is gone.", "Put it back: old plans must stay readable.")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield Problem(name, "This published version was changed.", "Undo it, and publish a new version instead.")


def shipped_faults() -> Iterator[Problem]:
    """Every fault of the shipped files: changed, gone, or named otherwise than they say."""
    yield from published_faults()
    for tree in shipped_files():
        yield from _name_faults(tree)


def _name_faults(tree: Tree) -> Iterator[Problem]:
    content = tree.value if isinstance(tree.value, dict) else {}
    said = f"{content.get('id')}@{content.get('version')}"
    if f"{said}{_SUFFIX}" != tree.name:
        yield Problem(tree.place(["id"]), f"The file says that it is {said}.", "Name it after its id and version.")


def shipped_files() -> Iterator[Tree]:
    """Every shipped index file, read but not checked."""
    for reference in references():
        yield _read(reference)[0]
