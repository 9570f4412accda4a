"""`commonweal route` as its user meets it."""

import json
from pathlib import Path

import pytest
from docs.generate.route_page import FIELDS
from tests.cases import PUBLISHED
from tests.cli.test_commands import run


def _route(*arguments: str | Path, folder: Path) -> tuple[int, str, str]:
    done = run("route", PUBLISHED, *arguments, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_cheapest_way_in_words(tmp_path: Path) -> None:
    code, said, complained = _route("--reach", "mature", folder=tmp_path)
    assert (code, complained) == (0, "")
    assert said.startswith("The cheapest way to overall Mature: eight actions.\n")
    assert "    B3 holds Internal Management at Mature.\n" in said
    assert "H  Cross Sector Collaboration: from Incomplete to Mature\n" in said
    assert "Overall: from Follower (1.2) to Mature (2)\n" in said
    assert said.endswith("To go further: for one more action, Mature (2.1).\n")
    assert list(tmp_path.iterdir()) == []


def test_as_data_with_every_field_described(tmp_path: Path) -> None:
    code, said, _ = _route("--reach", "Mature", "--format", "json", folder=tmp_path)
    data = json.loads(said)
    assert (code, data["cost"], len(data["actions"]), data["overall"]) == (0, 8, 8, "Mature")
    assert data["themes"]["H"] == "Mature"
    assert set(data["reasons"]) == set(data["actions"])
    inside = {f"frontier.{name}" for name in data["frontier"][0]}
    assert (set(data) - {"frontier"}) | inside == set(FIELDS)


def test_costs_turn_the_route(tmp_path: Path) -> None:
    costs = tmp_path / "costs.json"
    costs.write_text('{"ACT-B-L2": 250.5, "ACT-G-M1": 0.25}', encoding="utf-8")
    _, said, _ = _route("--reach", "Mature", "--costs", costs, "--format", "json", folder=tmp_path)
    data = json.loads(said)
    assert "ACT-B-L2" not in data["actions"]
    assert data["cost"] == len(data["actions"]) - 1 + 0.25


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("ACT-Z-M9: 3\n", "costs.yaml, line 1, ACT-Z-M9: ACT-Z-M9 is not an action of svmi-public@2016.1"),
        ("ACT-A-M1: -3\n", "costs.yaml, line 1, ACT-A-M1: -3 is less than 0"),
        ("ACT-A-M1: £300\n", 'costs.yaml, line 1, ACT-A-M1: "£300" is not a number'),
        ("[1]\n", "costs.yaml: A list is not a set of named values: Write action ids with numbers"),
    ],
)
def test_costs_that_are_none_are_refused_with_their_place(content: str, complaint: str, tmp_path: Path) -> None:
    costs = tmp_path / "costs.yaml"
    costs.write_text(content, encoding="utf-8")
    code, said, complained = _route("--reach", "Mature", "--costs", costs, "--format", "json", folder=tmp_path)
    assert code == 2
    assert complained.startswith(complaint)
    assert json.loads(said)["problems"]


def test_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    code, _, complained = _route("--reach", "Excellent", folder=tmp_path)
    assert (code, complained) == (
        2,
        "--reach: Excellent is not a level of this index: Choose Incomplete, Follower, Mature, Leader or Innovator.\n",
    )
