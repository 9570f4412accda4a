"""Two processes want the same at once (bin/check, F6): a seat is taken once, and an owner always stays."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.faults.serving import environment_of

pytestmark = pytest.mark.slow
_EACH = 90
_BEGIN = """
import datetime, json, sys, django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from commonweal.core.access import Role
from commonweal.core.organisations import Kind
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.people import invite
from commonweal.services.people import Person
from commonweal.store.models import Membership
now = datetime.datetime.now(datetime.UTC)
names = ("one", "other", "guest")
one, other, guest = (Person.objects.create(name=name, email=f"{name}@council.example") for name in names)
tokens = []
for number in range(int(sys.argv[1])):
    own = create_organisation(name=f"Race {number}", kind=Kind.FIRE, size=None, by=one, now=now)
    Membership.objects.create(organisation_id=own, person=other, role=Role.OWNER, created_at=now)
    asked = {"email": guest.email, "role": Role.READER, "on_behalf_of": "", "ends_at": None}
    tokens.append(invite(organisation_id=own, by=one, now=now, **asked))
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
from commonweal.store.models import Membership
me, ended = Person.objects.get(name=sys.argv[1]), 0
theirs = Membership.objects.across("a test").exclude(person=me).filter(role=Role.OWNER).order_by("organisation__name")
for seat in list(theirs):
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
from commonweal.store.models import Organisation
held = Q(memberships__ended_at=None)
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


def _at_once(program: str, environment: dict[str, str], words: list[list[str]], sent: str = "") -> list[int]:
    def race(more: list[str]) -> int:
        command = [sys.executable, "-c", program, *more]
        done = subprocess.run(command, env=environment, input=sent, capture_output=True, text=True, check=True)
        return int(done.stdout)

    with ThreadPoolExecutor(len(words)) as pool:
        return list(pool.map(race, words))


def test_a_seat_is_taken_once_and_an_owner_stays(tmp_path: Path) -> None:
    environment = environment_of(tmp_path) | {"DJANGO_SETTINGS_MODULE": "commonweal.config.settings"}
    tokens = _run(_BEGIN, environment, str(_EACH))
    taken = _at_once(_TAKE, environment, [[], []], json.dumps(tokens))
    assert sum(taken) == _EACH
    ended = _at_once(_END, environment, [["one"], ["other"]])
    assert sum(ended) == _EACH  # of two owners, one could end the other
    assert _run(_LEFT, environment) == [[1, 1]] * _EACH
