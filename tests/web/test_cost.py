"""What a page asks of the database does not grow with what is in it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cases import everywhere
from tests.service import a_round, an_organisation

from commonweal.core.maturity.models import Index
from commonweal.services.people import Person

MOST = {
    "start": 6,
    "organisation": 12,
    "rounds": 6,
    "task-list": 5,
    "check": 4,
    "results": 4,
    "plan": 4,
    "theme": 4,
    "short-form": 4,
    "filled-workbook": 4,
    "people": 7,
    "trail": 5,
    "decisions": 8,
    "all-evidence": 6,
    "question": 9,
    "placed": 8,
}
"""Statements a page, the two of session and person with seats among them."""

OF_AN_ORGANISATION = {"organisation", "rounds", "people", "trail"}

_AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT set_config")
"""What stands around the statements of a transaction behind the fence."""


def _count(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not query["sql"].startswith(_AROUND) for query in queries)


@pytest.mark.parametrize("name", sorted(MOST))
def test_statements_are_constant(name: str, index: Index, client: Client, person: Person) -> None:
    organisation = an_organisation(person)
    assessment = a_round(person, index, organisation=organisation)
    arguments = {"start": []}.get(name, [organisation] if name in OF_AN_ORGANISATION else [assessment])
    last = {"theme": [index.themes[0].code], "question": [index.questions[0].id]}.get(name, [])
    address = reverse(name, args=[*arguments, *last])
    counts = [_count(lambda: client.get(address))]
    for number in range(3):
        a_round(person, index, everywhere(index, 0, -1), organisation=organisation, name=f"Round {number}")
        a_round(person, index, everywhere(index, 0, -1))
    counts.append(_count(lambda: client.get(address)))
    full = a_round(person, index, everywhere(index, 0, -1), organisation=organisation)
    if name not in {"start", *OF_AN_ORGANISATION}:
        counts.append(_count(lambda: client.get(address.replace(str(assessment), str(full)))))
    assert set(counts) == {MOST[name]}


def test_saving_takes_as_many_statements_for_one_answer_as_for_all(
    index: Index, client: Client, person: Person
) -> None:
    theme = max(index.themes, key=lambda theme: len(theme.questions))
    address = reverse("theme", args=[a_round(person, index), theme.code])
    one = {f"{theme.questions[0].id}-present": "0"}
    everything = {f"{question.id}-{column}": "1" for question in theme.questions for column in ("present", "future")}
    counts = [
        _count(lambda: client.post(address, {"version": "0", "do": "stop", **one})),
        _count(lambda: client.post(address, {"version": "1", "do": "stop", **everything})),
    ]
    assert counts[0] == counts[1] <= 11
