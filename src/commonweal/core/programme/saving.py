"""A programme becomes a template: what is done when, from the first day on, without people, money and what happened.

The content is what a shipped template is (standards/programme.schema.json), with one anchor, the first day.
"""

import datetime
from typing import Any

from commonweal.core.programme.models import Programme, WorkItem
from commonweal.core.programme.templates import START
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import months_from

_NO_ROLE = "nobody"


def template_content(
    programme: Programme, *, id_: str, title: str, purpose: str, source: str, made_on: datetime.date
) -> dict[str, Any]:
    """A programme as the content of a template. Dropped work, parts, and work without a due day are left out."""
    work = [
        item
        for item in programme.work
        if item.parent is None and item.due is not None and item.state is not WorkState.DROPPED
    ]
    roles = sorted({item.role for item in work if item.role})
    role_ids = {role: f"role-{number}" for number, role in enumerate(roles, 1)}
    notes = sorted({item.footnote for item in work if item.footnote})
    note_ids = {note: f"note-{number}" for number, note in enumerate(notes, 1)}
    return {
        "id": id_,
        "version": "1",
        "title": title,
        "purpose": purpose,
        "published_on": made_on.isoformat(),
        "source": {"title": source, "items": "own"},
        "years": programme.years,
        "anchors": [
            {
                "id": START,
                "title": "First day of the programme",
                "hint": "Every other day follows from it.",
                "asked": True,
                "follows": [],
            }
        ],
        "roles": [{"id": _NO_ROLE, "title": "", "purpose": "Work for which no role was named."}]
        + [{"id": role_ids[role], "title": role, "purpose": "As in the programme it was made from."} for role in roles],
        "footnotes": {note_ids[note]: note for note in notes},
        "groups": [
            {
                "title": group.title,
                "objective": group.objective,
                "tasks": [
                    _task(item, programme.starts_on, role_ids, note_ids) for item in work if item.group == group.number
                ],
            }
            for group in programme.groups
            if any(item.group == group.number for item in work)
        ],
    }


def _task(
    item: WorkItem, starts_on: datetime.date, role_ids: dict[str, str], note_ids: dict[str, str]
) -> dict[str, Any]:
    task: dict[str, Any] = {
        "text": item.title,
        "role": role_ids.get(item.role, _NO_ROLE),
        "due": offset(starts_on, item.due or starts_on),
        "cites": [],
    }
    return (
        task
        | ({"topic": item.topic} if item.topic else {})
        | ({"milestone": True} if item.is_milestone else {})
        | ({"year": item.year} if item.year else {})
        | ({"footnote": note_ids[item.footnote]} if item.footnote else {})
    )


def offset(first: datetime.date, day: datetime.date) -> dict[str, Any]:
    """How a day is counted from a first one: whole months towards it, then days.

    >>> offset(datetime.date(2027, 4, 1), datetime.date(2028, 3, 31))
    {'from': 'start', 'months': 12, 'days': -1}
    """
    months = 12 * (day.year - first.year) + day.month - first.month
    if (day - months_from(first, months)).days > 15:
        months += 1
    found: dict[str, Any] = {"from": START}
    if months:
        found["months"] = months
    days = (day - months_from(first, months)).days
    return found | ({"days": days} if days else {})
