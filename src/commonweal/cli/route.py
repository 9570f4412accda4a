"""`commonweal route`: the cheapest set of actions to an overall level."""

import shutil
from pathlib import Path

import click

from commonweal.cli.assess import problems_json
from commonweal.cli.index_file import finder, index_file
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment
from commonweal.core.maturity.models import Index, Level
from commonweal.core.maturity.route import frontier
from commonweal.core.maturity.route import route as cheapest
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.problems import Problem, Refused, printable
from commonweal.core.words import listed
from commonweal.intake.answers_file import read_answers
from commonweal.intake.costs_file import read_costs
from commonweal.reports.route import RouteOrder, as_json, as_text


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reach", required=True, metavar="LEVEL", help="The overall level to reach, by its name.")
@click.option(
    "--costs",
    type=click.Path(path_type=Path),
    help="What actions cost: a YAML or JSON file of action ids with numbers. An action that is not in it costs 1;"
    " without this, the route is the one with the fewest actions.",
)
@click.option(
    "--legal-first/--no-legal-first",
    default=True,
    show_default=True,
    help="Meet missed legal minimums whatever the level needs.",
)
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@index_file
def route(
    file: Path, reach: str, costs: Path | None, legal_first: bool, format_name: str, index_file: Path | None
) -> None:
    """Read the answers in FILE and give the cheapest actions that bring the overall level up to LEVEL."""
    try:
        order = _order(read_answers(file, finder(index_file)), file.name, reach, costs, legal_first)
    except BadInput as error:
        if format_name == "json":
            click.echo(problems_json(error))
        raise
    click.echo(as_json(order) if format_name == "json" else as_text(order, shutil.get_terminal_size((100, 24)).columns))


def _order(assessment: Assessment, name: str, reach: str, costs: Path | None, legal_first: bool) -> RouteOrder:
    index = assessment.index
    level = _level(index, reach)
    given = read_costs(costs, index) if costs else {}
    wishes = Wishes(costs=given, legal_first=legal_first)
    found = cheapest(index, assessment.answers, level.position, wishes)
    if isinstance(found, Refused):
        raise BadInput([Problem.at(name, found)])
    return RouteOrder(assessment, level, found, bool(costs), frontier(index, assessment.answers, wishes))


def _level(index: Index, reach: str) -> Level:
    """The level with a name or a label, whatever its capitals. Raises BadInput that lists them."""
    wanted = reach.strip().casefold()
    for level in index.levels:
        if wanted in (level.name.casefold(), level.label.casefold()):
            return level
    labels = listed([level.label for level in index.levels], "or")
    raise BadInput([Problem("--reach", f"{printable(reach[:40])} is not a level of this index.", f"Choose {labels}.")])
