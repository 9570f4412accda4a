"""PostgreSQL as the second fence: with the first one gone, nothing of others is seen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.maturity.models import Index
from commonweal.store import models as tables
from commonweal.store.fence import fenced, unfenced
from commonweal.store.models import Answer, Assessment, Change
from commonweal.store.models.owned import NoActor, Owned

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no row-level security"),
]
OWNED = [table for table in vars(tables).values() if isinstance(table, type) and issubclass(table, Owned)]


def _asked(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


def test_every_table_with_an_organisation_is_fenced_and_forced() -> None:
    has_one = _asked("SELECT table_name FROM information_schema.columns WHERE column_name = 'organisation_id'")
    forced = _asked(
        "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
        " WHERE relrowsecurity AND relforcerowsecurity"
    )
    assert {name for (name,) in has_one} | {"store_organisation"} == {name for (name,) in forced}
    assert {table._meta.db_table for table in OWNED} <= {name for (name,) in forced}


def test_no_view_goes_around_it() -> None:
    """A view is asked in the name of its owner."""
    assert _asked("SELECT table_name FROM information_schema.views WHERE table_schema = 'public'") == []


@pytest.mark.parametrize("act", [("serve", "--port", "0"), ("jobs", "--once")], ids=lambda act: act[0])
def test_a_role_above_it_is_not_served(act: tuple[str, ...], tmp_path: Path) -> None:
    above = os.environ["COMMONWEAL_DATABASE_URL"].replace("//service:", "//postgres:")
    environment = {**os.environ, "COMMONWEAL_HOME": str(tmp_path), "COMMONWEAL_DATABASE_URL": above}
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", *act],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, "goes through every fence between organisations" in done.stderr) == (2, True), done.stderr


def test_the_service_is_bound_by_it() -> None:
    assert _asked("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]


def test_each_sees_their_own_and_outside_nothing_is_seen(index: Index) -> None:
    one, other = somebody(), somebody("Another officer")
    mine, theirs = a_round(one, index), a_round(other, index)
    count = "SELECT count(*) FROM store_assessment"
    assert _asked(count) == [(0,)]
    with fenced(one):
        assert _asked("SELECT id FROM store_assessment") == [(mine,)]
        assert not rows(Assessment).filter(pk=theirs).exists()  # asked across all, and still fenced
        with pytest.raises(RuntimeError), fenced(other):
            assert _asked("SELECT id FROM store_assessment") == [(theirs,)]
            raise RuntimeError
        assert _asked("SELECT id FROM store_assessment") == [(mine,)]
    assert _asked(count) == [(0,)]  # the same connection, after a commit
    with pytest.raises(RuntimeError), fenced(one):
        raise RuntimeError
    assert _asked(count) == [(0,)]  # and after a rollback
    with unfenced("a test"):
        assert _asked(count) == [(2,)]


def test_nobody_writes_into_others(index: Index) -> None:
    one, other = somebody(), somebody("Another officer")
    theirs, round_ = an_organisation(other), a_round(other, index)
    with fenced(one):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            Answer.objects.create(organisation_id=theirs, assessment_id=round_, question="A1")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE store_assessment SET name = 'taken'")
            assert cursor.rowcount == 0


def test_a_new_organisation_is_its_makers_alone() -> None:
    one, other = somebody(), somebody("Another officer")
    an_organisation(one)
    for person, seen in ((one, 1), (other, 0)):
        with fenced(person):
            assert _asked("SELECT count(*) FROM store_organisation") == [(seen,)]
            assert rows(Change).count() == seen


def test_without_an_actor_a_query_raises_before_it_is_sent() -> None:
    with fenced(somebody()), pytest.raises(NoActor):
        Change.objects.filter(at=NOW).exists()
