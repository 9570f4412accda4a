"""Two processes want the same at once (bin/check, F6): no update is lost, a seat is taken once, an owner stays.

On either database. The control reads the version anew before it writes, as nobody may, and loses updates.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

pytestmark = pytest.mark.slow
_EACH = 2000
_OPEN = """
import datetime, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.organisations import Kind
from commonweal.services.actions.assessments import Opening, open_assessment
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
me, now = Person.objects.local(), datetime.datetime.now(datetime.UTC)
own = create_organisation(name="Race", kind=Kind.FIRE, size=None, by=me, now=now)
index = load_index("svmi-public")
open_assessment(organisation_id=own, by=me, now=now,
    opening=Opening(index=index, name="Race", date=None, horizon_years=2))
print("true")
"""
_COUNT = """
import datetime, json, sys, django; django.setup()
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.services.actions.answers import save_theme
from commonweal.services.errors import Stale
from commonweal.services.people import Person
from commonweal.services.queries.assessments import all_rounds, assessment_round
me, kept, stale = Person.objects.local(), 0, 0
id_ = all_rounds(by=me)[0].id
theme = all_rounds(by=me)[0].index.themes[0]
question = theme.questions[0].id
while kept < int(sys.argv[1]):
    seen = assessment_round(id_, by=me)
    before = seen.given.answers.get(question)
    answer = QuestionAnswer(0, 0, f"{int(before.note.split()[0]) + 1 if before else 1} {sys.argv[2]}")
    if sys.argv[3] == "naive":
        seen = assessment_round(id_, by=me)
    try:
        save_theme(assessment_id=id_, code=theme.code, version=seen.themes[theme.code].version, by=me,
            read=lambda _: {question: answer}, now=datetime.datetime.now(datetime.UTC))
        kept += 1
    except Stale:
        stale += 1
print(json.dumps([kept, stale]))
"""
_COUNTED = """
import json, django; django.setup()
from commonweal.services.people import Person
from commonweal.services.queries.assessments import all_rounds
from commonweal.services.queries.organisations import organisations
from commonweal.services.queries.trail import whole_trail
me = Person.objects.local()
answers = all_rounds(by=me)[0].given.answers
trail = whole_trail(organisations(by=me)[0].id, by=me)
print(json.dumps([int(next(iter(answers.values())).note.split()[0]), sum(one.act == "answers saved" for one in trail)]))
"""
_BEGIN = """
import datetime, json, sys, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.access import Role
from commonweal.core.organisations import Kind
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.people import invite
from commonweal.services.people import Person
from commonweal.store.fence import unfenced
from commonweal.store.models import Membership
from django.db import transaction
now = datetime.datetime.now(datetime.UTC)
names = ("one", "other", "guest")
one, other, guest = (Person.objects.create(name=name, email=f"{name}@council.example") for name in names)
tokens = []
for number in range(int(sys.argv[1])):
    if number % 90 == 0:  # nobody may invite very many people in a day
        first = Person.objects.create(name=f"First {number}", email=f"first.{number}@council.example")
    own = create_organisation(name=f"Race {number}", kind=Kind.FIRE, size=None, by=first, now=now)
    asked = {"email": guest.email, "role": Role.READER, "on_behalf_of": "", "ends_at": None}
    tokens.append(invite(organisation_id=own, by=Person.objects.get(pk=first.pk), now=now, **asked))
    with transaction.atomic(), unfenced("a test"):
        Membership.objects.create(organisation_id=own, person=other, role=Role.OWNER, created_at=now)
        Membership.objects.within(own).filter(person=first).update(person=one)
print(json.dumps(tokens))
"""
_TAKE = """
import datetime, json, sys, django; django.setup()
from commonweal.services.actions.people import accept_invitation
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
guest, taken = Person.objects.get(name="guest"), 0
for token in json.load(sys.stdin):
    try:
        accept_invitation(token=token, by=guest, now=datetime.datetime.now(datetime.UTC))
        taken += 1
    except NotFound:
        pass
print(taken)
"""
_END = """
import datetime, sys, django; django.setup()
from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.services.actions.people import end_seat
from commonweal.services.errors import Forbidden, NotFound
from commonweal.services.people import Person
from commonweal.store.fence import unfenced
from commonweal.store.models import Membership
from django.db import transaction
me, ended = Person.objects.get(name=sys.argv[1]), 0
theirs = Membership.objects.across("a test").exclude(person=me).filter(role=Role.OWNER).order_by("organisation__name")
with transaction.atomic(), unfenced("a test"):
    seats = list(theirs)
for seat in seats:
    try:
        end_seat(membership_id=seat.pk, by=Person.objects.get(pk=me.pk), now=datetime.datetime.now(datetime.UTC))
        ended += 1
    except (BadInput, Forbidden, NotFound):
        pass
print(ended)
"""
_LEFT = """
import json, django; django.setup()
from django.db.models import Count, Q
from commonweal.core.access import Role
from commonweal.store.fence import unfenced
from commonweal.store.models import Organisation
from django.db import transaction
held = Q(memberships__ended_at=None)
with transaction.atomic(), unfenced("a test"):
    rows = Organisation.objects.across("a test").annotate(
        owners=Count("memberships", filter=held & Q(memberships__role=Role.OWNER)),
        readers=Count("memberships", filter=held & Q(memberships__role=Role.READER)),
    )
    print(json.dumps(list(rows.values_list("owners", "readers"))))
"""


def _run(program: str, environment: dict[str, str], *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def _at_once(program: str, environment: dict[str, str], words: list[list[str]], sent: str = "") -> list[Any]:
    def race(more: list[str]) -> Any:
        command = [sys.executable, "-c", program, *more]
        done = subprocess.run(command, env=environment, input=sent, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    with ThreadPoolExecutor(len(words)) as pool:
        return list(pool.map(race, words))


def _counted(environment: dict[str, str], each: int, way: str) -> tuple[int, int, int]:
    """Two count up in one note: how far it came, how many saves the trail has, and how many were refused as stale."""
    _run(_OPEN, environment)
    results = _at_once(_COUNT, environment, [[str(each), name, way] for name in ("one", "other")])
    assert [kept for kept, _ in results] == [each, each]
    note, entries = _run(_COUNTED, environment)
    return note, entries, sum(stale for _, stale in results)


def test_no_update_is_lost(environment: dict[str, str]) -> None:
    note, entries, stale = _counted(environment, _EACH, "versioned")
    assert (note, entries) == (2 * _EACH, 2 * _EACH)
    assert stale > 0  # they did meet


def test_the_control_that_reads_the_version_anew_loses_some(environment: dict[str, str]) -> None:
    note, entries, _ = _counted(environment, _EACH, "naive")
    assert note < entries


def test_a_seat_is_taken_once_and_an_owner_stays(environment: dict[str, str]) -> None:
    tokens = _run(_BEGIN, environment, str(_EACH))
    taken = _at_once(_TAKE, environment, [[], []], json.dumps(tokens))
    assert sum(taken) == _EACH
    ended = _at_once(_END, environment, [["one"], ["other"]])
    assert sum(ended) == _EACH  # of two owners, one could end the other
    assert _run(_LEFT, environment) == [[1, 1]] * _EACH
