"""`commonweal check-standards`: is an index file sound? Every fault with its file and line."""

from pathlib import Path

import click

from commonweal.core.errors import BadInput
from commonweal.core.maturity.rules import rule_of
from commonweal.core.problems import Problem
from commonweal.core.words import counted
from commonweal.formats.archive import MAX_FILE_BYTES
from commonweal.formats.files import read_bytes
from commonweal.formats.tree import Tree
from commonweal.intake.index_file import index_tree
from commonweal.standards.build import build_index
from commonweal.standards.catalogue import shipped_faults, shipped_files
from commonweal.standards.check import check_index
from commonweal.standards.crosswalks import check_crosswalk, crosswalk_files
from commonweal.standards.plan_spreading import check_spreading, spreading_files
from commonweal.standards.programme_templates import check_template, template_files
from commonweal.standards.upkeep import check_upkeep, upkeep_files


@click.command("check-standards")
@click.argument("file", type=click.Path(path_type=Path), required=False)
def check_standards(file: Path | None) -> None:
    """Check an index FILE (YAML, JSON or a workbook) and say every fault with line or cell.

    Without FILE, all that is shipped: indexes, programme templates, and what has to be kept up.
    """
    trees = [index_tree(read_bytes(file, MAX_FILE_BYTES), file.name)] if file else list(shipped_files())
    problems: list[Problem] = [] if file else list(shipped_faults())
    for tree in trees:
        found = check_index(tree)
        problems += found
        if not found:
            click.echo(f"{tree.name}: sound. {_size(tree)}")
    if not file:
        problems += _beside()
    if problems:
        raise BadInput(problems)


def _beside() -> list[Problem]:
    """What is shipped beside indexes, each file that is sound with a word on it."""
    problems: list[Problem] = []
    for folder, check, trees in (
        ("programmes", check_template, template_files()),
        ("upkeep", check_upkeep, upkeep_files()),
        ("spreading", check_spreading, spreading_files()),
        ("crosswalks", check_crosswalk, crosswalk_files()),
    ):
        for tree in trees:
            found = check(tree)
            problems += found
            if not found:
                click.echo(f"{folder}/{tree.name}: sound.")
    return problems


def _size(tree: Tree) -> str:
    index = build_index(tree.value)
    names = rule_of(index).names
    criteria = sum(len(theme.criteria) for theme in index.themes)
    steps = sum(len(question.steps) for question in index.questions)
    parts = [
        counted(len(index.levels), "level"),
        counted(len(index.themes), names.theme),
        counted(len(index.questions), names.question),
        counted(steps, "step"),
        counted(criteria, "criterion", "criteria"),
    ]
    return ", ".join(parts).capitalize() + "."
