"""`commonweal serve`, `load-examples` and `jobs`: the service in the browser. Django is loaded only here."""

import logging
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import click

from commonweal.cli.web_server import web_server
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_DAY = 24 * 3600
_HOUR = 60 * 60
_LONGEST_WAIT = 600
"""Seconds that a start waits for another one's upgrade."""
_CHANGES_TABLES = 0x636F6D6D6F6E
"""The name, as PostgreSQL's advisory locks have one, of the right to change the tables."""


def start_django() -> None:
    """Load the settings and the tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.config.settings")
    import django

    django.setup()


def bring_tables_up_to_date() -> None:
    """Make or change the tables, each change in one transaction; does nothing where nothing is to do.

    Raises BadInput where they are of a later release, or may not be changed.
    """
    from django.core.management import call_command
    from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from django.db.migrations.executor import MigrationExecutor

    with _alone():
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        _refuse_a_later_release(sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)))
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except (DatabaseError, MigrationSchemaMissing) as error:
            if not _may_not(error):
                raise
            what = "The tables are not of this release, and the role of this address may not change them."
            remedy = "Run commonweal tables --for ROLE with the address of their owner, then this again."
            raise BadInput([Problem("COMMONWEAL_DATABASE_URL", what, remedy)]) from error


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time looks at the tables and changes them: others that start meanwhile wait, and find it done.

    The embedded database has no such lock, so one of a file beside it serves; both are gone with the process. It is
    held before the database is opened at all: the first connection turns on write-ahead logging, and SQLite does not
    let a second one wait for that, whatever its timeout, but answers "database is locked".
    """
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "postgresql":
        beside = sqlite3.connect(settings.HOME / "starting.lock", timeout=_LONGEST_WAIT, isolation_level=None)
        with closing(beside):
            beside.execute("BEGIN EXCLUSIVE")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_CHANGES_TABLES])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_CHANGES_TABLES])


def _refuse_a_later_release(unknown: list[tuple[str, str]]) -> None:
    later = [name for app, name in unknown if app == "store"]
    if later:
        what = f"The tables are of a later release of Commonweal (they know {later[0]})."
        remedy = (
            "Start that release again. To go back to this one, restore a backup from before the upgrade into an empty"
            " place; what was written since is in the later release only."
        )
        raise BadInput([Problem("COMMONWEAL_HOME or COMMONWEAL_DATABASE_URL", what, remedy)])


def _refuse_a_role_above_the_fence() -> None:
    from commonweal.services.tables import is_above_the_fence

    if is_above_the_fence():
        what = "The role of this address goes through every fence between organisations."
        remedy = "Use one that is neither a superuser nor has BYPASSRLS (docs/how-to/host-it.md)."
        raise BadInput([Problem("COMMONWEAL_DATABASE_URL", what, remedy)])


def _may_not(error: BaseException | None) -> bool:
    """Whether PostgreSQL refused for want of a right (SQLSTATE 42501)."""
    while error is not None:
        if getattr(error, "sqlstate", "") == "42501" or "permission denied" in str(error):
            return True
        error = error.__cause__
    return False


@click.command()
@click.option("--for", "role", help="The role of PostgreSQL that the service signs in with: it may use them, no more.")
def tables(role: str | None) -> None:
    """Make or change the tables, as their owner. Needed only where the service's own role does not own them."""
    start_django()
    bring_tables_up_to_date()
    if role is None:
        click.echo("The tables are of this release.")
        return
    from django.db import DatabaseError, connection

    from commonweal.services.tables import let_use

    if connection.vendor != "postgresql":
        what = "Only PostgreSQL has roles, and COMMONWEAL_DATABASE_URL names no such database."
        raise BadInput([Problem("--for", what, "Leave it out.")])
    try:
        let_use(role)
    except DatabaseError as error:
        remedy = f"Make the role first (CREATE ROLE {role} LOGIN), and give the address of the tables' owner."
        raise BadInput([Problem("--for", f"The role {role} could not be let in.", remedy)]) from error
    click.echo(f"The tables are of this release. {role} may use them, and change neither them nor the audit trail.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at: this computer's own.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--examples", is_flag=True, help="Add the example organisations first, as load-examples does.")
