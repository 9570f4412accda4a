"""From an index file that has been checked to the core's values."""

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commonweal.core.maturity.fates import Fate, Said
from commonweal.core.maturity.models import (
    Answer,
    Counting,
    Criterion,
    CriterionKind,
    Index,
    LegalMinimum,
    Level,
    Provenance,
    Question,
    Source,
    Step,
    Theme,
)

Row = Mapping[str, Any]

_MEANINGS = {
    Provenance.PUBLISHED: "Stands in the index as those who publish it wrote it.",
    Provenance.RECONSTRUCTED: "Worked out from what those who publish the index made known.",
    Provenance.INFERRED: "A completion that those who publish the index did not write.",
}
"""What an index that does not say it means by each."""


def build_index(content: Row) -> Index:
    """The index that the content of a checked file describes. Limit: trusts its input; check it first."""
    levels = tuple(
        Level(position, row["name"], row["label"], row["definition"]) for position, row in enumerate(content["levels"])
    )
    positions = {level.label: level.position for level in levels}
    return Index(
        id=content["id"],
        version=content["version"],
        title=content["title"],
        edition=content["edition"],
        published_on=datetime.date.fromisoformat(content["published_on"]),
        source=_source(content),
        provenance_meanings=tuple((kind, content.get("provenance", _MEANINGS)[kind]) for kind in Provenance),
        plan_footnote=content.get("plan_footnote", ""),
        legal_minimum_title=content.get("legal_minimum", {}).get("title", ""),
        legal_minimum_scope=content.get("legal_minimum", {}).get("scope", ""),
        levels=levels,
        themes=tuple(_theme(row, levels) for row in content["themes"]),
        counting=_counting(content.get("scoring"), positions),
        lacks=tuple(content.get("lacks", ())),
        said=tuple(_said(content)),
    )


def _source(content: Row) -> Source:
    """Where it comes from; an index that names nothing comes from those who publish it."""
    if "source" in content:
        return Source(**content["source"])
    return Source(content["title"], int(content["published_on"][:4]), matrix="", ladders="")


def _said(content: Row) -> Iterator[Said]:
    for question in (question for theme in content["themes"] for question in theme["questions"]):
        if "since" in question:
            row = question["since"]
            yield Said(
                question["id"],
                Fate(row["became"]) if "became" in row else None,
                tuple(row.get("from", ())),
                row.get("what", ""),
                row.get("look"),
                {id_: tuple(places) for id_, places in row.get("answers", {}).items()},
            )
    yield from (Said(row["id"], Fate.GONE, (row["id"],), row["what"]) for row in content.get("gone", ()))


def _counting(said: Row | None, positions: Mapping[str, int]) -> Counting | None:
    if said is None:
        return None
    return Counting(positions[said["enough"]], positions[said["high"]], positions[said["low"]], said["whole"])


def _theme(row: Row, levels: Sequence[Level]) -> Theme:
    positions = {level.label: level.position for level in levels}
    return Theme(
        code=row["code"],
        title=row["title"],
        plan_label=row.get("plan_label", row["title"]),
        lead_question=row["lead_question"],
        criteria=tuple(_criterion(criterion, positions) for criterion in row.get("criteria", ())),
        questions=tuple(
            _question(_with_answers(question, levels), row["code"], positions) for question in row["questions"]
        ),
        lacks=row.get("lacks", ""),
        part=row.get("part", ""),
    )


def _with_answers(row: Row, levels: Sequence[Level]) -> Row:
    """A question as the file has it; a statement, which has no answers of its own, is rated with the levels."""
    if "answers" in row:
        return row
    answers: list[dict[str, Any]] = [
        {"text": f"{level.label}: {level.definition}", "level": level.label, "criteria": []} for level in levels
    ]
    for before, level in itertools.pairwise(levels):
        text = f"{row['title']}: from {before.label} to {level.label}."
        answers[level.position]["action"] = {
            "id": f"{row['id']}-{level.position}",
            "text": text,
            "provenance": Provenance.INFERRED,
        }
    return {**row, "answers": answers}


def _criterion(row: Row, positions: Mapping[str, int]) -> Criterion:
    return Criterion(
        id=row["id"],
        level=positions[row["level"]],
        level_in_use=positions[row.get("level_in_use", row["level"])],
        kind=CriterionKind(row["kind"]),
        text=row["text"],
        note=row.get("note", ""),
    )


def action_id(question: Row, position: int) -> str:
    """The id of the action that leads to the answer at a position: its own, or one made from the question's."""
    return str(question["answers"][position].get("action", {}).get("id") or f"{question['id']}-{position}")


def _question(row: Row, theme: str, positions: Mapping[str, int]) -> Question:
    answers = tuple(
        Answer(position, answer["text"], positions[answer["level"]], tuple(answer.get("criteria", ())))
        for position, answer in enumerate(row["answers"])
    )
    provenance = Provenance(row.get("provenance", Provenance.PUBLISHED))
    steps = tuple(
        Step(
            id=action_id(row, position),
            theme=theme,
            question=row["id"],
            to_answer=position,
            level=positions[answer["level"]],
            text=answer["action"]["text"],
            criteria=answers[position].criteria,
            provenance=Provenance(answer["action"].get("provenance", provenance)),
        )
        for position, answer in enumerate(row["answers"])
        if position
    )
    return Question(
        id=row["id"],
        theme=theme,
        title=row["title"],
        question=row["question"],
        help=row["help"],
        evidence=row["evidence"],
        provenance=provenance,
        answers=answers,
        steps=steps,
        legal_minimum=LegalMinimum(**row["legal_minimum"]) if "legal_minimum" in row else None,
        may_not_apply=row.get("may_not_apply", ""),
        note=row.get("note", ""),
    )
