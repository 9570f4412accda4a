"""A programme becomes a template: what is done when and after what, without people, money, details and what happened.

The content is what a shipped template is (standards/programme.schema.json), with one anchor, the first day.
"""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commonweal.core.programme.models import Priority, Programme, WorkItem
from commonweal.core.programme.templates import START
from commonweal.core.programme.work import WorkState
from commonweal.core.programme.working_days import months_from

_NO_ROLE = "nobody"


def template_content(
    programme: Programme, *, id_: str, title: str, purpose: str, source: str, made_on: datetime.date
) -> dict[str, Any]:
    """A programme as the content of a template. Dropped work, and work without a due day, are left out."""
    dated = [item for item in programme.work if item.due is not None and item.state is not WorkState.DROPPED]
    wholes = {item.id for item in dated if item.parent is None}
    work = [item for item in dated if item.parent is None or item.parent in wholes]
    task_ids = {item.id: f"task-{number}" for number, item in enumerate(work, 1)}
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
                    _task(item, programme.starts_on, role_ids, note_ids, task_ids)
                    for item in work
                    if item.group == group.number
                ],
            }
            for group in programme.groups
            if any(item.group == group.number for item in work)
        ],
    }


def _task(
    item: WorkItem,
    starts_on: datetime.date,
    role_ids: Mapping[str, str],
    note_ids: Mapping[str, str],
    task_ids: Mapping[UUID, str],
) -> dict[str, Any]:
    needs = [task_ids[id_] for id_ in dict.fromkeys(item.waits_for) if id_ in task_ids]
    task: dict[str, Any] = {
        "id": task_ids[item.id],
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
        | ({"part_of": task_ids[item.parent]} if item.parent else {})
        | ({"needs": needs} if needs else {})
        | ({"start": offset(starts_on, item.start)} if item.start else {})
        | ({"priority": item.priority.value} if item.priority is not Priority.NORMAL else {})
        | ({"effort_days": f"{item.effort_days:.1f}"} if item.effort_days is not None else {})
        | {name: text for name in ("measurable", "achievable", "relevant") if (text := getattr(item, name))}
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