def serve(host: str, port: int, examples: bool) -> None:
    """Open the service on this computer and print a link that signs you in once."""
    with_accounts = os.environ.get("COMMONWEAL_ACCOUNTS") == "1"
    if host not in _LOOPBACK and not with_accounts:
        raise BadInput(
            [
                Problem(
                    "--host",
                    f"{host} is not this computer's own address, and without accounts nothing keeps others out.",
                    "Use 127.0.0.1, or set COMMONWEAL_ACCOUNTS=1 so that people sign in.",
                )
            ]
        )
    listening = _listen(host, port)
    start_django()
    bring_tables_up_to_date()
    _refuse_a_role_above_the_fence()
    if examples:
        _load_examples()
    server = web_server(listening)
    opened = f"http://{_shown(host)}:{listening.getsockname()[1]}"
    if not with_accounts:
        _let_levels_lapse()
    if with_accounts:
        click.echo(f"Commonweal is open for people with accounts. Ctrl and C stops it.\n\n  {opened}/\n")
    else:
        click.echo(
            "Commonweal is open on this computer. Sign in with this link; it works once. Ctrl and C stops Commonweal."
            f"\n\n  {opened}/sign-in/{_link_token()}/\n"
        )
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def _let_levels_lapse() -> None:
    """What jobs do where there are accounts: on one's own computer nobody runs them."""
    from django.utils import timezone

    from commonweal.services.actions.upkeep import let_lapse

    let_lapse(today=timezone.localdate(), now=timezone.now())


def _link_token() -> str:
    from django.utils import timezone

    from commonweal.services.actions.sign_in import make_local_link

    return make_local_link(now=timezone.now())


def _load_examples() -> list[str]:
    from django.utils import timezone

    from commonweal.services.actions.examples import load_examples as load
    from commonweal.services.people import Person

    return load(by=Person.objects.local(), now=timezone.now())


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    """A socket at the address; said in plain words if somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        taken = Problem(
            f"--port {port}", f"Nothing can listen there ({error.strerror}).", "Stop what does, or choose another port."
        )
        raise BadInput([taken]) from error
    return listening


@click.command("load-examples")
def load_examples() -> None:
    """Add the example organisations: an invented council with three rounds, one half way, one published plan."""
    start_django()
    bring_tables_up_to_date()
    made = _load_examples()
    click.echo("\n".join(made) if made else "All examples are there already.")


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and end.")
def jobs(once: bool) -> None:
    """Do the work that waits: until stopped, or what is due now.

    Once a day: tidy, let levels lapse that were not kept up, remind people, and give out heads of trails.
    """
    start_django()
    bring_tables_up_to_date()
    _refuse_a_role_above_the_fence()
    from django.core.management import call_command

    from commonweal.services.actions.heads import give_out_heads
    from commonweal.services.actions.housekeeping import tidy_up
    from commonweal.services.actions.reminders import send_reminders
    from commonweal.services.actions.upkeep import let_levels_lapse

    def due() -> None:
        tidy_up.enqueue()
        let_levels_lapse.enqueue()
        send_reminders.enqueue()
        give_out_heads.enqueue()

    due()
    if not once:
        for seconds, act in ((_DAY, due), (_HOUR, send_reminders.enqueue)):  # a letter that did not leave goes again
            threading.Thread(target=_every, args=(seconds, act), daemon=True).start()
    call_command("db_worker", batch=once, verbosity=0)


def _every(seconds: int, due: Callable[[], object]) -> None:
    from django.db import close_old_connections

    while True:
        time.sleep(seconds)
        close_old_connections()
        try:
            due()
        except Exception:  # the last door: what fails today must not keep tomorrow's from being done
            logging.getLogger("commonweal.jobs").exception("Jobs that are due could not be put in the queue.")
