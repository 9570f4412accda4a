"""Who may: the one question of every action and query, answered by core/access.py.

What somebody may not see does not exist for them (NotFound); what they see and may not do is refused in words.
"""

from uuid import UUID

from commonweal.core.access import Action, refusal
from commonweal.core.lifecycle import State, refused_change
from commonweal.core.seats import WHOLE, Access
from commonweal.services.errors import Closed, Forbidden, NotFound
from commonweal.store.models import Assessment, Organisation, Person, Programme, Work


def require(by: Person, action: Action, organisation_id: UUID) -> None:
    """Go on only if the action is open to them in this organisation. Raises NotFound or Forbidden."""
    if by.access.may(action, organisation_id):
        return
    if organisation_id in by.access.organisations():
        raise Forbidden(refusal(action))
    raise NotFound


def organisation_for(by: Person, action: Action, organisation_id: UUID) -> Organisation:
    """The organisation, for an action in it. Raises NotFound or Forbidden."""
    require(by, action, organisation_id)
    return Organisation.objects.within(organisation_id).get()


def organisation_taken(organisation_id: UUID) -> Organisation:
    """An organisation that was let in already, locked, for an act on several of its rows."""
    return Organisation.objects.within(organisation_id).select_for_update(of=("self",)).get()


def assessment_for(
    by: Person, action: Action, assessment_id: UUID, theme: str = WHOLE, *, lock: bool = True
) -> Assessment:
    """The assessment, for an action on it, and locked for one that writes. Raises NotFound or Forbidden."""
    found = _found(by, assessment_id, lock=lock)
    require_with(by, action, found.organisation_id, found.pk, theme)
    return found


def assessment_taken(by: Person, assessment_id: UUID) -> Assessment:
    """The assessment, locked, for an act whose checks follow. Raises NotFound."""
    return _found(by, assessment_id, lock=True)


def _found(by: Person, assessment_id: UUID, *, lock: bool) -> Assessment:
    rows = Assessment.objects.for_actor(by, pk=assessment_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def programme_for(by: Person, action: Action, programme_id: UUID) -> Programme:
    """The programme, locked, for an action on it. Raises NotFound or Forbidden."""
    found = (
        Programme.objects.for_actor(by, Action.SEE_WORK, pk=programme_id)
        .select_for_update(of=("self",), no_key=True)
        .first()
    )
    if found is None:
        raise NotFound
    if not may_in(by.access, action, found.organisation_id, found.assessment_id):
        raise Forbidden(refusal(action))
    return found


def work_for(by: Person, action: Action, work_id: UUID) -> Work:
    """The piece of work with its programme, locked, for an action on it. Raises NotFound or Forbidden.

    The programme is locked first, as everything that writes in one does, so that no two wait for each other for ever.
    """
    rows = Work.objects.for_actor(by, Action.SEE_WORK, pk=work_id)
    within = Programme.objects.for_actor(by, Action.SEE_WORK, pk__in=rows.values("programme_id"))
    programme = within.select_for_update(of=("self",), no_key=True).first()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None or programme is None:
        raise NotFound
    found.programme = programme
    if not may_do(
        by.access, action, found.organisation_id, found.programme.assessment_id, is_owner=found.owner_id == by.pk
    ):
        raise Forbidden(refusal(action))
    return found


def may_in(access: Access, action: Action, organisation_id: UUID, assessment_id: UUID | None) -> bool:
    """Whether the action is open to them in a programme: by its assessment, or where it has none, in all of it."""
    if assessment_id is None:
        return access.may(action, organisation_id)
    return access.may_with(action, organisation_id, assessment_id)


def may_do(
    access: Access, action: Action, organisation_id: UUID, assessment_id: UUID | None, *, is_owner: bool
) -> bool:
    """The same for one piece of work. To own it is to be placed on it."""
    owns = is_owner and organisation_id in access.organisations(action)
    return owns or may_in(access, action, organisation_id, assessment_id)


def require_with(by: Person, action: Action, organisation_id: UUID, assessment_id: UUID, theme: str = WHOLE) -> None:
    """Go on only if the action is open to them with an assessment that they see. Raises Forbidden."""
    if not by.access.may_with(action, organisation_id, assessment_id, theme):
        raise Forbidden(refusal(action))


def require_somewhere(by: Person, action: Action, organisation_id: UUID, assessment_id: UUID) -> None:
    """Go on only if the action is open to them with an assessment that they see, or with a part of it.

    Raises Forbidden.
    """
    if not by.access.may_somewhere(action, organisation_id, assessment_id):
        raise Forbidden(refusal(action))


def require_open(
    by: Person, action: Action, organisation_id: UUID, assessment_id: UUID, state: State, theme: str = WHOLE
) -> None:
    """Go on only if the action is open to them with an assessment that they see, and it may still be changed.

    Raises Forbidden or Closed.
    """
    require_with(by, action, organisation_id, assessment_id, theme)
    refused = refused_change(state)
    if refused:
        raise Closed(refused)


def open_assessment_for(by: Person, action: Action, assessment_id: UUID, theme: str = WHOLE) -> Assessment:
    """The same, if it may still be changed. Raises NotFound, Forbidden or Closed."""
    found = _found(by, assessment_id, lock=True)
    require_open(by, action, found.organisation_id, found.pk, State(found.state), theme)
    return found
