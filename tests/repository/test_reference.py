"""The pages of docs/reference/ are what the product says of itself; `bin/docs` makes them again."""

import json
import re
from typing import Any

import pytest
from docs.generate.pages import ROOT, pages
from docs.generate.results_page import COUNTED, FIELDS, counted_example, example
from docs.generate.settings_page import SETTINGS

from commonweal.standards.catalogue import load_index

PAGES = pages()


@pytest.mark.parametrize("path", list(PAGES), ids=lambda path: path.name)
def test_a_page_is_up_to_date(path: Any) -> None:
    assert path.exists(), "run bin/docs"
    assert path.read_text(encoding="utf-8") == PAGES[path], f"{path.relative_to(ROOT)} is out of date: run bin/docs"


def test_there_is_no_page_that_nobody_makes() -> None:
    assert set((ROOT / "docs" / "reference").iterdir()) == set(PAGES)


def _fields(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {name for key, child in value.items() for name in _fields(child, f"{path}.{key}" if path else key)}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {name for child in value for name in _fields(child, path)}
    return {path}


def test_every_field_of_the_results_is_described() -> None:
    assert _fields(json.loads(example())) - {"themes.next_level"} == set(FIELDS)


def test_every_field_of_counted_results_is_described() -> None:
    levels = {level.name for level in load_index("lga-nps-2018").levels}
    found = {path for path in _fields(json.loads(counted_example())) if not path.startswith("lacks.themes.")}
    found = {path.rpartition(".")[0] if path.rpartition(".")[2] in levels else path for path in found}
    assert set(COUNTED) - {"lacks.themes"} == found - set(FIELDS) - {"legal_minimum", "themes.next_level", "notes"}


def test_every_setting_is_described() -> None:
    files = [*(ROOT / "src").rglob("*.py"), ROOT / "bin" / "demo"]
    used = {name for path in files for name in re.findall(r"COMMONWEAL_[A-Z0-9_]+", path.read_text(encoding="utf-8"))}
    assert used == set(SETTINGS)
