"""The indexes that are shipped, and how an assessment names one: `id` for the latest version, or `id@version`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.problems import Problem, Refused
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
    known = references()
    if reference in known:
        return reference
    versions = [name for name in known if name.partition("@")[0] == reference.partition("@")[0]]
    if versions and "@" not in reference:
        return versions[-1]
    if versions:
        raise UnknownIndex(Refused(f"{reference} is not a version of this index.", f"Use {', '.join(versions)}."))
    raise UnknownIndex(Refused(f"{reference} is not an index that is known here.", f"Use {', '.join(known)}."))


@lru_cache(maxsize=16)
def _load(reference: str) -> Index:
    content = (_FOLDER / (reference + _SUFFIX)).read_bytes()
    tree = parse_yaml(decode(content, reference + _SUFFIX), reference + _SUFFIX)
    # A published file was checked when it was recorded, and check-standards tells whether it still is the same;
    # checking it at every start would double the time.
    if reference + _SUFFIX not in published_digests():
        problems = check_index(tree)
        if problems:
            raise BadInput(problems)
    return build_index(tree.value)


def load_index(reference: str) -> Index:
    """The index under `id` (latest version) or `id@version`.

    Raises UnknownIndex, or BadInput with every fault of an index file that is not sound.
    """
    return _load(resolve(reference))


def published_faults() -> Iterator[Problem]:
    """Published files that are gone or were changed: a correction is a new version."""
    import hashlib

    for name, digest in published_digests().items():
        file = _FOLDER / name
        if not file.is_file():
            yield Problem(
                name, "This published version is gone.", "Put it back: plans made with it must stay readable."
            )
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield Problem(name, "This published version was changed.", "Undo it, and publish a new version instead.")


def shipped_files() -> Iterator[Tree]:
    """Every shipped index file, read but not checked."""
    for reference in references():
        content = (_FOLDER / (reference + _SUFFIX)).read_bytes()
        yield parse_yaml(decode(content, reference + _SUFFIX), reference + _SUFFIX)
