"""A question's markup: upstream's components, run once for each index and question; what varies is put in later.

Running the radio macros for the forty-odd options of a theme takes longer than all the rest of the page. Nothing of
their output depends on the request but which radio is checked and what was typed, so it is rendered once with a mark
in each such place and cut there. `question_html` fills the places; `rendered` runs the macros, for questions with an
error, and for the test that holds the two equal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import engines
from markupsafe import Markup, escape

from commonweal.core.maturity.models import Index, Question
from commonweal.core.maturity.wording import original_texts

NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class FilledQuestion:
    """The fields of a question as they stand on the page; a choice is "" (none), "n/a" or a position."""

    present: str = ""
    future: str = ""
    note: str = ""
    reason: str = ""
    step_back: str = ""


_NOTE, _REASON = "\x02note\x03", "\x02reason\x03"
"""Marks that no text can hold: control characters are refused wherever a text comes in."""
_CUT = re.compile(rf'({_NOTE}|{_REASON}|name="[^"]+" type="radio" value="[^"]+")')
_RADIO = re.compile(r'name="[^"]+-(present|future)" type="radio" value="([^"]+)"')


def question_html(index: Index, question: Question, filled: FilledQuestion, errors: Mapping[str, str]) -> Markup:
    """The markup of a question of an index, filled in; `errors` are texts by field."""
    if errors or filled.step_back:
        return rendered(question, filled, errors, original_texts(index, question))
    parts = []
    for kind, text in _pieces(index, question.id, bool(filled.note), bool(filled.reason)):
        parts.append(text)
        if kind == "note":
            parts.append(str(escape(filled.note)))
        elif kind == "reason":
            parts.append(str(escape(filled.reason)))
        elif kind and (filled.present if kind[0] == "p" else filled.future) == kind[1:]:
            parts.append(" checked")
    return Markup("".join(parts))  # noqa: S704  upstream's markup around texts that are escaped here


@lru_cache(maxsize=4096)
def _pieces(index: Index, id_: str, with_note: bool, with_reason: bool) -> tuple[tuple[str, str], ...]:
    """The markup cut where something varies: each piece with what follows it ("" at the end).

    What follows is "note", "reason", or a column's first letter and a choice: the place of its " checked".
    """
    question = next(question for question in index.questions if question.id == id_)
    blank = FilledQuestion(note=_NOTE if with_note else "", reason=_REASON if with_reason else "")
    pieces: list[tuple[str, str]] = []
    text = ""
    for part in _CUT.split(str(rendered(question, blank, {}, original_texts(index, question)))):
        radio = _RADIO.fullmatch(part)
        if radio:
            pieces.append((radio[1][0] + radio[2], text + part))
            text = ""
        elif part in (_NOTE, _REASON):
            pieces.append(("note" if part == _NOTE else "reason", text))
            text = ""
        else:
            text += part
    return (*pieces, ("", text))


def rendered(
    question: Question, filled: FilledQuestion, errors: Mapping[str, str], originals: Sequence[tuple[str, str]] = ()
) -> Markup:
    """The markup of a question by upstream's own macros; `originals` is what it says in the index's own words."""
    page = {
        "question": question,
        "originals": originals,
        "now": _radios(question, "present", "Where are you now?", filled.present, errors),
        "target": _radios(question, "future", "Where do you want to be?", filled.future, errors),
        "filled": filled,
        "errors": errors,
    }
    template = engines["jinja2"].get_template("components/question.html")
    return Markup(template.render(page))  # noqa: S704  a template of ours, escaped by default


def _radios(question: Question, column: str, legend: str, chosen: str, errors: Mapping[str, str]) -> dict[str, Any]:
    """Parameters of `govukRadios`."""
    items: list[dict[str, Any]] = [{"value": str(answer.position), "text": answer.text} for answer in question.answers]
    if question.may_not_apply:
        items += [{"divider": "or"}, {"value": NOT_APPLICABLE, "text": "Does not apply to us"}]
    for item in items:
        if chosen and item.get("value") == chosen:
            item["checked"] = True
    parameters: dict[str, Any] = {
        "name": f"{question.id}-{column}",
        "idPrefix": f"{question.id}-{column}",
        "classes": "govuk-radios--small",
        "fieldset": {
            "legend": {
                "html": f'{legend}<span class="govuk-visually-hidden"> ({question.id})</span>',
                "classes": "govuk-fieldset__legend--s",
            }
        },
        "items": items,
    }
    if column in errors:
        parameters["errorMessage"] = {"text": errors[column]}
    return parameters
