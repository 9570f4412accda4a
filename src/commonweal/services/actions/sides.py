"""A buyer asks suppliers to show where they stand; a supplier agrees, for one round, and takes it back."""

import datetime
import secrets
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.maturity.mirror import levels_of
from commonweal.core.problems import Problem
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.allowed import organisation_for, require_with
from commonweal.services.errors import NotFound
from commonweal.services.queries.assessments import Round, assessment_round
from commonweal.services.record import record
from commonweal.services.tokens import digest
from commonweal.services.writing import writing, writing_for_all
from commonweal.standards.mirrors import mirrors
from commonweal.store.models import Organisation, Person, SideAgreement, SideRequest

LONGEST_LABEL = 120
_WEEKS = datetime.timedelta(weeks=8)
_BOTH = "what is agreed between two organisations is written down with both"


@writing
def ask_for_side(*, organisation_id: UUID, label: str, by: Person, now: datetime.datetime) -> str:
    """Ask a supplier, by the name it has here, to show where it stands. Gives the token of a link, which works for
    eight weeks. Raises NotFound, Forbidden or BadInput (the place is `label`)."""
    organisation = organisation_for(by, Action.OPEN, organisation_id)
    named = " ".join(label.split())
    if is_blank(named) or len(named) > LONGEST_LABEL or forbidden_character(named):
        raise BadInput([Problem("label", "It is not said whom you ask.", "Enter a name of 1 to 120 characters.")])
    token = secrets.token_urlsafe(32)
    made = SideRequest.objects.create(
        organisation=organisation,
        label=named,
        digest=digest(token),
        created_at=now,
        created_by=by,
        expires_at=now + _WEEKS,
    )
    after = {"supplier": named}
    record("side asked for", organisation_id=organisation.pk, by=by, now=now, subject=str(made.pk), after=after)
    return token


@writing_for_all(_BOTH)
def agree_to_side(*, token: str, assessment_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Show a round to whoever asked: a level for each theme, now and in the target, and no more. Gives the id of the
    organisation that shows it. Agreed once more, the later round takes the place of the earlier one.

    A link serves the organisation that agreed by it first, and no other. Raises NotFound, Forbidden, or BadInput where
    the round answers no index of that side, or is the asker's own.
    """
    found = SideRequest.objects.across(_BOTH).select_for_update(of=("self",)).filter(digest=digest(token))
    request = found.filter(ended_at=None, expires_at__gt=now).select_related("organisation").first()
    if request is None:
        raise NotFound
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.OPEN, round_.organisation_id, round_.id)
    if round_.index.id not in {one.second for one in mirrors()}:
        what = f"{round_.name} answers an index that has no other side."
        raise BadInput([Problem("assessment", what, "Choose a round by the edition for business.")])
    if round_.organisation_id == request.organisation_id:
        raise BadInput([Problem("assessment", "This is a round of whoever asks.", "Choose one of your own firm.")])
    agreed = SideAgreement.objects.across(_BOTH).filter(request=request.pk)
    if agreed.exclude(organisation_id=round_.organisation_id).exists():
        raise NotFound
    shown = what_is_shown(round_)
    if shown == request.shown and agreed.filter(ended_at=None, assessment_id=round_.id).exists():
        return round_.organisation_id
    _lock(request.organisation_id, round_.organisation_id)
    _over(request.pk, now)
    agreement = SideAgreement.objects.create(
        organisation_id=round_.organisation_id,
        assessment_id=round_.id,
        request=request.pk,
        asked_by=request.organisation.name,
        agreed_at=now,
        agreed_by=by,
    )
    request.shown, request.shown_at = shown, now
    request.save(update_fields=["shown", "shown_at"])
    record(
        "side shown",
        organisation_id=round_.organisation_id,
        assessment_id=round_.id,
        by=by,
        now=now,
        subject=str(agreement.pk),
        after={"to": request.organisation.name},
    )
    _with_the_other(request.organisation_id, "side received", {"supplier": request.label}, now)
    return round_.organisation_id


def what_is_shown(round_: Round) -> dict[str, Any]:
    """All that the other side gets to see of a round."""
    results = round_.results()
    return {
        "organisation": round_.given.organisation,
        "index": round_.index.reference,
        "round": round_.name,
        "date": round_.given.date.isoformat() if round_.given.date else None,
        "is_estimated": bool(results.assessment.estimated),
        "now": dict(levels_of(results.present)),
        "target": dict(levels_of(results.future)),
    }


@writing_for_all(_BOTH)
def end_side(*, request_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Whoever asked needs it no longer: what was shown is gone. Gives their organisation's id.

    Raises NotFound, also for those who may not end it.
    """
    rows = SideRequest.objects.for_actor(by, Action.OPEN).select_for_update(of=("self",))
    found = rows.filter(pk=request_id).first()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        theirs = SideAgreement.objects.across(_BOTH).filter(request=found.pk, ended_at=None)
        others = list(theirs.values_list("organisation_id", "asked_by"))
        _lock(found.organisation_id, *(id_ for id_, _ in others))
        _empty(found, now)
        record(
            "side ended",
            organisation_id=found.organisation_id,
            by=by,
            now=now,
            subject=str(found.pk),
            before={"supplier": found.label},
        )
        for id_, asked_by in others:
            _with_the_other(id_, "side ended", {"to": asked_by}, now)
        _over(found.pk, now)
    return found.organisation_id


@writing_for_all(_BOTH)
def withdraw_side(*, agreement_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """A supplier shows it no longer: what was shown is gone. Gives their organisation's id.

    Raises NotFound, also for those who may not end it.
    """
    rows = SideAgreement.objects.for_actor(by, Action.OPEN).filter(pk=agreement_id)
    asked = rows.values_list("request", flat=True).first()
    if asked is None:
        raise NotFound
    # the request first, as everywhere, so that no two acts wait for each other for ever
    request = SideRequest.objects.across(_BOTH).select_for_update(of=("self",)).get(pk=asked)
    found = rows.select_for_update(of=("self",)).get()
    if found.ended_at is None:
        _lock(found.organisation_id, request.organisation_id)
        _empty(request, now)
        _over(request.pk, now)
        record(
            "side withdrawn",
            organisation_id=found.organisation_id,
            assessment_id=found.assessment_id,
            by=by,
            now=now,
            subject=str(found.pk),
            before={"to": found.asked_by},
        )
        _with_the_other(request.organisation_id, "side taken back", {"supplier": request.label}, now)
    return found.organisation_id


def _lock(*organisations: UUID) -> None:
    """The heads of the trails that are written to, in one order, so that no two acts wait for each other for ever."""
    rows = Organisation.objects.across(_BOTH).filter(pk__in=organisations).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _empty(request: SideRequest, now: datetime.datetime) -> None:
    request.shown, request.ended_at = None, now
    request.save(update_fields=["shown", "ended_at"])


def _over(request: UUID, now: datetime.datetime) -> None:
    """What was agreed on a request before is over."""
    SideAgreement.objects.across(_BOTH).filter(request=request, ended_at=None).update(ended_at=now)


def _with_the_other(organisation_id: UUID, act: str, after: dict[str, str], now: datetime.datetime) -> None:
    """An entry in the other's trail, which names nobody of this side."""
    record(act, organisation_id=organisation_id, by=Person.objects.installation(), now=now, after=after)
