"""A person's rights: what is held about them, and being forgotten. And what is thrown away in time."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.trail import TAKEN_OUT
from commonweal.services.actions.people import RENAMED
from commonweal.services.erased import erased_among, note_erased
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing_for_all
from commonweal.store.models import (
    ActionCostings,
    Assurance,
    CalendarFeed,
    Change,
    Evidence,
    Invitation,
    KeptUp,
    LetterSent,
    Membership,
    OwnIndex,
    OwnTemplate,
    Person,
    ProgrammePaper,
    PublishedIndex,
    RegisterEntry,
    Remark,
    SideAgreement,
    SideRequest,
    Unsent,
    Work,
    WorkFile,
    WorkMove,
    WorkSpent,
    WorkUpload,
)
from commonweal.store.models.organisation import held

_ALL = "what is held about a person lies in every organisation"
ERASED = "Erased person"
_RETENTION = "The time for which it is kept is over"


@writing_for_all(_ALL)
def held_about(*, email: str, now: datetime.datetime) -> dict[str, Any]:
    """Everything that is held about a person, as plain values. Raises NotFound.

    Only what is about them: of what they did there is when and what kind, not the organisation's own text.
    """
    person = _person(email)
    about = {
        "name": person.name,
        "email": person.email,
        "last_login": person.last_login.isoformat() if person.last_login else None,
        "is_operator": person.is_operator,
    }
    rows = {**_of_their_account(person), **_of_their_work(person)}
    lists = {name: [_plain(row) for row in found] for name, found in rows.items()}
    return {"made_at": now.isoformat(timespec="seconds"), "person": about, **lists}


Rows = Iterable[Mapping[str, object]]


def _of_their_account(person: Person) -> dict[str, Rows]:
    return {
        "addresses": EmailAddress.objects.filter(user=person).values("email", "verified", "primary"),
        "second_steps": Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at"),
        "unsent": Unsent.objects.filter(person=person).values("path", "fields", "at"),
        "sign_ons": SocialAccount.objects.filter(user=person).values("provider", "uid", "last_login", "extra_data"),
        "sessions": UserSession.objects.filter(user=person).values("created_at", "last_seen_at", "ip", "user_agent"),
    }


def _of_their_work(person: Person) -> dict[str, Rows]:
    seats = Membership.objects.across(_ALL).filter(person=person).order_by("id")
    same_address = reduce(or_, (Q(email__iexact=address) for address in _addresses(person)), Q(pk=None))
    invited = Invitation.objects.across(_ALL).filter(same_address).order_by("created_at")
    remarks = Remark.objects.across(_ALL).filter(by=person).order_by("id")
    signed = Assurance.objects.across(_ALL).filter(by=person).order_by("id")
    added = Evidence.objects.across(_ALL).filter(owner=person).order_by("added_at")
    owned = Work.objects.across(_ALL).filter(owner=person).order_by("created_at", "number")
    moved = WorkMove.objects.across(_ALL).filter(by=person).order_by("id")
    kept = KeptUp.objects.across(_ALL).filter(by=person).order_by("id")
    files = WorkFile.objects.across(_ALL).filter(by=person).order_by("id")
    papers = ProgrammePaper.objects.across(_ALL).filter(changed_by=person).order_by("id")
    costings = ActionCostings.objects.across(_ALL).filter(changed_by=person).order_by("id")
    spent = WorkSpent.objects.across(_ALL).filter(by=person).order_by("id")
    templates = OwnTemplate.objects.across(_ALL).filter(made_by=person).order_by("made_at")
    indexes = OwnIndex.objects.across(_ALL).filter(created_by=person).order_by("created_at")
    published = PublishedIndex.objects.across(_ALL).filter(published_by=person).order_by("published_at")
    asked = SideRequest.objects.across(_ALL).filter(created_by=person).order_by("created_at")
    agreed = SideAgreement.objects.across(_ALL).filter(agreed_by=person).order_by("agreed_at")
    uploads = WorkUpload.objects.across(_ALL).filter(created_by=person).order_by("created_at")
    did = Change.objects.across(_ALL).filter(by=person).order_by("at", "id")
    seat = ("organisation__name", "role", "on_behalf_of", "reason", "created_at", "ends_at", "ended_at")
    return {
        "seats": seats.values(*seat),
        "invitations": invited.values("organisation__name", "role", "created_at", "accepted_at"),
        "remarks": remarks.values("question", "text", "at"),
        "assurances": signed.values("statement", "acts_for", "at"),
        "evidence": added.values("title", "kind", "added_at"),
        "work": owned.values("title", "state", "due"),
        "steps_of_work": moved.values("step", "words", "link", "until", "at"),
        "reminders": LetterSent.objects.filter(person=person).values("day"),
        "calendars": CalendarFeed.objects.across(_ALL).filter(person=person).values("programme__title", "created_at"),
        "entries": _entries(person),
        "files_of_work": files.values("title", "file_name", "at"),
        "papers": papers.values("programme__title", "changed_at"),
        "costings": costings.values("assessment__name", "changed_at"),
        "spending": spent.values("work__title", "spent", "on"),
        "templates": templates.values("title", "made_at"),
        "indexes": indexes.values("title", "number", "created_at"),
        "published_indexes": published.values("reference", "published_at"),
        "sides_asked_for": asked.values("label", "created_at"),
        "sides_shown": agreed.values("assessment__name", "asked_by", "agreed_at"),
        "workbooks_of_work": uploads.values("file_name", "created_at", "applied_at"),
        "kept_up": kept.values("question", "on", "until", "words", "link", "at"),
        "acts": did.values("organisation__name", "at", "act"),
    }


def _entries(person: Person) -> list[Mapping[str, object]]:
    """Entries of registers that this person added, and those that name them in some field."""
    found = RegisterEntry.objects.across(_ALL).select_related("organisation").order_by("created_at", "id")
    name = person.name.casefold()
    return [
        {"organisation__name": one.organisation.name, "register": one.register, "fields": one.fields}
        for one in found
        if one.created_by_id == person.pk or any(name in text.casefold() for text in one.fields.values())
    ]


def _plain(row: Mapping[str, object]) -> dict[str, Any]:
    names = {"organisation__name": "organisation"}
    return {
        names.get(key, key): value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in row.items()
    }


def _person(email: str) -> Person:
    found = Person.objects.filter(email__iexact=email).first()
    if found is None:
        raise NotFound
    return found


def erase_person(*, email: str, now: datetime.datetime) -> None:
    """Forget a person: name, address, sign-in, seats, sessions, and both in audit trails.

    Raises NotFound, or BadInput where they are the last owner of an organisation in which others have a seat.

    What they did stays, by "Erased person": it is the organisation's record. Trails stay verifiable, since a digest
    stands for what was taken out of an entry. That they were forgotten is noted beside the database, so that a restored
    backup forgets them again.
    """
    note_erased(_erase(email=email, now=now), now)


@writing_for_all(_ALL)
def _erase(*, email: str, now: datetime.datetime) -> set[str]:
    person = _person(email)
    left = _left_without_owner(person, now)
    if left:
        what = f"They are the last owner of {', '.join(left)}, where others have a seat."
        remedy = "Give somebody else an owner's seat first: commonweal person make-owner ADDRESS ORGANISATION."
        raise BadInput([Problem("EMAIL", what, remedy)])
    addresses = _addresses(person)
    _forget(person, now, "Their account was erased")
    return addresses


@writing_for_all(_ALL)
def forget_again(*, now: datetime.datetime) -> int:
    """Forget those who were forgotten before and whom a backup has brought back. Gives how many.

    Whoever was forgotten and has made an account anew since stays.
    """
    known = dict(EmailAddress.objects.values_list("email", "user_id"))
    known |= dict(Person.objects.exclude(email=None).values_list("email", "pk"))
    count = 0
    for email, at in erased_among(known).items():
        for person in Person.objects.filter(pk=known[email], created_at__lte=at, is_active=True):
            _forget(person, now, "Their account had been erased before a backup brought it back")
            count += 1
    return count


def _left_without_owner(person: Person, now: datetime.datetime) -> list[str]:
    """The names of the organisations that would be left with people and without an owner."""
    seats = Membership.objects.across(_ALL).filter(held(now), person__is_active=True)
    lasting = seats.filter(role=Role.OWNER, ends_at=None)
    own = lasting.filter(person=person).values_list("organisation_id", flat=True)
    others = seats.filter(organisation_id__in=own).exclude(person=person)
    still_owned = lasting.exclude(person=person).values("organisation_id")
    return sorted(set(others.exclude(organisation_id__in=still_owned).values_list("organisation__name", flat=True)))


def _addresses(person: Person) -> set[str]:
    """The address they sign in with, and those they had: an invitation may have come to an earlier one."""
    known = set(EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    changes = Change.objects.across(_ALL).filter(by=person, act="seat taken").values_list("organisation_id", "at")
    for organisation_id, at in changes:
        taken = Invitation.objects.across(_ALL).filter(organisation_id=organisation_id, accepted_at=at)
        known |= set(taken.values_list("email", flat=True))
    return known | ({person.email} if person.email else set())


def _forget(person: Person, now: datetime.datetime, why: str) -> None:
    installation = Person.objects.installation()
    emails = _addresses(person)
    seats = Membership.objects.across(_ALL).filter(person=person, ended_at=None)
    for seat in seats:
        seat.ended_at = now
        seat.save(update_fields=["ended_at"])
        subject = str(person.pk)
        before = {"role": seat.role}
        record(
            "seat ended",
            organisation_id=seat.organisation_id,
            by=installation,
            now=now,
            subject=subject,
            before=before,
            why=why,
        )
    Invitation.objects.across(_ALL).filter(created_by=person, accepted_at=None, revoked_at=None).update(revoked_at=now)
    for email in emails:
        _take_out_of_trails(email, now, why)
        Invitation.objects.across(_ALL).filter(email__iexact=email).delete()
    _take_out(Change.objects.across(_ALL).filter(act=RENAMED, subject=str(person.pk)), now, why)
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=person).delete()
    Unsent.objects.filter(person=person).delete()
    CalendarFeed.objects.across(_ALL).filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    person.name, person.email, person.is_active, person.is_operator = ERASED, None, False, False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    person.forget_access()


def _take_out_of_trails(email: str, now: datetime.datetime, why: str, **where: object) -> None:
    """What entries of invitations say is taken out where they name an address; their digests stay."""
    said = Q(said__after__email__iexact=email) | Q(said__before__email__iexact=email)
    acts = ["person invited", "invitation taken back"]
    _take_out(Change.objects.across(_ALL).filter(said, act__in=acts, **where), now, why)


def _take_out(entries: QuerySet[Change], now: datetime.datetime, why: str) -> None:
    """Take out what entries say. Each trail has an entry that says so: without it, that would be a fault in it."""
    numbers: dict[UUID, list[int]] = defaultdict(list)
    for organisation_id, number in entries.exclude(said=None).values_list("organisation_id", "number"):
        numbers[organisation_id].append(number)
    entries.update(said=None)
    for organisation_id in sorted(numbers):
        record(
            TAKEN_OUT,
            organisation_id=organisation_id,
            by=Person.objects.installation(),
            now=now,
            after={"entries": sorted(numbers[organisation_id])},
            why=why,
        )


@writing_for_all("what is over is thrown away in every organisation")
def throw_away_what_is_over(*, now: datetime.datetime) -> dict[str, int]:
    """Apply the retention of the installation (settings.RETENTION). Gives how many of each."""
    rule = settings.RETENTION
    over = rule.before(rule.invitations, now)
    old, younger = (Invitation.objects.across(_ALL).filter(**{f"expires_at__{which}": over}) for which in ("lt", "gte"))
    for organisation_id, email in set(old.values_list("organisation_id", "email")):
        known = Person.objects.filter(email__iexact=email).exists()
        if not known and not younger.filter(organisation_id=organisation_id, email__iexact=email).exists():
            _take_out_of_trails(email, now, _RETENTION, organisation_id=organisation_id)
    invitations = old.count()
    old.delete()
    long_ago = rule.before(rule.people, now)
    lately = Membership.objects.across(_ALL).filter(Q(ended_at=None) | Q(ended_at__gt=long_ago))
    lately = lately.filter(Q(ends_at=None) | Q(ends_at__gt=long_ago))
    unused = Q(last_login__lt=long_ago) | Q(last_login=None, created_at__lt=long_ago)
    idle = Person.objects.filter(unused, is_local=False, is_operator=False, is_active=True)
    people = list(idle.exclude(pk__in=lately.values("person_id")))
    for person in people:
        _forget(person, now, _RETENTION)
    withdrawn = Evidence.objects.across(_ALL).filter(withdrawn_at__lt=rule.before(rule.withdrawn, now))
    kept = withdrawn.exclude(stored_as="").order_by("organisation_id", "added_at")
    gone = list(kept.values_list("organisation_id", "assessment_id", "title"))
    for organisation_id, assessment_id, title in gone:
        record(
            "file of withdrawn evidence thrown away",
            organisation_id=organisation_id,
            assessment_id=assessment_id,
            by=Person.objects.installation(),
            now=now,
            before={"evidence": title},
            why=_RETENTION,
        )
    withdrawn.update(stored_as="", size=0)  # the files are swept up once no row names them any more
    return {"invitations": invitations, "people": len(people), "files": len(gone)}
