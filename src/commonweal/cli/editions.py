"""`commonweal move-answers` and `move-rounds`: from one version of an index to a later one."""

from pathlib import Path

import click

from commonweal.cli.index_file import finder, index_file
from commonweal.cli.service import bring_tables_up_to_date, start_django
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, printable
from commonweal.core.words import counted


@click.command("move-answers")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--to", "reference", help="The version to move to; the latest of the same index where this is left out.")
@index_file
def move_answers(file: Path, output: Path, reference: str | None, index_file: Path | None) -> None:
    """Write the answers in FILE to OUTPUT as answers to a later version, and say what to look at. FILE stays."""
    from dataclasses import replace

    from commonweal.core.maturity.edition import carry_through
    from commonweal.formats.files import write_whole
    from commonweal.intake.answers_file import read_answers
    from commonweal.reports.answers_file import answers_yaml
    from commonweal.standards.authoring import order_of
    from commonweal.standards.catalogue import UnknownIndex
    from commonweal.standards.editions import shipped_editions

    find = finder(index_file)
    given = read_answers(file, find)
    try:
        later = find(reference or given.index.id)
    except UnknownIndex as unknown:
        raise BadInput([Problem.at("--to", unknown.refused)]) from unknown
    if later.id != given.index.id or order_of(later.version) <= order_of(given.index.version):
        what = f"{later.reference} is no later version of {given.index.reference}, which the file answers."
        raise BadInput([Problem("--to", what, "Name a later one; commonweal indexes lists them.")])
    if output.exists():
        raise BadInput([Problem(printable(str(output)), "This file is there already.", "Name another one.")])
    carried = carry_through(shipped_editions(given.index, later), given.answers)
    write_whole(output, answers_yaml(replace(given, index=later, answers=carried.answers)))
    click.echo(f"{printable(str(output))}: {counted(len(carried.answers), 'answer')} to version {later.version}.")
    for look in carried.look_at:
        click.echo(f"Look at {look.question.id} {look.question.title}: {look.why}")
    for gone in carried.left_behind:
        click.echo(f"Not asked any more: {gone.id} {gone.title}")


@click.command("move-rounds")
@click.argument("before", metavar="FROM")
@click.argument("after", metavar="TO")
@click.option("--organisation", help="Those of one organisation alone, by its name or id.")
@click.option("--all", "everybody", is_flag=True, help="Those of all organisations.")
def move_rounds(before: str, after: str, organisation: str | None, everybody: bool) -> None:
    """Open a new round by version TO (id@version) for every latest round that answers version FROM.

    The rounds they come from stay as they are, and the audit trails say who did it. Stopped on the way, it goes on
    where it was when it is asked again.
    """
    if everybody == bool(organisation):
        what = "It is not said whose rounds are to be moved."
        raise BadInput([Problem("--organisation", what, "Name one organisation, or say --all.")])
    start_django()
    bring_tables_up_to_date()
    from django.utils import timezone

    from commonweal.services.actions.accounts import named_organisation
    from commonweal.services.actions.editions import move_many

    one = named_organisation(organisation) if organisation else None
    done, there = 0, 0
    for done, there in move_many(
        before=before, after=after, organisation=one, today=timezone.localdate(), now=timezone.now()
    ):
        if there and done:
            click.echo(f"{done:,} of {there:,} moved")
    if not there:
        click.echo(f"No round that answers {before} waits to be moved.")
