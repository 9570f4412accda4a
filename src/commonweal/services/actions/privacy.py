"""A person's rights: what is held about them, and being forgotten. And what is thrown away in time."""

import datetime
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q

from commonweal.services import files
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Change, Evidence, Invitation, Membership, Person, Remark

_ALL = "what is held about a person lies in every organisation"
ERASED = "Erased person"


@writing_for_all(_ALL)
def held_about(*, email: str, now: datetime.datetime) -> dict[str, Any]:
    """Everything that is held about a person, as plain values. Raises NotFound.

    Only what is about them: of what they did there is when and what kind, not the organisation's own text.
    """
    person = _person(email)
    seats = Membership.objects.across(_ALL).filter(person=person).order_by("id")
    did = Change.objects.across(_ALL).filter(by=person).order_by("at", "id")
    sessions = UserSession.objects.filter(user=person).values("created_at", "last_seen_at", "ip", "user_agent")
    return {
        "made_at": now.isoformat(timespec="seconds"),
        "person": {
            "name": person.name,
            "email": person.email,
            "last_login": person.last_login.isoformat() if person.last_login else None,
            "is_operator": person.is_operator,
        },
        "seats": [
            _plain(row)
            for row in seats.values("organisation__name", "role", "on_behalf_of", "created_at", "ends_at", "ended_at")
        ],
        "invitations": [
            _plain(row)
            for row in Invitation.objects.across(_ALL)
            .filter(email__iexact=email)
            .order_by("created_at")
            .values("organisation__name", "role", "created_at", "accepted_at")
        ],
        "remarks": [
            _plain(row)
            for row in Remark.objects.across(_ALL).filter(by=person).order_by("id").values("question", "text", "at")
        ],
        "acts": [_plain(row) for row in did.values("organisation__name", "at", "act")],
        "second_steps": [
            _plain(row)
            for row in Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ],
        "sign_ons": [
            _plain(row)
            for row in SocialAccount.objects.filter(user=person).values("provider", "uid", "last_login", "extra_data")
        ],
        "sessions": [_plain(row) for row in sessions],
    }


def _plain(row: Mapping[str, object]) -> dict[str, Any]:
    names = {"organisation__name": "organisation"}
    return {
        names.get(key, key): value.isoformat() if isinstance(value, datetime.datetime) else value
        for key, value in row.items()
    }


def _person(email: str) -> Person:
    found = Person.objects.filter(email__iexact=email).first()
    if found is None:
        raise NotFound
    return found


@writing_for_all(_ALL)
def erase_person(*, email: str, now: datetime.datetime) -> None:
    """Forget a person: name, address, sign-in, seats, sessions, and their address in audit trails. Raises NotFound.

    What they did stays, by "Erased person": it is the organisation's record. Trails stay verifiable, since a digest
    stands for what was taken out of an entry.
    """
    _forget(_person(email), now)


def _forget(person: Person, now: datetime.datetime) -> None:
    email = person.email or ""
    seats = Membership.objects.across(_ALL).filter(person=person, ended_at=None)
    for seat in seats:
        seat.ended_at = now
        seat.save(update_fields=["ended_at"])
        subject = str(person.pk)
        before = {"role": seat.role}
        record("seat ended", organisation_id=seat.organisation_id, by=person, now=now, subject=subject, before=before)
    if email:
        _take_out_of_trails(email)
        Invitation.objects.across(_ALL).filter(email__iexact=email).delete()
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    person.name, person.email, person.is_active, person.is_operator = ERASED, None, False, False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    person.forget_access()


def _take_out_of_trails(email: str) -> None:
    """What entries of invitations say is taken out where they name an address; their digests stay."""
    said = Q(said__after__email__iexact=email) | Q(said__before__email__iexact=email)
    Change.objects.across(_ALL).filter(said, act__in=["person invited", "invitation taken back"]).update(said=None)


@writing_for_all("what is over is thrown away in every organisation")
def throw_away_what_is_over(*, now: datetime.datetime) -> dict[str, int]:
    """Apply the retention of the installation (settings.RETENTION). Gives how many of each."""
    rule = settings.RETENTION
    old = Invitation.objects.across(_ALL).filter(expires_at__lt=rule.before(rule.invitations, now))
    emails = set(old.values_list("email", flat=True))
    for email in emails:
        if not Person.objects.filter(email__iexact=email).exists():
            _take_out_of_trails(email)
    invitations = old.count()
    old.delete()
    long_ago = rule.before(rule.people, now)
    held = Membership.objects.across(_ALL).filter(Q(ended_at=None) | Q(ended_at__gt=long_ago))
    held = held.filter(Q(ends_at=None) | Q(ends_at__gt=long_ago))
    idle = Person.objects.filter(is_local=False, is_operator=False, is_active=True, last_login__lt=long_ago).exclude(
        pk__in=held.values("person_id")
    )
    people = list(idle)
    for person in people:
        _forget(person, now)
    withdrawn = Evidence.objects.across(_ALL).filter(withdrawn_at__lt=rule.before(rule.withdrawn, now))
    names = list(withdrawn.exclude(stored_as="").values_list("stored_as", flat=True))
    withdrawn.update(stored_as="", size=0)
    for name in names:
        files.throw_away(name)
    return {"invitations": invitations, "people": len(people), "files": len(names)}
