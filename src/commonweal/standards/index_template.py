"""A small index to write over: what somebody begins with who writes one as a file."""

from pathlib import Path
from typing import Any

from commonweal.formats.yaml import parse_yaml

_FILE = Path(__file__).with_name("index-template.yaml")


def template_content() -> dict[str, Any]:
    """The content of the template, sound as it is."""
    content: dict[str, Any] = parse_yaml(_FILE.read_text(encoding="utf-8"), _FILE.name).value
    return content
