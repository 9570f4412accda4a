"""People are invited into an organisation, take their seat, are placed, put their name right, and leave."""

import datetime
import secrets
from uuid import UUID

from commonweal.core.access import FOR_OUTSIDERS, GIVEN_BY_OWNERS, TABLE, Action, Reach, Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import LONGEST_NAME
from commonweal.core.organisations import Kind
from commonweal.core.problems import Problem
from commonweal.core.seats import WHOLE
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.allowed import assessment_for, organisation_for
from commonweal.services.errors import NotFound, Stale
from commonweal.services.indexes import held_index
from commonweal.services.record import record
from commonweal.services.tokens import digest
from commonweal.services.writing import writing, writing_for_all
from commonweal.store.models import Invitation, Membership, Person, Placement
from commonweal.store.models.organisation import held
from commonweal.store.models.owned import OwnedQuerySet

MOST_A_DAY = 100
"""Invitations by one person: letters go out in the name of the installation."""
RENAMED = "name changed"
"""The act of an entry that holds somebody's names, which an erasure takes out."""
INVITATION_LIVES = datetime.timedelta(days=7)


@writing
def invite(
    *,
    organisation_id: UUID,
    email: str,
    role: Role,
    on_behalf_of: str,
    ends_at: datetime.datetime | None,
    by: Person,
    now: datetime.datetime,
) -> str:
    """Invite somebody to a role. Gives the token of the invitation, which is shown or sent once and lives a week.

    An earlier invitation of theirs to the same role stops working. Raises NotFound, Forbidden, or BadInput (places
    are fields).
    """
    organisation = organisation_for(by, Action.MANAGE_PEOPLE, organisation_id)
    problems = _invitation_problems(email, role, on_behalf_of, ends_at, now)
    if role is Role.INDEX_KEEPER and organisation.kind != Kind.INDEX_KEEPER:
        what = "Only a body that publishes indexes has index keepers."
        problems.append(Problem("role", what, "Choose another role."))
    sent_today = Invitation.objects.across("how many letters one person sends").filter(
        created_by=by, created_at__gt=now - datetime.timedelta(days=1)
    )
    if sent_today.count() >= MOST_A_DAY:
        problems.append(Problem("email", "You have invited very many people today.", "Go on tomorrow."))
    if problems:
        raise BadInput(problems)
    token = secrets.token_urlsafe(32)
    open_ = Invitation.objects.within(organisation).filter(
        email__iexact=email, role=role, accepted_at=None, revoked_at=None
    )
    if open_.update(revoked_at=now):
        before = {"email": email, "role": role}
        record("invitation taken back", organisation_id=organisation.pk, by=by, now=now, before=before)
    Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        on_behalf_of=on_behalf_of,
        ends_at=ends_at,
        digest=digest(token),
        created_at=now,
        created_by=by,
        expires_at=now + INVITATION_LIVES,
    )
    after = {"email": email, "role": role, "on_behalf_of": on_behalf_of, "until": _day(ends_at)}
    record("person invited", organisation_id=organisation.pk, by=by, now=now, after=after)
    return token


def _invitation_problems(
    email: str, role: Role, on_behalf_of: str, ends_at: datetime.datetime | None, now: datetime.datetime
) -> list[Problem]:
    problems = []
    if not email.isascii():  # signs that look alike must never stand for one another
        problems.append(Problem("email", "This address has a sign that mail servers do not take.", "Type it again."))
    if forbidden_character(on_behalf_of):
        problems.append(Problem("on_behalf_of", "This has a character that cannot be shown.", "Type it again."))
    if role not in GIVEN_BY_OWNERS:
        problems.append(Problem("role", f"{role.label} is not a role that an owner gives.", "Choose another role."))
    if on_behalf_of and role not in FOR_OUTSIDERS:
        what = f"{role.label} is for people of your own organisation."
        problems.append(Problem("on_behalf_of", what, "Leave this empty, or choose another role."))
    if role is Role.SUPPLIER_CONTACT and not on_behalf_of:
        problems.append(
            Problem("on_behalf_of", "It is not said for whom they act.", "Enter their organisation's name.")
        )
    if on_behalf_of and not ends_at:
        what = "Somebody who acts for another organisation has a seat for a time."
        problems.append(Problem("ends_at", what, "Enter the last day; you can invite them again then."))
    if ends_at and ends_at <= now:
        problems.append(Problem("ends_at", "This day is over.", "Enter a day from today on, or leave it empty."))
    return problems


