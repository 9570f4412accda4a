"""A programme is saved as a template of one's own, or of a partnership; and such a template is taken away."""

import datetime
import uuid
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.core.programme.saving import template_content
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.actions.answers import refused_text
from commonweal.services.allowed import organisation_for, require
from commonweal.services.errors import NotFound
from commonweal.services.queries.programmes import programme
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import OwnTemplate, Person

LONGEST_TITLE = 200
MOST_TEMPLATES = 100


@writing
def save_template(
    *,
    programme_id: UUID,
    owner_id: UUID,
    title: str,
    purpose: str,
    today: datetime.date,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    """Save a programme as a template of an organisation: its own, or a partnership in which this person plans work.

    People, money and what happened stay behind. Gives the template's id. Raises NotFound, Forbidden or BadInput
    (places are fields).
    """
    view = programme(programme_id, by=by)
    require(by, Action.PLAN_WORK, view.organisation_id)
    organisation_for(by, Action.PLAN_WORK, owner_id)
    problems = _label_problems(title, purpose)
    if OwnTemplate.objects.within(owner_id).count() >= MOST_TEMPLATES:
        problems.append(Problem("title", f"There are {MOST_TEMPLATES} templates already.", "Take one away first."))
    id_ = uuid.uuid4()
    content = template_content(
        view.programme,
        id_=f"own-{id_}",
        title=title,
        purpose=purpose or "Saved from a programme.",
        source=view.organisation,
        made_on=today,
    )
    if not content["groups"]:
        what = "No work of this programme has a due date, so there is nothing to save."
        problems.append(Problem("title", what, "Date its work first."))
    if problems:
        raise BadInput(problems)
    OwnTemplate.objects.create(pk=id_, organisation_id=owner_id, title=title, content=content, made_at=now, made_by=by)
    record(
        "programme saved as a template",
        organisation_id=owner_id,
        by=by,
        now=now,
        after={"template": title, "programme": view.programme.title, "of": view.organisation},
    )
    return id_


def _label_problems(title: str, purpose: str) -> list[Problem]:
    problems = []
    if is_blank(title):
        problems.append(Problem("title", "The template has no name.", "Enter one."))
    elif len(title) > LONGEST_TITLE or forbidden_character(title):
        problems.append(Problem("title", "This name cannot be kept.", f"Shorten it to {LONGEST_TITLE} characters."))
    refused = refused_text("This text", purpose)
    return [*problems, Problem.at("purpose", refused)] if refused else problems


@writing
def take_template_away(*, template_id: UUID, by: Person, now: datetime.datetime) -> UUID:
    """Take a template away; programmes made from it stay. Gives whose it was. Raises NotFound or Forbidden."""
    row = OwnTemplate.objects.for_actor(by, Action.SEE_WORK, pk=template_id).first()
    if row is None:
        raise NotFound
    require(by, Action.PLAN_WORK, row.organisation_id)
    owner = row.organisation_id
    row.delete()
    record("template taken away", organisation_id=owner, by=by, now=now, before={"template": row.title})
    return owner
