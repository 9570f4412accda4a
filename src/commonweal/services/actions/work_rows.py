"""What the rows of a workbook would change of a programme's work, and what of it is refused."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from commonweal.core.circles import in_circles
from commonweal.core.problems import Problem
from commonweal.core.programme.models import LinkKind, Programme, WorkItem
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.formats.work_sheet import COLUMNS
from commonweal.intake import work_sheet as read
from commonweal.intake.work_sheet import SheetRow, WorkSheet, place_of
from commonweal.services.actions.work import is_web_address
from commonweal.services.actions.work_details import WorkDetails, detail_problems
from commonweal.services.actions.work_links import LONGEST_ADDRESS, MOST_LINKS
from commonweal.services.actions.work_links import LONGEST_TITLE as LONGEST_LINK_TITLE
from commonweal.services.queries.programmes import Hands

_HEADS = {name: head for name, head, _ in COLUMNS}
OWNER_HEAD = _HEADS["owner"]
_PENNY, _TENTH = Decimal("0.01"), Decimal("0.1")
Links = Mapping[UUID, tuple[tuple[str, str, str], ...]]
"""Kind, title and address of each link, by the work that has them."""

_READERS: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "start": (read.to_day, "This is not a date.", "Write it like 01/04/2027."),
    "due": (read.to_day, "This is not a date.", "Write it like 01/04/2027."),
    "year": (read.to_whole, "This is not a year of the programme.", "Write 1, 2 and so on, or leave it empty."),
    "is_milestone": (read.to_yes, "This is neither yes nor no.", "Write yes, or leave it empty."),
    "priority": (read.to_priority, "This is not a priority.", "Write High, Normal or Low."),
    "cost": (read.to_amount, "This is not a number.", "Write it like 2500 or 2500.50."),
    "spent": (read.to_amount, "This is not a number.", "Write it like 2500 or 2500.50."),
    "effort_days": (read.to_amount, "This is not a number.", "Write it like 12 or 12.5."),
    "price_year": (read.to_whole, "This is not a year.", "Write it like 2027."),
    "needs": (read.to_numbers, "These are not numbers of work.", "Write them like 3, 12, N1."),
    "part_of": (read.to_number, "This is not a number of work.", "Write the No. of what it is a part of."),
    "number": (
        read.to_number,
        "This is not a number of work.",
        "Leave it empty for new work, or write N1, N2 and so on.",
    ),
}
MOST_NEEDS = 50
"""More than anybody waits for by name; what those need comes before by itself."""
_TEXTS = ("topic", "title", "role", "funding", "detail", "measurable", "achievable", "relevant")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the cells of a workbook name, by their names."""

    programme: Programme
    items: Mapping[str, WorkItem]
    """Work that is there, by its No. as it is written."""
    groups: Mapping[str, int]
    people: Mapping[str, Sequence[UUID]]
    departments: Mapping[str, int]
    links: Links
    called: Mapping[tuple[int, str, str], int]
    """The No. of work by where it belongs and what it is called."""

    @classmethod
    def of(cls, programme: Programme, offered: Hands, links: Links) -> "Lookups":
        """Of a programme, with whom its work may be given to and the links that its work has."""
        people: dict[str, list[UUID]] = {}
        for id_, name in offered.people:
            people.setdefault(name.casefold(), []).append(id_)
        return cls(
            programme,
            {str(item.number): item for item in programme.work},
            {group.title.casefold(): group.number for group in programme.groups},
            people,
            {name: id_ for id_, name in offered.departments},
            links,
            {_called(item): item.number for item in programme.work},
        )


