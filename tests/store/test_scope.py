"""Whoever asks for rows of organisations says who asks."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction
from tests.service import NOW, a_round, rows, somebody

from commonweal.core.maturity.models import Index
from commonweal.store import models as tables
from commonweal.store.models import Assessment, Change, Decision, FrozenDocument, Organisation
from commonweal.store.models.owned import NoActor, Owned

SCOPED = [
    table
    for table in vars(tables).values()
    if isinstance(table, type) and (issubclass(table, Owned) or table is Organisation)
]
WAYS: dict[str, Callable[[models.QuerySet[models.Model]], object]] = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "values": lambda rows: list(rows.values("pk")),
    "aggregate": lambda rows: rows.aggregate(models.Count("pk")),
    "iterator": lambda rows: list(rows.iterator()),
    "in_bulk": lambda rows: rows.in_bulk(),
    "update": lambda rows: rows.update(pk=1),
    "delete": lambda rows: rows.delete(),
    "subquery": lambda rows: list(tables.Person.objects.filter(pk__in=rows.values("pk"))),
    "union": lambda rows: list(rows.union(rows)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("table", SCOPED, ids=lambda table: table.__name__)
def test_a_query_without_an_actor_raises(table: type[models.Model], way: str) -> None:
    with pytest.raises(NoActor):
        WAYS[way](table._default_manager.all())
    with pytest.raises(NoActor):
        WAYS[way](table._default_manager.filter(pk=None))


@pytest.mark.django_db
@pytest.mark.parametrize("table", SCOPED, ids=lambda table: table.__name__)
def test_somebody_without_a_seat_sees_nothing(table: type[models.Model], index: Index) -> None:
    a_round(somebody(), index)
    manager = table._default_manager
    assert not manager.for_actor(somebody("Another officer")).exists()  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE store_change SET act = 'x'", "DELETE FROM store_change"])
def test_the_database_refuses_to_change_the_trail(statement: str, index: Index) -> None:
    a_round(somebody(), index)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows(Change).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["store_decision", "store_frozendocument"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_decided(table: str, statement: str, index: Index) -> None:
    by = somebody()
    round_ = rows(Assessment).get(pk=a_round(by, index))
    own = {"organisation_id": round_.organisation_id}
    decision = Decision.objects.create(assessment=round_, step="endorse", trail_number=1, at=NOW, by=by, **own)
    FrozenDocument.objects.create(decision=decision, format="csv", content=b"x", sha256="x", **own)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.django_db
def test_the_database_lets_what_an_entry_says_be_erased_and_nothing_else(index: Index) -> None:
    a_round(somebody(), index)
    rows(Change).update(said=None)
    assert set(rows(Change).values_list("said", flat=True)) == {None}
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows(Change).update(said={"before": {}, "after": {}})
