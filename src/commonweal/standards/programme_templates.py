"""The programme templates that are shipped: dated, cited YAML files under `programmes/`."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.core.circles import in_circles
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.models import Priority
from commonweal.core.programme.templates import (
    START,
    Anchor,
    Offset,
    Repeat,
    Template,
    TemplateGroup,
    TemplateRole,
    TemplateTask,
)
from commonweal.formats.files import read_text
from commonweal.formats.schema import Schema
from commonweal.formats.tree import Fault, Tree
from commonweal.formats.yaml import parse_yaml

_FOLDER = Path(__file__).parent / "programmes"
_SUFFIX = ".yaml"


@cache
def templates() -> tuple[Template, ...]:
    """Every shipped template, by id and version. Raises BadInput with every fault of a file that is not sound."""
    found = []
    for tree in template_files():
        problems = check_template(tree)
        if problems:
            raise BadInput(problems)
        found.append(build_template(tree.value))
    return tuple(found)


def find_template(reference: str) -> Template | None:
    """The template under `id@version`, if it is shipped."""
    return next((template for template in templates() if template.reference == reference), None)


def template_files() -> Iterator[Tree]:
    """Every shipped template file, read but not checked."""
    for path in sorted(item for item in _FOLDER.iterdir() if item.name.endswith(_SUFFIX)):
        yield parse_yaml(read_text(path), path.name)


@cache
def _schema() -> Schema:
    text = Path(__file__).with_name("programme.schema.json").read_text(encoding="utf-8")
    return Schema(json.loads(text))


def check_template(tree: Tree) -> list[Problem]:
    """Every fault of a template file; what refers to what is looked at once the shape is right."""
    faults = _schema().faults(tree) or [*_references(tree), *_anchors(tree.value)]
    return tree.problems(faults)


def _references(tree: Tree) -> Iterator[Fault]:
    """The file is named after what it says it is; every role, anchor and footnote that is named exists."""
    content = tree.value
    said = f"{content['id']}@{content['version']}"
    if f"{said}{_SUFFIX}" != tree.name:
        yield ("id",), Refused(f"The file says that it is {said}.", "Name it after its id and version.")
    anchors = [anchor["id"] for anchor in content["anchors"]]
    roles = [role["id"] for role in content["roles"]]
    notes = list(content.get("footnotes", {}))
    for a, anchor in enumerate(content["anchors"]):
        for f, offset in enumerate(anchor["follows"]):
            if offset["from"] not in anchors:
                yield ("anchors", a, "follows", f, "from"), _unknown(offset["from"], "anchor", anchors)
    for g, group in enumerate(content["groups"]):
        for t, task in enumerate(group["tasks"]):
            here = ("groups", g, "tasks", t)
            for key, name, kind, known in (
                ("role", task["role"], "role", roles),
                ("due", task["due"]["from"], "anchor", anchors),
                ("footnote", task.get("footnote", ""), "footnote", ["", *notes]),
            ):
                if name not in known:
                    yield (*here, key), _unknown(name, kind, known)
            if "start" in task and task["start"]["from"] not in anchors:
                yield (*here, "start"), _unknown(task["start"]["from"], "anchor", anchors)
    yield from _task_references(content)


def _task_references(content: Any) -> Iterator[Fault]:
    """What a task needs or is a part of is there, and nothing goes round in a circle."""
    places = [
        (("groups", g, "tasks", t), task)
        for g, group in enumerate(content["groups"])
        for t, task in enumerate(group["tasks"])
    ]
    ids = [task["id"] for _, task in places if "id" in task]
    wholes = [task["id"] for _, task in places if "id" in task and "part_of" not in task and "repeat" not in task]
    for here, task in places:
        for name in task.get("needs", ()):
            if name not in ids:
                yield (*here, "needs"), _unknown(name, "task", ids)
        whole = task.get("part_of", "")
        if whole and whole not in wholes:
            yield (*here, "part_of"), _unknown(whole, "task of its own", wholes)
        if ids.count(task.get("id", "")) > 1:
            yield (*here, "id"), Refused(f"{task['id']} stands here twice.", "Give each task an id of its own.")
    waits = {task["id"]: {*task.get("needs", ())} for _, task in places if "id" in task}
    for _, task in places:  # a whole is done after its parts
        if "id" in task and task.get("part_of", "") in waits:
            waits[task["part_of"]].add(task["id"])
    round_ = in_circles(waits)
    for here, task in places:
        if task.get("id", "") in round_:
            yield (*here, "needs"), Refused(f"{task['id']} would need itself.", "Take out what makes the circle.")


def _unknown(name: str, kind: str, known: list[str]) -> Refused:
    return Refused(
        f"{name} is not {'an' if kind[0] in 'aeiou' else 'a'} {kind} of this template.",
        f"Use {', '.join(filter(None, known))}." if any(known) else "Leave it out.",
    )


def _anchors(content: Any) -> Iterator[Fault]:
    """There is a first day, and every anchor can be told from one that people are asked for."""
    known = {anchor["id"] for anchor in content["anchors"] if anchor["asked"]}
    if START not in {anchor["id"] for anchor in content["anchors"]}:
        yield ("anchors",), Refused(f"There is no anchor {START}.", "Add the first day of the programme.")
    for _ in content["anchors"]:
        known |= {
            anchor["id"] for anchor in content["anchors"] if any(one["from"] in known for one in anchor["follows"])
        }
    for a, anchor in enumerate(content["anchors"]):
        if anchor["id"] not in known:
            yield (
                ("anchors", a),
                Refused(f"Nothing tells when {anchor['id']} is.", "Ask for it, or say what it follows."),
            )


def build_template(content: Any) -> Template:
    """The template that the content of a checked file describes."""
    roles = {role["id"]: role["title"] for role in content["roles"]}
    notes = content.get("footnotes", {})
    return Template(
        id=content["id"],
        version=content["version"],
        title=content["title"],
        purpose=content["purpose"],
        source=content["source"]["title"],
        years=content["years"],
        anchors=tuple(
            Anchor(row["id"], row["title"], row["hint"], row["asked"], tuple(map(_offset, row["follows"])))
            for row in content["anchors"]
        ),
        roles=tuple(TemplateRole(row["title"], row["purpose"]) for row in content["roles"]),
        groups=tuple(
            TemplateGroup(row["title"], row["objective"], tuple(_task(task, roles, notes) for task in row["tasks"]))
            for row in content["groups"]
        ),
    )


def _offset(row: Any) -> Offset:
    next_day = tuple(map(int, row["next"].split("-"))) if "next" in row else None
    return Offset(
        anchor=row["from"],
        months=row.get("months", 0),
        days=row.get("days", 0),
        working_days=row.get("working_days", 0),
        next_day=(next_day[0], next_day[1]) if next_day else None,
        lead=row.get("lead", ""),
    )


def _task(row: Any, roles: dict[str, str], notes: dict[str, str]) -> TemplateTask:
    return TemplateTask(
        text=row["text"],
        due=_offset(row["due"]),
        role=roles[row["role"]],
        topic=row.get("topic", ""),
        is_milestone=row.get("milestone", False),
        repeat=Repeat(**row["repeat"]) if "repeat" in row else None,
        year=row.get("year"),
        footnote=notes.get(row.get("footnote", ""), ""),
        id=row.get("id", ""),
        part_of=row.get("part_of", ""),
        needs=tuple(row.get("needs", ())),
        start=_offset(row["start"]) if "start" in row else None,
        priority=Priority(row.get("priority", Priority.NORMAL)),
        effort_days=Decimal(row["effort_days"]) if "effort_days" in row else None,
        **{name: row.get(name, "") for name in ("measurable", "achievable", "relevant")},
    )
