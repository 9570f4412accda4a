"""What a form does not ask for cannot be set by sending it."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from tests.service import somebody
from tests.web.routes import ROUTES
from tests.web.world import Council, a_council

from commonweal.core.maturity.models import Index

TRAPS = {
    "org": "x",
    "organisation": "x",
    "organisation_id": "x",
    "role": "owner",
    "is_staff": "1",
    "is_superuser": "1",
    "is_operator": "1",
    "is_active": "0",
    "is_local": "1",
    "id": "1",
    "pk": "1",
    "state": "endorsed",
    "status": "endorsed",
    "created_by": "x",
    "created_at": "2000-01-01",
    "owner": "x",
    "organisation__name": "x",
    "memberships__role": "owner",
    "order_by": "password",
    "strength": "verified",
    "trail_digest": "0",
    "ends_at": "",
}
ASKED = {"invite": {"role"}, "evidence": {"strength"}, "add-evidence": {"strength"}}
"""Of these, what a form does ask for."""
GUARDED = {
    "store_person": ("is_operator", "is_active", "is_local", "email"),
    "store_membership": ("role", "organisation_id", "person_id", "ends_at"),
    "store_assessment": ("organisation_id", "created_by_id", "index"),
    "store_organisation": ("created_by_id", "created_at"),
    "store_answer": ("organisation_id", "assessment_id"),
    "store_evidence": ("owner_id", "organisation_id", "stored_as"),
}


def _guarded() -> str:
    tables = {model._meta.db_table: model for model in apps.get_app_config("store").get_models()}
    found = {
        table: sorted(map(str, tables[table]._base_manager.values_list("pk", *columns)))
        for table, columns in GUARDED.items()
    }
    return json.dumps(found)


@pytest.fixture
def home(index: Index, db: None) -> Council:
    return a_council(index, "CANARY")


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.post is not None))
def test_only_what_is_asked_for_is_set(name: str, home: Council) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(home.lead)
    models = apps.get_app_config("store").get_models()
    fields = {field.attname: "1" for model in models for field in model._meta.concrete_fields}
    traps: dict[str, Any] = {key: value for key, value in (fields | TRAPS).items() if key not in ASKED.get(name, set())}
    grows = {"new-organisation", "new-assessment", "end-seat"}
    with transaction.atomic():
        before = _guarded()
        for sent in (traps, traps | home.posting(name), {key: [value, value] for key, value in traps.items()}):
            assert client.post(home.address(name), sent).status_code < 500
        if name not in grows:
            assert _guarded() == before
        transaction.set_rollback(True)
    assert connection.is_usable()


def test_a_strangers_traps_change_nothing(home: Council) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(somebody("Stranger"))
    before = _guarded()
    for name, route in ROUTES.items():
        if route.is_owned and route.post is not None:
            client.post(home.address(name), TRAPS | home.posting(name))
    assert _guarded() == before
