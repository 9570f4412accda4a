"""What the pages of an index that is being written show, as strings and parameters of components."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commonweal.core.maturity.own_index import IndexState
from commonweal.core.words import counted
from commonweal.formats.tree import Path, Tree
from commonweal.services.queries.own_indexes import OwnIndexView
from commonweal.standards.check import index_faults
from commonweal.web.components.addresses import address
from commonweal.web.components.place import Trail

Parameters = dict[str, Any]

_TAGS = {IndexState.DRAFT: "govuk-tag--yellow", IndexState.PUBLISHED: "", IndexState.SUPERSEDED: "govuk-tag--grey"}


def state_tag(state: IndexState) -> tuple[str, str]:
    """The words and the class of the tag that says how far a version is."""
    return state.value.capitalize(), _TAGS[state]


def one_line(name: str, label: str, value: object, errors: Mapping[str, str], *, hint: str = "") -> Parameters:
    """Parameters of `govukInput` or `govukTextarea`, with the error of the field if it has one."""
    field: Parameters = {
        "id": name,
        "name": name,
        "label": {"text": label, "classes": "govuk-label--s"},
        "value": str(value),
    }
    if hint:
        field["hint"] = {"text": hint}
    if name in errors:
        field["errorMessage"] = {"text": errors[name]}
    return field


def text_block(
    name: str, label: str, value: object, errors: Mapping[str, str], *, hint: str = "", rows: int = 3
) -> Parameters:
    """Parameters of `govukTextarea`."""
    return one_line(name, label, value, errors, hint=hint) | {"rows": rows}


def index_trail(view: OwnIndexView, *, inside: bool = False) -> Trail:
    """The breadcrumbs of a page of an index of one's own."""
    steps = [
        ("Organisations", address("start")),
        (view.organisation, address("organisation", view.line.organisation_id)),
        ("Indexes", address("indexes", view.line.organisation_id)),
    ]
    return [*steps, (view.line.title, address("own-index", view.line.id))] if inside else steps


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is left to do before an index can be published: where, what, and the page to do it on."""

    where: str
    what: str
    link: str


def left_to_do(view: OwnIndexView) -> list[Left]:
    """Everything that is left, in the order of the index."""
    found = index_faults(Tree("", view.content))
    unnamed = {path[:2] for path, _ in found if path[:1] == ("levels",) and path[2:] == ("label",)}
    return [
        _left(view, path, str(refused))
        for path, refused in found
        if not (path[:2] in unnamed and path[2:] == ("name",))  # the full name is the short one, where it is not given
    ]


def _left(view: OwnIndexView, path: Path, sentence: str) -> Left:
    value: Any = view.content
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else value[part]
    empty = _EMPTY.get(str(path[-1]), "") if path and isinstance(value, list) else ""
    where, link = _where(view, path)
    return Left(where, empty or sentence, link)


_EMPTY = {
    "themes": "There is no theme yet. Add the first one below.",
    "questions": "There is no question in it yet. Add one.",
    "answers": "It needs at least two answers: where one starts, and one to reach.",
}
_FIELDS = {
    "label": "short name",
    "name": "full name",
    "definition": "what it means",
    "lead_question": "what it asks",
    "plan_label": "short title",
    "evidence": "what would show it",
    "edition": "who it is for",
    "text": "",
    "legal_minimum": "what its duties in law are called",
    "help": "help",
}


def _where(view: OwnIndexView, path: Path) -> tuple[str, str]:
    """Words for a place in an index, and the page where it is mended."""
    field = path[-1] if path and isinstance(path[-1], str) else ""
    field = _FIELDS.get(str(field), str(field))
    last = f", {field}" if field and field not in {"questions", "answers", "themes"} else ""
    if path[:1] == ("levels",) or path[:1] == ("scoring",):
        level = f"Level {int(path[1]) + 1}" if len(path) > 1 and path[0] == "levels" else "Levels"
        return level + last, address("own-index-levels", view.line.id)
    if path[:1] == ("themes",) and len(path) > 1:
        theme = view.content["themes"][path[1]]
        if path[2:3] == ("questions",) and len(path) > len(("themes", 0, "questions")):
            question = theme["questions"][path[3]]
            link = address("own-question", view.line.id, question["id"])
            if path[4:5] == ("answers",) and len(path) > len(("themes", 0, "questions", 0, "answers")):
                at, anchor = _answer_at(view.content, question, int(path[5]), is_action="action" in str(path[6:]))
                return f"Question {question['id']}, {at}", f"{link}#{anchor}"
            return f"Question {question['id']}{last}", link
        return f"Theme {theme['code']}{last}", address("own-theme", view.line.id, theme["code"])
    if path[:1] == ("themes",):
        return "Themes", "#themes"
    return f"About the index{last}", address("own-index-about", view.line.id)


def _answer_at(
    content: Mapping[str, Any], question: Mapping[str, Any], position: int, *, is_action: bool
) -> tuple[str, str]:
    """Words for an answer of a question, by its level, and the field of the form."""
    if not position:
        return "where one starts", "start"
    label = question["answers"][position]["level"]
    labels = [level["label"] for level in content["levels"]]
    number = labels.index(label) if label in labels else position
    return (
        (f"action to get to {label}", f"action-{number}") if is_action else (f"answer at {label}", f"answer-{number}")
    )


def theme_size(content: Mapping[str, Any], theme: Mapping[str, Any]) -> str:
    """How many questions or statements a theme has."""
    return counted(len(theme["questions"]), noun_of(content))


def noun_of(content: Mapping[str, Any]) -> str:
    """What is answered: questions with answers of their own, or statements that are rated."""
    return "statement" if "scoring" in content else "question"