def planned_changes(sheet: WorkSheet, lookups: Lookups) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What each row would change, ready to be kept, without rows that change nothing; and every problem."""
    read_rows = [(row, *_read(sheet, row)) for row in sheet.rows]
    changes, problems = [], list(_twice(sheet, read_rows))
    new = {values["number"]: NewRow(uuid4(), values["part_of"]) for _, values, wrong in read_rows
           if not wrong and values["number"].startswith("N")}  # fmt: skip
    for row, values, wrong in read_rows:
        if not wrong:
            change, wrong = _change(sheet, row, values, lookups, new)
            if not wrong and change:
                changes.append(change)
        problems += wrong
    if not problems:
        problems += _circles(sheet, changes, lookups, new)
    return changes, problems


@dataclass(frozen=True, slots=True)
class NewRow:
    """A new row that has a name, so that other rows can say that they need it or are a part of it."""

    id: UUID
    part_of: str


def _twice(sheet: WorkSheet, read_rows: Sequence[tuple[SheetRow, Mapping[str, Any], Any]]) -> Iterator[Problem]:
    count = Counter(values["number"] for _, values, _ in read_rows if values.get("number"))
    for row, values, _ in read_rows:
        if count[values.get("number", "")] > 1:
            what = f"No. {values['number']} stands in more than one row."
            yield Problem(place_of(sheet, row, "number"), what, "Keep one; leave the No. of new work empty.")


def _read(sheet: WorkSheet, row: SheetRow) -> tuple[dict[str, Any], list[Problem]]:
    """The cells of a row as values."""
    values: dict[str, Any] = {name: row.cells[name] for name in _TEXTS}
    for name in ("topic", "title", "role", "funding"):
        values[name] = " ".join(values[name].split())
    problems = []
    for name, (reader, what, remedy) in _READERS.items():
        try:
            values[name] = reader(row.cells[name])
        except ValueError:
            problems.append(Problem(place_of(sheet, row, name), what, remedy))
    return values, problems


def _change(
    sheet: WorkSheet, row: SheetRow, values: dict[str, Any], lookups: Lookups, new: Mapping[str, NewRow]
) -> tuple[dict[str, Any] | None, list[Problem]]:
    problems: list[Problem] = []

    def wrong(name: str, what: str, remedy: str) -> None:
        problems.append(Problem(place_of(sheet, row, name), what, remedy))

    item, own = lookups.items.get(values["number"]), new.get(values["number"])
    if values["number"] and item is None and own is None:
        wrong("number", f"There is no work with No. {values['number']}.", "Leave the No. of new work empty.")
        return None, problems
    group, owner, department = _named(row, item, lookups, wrong)
    ids = _ids(lookups, new)
    parent = _parent(values["part_of"], item, own, lookups, new, wrong)
    needs = _needs(values["needs"], {values["number"], values["part_of"]}, ids, wrong)
    if item and item.builds_on:
        needs = [id_ for id_ in needs if id_ != item.builds_on]  # told by the index, not by anybody
    links = _links(row.cells["links"], wrong)
    if problems or group is None:
        return None, problems
    details = _details(values, group)
    for problem in detail_problems(details, lookups.programme.years):
        wrong(problem.place, problem.what, problem.remedy)
    names = {id_: number for number, id_ in ids.items()}
    lines = _lines(row, item, lookups, details, [names[id_] for id_ in needs], links)
    if item is None and values["part_of"]:
        lines.append((_HEADS["part_of"], "", values["part_of"]))
    if item and lines and item.state.is_over:
        wrong("number", f"This work is {item.state.label.lower()}, so it stays as it is.", "Take that back first.")
    if problems or (item and not lines):
        return None, problems
    return {
        "id": str(item.id) if item else None,
        "twin": None if item else lookups.called.get(_called(details)),
        "new_id": None if item else str(own.id if own else uuid4()),
        "version": item.version if item else 0,
        "title": f"{values['number']} {item.title if item else details.title}".strip(),
        "parent": str(parent) if parent else None,
        "values": _kept(details, owner, department),
        "is_overtaken": item is not None and row.cells["version"] not in {"", str(item.version)},
        "links_before": [list(link) for link in lookups.links.get(item.id, ())] if item else [],
        "needs": None if item and set(needs) == set(item.needs) else [str(id_) for id_ in needs],
        "links": None if item and links == list(lookups.links.get(item.id, ())) else [list(link) for link in links],
        "lines": lines,
    }, []


def _called(one: WorkDetails | WorkItem) -> tuple[int, str, str]:
    """What tells work apart for people: where it belongs, its topic and its title."""
    return one.group, one.topic.casefold(), one.title.casefold()


def _ids(lookups: Lookups, new: Mapping[str, NewRow]) -> dict[str, UUID]:
    """The ids of work that is there and of new rows, by what they are called in the workbook."""
    return {number: item.id for number, item in lookups.items.items()} | {name: one.id for name, one in new.items()}


def _details(values: Mapping[str, Any], group: int) -> WorkDetails:
    same = (*_TEXTS, "start", "due", "year", "is_milestone", "price_year", "priority")
    return WorkDetails(
        **{name: values[name] for name in same},
        group=group,
        cost=_rounded(values["cost"], _PENNY),
        spent=_rounded(values["spent"], _PENNY),
        effort_days=_rounded(values["effort_days"], _TENTH),
    )


def _rounded(amount: Decimal | None, to: Decimal) -> Decimal | None:
    return None if amount is None else amount.quantize(to)


def _owner(text: str, item: WorkItem | None, lookups: Lookups) -> UUID | str | None:
    """The owner by name; a sentence where it cannot be told who is meant. Who owns it now may go on."""
    if not text:
        return None
    if item and item.owner_id and item.owner.casefold() == text.casefold():
        return item.owner_id
    found = lookups.people.get(text.casefold(), ())
    if not found:
        return "Nobody of this name may own work here."
    return found[0] if len(found) == 1 else "More than one person has this name; choose on the page of the work."


def _department(text: str, lookups: Lookups) -> int | None:
    """The department by name, capitals aside where that is clear; -1 where there is none of that name."""
    if not text:
        return None
    exact = lookups.departments.get(text)
    if exact is not None:
        return exact
    alike = [id_ for name, id_ in lookups.departments.items() if name.casefold() == text.casefold()]
    return alike[0] if len(alike) == 1 else -1


Wrong = Callable[[str, str, str], None]


def _named(
    row: SheetRow, item: WorkItem | None, lookups: Lookups, wrong: Wrong
) -> tuple[int | None, UUID | str | None, int | None]:
    """The group, the owner and the department that a row names."""
    group = lookups.groups.get(row.cells["group"].casefold())
    if group is None:
        wrong("group", "There is nothing of this name that work belongs to.", "See the sheet Groups for the names.")
    owner = _owner(row.cells["owner"], item, lookups)
    if isinstance(owner, str):
        wrong("owner", owner, "Write the name as People has it, or leave it empty.")
    department = _department(row.cells["department"], lookups)
    if department == -1:
        wrong("department", "There is no department of this name.", "Add it in the settings first, or leave it empty.")
    return group, owner, department


def _parent(
    number: str,
    item: WorkItem | None,
    own: NewRow | None,
    lookups: Lookups,
    new: Mapping[str, NewRow],
    wrong: Wrong,
) -> UUID | None:
    """What new work is a part of. What is there already stays where it is."""
    whole, new_whole = lookups.items.get(number), new.get(number)
    if item is not None:
        if item.parent != (whole.id if whole else None):
            wrong("part_of", "What work is a part of cannot be changed here.", "Leave this cell as it was.")
        return item.parent
    if not number:
        return None
    if new_whole is not None and not new_whole.part_of and new_whole is not own:
        return new_whole.id
    if whole is None or whole.parent is not None or whole.state.is_over:
        wrong("part_of", f"Work cannot be a part of No. {number}.", "Name open work that is no part itself.")
        return None
    return whole.id


def _needs(numbers: Sequence[str], own: Set[str], ids: Mapping[str, UUID], wrong: Wrong) -> list[UUID]:
    """What a row needs; neither itself nor what it is a part of (`own`)."""
    found = []
    if len(numbers) > MOST_NEEDS:
        wrong("needs", f"It would need more than {MOST_NEEDS} pieces of work.", "Name those that come last.")
        return []
    for number in dict.fromkeys(numbers):
        if number in own or number not in ids:
            wrong("needs", f"It cannot need No. {number}.", "Name other work, by its No. or by that of a new row.")
        else:
            found.append(ids[number])
    return found


def _links(text: str, wrong: Wrong) -> list[tuple[str, str, str]]:
    """Each line as kind, title and address: `Document: Corporate plan https://council.example/plan`."""
    found: list[tuple[str, str, str]] = []
    for line in text.split("\n"):
        kind, _, rest = line.strip().partition(":")
        if not line.strip():
            continue
        known = next((one for one in LinkKind if one.label.casefold() == kind.strip().casefold()), None)
        title, _, address = rest.strip().rpartition(" ")
        if not address.startswith(("http://", "https://")):
            title, address = rest.strip(), ""
        bad_address = address and (len(address) > LONGEST_ADDRESS or not is_web_address(address))
        bad_title = is_blank(title) or len(title) > LONGEST_LINK_TITLE or bool(forbidden_character(title))
        if known is None or bad_title or bad_address:
            example = "Write a line a link, like: Document: Corporate plan https://council.example/plan"
            wrong("links", f"This is not a link: {line.strip()[:60]}.", example)
        else:
            found.append((known.value, title, address))
    if len(found) > MOST_LINKS:
        wrong("links", f"There are more than {MOST_LINKS} links.", "Leave some out.")
    return found


def _kept(details: WorkDetails, owner: UUID | str | None, department: int | None) -> dict[str, Any]:
    """Values that JSON keeps: days and amounts as text."""
    same = (*_TEXTS, "group", "year", "is_milestone")
    return {name: getattr(details, name) for name in same} | {
        "priority": details.priority.value,
        "price_year": details.price_year if details.cost is not None else None,
        "owner": str(owner or ""),
        "department": department,
        **{name: _text(getattr(details, name)) for name in ("start", "due", "cost", "spent", "effort_days")},
    }


def _text(value: datetime.date | Decimal | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime.date) else f"{value:f}"


def _lines(
    row: SheetRow,
    item: WorkItem | None,
    lookups: Lookups,
    details: WorkDetails,
    needs: Sequence[str],
    links: Sequence[tuple[str, str, str]],
) -> list[tuple[str, str, str]]:
    """Each field that changes: its head, what is stored, what would be."""
    numbers = {one.id: one.number for one in lookups.items.values()}
    groups = {group.number: group.title for group in lookups.programme.groups}

    def shown(source: Any) -> dict[str, str]:
        amounts = ("cost", "spent", "effort_days")
        return {
            **{name: getattr(source, name) for name in _TEXTS},
            "group": groups.get(source.group, ""),
            "is_milestone": "yes" if source.is_milestone else "",
            "priority": source.priority.label,
            **{name: _text(getattr(source, name)) for name in ("start", "due")},
            **{name: _plain(getattr(source, name)) for name in amounts},
            "price_year": str(source.price_year or "") if source.cost is not None else "",
            "year": str(source.year or "") if source.due is None else "",
        }

    new = shown(details) | {
        "owner": row.cells["owner"],
        "department": row.cells["department"],
        "needs": ", ".join(needs),
        "links": _link_text(links),
    }
    old = dict.fromkeys(new, "")
    if item:
        old = shown(item) | {
            "owner": item.owner,
            "department": item.department,
            "needs": ", ".join(str(numbers[id_]) for id_ in item.needs if id_ in numbers),
            "links": _link_text(lookups.links.get(item.id, ())),
        }
        if old["owner"].casefold() == new["owner"].casefold():
            new["owner"] = old["owner"]
        names = {id_: name for name, id_ in lookups.departments.items()}
        new["department"] = names.get(_department(new["department"], lookups) or 0, "")
    return [(_HEADS[name], old[name], new[name]) for name in new if old[name] != new[name]]


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def _link_text(links: Sequence[tuple[str, str, str]]) -> str:
    return "\n".join(f"{LinkKind(kind).label}: {title} {address}".strip() for kind, title, address in links)


def _circles(
    sheet: WorkSheet, changes: Sequence[Mapping[str, Any]], lookups: Lookups, new: Mapping[str, NewRow]
) -> list[Problem]:
    """Work that would need itself, however far round, once everything is taken in."""
    needs = {str(item.id): {str(id_) for id_ in item.waits_for} for item in lookups.items.values()}
    builds = {str(item.id): str(item.builds_on) for item in lookups.items.values() if item.builds_on}
    for one in changes:
        if one["id"] is None:
            needs[one["new_id"]] = {*one["needs"]}
        elif one["needs"] is not None:
            needs[one["id"]] = {*one["needs"], *([builds[one["id"]]] if one["id"] in builds else [])}
    for whole, part in [(item.parent, item.id) for item in lookups.items.values() if item.parent]:
        needs.setdefault(str(whole), set()).add(str(part))  # a whole is done after its parts
    for one in changes:
        if one["id"] is None and one["parent"]:
            needs.setdefault(one["parent"], set()).add(one["new_id"])
    left = in_circles(needs)
    if not left:
        return []
    numbers = ", ".join([number for number, id_ in _ids(lookups, new).items() if str(id_) in left][:9])
    what = f"Work would need itself: see No. {numbers}."
    return [Problem(sheet.name, what, "Take out of the column Needs what makes the circle.")]
