"""The option with which a command takes an index of one's own, as a file."""

from collections.abc import Callable
from pathlib import Path

import click

from commonweal.core.maturity.models import Index
from commonweal.standards.catalogue import find_with, load_index
from commonweal.standards.vocabularies import sectors

index_file = click.option(
    "--index-file",
    type=click.Path(path_type=Path),
    help="An index of your own that the answers are to: YAML or a workbook, as check-standards takes it.",
)


sector = click.option(
    "--sector",
    type=click.Choice(sectors()),
    help="Speak in the words of a sector. JSON and CSV stay in the index's own.",
)


def finder(file: Path | None) -> Callable[[str], Index]:
    """How the command finds an index: what is shipped, and the one in the file. Raises BadInput where it is not sound.

    What it gives raises UnknownIndex.
    """
    if file is None:
        return load_index
    # here, so that commands without such a file start without the readers of one
    from commonweal.formats.archive import MAX_FILE_BYTES
    from commonweal.formats.files import read_bytes
    from commonweal.intake.index_file import read_index_file
    from commonweal.standards.build import build_index

    return find_with(build_index(read_index_file(read_bytes(file, MAX_FILE_BYTES), file.name).value))
