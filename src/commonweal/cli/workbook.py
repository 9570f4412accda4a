"""`commonweal workbook`: an index as a workbook to fill in."""

import datetime
from pathlib import Path

import click

from commonweal.cli.index_file import finder, index_file
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment
from commonweal.core.problems import Problem, printable
from commonweal.formats.files import write_whole
from commonweal.intake.answers_file import read_answers
from commonweal.standards.catalogue import UnknownIndex


@click.command()
@click.argument("index", metavar="ID[@VERSION]")
@click.option(
    "--answers", type=click.Path(path_type=Path), help="Answers to fill in already: YAML, JSON or a workbook."
)
@index_file
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Where to write it: FILE.xlsx.")
def workbook(index: str, answers: Path | None, index_file: Path | None, output: Path) -> None:
    """Write a workbook that works out levels and plan offline; `commonweal assess FILE.xlsx` reads it."""
    find = finder(index_file)
    try:
        asked = find(index)
    except UnknownIndex as unknown:
        raise click.UsageError(str(unknown.refused)) from unknown
    assessment = read_answers(answers, find) if answers else Assessment("", asked, {})
    if assessment.index.id == index:  # no version was named, so it is the one that is answered
        asked = assessment.index
    if assessment.index is not asked:
        what = f"The answers are to {assessment.index.reference}, not to {asked.reference}."
        raise BadInput([Problem(printable(str(answers)), what, "Name the index that they answer.")])
    from commonweal.reports.workbook import write_workbook  # here, so that other commands start without it

    today = datetime.date.today()  # noqa: DTZ011  the day where the user is
    write_whole(output, write_workbook(assessment, today))
    click.echo(printable(str(output)))
