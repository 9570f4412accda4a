"""`serve`, `load-examples` and `jobs` as processes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COMMONWEAL_HOME": str(folder)}
    environment.pop("COMMONWEAL_DATABASE_URL", None)
    command = [sys.executable, "-m", "commonweal", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_examples_are_loaded_into_an_empty_folder_and_only_once(tmp_path: Path) -> None:
    first, second = _run(tmp_path / "new", "load-examples"), _run(tmp_path / "new", "load-examples")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Aldermere Borough Council" in first.stdout
    assert second.stdout == "All examples are there already.\n"
    if os.name == "posix":
        assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o077 == 0


def test_what_is_due_is_done_and_it_ends(tmp_path: Path) -> None:
    done = _run(tmp_path, "jobs", "--once")
    assert (done.returncode, done.stderr) == (0, "")


_A_LONG_TIME_AGO = """
import datetime, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.core.organisations import Kind
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
then = datetime.datetime(2020, 1, 15, 12, tzinfo=datetime.UTC)
me, index = Person.objects.local(), load_index("svmi-public")
council = create_organisation(name="Council", kind=Kind.UNITARY, size=None, by=me, now=then)
answers = {question.id: QuestionAnswer(0, 1) for question in index.questions} | {"I1": QuestionAnswer(1, 1)}
opening = Opening(index=index, name="2020", date=then.date(), horizon_years=2, answers=answers)
round_ = open_assessment(organisation_id=council, opening=opening, by=me, now=then)
adopt_plan(assessment_id=round_, frame=Frame("P", "scotland", then.date(), 2), chosen={"ACT-B-M1"}, by=me, now=then)
"""
_LAPSED = """
import django; django.setup()
from commonweal.store.models import PositionChange
print([(str(one.on), one.before, one.after) for one in PositionChange.objects.across("a test")])
"""


def _python(folder: Path, code: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    environment = {**os.environ, "COMMONWEAL_HOME": str(folder), **settings}
    environment.pop("COMMONWEAL_DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("how", ["jobs", "serve"])
def test_levels_lapse_where_jobs_run_and_where_one_person_starts_the_service(how: str, tmp_path: Path) -> None:
    _python(tmp_path, _A_LONG_TIME_AGO)
    if how == "jobs":
        assert _run(tmp_path, "jobs", "--once").returncode == 0
    else:
        environment = {**os.environ, "COMMONWEAL_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
        environment.pop("COMMONWEAL_DATABASE_URL", None)
        command = [sys.executable, "-m", "commonweal", "serve", "--port", "0"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as serving:
            assert serving.stdout
            assert any("/sign-in/" in line for line in serving.stdout)
            serving.terminate()
    assert _python(tmp_path, _LAPSED) == "[('2021-01-16', 1, 0)]"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])  # noqa: S104  refused
def test_no_other_address_is_listened_at(host: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "serve", "--host", host)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--host: {host} is not this computer's own address")


def test_a_port_that_is_taken_is_told_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _run(tmp_path, "serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--port {port}: Nothing can listen there")
