"""Where a page of an assessment stands: its caption and the way back to it."""

from django.urls import reverse

from commonweal.services.queries.assessments import Round

Trail = list[tuple[str, str]]


def caption(round_: Round) -> str:
    """The organisation and the round, over the heading of a page."""
    return f"{round_.organisation}, {round_.name}"


def trail(round_: Round, *, inside: bool = True) -> Trail:
    """The breadcrumbs of a page of an assessment; `inside` for a page under its task list."""
    steps = [
        ("Organisations", reverse("start")),
        (round_.organisation, reverse("organisation", args=[round_.organisation_id])),
    ]
    return [*steps, (round_.name, reverse("task-list", args=[round_.id]))] if inside else steps
