"""From an index file that has been checked to the core's values."""

import datetime
from collections.abc import Mapping
from typing import Any

from commonweal.core.maturity.models import (
    Answer,
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
        source=Source(**content["source"]),
        provenance_meanings=tuple((kind, content["provenance"][kind]) for kind in Provenance),
        plan_footnote=content["plan_footnote"],
        legal_minimum_title=content.get("legal_minimum", {}).get("title", ""),
        legal_minimum_scope=content.get("legal_minimum", {}).get("scope", ""),
        levels=levels,
        themes=tuple(_theme(row, positions) for row in content["themes"]),
    )


def _theme(row: Row, positions: Mapping[str, int]) -> Theme:
    return Theme(
        code=row["code"],
        title=row["title"],
        plan_label=row["plan_label"],
        lead_question=row["lead_question"],
        criteria=tuple(_criterion(criterion, positions) for criterion in row["criteria"]),
        questions=tuple(_question(question, row["code"], positions) for question in row["questions"]),
    )


def _criterion(row: Row, positions: Mapping[str, int]) -> Criterion:
    return Criterion(
        id=row["id"],
        level=positions[row["level"]],
        level_in_use=positions[row.get("level_in_use", row["level"])],
        kind=CriterionKind(row["kind"]),
        text=row["text"],
        note=row.get("note", ""),
    )


def _question(row: Row, theme: str, positions: Mapping[str, int]) -> Question:
    answers = tuple(
        Answer(position, answer["text"], positions[answer["level"]], tuple(answer["criteria"]))
        for position, answer in enumerate(row["answers"])
    )
    steps = tuple(
        Step(
            id=answer["action"]["id"],
            theme=theme,
            question=row["id"],
            to_answer=position,
            level=positions[answer["level"]],
            text=answer["action"]["text"],
            criteria=tuple(answer["criteria"]),
            provenance=Provenance(answer["action"]["provenance"]),
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
        provenance=Provenance(row["provenance"]),
        answers=answers,
        steps=steps,
        legal_minimum=LegalMinimum(**row["legal_minimum"]) if "legal_minimum" in row else None,
        may_not_apply=row.get("may_not_apply", ""),
        note=row.get("note", ""),
    )
