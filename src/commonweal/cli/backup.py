"""`commonweal backup`, `verify`, `restore` and `backup-key`."""

import os
from pathlib import Path

import click

from commonweal.cli.service import bring_tables_up_to_date, start_django
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

_FILE = click.Path(path_type=Path, dir_okay=False)
_EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)
_IDENTITY = click.option("--identity", type=_EXISTING, help="The file with the secret key of an encrypted backup.")


@click.command("backup-key")
@click.argument("file", type=_FILE)
def backup_key(file: Path) -> None:
    """Make the keys for encrypted backups: the secret one goes into FILE, the public one is printed.

    Keep FILE away from the server: whoever has it opens every backup, and without it nobody does.
    """
    from commonweal.formats.backup_file import new_key

    secret, public = new_key()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadInput([Problem(str(file), "There is a file already.", "Name a new one.")]) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"# public key: {public}\n{secret}\n")
    click.echo(public)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--recipient", help="A public key, from backup-key: only its secret key opens the backup.")
def backup(file: Path, recipient: str | None) -> None:
    """Write the whole installation into one FILE, and check it. People may go on working meanwhile."""
    start_django()
    from django.utils import timezone

    from commonweal.services.backup import back_up

    bring_tables_up_to_date()
    rows, found = back_up(file, recipient=recipient, now=timezone.now())
    click.echo(f"{file}: {rows.get('store_organisation', 0)} organisations, {rows.get('store_answer', 0)} answers,")
    click.echo(f"  {rows.get('store_change', 0)} entries of audit trails, {rows['files']} files.")
    if recipient is None:
        click.echo("  Not encrypted: it holds everything, the secret key too. Keep it as safe as the server.")
    if found:  # it is written all the same: everything else in it is whole
        raise BadInput(found)


@click.command("verify")
@click.argument("file", type=_EXISTING)
@_IDENTITY
def verify_backup(file: Path, identity: Path | None) -> None:
    """Check a backup: every byte, every count, every audit trail."""
    start_django()
    from commonweal.services.backup import verify

    manifest = verify(file, identity=_key(identity))
    click.echo(f"{file}: whole. Made on {manifest['made_at'][:16].replace('T', ' ')} UTC by {manifest['release']}.")


@click.command()
@click.argument("file", type=_EXISTING)
@_IDENTITY
@click.option("--erased", type=_EXISTING, help="The file erased of the place that was lost: whom it had forgotten.")
def restore(file: Path, identity: Path | None, erased: Path | None) -> None:
    """Fill an empty COMMONWEAL_HOME, or an empty database, from a backup. All of it, or nothing."""
    start_django()
    from django.utils import timezone

    from commonweal.services.backup import restore as put_back

    listed = erased.read_text(encoding="ascii") if erased else ""
    manifest, found, again = put_back(file, identity=_key(identity), erased=listed, now=timezone.now())
    count = sum(count for table, count in manifest["rows"].items() if table != "files")
    click.echo(f"{file}: restored, {count:,} rows and {manifest['rows']['files']:,} files.")
    if again:
        click.echo(f"  {again} who had been erased were forgotten again.")
    if erased is None:
        click.echo("  Was anybody erased after this backup was made? Run commonweal person erase for them again.")
    if found:  # everything is back, the trail as it was
        raise BadInput(found)


def _key(identity: Path | None) -> str | None:
    return None if identity is None else identity.read_text(encoding="ascii")
