"""The service is killed at any moment, two people race: nothing acknowledged is lost (bin/check, F1, F6)."""

import contextlib
import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.faults.serving import COMMAND, Browser, a_theme, environment_of, serving

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and mounts of POSIX")]
_KILLS = 500


def _stored(home: Path) -> tuple[str, int]:
    with contextlib.closing(sqlite3.connect(home / "commonweal.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (note,) = database.execute("SELECT note FROM store_answer WHERE note != ''").fetchone() or ("note 0",)
        (count,) = database.execute("SELECT count(*) FROM store_change WHERE act = 'answers saved'").fetchone()
        return note, count


def test_a_killed_service_has_lost_nothing(tmp_path: Path) -> None:
    browser, dice = Browser(), random.Random(1)
    acknowledged, theme = 0, ""
    for _ in range(_KILLS):
        with serving(tmp_path) as (service, link):
            port = browser.signs_in(link)
            theme = theme or a_theme(browser, port)
            question = f"{theme.strip('/').split('/')[-1]}1"
            killer = threading.Timer(dice.uniform(0.02, 0.6), service.send_signal, [signal.SIGKILL])
            killer.start()
            try:
                while True:
                    number = acknowledged + 1
                    sent = {"version": str(acknowledged), "do": "stop", f"{question}-note": f"note {number}"}
                    status, _, _ = browser.ask(port, "POST", theme, sent)
                    if status == 409:  # the one before was written, and not acknowledged any more
                        acknowledged += 1
                        continue
                    assert status == 302
                    acknowledged = number
            except (OSError, http.client.HTTPException):
                killer.join()
        note, count = _stored(tmp_path)
        assert int(note.split()[1]) in {acknowledged, acknowledged + 1}
        assert count == int(note.split()[1])  # the trail has as many entries as the answer has had texts
    assert acknowledged > _KILLS
    file = tmp_path / "after.backup"
    done = subprocess.run([*COMMAND, "backup", str(file)], env=environment_of(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # which checks every audit trail


_RACE = """
import datetime, json, sys, uuid
import django; django.setup()
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.services.actions.answers import save_theme
from commonweal.services.errors import Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import all_rounds, assessment_round
NOW = lambda: datetime.datetime.now(datetime.UTC)
me, kept, stale = Person.objects.local(), 0, 0
round_ = next(one for one in all_rounds(by=me) if one.name == "Race")
theme = round_.index.themes[0]
question = theme.questions[0].id
while kept < int(sys.argv[1]):
    seen = assessment_round(round_.id, by=me)
    before = seen.given.answers.get(question)
    count = int(before.note.split()[0]) if before else 0
    try:
        save_theme(assessment_id=round_.id, code=theme.code, version=seen.themes[theme.code].version, by=me,
            read=lambda _: {question: QuestionAnswer(0, 0, f"{count + 1} {sys.argv[2]}")}, now=NOW())
        kept += 1
    except Stale:
        stale += 1
print(json.dumps([kept, stale]))
"""
_BEGIN = """
import datetime, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.organisations import Kind
from commonweal.services.actions.assessments import open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
me, now = Person.objects.local(), datetime.datetime.now(datetime.UTC)
own = create_organisation(name="Race", kind=Kind.FIRE, size=None, by=me, now=now)
index = load_index("svmi-public")
open_assessment(organisation_id=own, index=index, name="Race", date=None, horizon_years=2, by=me, now=now)
"""


def test_two_who_race_lose_no_update(tmp_path: Path) -> None:
    environment = environment_of(tmp_path) | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    subprocess.run([sys.executable, "-c", _BEGIN], env=environment, check=True)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", _RACE, "2000", name], env=environment, stdout=subprocess.PIPE, text=True
        )
        for name in ("one", "other")
    ]
    results = [json.loads(racer.communicate()[0]) for racer in racers]
    assert [kept for kept, _ in results] == [2000, 2000]
    assert sum(stale for _, stale in results) > 0  # they did meet
    note, count = _stored(tmp_path)
    assert (note.split()[0], count) == ("4000", 4000)
