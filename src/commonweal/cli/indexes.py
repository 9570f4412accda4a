"""`commonweal indexes`: the indexes that are known, and one of them in full."""

import datetime
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from commonweal.cli.index_file import finder, index_file, sector
from commonweal.core.errors import BadInput
from commonweal.core.maturity.models import Index, Question, Theme
from commonweal.core.maturity.rules import rule_of
from commonweal.core.problems import Problem, printable
from commonweal.core.words import counted, long_date
from commonweal.formats.files import write_whole
from commonweal.standards.catalogue import UnknownIndex, load_index, references
from commonweal.standards.vocabularies import index_in_words

_INDENT = "    "


@click.group(invoke_without_command=True)
@click.pass_context
def indexes(context: click.Context) -> None:
    """List the indexes that are known here."""
    if context.invoked_subcommand is None:
        for reference in references():
            index = load_index(reference)
            click.echo(
                f"{click.style(reference, bold=True)}  {index.title}, edition for {index.edition}; {_size(index)}"
            )


def _size(index: Index) -> str:
    """How many themes and questions there are, and of how many, where the published index has more."""
    names, held = rule_of(index).names, len(index.questions)
    whole = index.counting.whole if index.counting else held
    questions = counted(held, names.question) if held == whole else f"{held} of {whole} {names.question}s"
    return f"{counted(len(index.themes), names.theme)}, {questions}"


@indexes.command()
@click.argument("reference", metavar="ID[@VERSION]")
@sector
@index_file
def show(reference: str, sector: str | None, index_file: Path | None) -> None:
    """Show an index: its levels, themes, questions, answers and actions."""
    index = _find(reference, index_file)
    index = index_in_words(index, sector) if sector else index
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    click.echo("\n".join(_index_lines(index, width)))


@indexes.command()
@click.argument("reference", metavar="ID[@VERSION]")
@index_file
def template(reference: str, index_file: Path | None) -> None:
    """Print an answers file to fill in: every question with its answers, none chosen yet."""
    index = _find(reference, index_file)
    lines = [
        f"# Answers to {index.title}, edition for {index.edition}, version {index.version}.",
        "# present: where you are now; future: where you want to be. Write the number of an answer after each,",
        '# or nothing while it is not answered. You may add note: "any text in quotation marks".',
        'organisation: ""',
        f'index: "{index.reference}"',
        "# horizon_years: 3",
        "answers:",
    ]
    for theme in index.themes:
        lines += ["", f"  # {theme.code} {theme.title}: {theme.lead_question}"]
        for question in theme.questions:
            lines += _template_lines(question)
    click.echo("\n".join(lines))


@indexes.command()
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write a small index to FILE (.yaml or .xlsx), to write one of your own over it."""
    from commonweal.reports.index_file import FORMATS  # here, so that other commands start without it
    from commonweal.standards.index_template import template_content

    make = FORMATS.get(file.suffix.removeprefix(".").lower())
    if make is None:
        raise BadInput(
            [Problem(printable(str(file)), "This is no kind of file for an index.", "End it on .yaml or .xlsx.")]
        )
    if file.exists():
        raise BadInput([Problem(printable(str(file)), "This file is there already.", "Name another one.")])
    today = datetime.date.today()  # noqa: DTZ011  the day where the user is
    write_whole(file, make(template_content(), today))
    click.echo(printable(str(file)))


def _template_lines(question: Question) -> Iterator[str]:
    yield ""
    yield f"  # {question.id} {question.question}"
    for answer in question.answers:
        yield f"  #   {answer.position}: {answer.text}"
    if question.may_not_apply:
        yield f'  #   n/a, with reason: "..." ({question.may_not_apply})'
    yield f"  {question.id}: {{present: , future: }}"


def _find(reference: str, file: Path | None) -> Index:
    try:
        return finder(file)(reference)
    except UnknownIndex as unknown:
        raise click.UsageError(str(unknown.refused)) from unknown


def _index_lines(index: Index, width: int) -> Iterator[str]:
    yield click.style(f"{index.title}, edition for {index.edition}", bold=True)
    yield f"{index.reference}, published {long_date(index.published_on)}"
    yield from _wrapped(f"{index.source.title}, {index.source.year}. {index.source.ladders}", width, "")
    yield ""
    for level in index.levels:
        yield from _wrapped(f"{level.position} {level.name}: {level.definition}", width, "")
    for theme in index.themes:
        yield from _theme_lines(index, theme, width)


def _theme_lines(index: Index, theme: Theme, width: int) -> Iterator[str]:
    yield ""
    yield click.style(f"{theme.code}  {theme.title}", bold=True)
    yield from _wrapped(theme.lead_question, width, "")
    for question in theme.questions:
        yield ""
        yield from _question_lines(index, question, width)


def _question_lines(index: Index, question: Question, width: int) -> Iterator[str]:
    marks = [str(question.provenance)]
    if question.legal_minimum:
        marks.append("legal minimum")
    if question.may_not_apply:
        marks.append("may not apply")
    yield f"{click.style(question.id, bold=True)}  {question.question} ({', '.join(marks)})"
    yield from _wrapped(question.help, width, _INDENT)
    yield from _wrapped(f"Evidence: {question.evidence}", width, _INDENT)
    if question.may_not_apply:
        yield from _wrapped(f"May not apply: {question.may_not_apply}", width, _INDENT)
    for answer in question.answers:
        label = index.levels[answer.level].label
        level = f"{label}" if answer.position else f"under {index.levels[question.answers[1].level].label}"
        yield from _wrapped(f"{answer.position}  {answer.text} [{level}]", width, _INDENT)
        if answer.position:
            step = question.steps[answer.position - 1]
            yield from _wrapped(f"{step.id}: {step.text} ({step.provenance})", width, _INDENT + "     ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
