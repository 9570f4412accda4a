"""Templates that organisations saved, and where one may be saved."""

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.organisations import Kind
from commonweal.core.programme.templates import Template
from commonweal.services.writing import reading
from commonweal.standards.programme_templates import build_template, find_template
from commonweal.store.models import Organisation, OwnTemplate, Person


@dataclass(frozen=True, slots=True)
class OwnTemplateLine:
    """A template that somebody saved, and whose it is."""

    id: UUID
    organisation_id: UUID
    organisation: str
    template: Template


@reading
def own_templates(organisation_id: UUID, *, by: Person) -> list[OwnTemplateLine]:
    """The templates that a programme of an organisation may start from: its own, and those of one's partnerships."""
    rows = OwnTemplate.objects.for_actor(by, Action.SEE_WORK).order_by("title", "id")
    found = rows.values_list("id", "organisation_id", "organisation__name", "organisation__kind", "content")
    return [
        OwnTemplateLine(id_, owner, name, build_template(content))
        for id_, owner, name, kind, content in found
        if owner == organisation_id or kind == Kind.PARTNERSHIP.value
    ]


@reading
def template_for(organisation_id: UUID, reference: str, *, by: Person) -> Template | None:
    """A template under `id@version`: one that is shipped, or one of `own_templates`."""
    shipped = find_template(reference)
    if shipped:
        return shipped
    return next(
        (one.template for one in own_templates(organisation_id, by=by) if one.template.reference == reference), None
    )


@reading
def where_to_save(organisation_id: UUID, *, by: Person) -> list[tuple[UUID, str]]:
    """The organisation itself, then the partnerships in which this person plans work: ids and names."""
    may = by.access.organisations(Action.PLAN_WORK)
    rows = Organisation.objects.for_actor(by, Action.SEE).filter(pk__in=may).order_by("name")
    found = [(id_, name, kind) for id_, name, kind in rows.values_list("id", "name", "kind")]
    own = [(id_, name) for id_, name, _ in found if id_ == organisation_id]
    return own + [(id_, name) for id_, name, kind in found if kind == Kind.PARTNERSHIP.value and id_ != organisation_id]
