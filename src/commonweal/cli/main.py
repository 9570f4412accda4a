"""The `commonweal` command: exit code 0 done, 2 bad input, 1 our own fault."""

import os
import sys
from typing import NoReturn

import click

from commonweal import __version__
from commonweal.cli.assess import assess
from commonweal.cli.check_standards import check_standards
from commonweal.cli.indexes import indexes
from commonweal.core.errors import BadInput

EXIT_OWN_FAULT = 1
EXIT_BAD_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="commonweal")
def commonweal() -> None:
    """Where you stand on social value, where you want to be, and the plan between."""


commonweal.add_command(assess)
commonweal.add_command(indexes)
commonweal.add_command(check_standards)


def run() -> NoReturn:
    """The command as a program. No user ever sees a traceback, unless COMMONWEAL_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        commonweal.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except (BrokenPipeError, SystemExit):
        # The reader of a pipe left early (`| head`), which click answers with SystemExit: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001  the outermost door: a plain word instead of a traceback
        sys.exit(_explain(error))
    sys.exit(0)


def _explain(error: Exception) -> int:
    """Say what is wrong in plain words; answers with the exit code."""
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_BAD_INPUT
    if isinstance(error, BadInput):
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return EXIT_BAD_INPUT
    if isinstance(error, click.Abort):
        click.echo("Stopped.", err=True)
        return EXIT_OWN_FAULT
    if os.environ.get("COMMONWEAL_DEBUG"):
        raise error
    click.echo(
        f"commonweal: something went wrong on our side ({type(error).__name__}). Nothing was written."
        " Run it again with COMMONWEAL_DEBUG=1 and send us what it prints; SECURITY.md says how.",
        err=True,
    )
    return EXIT_OWN_FAULT
