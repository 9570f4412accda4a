"""A text file in either language that people write for us, YAML or JSON, as a tree with places."""

from pathlib import Path

from commonweal.formats.files import read_text
from commonweal.formats.json import read_json
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import read_yaml


def read_tree(path: Path) -> Tree:
    """A file's content by its ending, or by its first character where the ending says nothing. Raises BadInput."""
    text = read_text(path)
    suffix = path.suffix.lower()
    is_json = suffix == ".json" or (suffix not in {".yaml", ".yml"} and text.lstrip().startswith("{"))
    return (read_json if is_json else read_yaml)(text, path.name)
