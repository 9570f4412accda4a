"""The database as an installation has it."""

import os

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from tests.service import a_round, rows, somebody

from commonweal.core.maturity.models import Index
from commonweal.store import models as tables
from commonweal.store.models import Answer
from commonweal.store.models.owned import Owned

ON_POSTGRESQL = os.environ.get("COMMONWEAL_TEST_DATABASE") == "postgresql"


@pytest.mark.django_db
def test_the_tests_run_where_they_were_told_to() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")


@pytest.mark.django_db
@pytest.mark.skipif(ON_POSTGRESQL, reason="settings of SQLite")
def test_a_commit_is_on_the_disk_before_it_is_acknowledged() -> None:
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] == 20


@pytest.mark.django_db
@pytest.mark.skipif(not ON_POSTGRESQL, reason="a setting of PostgreSQL")
def test_postgresql_too_has_a_commit_on_the_disk_before_it_is_acknowledged() -> None:
    """Said by us for each session, so that a server or role that was set to be faster does not decide it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'")
        assert cursor.fetchone() == ("on", "client")
        for name in ("fsync", "full_page_writes"):
            cursor.execute("SELECT setting FROM pg_settings WHERE name = %s", [name])
            assert cursor.fetchone() is not None


@pytest.mark.django_db
def test_the_migrations_make_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["present", "future"])
def test_a_position_below_does_not_apply_cannot_be_stored(index: Index, column: str) -> None:
    by = somebody()
    id_ = a_round(by, index)
    organisation = rows(tables.Assessment).get(pk=id_).organisation_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(organisation_id=organisation, assessment_id=id_, question="A1", **{column: -2})


def test_every_table_of_an_organisations_things_says_whose_they_are() -> None:
    shared = {
        tables.Person,
        tables.Organisation,
        tables.SignInLink,
        tables.Succession,
        tables.Unsent,
        tables.LetterSent,
    }
    found = [value for value in vars(tables).values() if isinstance(value, type) and issubclass(value, models.Model)]
    assert {table for table in found if not issubclass(table, Owned)} == shared
