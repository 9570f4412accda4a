"""docs/reference/command-line.md: the commands, by their own help."""

import click

from commonweal.cli.main import commonweal

_WIDTH = 100


def page() -> str:
    parts = [
        "# The command line\n",
        "Exit codes: 0 done, 2 bad input (every problem on standard error as `place: what: remedy`; with"
        " `--format json` also as JSON on standard output), 1 our own fault. What comes from the"
        " environment is in [Settings](settings.md). `COMMONWEAL_DEBUG=1` shows the"
        " traceback of a fault of ours. Colours follow the terminal; a pipe gets none.\n",
    ]
    parts += [_section(path, command) for path, command in _commands("commonweal", commonweal)]
    return "\n".join(parts)


def _commands(path: str, command: click.Command) -> list[tuple[str, click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            found += _commands(f"{path} {name}", child)
    return found


def _section(path: str, command: click.Command) -> str:
    settings = {**commonweal.context_settings, "max_content_width": _WIDTH, "terminal_width": _WIDTH}
    context = click.Context(command, info_name=path, **settings)
    return f"## {path}\n\n```\n{command.get_help(context)}\n```\n"
