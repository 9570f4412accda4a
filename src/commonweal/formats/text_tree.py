"""A text file in either language that people write for us, YAML or JSON, as a tree with places."""

from pathlib import Path, PurePath

from commonweal.formats.files import read_text
from commonweal.formats.json import read_json
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import read_yaml


def read_tree(path: Path) -> Tree:
    """A file's content as `parse_tree` reads it. Raises BadInput."""
    return parse_tree(read_text(path), path.name)


def parse_tree(text: str, name: str) -> Tree:
    """A text by the ending of its name, or by its first character where the ending says nothing. Raises BadInput."""
    suffix = PurePath(name).suffix.lower()
    is_json = suffix == ".json" or (suffix not in {".yaml", ".yml"} and text.lstrip().startswith("{"))
    return (read_json if is_json else read_yaml)(text, name)
