"""Where a page of an assessment stands: its caption and the way back to it."""

from commonweal.services.queries.assessments import Round
from commonweal.services.queries.organisations import OrganisationLine
from commonweal.web.components.addresses import address

Trail = list[tuple[str, str]]


def caption(round_: Round) -> str:
    """The organisation and the round, over the heading of a page."""
    return f"{round_.given.organisation}, {round_.name}"


def organisation_trail(line: OrganisationLine) -> Trail:
    """The breadcrumbs of a page of an organisation."""
    return [("Organisations", address("start")), (line.name, address("organisation", line.id))]


def trail(round_: Round, *, inside: bool = True) -> Trail:
    """The breadcrumbs of a page of an assessment; `inside` for a page under its task list."""
    steps = [
        ("Organisations", address("start")),
        (round_.organisation, address("organisation", round_.organisation_id)),
    ]
    return [*steps, (round_.name, address("task-list", round_.id))] if inside else steps
