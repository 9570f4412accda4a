"""The words of sectors: a file each under `vocabularies/`."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.wording import Note, Vocabulary, worded
from commonweal.core.organisations import Kind
from commonweal.core.problems import Problem, Refused
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.catalogue import load_index, references

_FOLDER = Path(__file__).parent / "vocabularies"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 600, "description": "a text of a few sentences"}
_IDS = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_SCHEMA = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["sector", "title", "kinds"],
        "properties": {
            "sector": {"type": "string", "pattern": "^[a-z-]{3,40}$", "description": "an id, as the file is named"},
            "title": {**_TEXT, "description": "what its organisations are called, in the plural"},
            "kinds": {**_IDS, "description": "kinds of organisations, as settings have them"},
            "words": {
                "type": "object",
                "description": "for an index by its id: each term with what is read instead",
                "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
            },
            "notes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["index", "themes", "text", "source"],
                    "properties": {"index": _TEXT, "themes": _IDS, "text": _TEXT, "source": _TEXT},
                },
            },
        },
    }
)


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """Those that are shipped, by sector. Raises BadInput with every fault of a file that is not sound."""
    found = {}
    for tree in vocabulary_files():
        problems = check_vocabulary(tree)
        if problems:
            raise BadInput(problems)
        found[tree.value["sector"]] = _built(tree)
    return found


def sectors() -> list[str]:
    """The sectors that have words of their own, by the names of their files, so that none is read for it."""
    return sorted(item.name.removesuffix(".yaml") for item in _FOLDER.iterdir() if item.name.endswith(".yaml"))


def vocabulary_files() -> Iterator[Tree]:
    """Every shipped file, read but not checked."""
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(".yaml")):
        yield parse_yaml(read_text(path), path.name)


def check_vocabulary(tree: Tree) -> list[Problem]:
    """What keeps a file from being used: its shape, and kinds, indexes and themes that there are not."""
    faults = [*_SCHEMA.faults(tree)]
    if not faults and not tree.noted:
        faults += [*_unknown(tree)]
    return tree.problems(faults)


def _unknown(tree: Tree) -> Iterator[Fault]:
    content = tree.value
    kinds, ids = {kind.value for kind in Kind}, {reference.partition("@")[0] for reference in references()}
    for place, kind in enumerate(content["kinds"]):
        if kind not in kinds:
            yield ("kinds", place), Refused(f"{kind} is no kind of organisation.", "Use one of the settings.")
    for index in content.get("words", {}):
        if index not in ids:
            yield ("words", index), Refused(f"There is no index {index}.", "Use the id of one that is shipped.")
    for place, note in enumerate(content.get("notes", ())):
        if note["index"] not in ids:
            yield ("notes", place, "index"), Refused(f"There is no index {note['index']}.", "Use an id that there is.")
            continue
        codes = {theme.code for theme in load_index(note["index"]).themes}
        for at, code in enumerate(note["themes"]):
            if code not in codes:
                yield ("notes", place, "themes", at), Refused(f"There is no theme {code}.", "Use a code of the index.")


def _built(tree: Tree) -> Vocabulary:
    content = tree.value
    notes = (Note(one["index"], tuple(one["themes"]), one["text"], one["source"]) for one in content.get("notes", ()))
    return Vocabulary(
        sector=content["sector"],
        title=content["title"],
        kinds=tuple(content["kinds"]),
        words=content.get("words", {}),
        notes=tuple(notes),
    )


@cache
def vocabulary_for(kind: str) -> Vocabulary | None:
    """The words of the sector that a kind of organisation (core/organisations.py) belongs to, if it has any."""
    return next((one for one in vocabularies().values() if kind in one.kinds), None)


def terms_in(index: Index) -> tuple[tuple[str, str], ...]:
    """The terms of an index that is worded for a sector, with what is read instead: single terms, no sentences."""
    vocabulary = vocabularies().get(index.sector)
    words = vocabulary.words.get(index.id, {}) if vocabulary else {}
    return tuple((term, instead) for term, instead in words.items() if instead and not term.rstrip().endswith("."))


@lru_cache(maxsize=24)
def index_in_words(index: Index, sector: str) -> Index:
    """An index in the words of a sector; as it is where the sector is none, or has no words for it."""
    vocabulary = vocabularies().get(sector)
    return worded(index, vocabulary) if vocabulary else index


def index_for(index: Index, kind: str) -> Index:
    """An index in the words of the sector that a kind of organisation belongs to."""
    vocabulary = vocabulary_for(kind)
    return index_in_words(index, vocabulary.sector) if vocabulary else index
