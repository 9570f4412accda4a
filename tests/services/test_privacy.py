"""A person is told what is held about them, is forgotten, and is not kept for ever; trails stay whole."""

import datetime
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.maturity.models import Index
from commonweal.core.retention import Retention
from commonweal.core.trail import TAKEN_OUT, digest_of_said, faults
from commonweal.services import files
from commonweal.services.actions.accounts import make_owner, rename
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.evidence_change import withdraw_evidence
from commonweal.services.actions.housekeeping import tidy
from commonweal.services.actions.people import accept_invitation, change_own_name, invite
from commonweal.services.actions.privacy import ERASED, erase_person, held_about, throw_away_what_is_over
from commonweal.services.actions.remarks import remark
from commonweal.services.errors import NotFound
from commonweal.services.people import Person
from commonweal.services.queries.evidence import evidence_file
from commonweal.services.queries.trail import trail_page, whole_trail
from commonweal.store.models import Change, Invitation, Membership
from commonweal.store.models.person import INSTALLATION
from commonweal.store.register import REGISTER

pytestmark = pytest.mark.django_db
EMAIL = "guest.person@council.example"


def _guest(index: Index) -> tuple[Person, Person, UUID]:
    owner, guest = somebody(), somebody("Guest person")
    organisation = an_organisation(owner)
    round_ = a_round(owner, index, organisation=organisation)
    token = invite(
        organisation_id=organisation,
        email=EMAIL,
        role=Role.ELECTED_MEMBER,
        on_behalf_of="",
        ends_at=None,
        by=owner,
        now=NOW,
    )
    accept_invitation(token=token, by=guest, now=NOW)
    remark(assessment_id=round_, question=index.questions[0].id, text="I doubt it", by=guest, now=NOW)
    return owner, guest, organisation


def test_what_is_held_about_a_person_is_given_out(index: Index) -> None:
    _guest(index)
    held = json.loads(json.dumps(held_about(email=EMAIL.upper(), now=NOW)))
    assert held["person"]["name"] == "Guest person"
    assert [seat["role"] for seat in held["seats"]] == ["elected-member"]
    assert [one["text"] for one in held["remarks"]] == ["I doubt it"]
    assert [one["act"] for one in held["acts"]] == ["seat taken", "remark made"]
    assert len(held["invitations"]) == 1
    with pytest.raises(NotFound):
        held_about(email="nobody@council.example", now=NOW)


def _everything() -> str:
    """Every value of every table."""
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of tables
            text.append(str(cursor.fetchall()))
    return "\n".join(text)