def _day(moment: datetime.datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


@writing
def revoke_invitation(*, invitation_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Take an invitation back. Gives the organisation's id. Raises NotFound."""
    found = Invitation.objects.for_actor(by, Action.MANAGE_PEOPLE).filter(pk=invitation_id, accepted_at=None).first()
    if found is None:
        raise NotFound
    if found.revoked_at is None:
        found.revoked_at = now
        found.save(update_fields=["revoked_at"])
        before = {"email": found.email, "role": found.role}
        record("invitation taken back", organisation_id=found.organisation_id, by=by, now=now, before=before)
    return found.organisation_id


_NO_SEAT_YET = "whoever is invited has no seat there yet"


@writing_for_all(_NO_SEAT_YET)
def accept_invitation(*, token: str, by: Person, now: datetime.datetime) -> UUID:
    """Take the seat that an invitation offers. Gives the organisation's id.

    It must be for the e-mail address that this person signs in with: a link that was passed on opens nothing.
    What they were placed on stays theirs. Raises NotFound, or BadInput where an organisation would lose its last owner.
    """
    found = (
        Invitation.objects.across(_NO_SEAT_YET)
        .select_for_update(of=("self",))
        .filter(digest=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=now)
        .first()
    )
    if found is None or found.email.casefold() != (by.email or "").casefold():
        raise NotFound
    found.accepted_at = now
    found.save(update_fields=["accepted_at"])
    # A seat of the same role that they have, or had until its last day, gives way to the one that was offered now.
    theirs = Membership.objects.across(_NO_SEAT_YET).filter(
        organisation_id=found.organisation_id, person=by, role=found.role, ended_at=None
    )
    given_up = list(theirs)
    if found.ends_at and any(one.ends_at is None for one in given_up):
        _keep_an_owner(Membership.objects.across(_NO_SEAT_YET), given_up[0])
    before = {"until": _day(given_up[0].ends_at)} if given_up else {}
    theirs.update(ended_at=now, ended_by=by)
    seat = {"role": found.role, "on_behalf_of": found.on_behalf_of}
    taken = Membership.objects.create(
        organisation_id=found.organisation_id,
        person=by,
        created_at=now,
        given_by_id=found.created_by_id,
        ends_at=found.ends_at,
        **seat,
    )
    Placement.objects.across(_NO_SEAT_YET).filter(membership__in=given_up).update(membership=taken)
    record(
        "seat taken",
        organisation_id=found.organisation_id,
        by=by,
        now=now,
        subject=str(by.pk),
        before=before,
        after={**seat, "until": _day(found.ends_at)},
    )
    by.forget_access()
    return found.organisation_id


@writing
def end_seat(*, membership_id: int, by: Person, now: datetime.datetime) -> UUID:
    """End a seat at once. Gives the organisation's id. Raises NotFound, or BadInput for the last owner's."""
    seats = Membership.objects.for_actor(by, Action.MANAGE_PEOPLE)
    found = seats.filter(pk=membership_id).first()
    if found is None:
        raise NotFound
    _keep_an_owner(seats, found)
    if found.ended_at is None:
        found.ended_at, found.ended_by = now, by
        found.save(update_fields=["ended_at", "ended_by"])
        if found.role == Role.OWNER:
            _take_back_what_they_offered(found, by, now)
        before = {"role": found.role, "on_behalf_of": found.on_behalf_of}
        subject = str(found.person_id)
        record("seat ended", organisation_id=found.organisation_id, by=by, now=now, subject=subject, before=before)
    if found.person_id == by.pk:
        by.forget_access()
    return found.organisation_id


def _keep_an_owner(seats: OwnedQuerySet[Membership], leaving: Membership) -> None:
    """Refuse that the last owner's seat ends. It locks all of them, so that two cannot end each other's at once."""
    owners = seats.select_for_update(of=("self",)).filter(
        organisation_id=leaving.organisation_id, role=Role.OWNER, ended_at=None, ends_at=None, person__is_active=True
    )
    if [owner.pk for owner in owners] == [leaving.pk]:
        what = "This is the last owner, and an organisation needs one."
        raise BadInput([Problem("seat", what, "Invite another owner first.")])


def _take_back_what_they_offered(seat: Membership, by: Person, now: datetime.datetime) -> None:
    """Nobody comes back by an invitation that they made before they had to leave."""
    open_ = Invitation.objects.within(seat.organisation_id).filter(
        created_by_id=seat.person_id, accepted_at=None, revoked_at=None
    )
    for one in open_:
        one.revoked_at = now
        one.save(update_fields=["revoked_at"])
        before = {"email": one.email, "role": one.role}
        record("invitation taken back", organisation_id=one.organisation_id, by=by, now=now, before=before)


@writing
def place(*, assessment_id: UUID, membership_id: int, theme: str, by: Person, now: datetime.datetime) -> None:
    """Place a seat of the organisation on an assessment, or on one theme of it. Raises NotFound or Forbidden."""
    assessment = assessment_for(by, Action.PLACE, assessment_id)
    if theme != WHOLE and held_index(assessment.index).theme(theme) is None:
        raise NotFound
    seat = Membership.objects.within(assessment.organisation_id).filter(held(now), pk=membership_id).first()
    if seat is None:
        raise NotFound
    if theme != WHOLE and TABLE[Role(seat.role), Action.READ] is Reach.PLACED:
        what = f"{Role(seat.role).label} reads only what they are placed on, and an assessment is read as a whole."
        raise BadInput([Problem("theme", what, "Place them on all themes.")])
    _, is_new = Placement.objects.of(assessment).get_or_create(
        membership=seat,
        assessment=assessment,
        theme=theme,
        defaults={"organisation_id": assessment.organisation_id, "created_at": now, "created_by": by},
    )
    if is_new:
        _placed("placed", seat, assessment.pk, theme, by, now)


@writing
def unplace(*, placement_id: int, by: Person, now: datetime.datetime) -> UUID:
    """Take a placement back. Gives the assessment's id. Raises NotFound or Forbidden."""
    found = Placement.objects.for_actor(by, Action.PLACE).select_related("membership").filter(pk=placement_id).first()
    if found is None:
        raise NotFound
    _placed("placement ended", found.membership, found.assessment_id, found.theme, by, now)
    found.delete()
    return found.assessment_id


def _placed(act: str, seat: Membership, assessment_id: UUID, theme: str, by: Person, now: datetime.datetime) -> None:
    record(
        act,
        organisation_id=seat.organisation_id,
        assessment_id=assessment_id,
        subject=str(seat.person_id),
        by=by,
        now=now,
        after={"role": seat.role, "theme": theme},
    )


_OWN_SEATS = "somebody's own seats, wherever they are"


@writing
def change_own_name(*, was: str, name: str, by: Person, now: datetime.datetime) -> None:
    """Put one's own name right. It stands so beside everything they did; the trails of their organisations say so.

    Raises BadInput (the place is `name`), or Stale where it was another name than they thought.
    """
    if is_blank(name):
        raise BadInput([Problem("name", "There is no name.", "Enter your name.")])
    if len(name) > LONGEST_NAME or forbidden_character(name):
        what = "The name is too long, or has a character that cannot be shown."
        raise BadInput([Problem("name", what, f"Shorten it to {LONGEST_NAME} characters, or type it again.")])
    if not Person.objects.filter(pk=by.pk, name=was).update(name=name):
        raise Stale
    by.name = name
    if name == was:
        return
    told_of_name(by, was, by=by, now=now)


def told_of_name(person: Person, before: str, *, by: Person, now: datetime.datetime) -> None:
    """Say in the trails of somebody's organisations that their name is another now."""
    seats = Membership.objects.across(_OWN_SEATS).filter(held(now), person=person)
    for organisation_id in sorted(set(seats.values_list("organisation_id", flat=True))):  # in one order for everybody
        record(
            RENAMED,
            organisation_id=organisation_id,
            by=by,
            now=now,
            subject=str(person.pk),
            before={"name": before},
            after={"name": person.name},
        )
