"""`commonweal assess`: answers in, results and plan out."""

import datetime
import itertools
import json
import shutil
from dataclasses import replace
from pathlib import Path

import click

from commonweal.cli.index_file import finder, index_file, sector
from commonweal.core.errors import BadInput
from commonweal.core.maturity.results import Results
from commonweal.core.maturity.results import assess as assess_answers
from commonweal.core.problems import Problem, printable
from commonweal.core.words import slug
from commonweal.formats.files import write_whole
from commonweal.intake.answers_file import read_answers
from commonweal.reports.formats import FORMATS, render
from commonweal.standards.vocabularies import index_in_words


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="What to make: " + ", ".join(f"{format.name} ({format.description})" for format in FORMATS.values()) + ".",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Where to write it. Without this, text, json, csv and html go to standard output,"
    " and xlsx, docx and pdf to a file in this folder, whose path is printed.",
)
@sector
@index_file
def assess(file: Path, format_name: str, output: Path | None, sector: str | None, index_file: Path | None) -> None:
    """Read the answers in FILE (YAML, JSON or a filled-in workbook) and give the levels and the action plan."""
    try:
        given = read_answers(file, finder(index_file))
        results = assess_answers(replace(given, index=index_in_words(given.index, sector)) if sector else given)
    except BadInput as error:
        if format_name == "json":
            click.echo(problems_json(error))
        raise
    chosen = FORMATS[format_name]
    if output is None and not chosen.is_text:
        output = free_name(results, format_name)
    if output is not None and output.exists() and output.samefile(file):
        refused = Problem(printable(str(output)), "This is the answers file itself.", "Name another file.")
        raise BadInput([refused])
    today = datetime.date.today()  # noqa: DTZ011  the day where the user is
    content = render(format_name, results, today, shutil.get_terminal_size((100, 24)).columns)
    if output is not None:
        write_whole(output, _without_colours(content) if format_name == "text" else content)
        click.echo(printable(str(output)))
    elif format_name == "text":
        click.echo(content.decode("utf-8"), nl=False)
    else:
        click.echo(content, nl=False)


def _without_colours(content: bytes) -> bytes:
    return click.unstyle(content.decode("utf-8")).encode("utf-8")


def free_name(results: Results, suffix: str) -> Path:
    """A file name from the organisation's, safe on every system, that is not taken: a plan may have been edited."""
    stem = f"{slug(results.assessment.organisation, 'organisation')}-plan"
    numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    return next(path for number in numbers if not (path := Path(f"{stem}{number}.{suffix}")).exists())


def problems_json(error: BadInput) -> str:
    """Every problem as JSON, for programs that call us."""
    problems = [{"place": item.place, "what": item.what, "remedy": item.remedy} for item in error.problems]
    return json.dumps({"problems": problems}, ensure_ascii=False, indent=2)