def test_a_person_is_forgotten_and_the_trail_stays_whole(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    SocialAccount.objects.create(user=guest, provider="walden", uid=EMAIL, extra_data={"email": EMAIL})
    change_own_name(was=guest.name, name="Guest of honour", by=guest, now=NOW)
    head = whole_trail(organisation, by=owner)[-1]
    assert EMAIL in _everything()
    erase_person(email=EMAIL, now=NOW)
    found = _everything()
    assert EMAIL not in found
    assert "Guest person" not in found
    assert "Guest of honour" not in found
    erased = Person.objects.get(pk=guest.pk)
    assert (erased.name, erased.is_active, erased.access.seats) == (ERASED, False, ())
    trail = whole_trail(organisation, by=owner)
    assert faults(trail, (head.number, head.digest)) == []
    assert [entry.act for entry in trail if entry.said is None] == ["person invited", "name changed"]
    told = [(entry.act, entry.by) for entry in trail[head.number :]]
    by = Person.objects.installation().pk
    assert told == [("seat ended", by), (TAKEN_OUT, by), (TAKEN_OUT, by)]
    with pytest.raises(NotFound):
        erase_person(email=EMAIL, now=NOW)


def test_the_last_owner_is_forgotten_once_there_is_another(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    with pytest.raises(BadInput, match="the last owner of Example Council"):
        erase_person(email=str(owner.email), now=NOW)
    assert Person.objects.get(pk=owner.pk).is_active
    assert make_owner(email=EMAIL.upper(), organisation="Example Council", now=NOW) == "Example Council"
    assert make_owner(email=EMAIL, organisation=str(organisation), now=NOW) == "Example Council"
    assert Role.OWNER in Person.objects.get(pk=guest.pk).access.roles(organisation)
    entry = rows(Change).get(act="seat given")
    assert (entry.by, entry.said["why"]) == (Person.objects.installation(), "Given at the command line")
    erase_person(email=str(owner.email), now=NOW)
    assert not Person.objects.get(pk=owner.pk).is_active


def test_whoever_is_alone_in_an_organisation_is_forgotten() -> None:
    owner = somebody("Alone")
    an_organisation(owner)
    erase_person(email=str(owner.email), now=NOW)
    assert not Person.objects.get(pk=owner.pk).is_active


def test_an_owner_is_made_of_one_organisation_that_there_is(index: Index) -> None:
    owner, _, _ = _guest(index)
    an_organisation(owner)
    for called in ("Example Council", "No such council", str(uuid4())):
        with pytest.raises(BadInput):
            make_owner(email=EMAIL, organisation=called, now=NOW)
    with pytest.raises(NotFound):
        make_owner(email="nobody@council.example", organisation="Example Council", now=NOW)


def test_where_somebody_signed_in_from_is_kept_as_long_as_the_session() -> None:
    person, store = somebody(), SessionStore()
    store.save()
    about = {"user": person, "ip": "192.0.2.7", "user_agent": "A browser", "data": {}}
    UserSession.objects.create(session_key=store.session_key, **about)
    UserSession.objects.create(session_key="ended", **about)
    tidy(now=timezone.now())
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [store.session_key]
    tidy(now=timezone.now() + datetime.timedelta(days=20))
    assert not UserSession.objects.exists()


def test_only_somebody_with_an_account_is_made_an_owner(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    Person.objects.filter(pk=guest.pk).update(is_active=False)
    with pytest.raises(NotFound):
        make_owner(email=EMAIL, organisation=str(organisation), now=NOW)
    seats = rows(Membership).filter(person=owner, role=Role.OWNER)
    seats.update(ended_at=NOW)
    make_owner(email=str(owner.email), organisation=str(organisation), now=NOW)
    assert seats.filter(ended_at=None).count() == 1  # another one: the former has ended


def test_an_account_that_was_never_used_is_thrown_away() -> None:
    person = somebody("Never came")
    kept = datetime.timedelta(days=Retention().people - 1)
    assert throw_away_what_is_over(now=timezone.now() + kept)["people"] == 0
    over = datetime.timedelta(days=Retention().people + 1)
    assert throw_away_what_is_over(now=timezone.now() + over)["people"] == 1
    assert Person.objects.get(pk=person.pk).name == ERASED


def test_what_is_over_is_thrown_away(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    rule = Retention()
    invite(
        organisation_id=organisation,
        email="never@came.example",
        role=Role.READER,
        on_behalf_of="",
        ends_at=None,
        by=owner,
        now=NOW,
    )
    round_ = a_round(owner, index, organisation=organisation)
    piece = Piece(
        EvidenceKind.FILE,
        "Old",
        frozenset({index.questions[0].id}),
        Strength.CLAIMED,
        file_name="old.txt",
        content=b"old",
    )
    evidence = add_evidence(assessment_id=round_, piece=piece, by=owner, now=NOW)
    withdraw_evidence(evidence_id=evidence, version=0, why="Replaced", by=owner, now=NOW)
    Person.objects.update(last_login=NOW)
    rows(Membership).filter(person=guest).update(ended_at=NOW)
    early = NOW + datetime.timedelta(days=300)
    assert throw_away_what_is_over(now=early) == {"invitations": 0, "people": 0, "files": 0}
    assert evidence_file(evidence, by=owner)
    late = NOW + datetime.timedelta(days=rule.withdrawn + 8)
    assert throw_away_what_is_over(now=late) == {"invitations": 2, "people": 1, "files": 1}
    assert not rows(Invitation).exists()
    assert Person.objects.get(pk=guest.pk).name == ERASED
    assert Person.objects.get(pk=owner.pk).is_active  # who has a seat stays
    assert "never@came.example" not in _everything()
    with pytest.raises(NotFound):
        evidence_file(evidence, by=owner)
    swept = timezone.now() + datetime.timedelta(days=2)  # files have the time of the machine
    assert list(files.names_older_than(swept))  # there until no row can name them any more, even after a fault
    tidy(now=swept)
    assert not list(files.names_older_than(swept))
    assert throw_away_what_is_over(now=late) == {"invitations": 0, "people": 0, "files": 0}


def test_an_old_invitation_takes_nothing_out_of_a_trail_with_a_younger_one(index: Index) -> None:
    owner, other = somebody(), somebody("Elsewhere")
    here, there = an_organisation(owner), an_organisation(other, "Other Council")
    late = NOW + datetime.timedelta(days=Retention().invitations + 8)
    given: dict[str, Any] = {"email": EMAIL, "role": Role.READER, "on_behalf_of": "", "ends_at": None}
    invite(organisation_id=here, by=owner, now=NOW, **given)
    again = an_organisation(owner, "Asked again")
    invite(organisation_id=again, by=owner, now=NOW, **given)
    for organisation, by in ((there, other), (again, owner)):
        invite(organisation_id=organisation, by=by, now=late, **given)
    throw_away_what_is_over(now=late)
    assert [entry.said is None for entry in whole_trail(here, by=owner) if entry.act == "person invited"] == [True]
    for organisation, by in ((there, other), (again, owner)):
        entries = [entry for entry in whole_trail(organisation, by=by) if entry.act == "person invited"]
        assert all(entry.said for entry in entries)


def test_an_address_that_somebody_had_before_is_forgotten_too(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    guest.email = "new@address.example"
    guest.save()
    EmailAddress.objects.filter(user=guest).update(email=guest.email)
    held = held_about(email="new@address.example", now=NOW)
    assert [line["role"] for line in held["invitations"]]
    erase_person(email="new@address.example", now=NOW)
    assert EMAIL not in _everything()
    assert "new@address.example" not in _everything()
    assert faults(whole_trail(organisation, by=owner)) == []


def test_the_register_names_every_column() -> None:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            found |= {(table, column.name) for column in columns}
    assert found == set(REGISTER)


def test_a_name_put_right_stands_so_everywhere(index: Index) -> None:
    owner, guest, organisation = _guest(index)
    rename(email=EMAIL.upper(), name="Right name", now=NOW)
    assert Person.objects.get(pk=guest.pk).name == "Right name"
    lines = trail_page(organisation, by=owner).lines
    assert "Right name" in {line.by for line in lines}
    assert (lines[0].act, lines[0].by) == ("name changed", INSTALLATION)
    erase_person(email=EMAIL, now=NOW)
    assert "Right name" not in _everything()
    with pytest.raises(NotFound):
        rename(email="nobody@council.example", name="x", now=NOW)


def test_what_was_erased_cannot_be_guessed_back(index: Index) -> None:
    """The digest stays in the chain: who guesses right what was said must not be able to tell."""
    owner, _, organisation = _guest(index)
    said = next(entry for entry in whole_trail(organisation, by=owner) if entry.act == "person invited").said
    assert said
    guessed = {key: value for key, value in said.items() if key != "salt"}
    entry = next(entry for entry in whole_trail(organisation, by=owner) if entry.act == "person invited")
    assert digest_of_said(said) == entry.said_digest != digest_of_said(guessed)
