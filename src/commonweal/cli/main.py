"""The `commonweal` command: exit code 0 done, 2 bad input, 1 our own fault."""

import contextlib
import errno
import os
import sys
from typing import NoReturn

import click

from commonweal import __version__
from commonweal.cli.accounts import invite, person
from commonweal.cli.assess import assess
from commonweal.cli.backup import backup, backup_key, restore, verify_backup
from commonweal.cli.check_standards import check_standards
from commonweal.cli.editions import move_answers, move_rounds
from commonweal.cli.indexes import indexes
from commonweal.cli.route import route
from commonweal.cli.service import jobs, load_examples, serve, tables
from commonweal.cli.trail import check_trail
from commonweal.cli.workbook import workbook
from commonweal.core.errors import BadInput

EXIT_OWN_FAULT = 1
EXIT_BAD_INPUT = 2
MOST_PROBLEMS = 100
_OUTPUT_FAILS = {errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG}
"""What a standard output that cannot be written to answers; anything else is ours."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="commonweal")
def commonweal() -> None:
    """Where you stand on social value, where you want to be, and the plan between."""


commonweal.add_command(assess)
commonweal.add_command(route)
commonweal.add_command(indexes)
commonweal.add_command(check_standards)
commonweal.add_command(move_answers)
commonweal.add_command(move_rounds)
commonweal.add_command(workbook)
commonweal.add_command(serve)
commonweal.add_command(invite)
commonweal.add_command(person)
commonweal.add_command(check_trail)
commonweal.add_command(load_examples)
commonweal.add_command(jobs)
commonweal.add_command(tables)
commonweal.add_command(backup)
commonweal.add_command(verify_backup)
commonweal.add_command(restore)
commonweal.add_command(backup_key)


def run() -> NoReturn:
    """The command as a program. No user ever sees a traceback, unless COMMONWEAL_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        left_with = commonweal.main(standalone_mode=False)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (BrokenPipeError, SystemExit):
        # The reader of a pipe left early (`| head`), which click answers with SystemExit: nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        left_with = 0
    except Exception as error:  # noqa: BLE001  the outermost door: a plain word instead of a traceback
        left_with = _explain(error)
    sys.exit(left_with if isinstance(left_with, int) else 0)


def _explain(error: Exception) -> int:
    """Say what is wrong in plain words; answers with the exit code."""
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_BAD_INPUT
    if isinstance(error, BadInput):
        _say("\n".join(map(str, error.problems[:MOST_PROBLEMS])))
        if len(error.problems) > MOST_PROBLEMS:
            _say(f"... and {len(error.problems) - MOST_PROBLEMS:,} more.")
        return EXIT_BAD_INPUT
    if isinstance(error, OSError) and error.errno in _OUTPUT_FAILS:
        _say(f"standard output: Nothing can be written there ({error.strerror}): Name a file with --output.")
        return EXIT_BAD_INPUT
    if isinstance(error, click.Abort):
        _say("Stopped.")
        return EXIT_OWN_FAULT
    if os.environ.get("COMMONWEAL_DEBUG"):
        raise error
    _say(
        f"commonweal: something went wrong on our side ({type(error).__name__}). Nothing was written."
        " Run it again with COMMONWEAL_DEBUG=1 and send the maintainers what it prints."
    )
    return EXIT_OWN_FAULT


def _say(text: str) -> None:
    """A line on standard error; where there is none, the exit code has to do."""
    with contextlib.suppress(OSError, AttributeError):
        click.echo(text, err=True)
