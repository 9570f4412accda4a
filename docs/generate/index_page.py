"""One page for each shipped index: everything it says, to be read."""

from collections.abc import Iterator

from commonweal.core.maturity.models import Criterion, Index, Question, Theme
from commonweal.core.words import long_date
from commonweal.standards.catalogue import load_index, references


def pages() -> dict[str, str]:
    return {
        f"{reference.replace('@', '-')}.md": "\n".join(_page(load_index(reference))) + "\n"
        for reference in references()
    }


def _page(index: Index) -> Iterator[str]:
    yield f"# {index.title}, edition for {index.edition}, version {index.version}\n"
    source = index.source
    yield f"`{index.reference}`, published here on {long_date(index.published_on)}. {source.title}, {source.year}."
    yield f"{source.matrix} {source.ladders}\n"
    for kind, meaning in index.provenance_meanings:
        yield f"- *{kind}*: {meaning}"
    if index.lacks:
        yield "\n## What is not held\n"
        yield from (f"- {line}" for line in index.lacks)
    yield "\n## Levels\n"
    for level in index.levels:
        yield f"{level.position}. **{level.name}**: {level.definition}"
    for theme in index.themes:
        yield from _theme(index, theme)


def _theme(index: Index, theme: Theme) -> Iterator[str]:
    yield f"\n## {theme.code} {theme.title}\n"
    yield f"{theme.lead_question}\n"
    for question in theme.questions:
        yield from _question(index, question)
    if theme.lacks:
        yield f"\n*Not held:* {theme.lacks}\n"
    if not theme.criteria:
        return
    yield f"\n### Criteria of {theme.code}\n"
    yield "| id | level | criterion |\n|---|---|---|"
    for criterion in theme.criteria:
        yield _criterion(index, criterion)


def _criterion(index: Index, criterion: Criterion) -> str:
    note = f" *{criterion.note}*" if criterion.note else ""
    return f"| {criterion.id} | {index.levels[criterion.level].label} | {criterion.text}{note} |"


def _question(index: Index, question: Question) -> Iterator[str]:
    yield f"\n### {question.id} {question.title}\n"
    yield f"**{question.question}** {question.help}\n"
    yield f"*What would count as evidence:* {question.evidence}\n"
    if question.legal_minimum:
        duty = question.legal_minimum
        yield f"*Legal minimum, met from answer {duty.met_from_answer}:* {duty.duty}\n"
    if question.may_not_apply:
        yield f"*May not apply:* {question.may_not_apply}\n"
    note = f" {question.note}" if question.note else ""
    yield f"*Provenance:* {question.provenance}.{note}\n"
    yield "| answer | level | criteria | action that leads to it |\n|---|---|---|---|"
    for answer in question.answers:
        step = question.steps[answer.position - 1] if answer.position else None
        level = index.levels[answer.level].label if step else ""
        action = f"{step.text} ({step.id}, {step.provenance})" if step else ""
        yield f"| {answer.position}: {answer.text} | {level} | {', '.join(answer.criteria)} | {action} |"
