"""`commonweal invite` and `person`: the first accounts of an installation, and what a person may ask for."""

import click

from commonweal.cli.service import bring_tables_up_to_date, start_django
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

_LONGEST_NAME = 200


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The name that stands beside what they do.")
@click.option("--operator", is_flag=True, help="They run the platform; they see no organisation's content.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the service is opened.")
def invite(email: str, name: str, operator: bool, address: str) -> None:
    """Make an account and print a link where its password is chosen. It works once, for a day."""
    if "@" not in email:
        raise BadInput([Problem("EMAIL", f"{email} is not an e-mail address.", "Write it like name@council.gov.uk.")])
    start_django()
    bring_tables_up_to_date()
    from django.utils import timezone

    from commonweal.services.actions.accounts import make_account

    path = make_account(email=email, name=name, operator=operator, now=timezone.now())
    click.echo(f"{address.rstrip('/')}{path}")


@click.group()
def person() -> None:
    """What a person may ask for: what is held about them, a name put right, being forgotten."""


@person.command("export")
@click.argument("email")
def export_person(email: str) -> None:
    """Print everything that is held about a person, as JSON."""
    start_django()
    bring_tables_up_to_date()
    import json

    from django.utils import timezone

    from commonweal.services.actions.privacy import held_about
    from commonweal.services.errors import NotFound

    try:
        found = held_about(email=email, now=timezone.now())
    except NotFound as error:
        raise BadInput([_nobody(email)]) from error
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@person.command("rename")
@click.argument("email")
@click.argument("name")
def rename_person(email: str, name: str) -> None:
    """Put the NAME of a person right, wherever it stands."""
    start_django()
    bring_tables_up_to_date()
    from django.utils import timezone

    from commonweal.services.actions.accounts import rename
    from commonweal.services.errors import NotFound

    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > _LONGEST_NAME:
        raise BadInput([Problem("NAME", "It is empty or too long.", f"Give 1 to {_LONGEST_NAME} characters.")])
    try:
        rename(email=email, name=cleaned, now=timezone.now())
    except NotFound as error:
        raise BadInput([_nobody(email)]) from error
    click.echo(f"{email} is called {cleaned} now.")


@person.command("make-owner")
@click.argument("email")
@click.argument("organisation")
def make_owner_of(email: str, organisation: str) -> None:
    """Give somebody an owner's seat in an ORGANISATION (name or id) whose owners have left. Its trail says so."""
    start_django()
    bring_tables_up_to_date()
    from django.utils import timezone

    from commonweal.services.actions.accounts import make_owner
    from commonweal.services.errors import NotFound

    try:
        name = make_owner(email=email, organisation=organisation, now=timezone.now())
    except NotFound as error:
        raise BadInput([_nobody(email)]) from error
    click.echo(f"{email} is an owner of {name} now. The audit trail of {name} says so.")


@person.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_person(email: str, yes: bool) -> None:
    """Forget a person. What they did stays in the audit trails, by "Erased person". It cannot be undone."""
    start_django()
    bring_tables_up_to_date()
    from django.utils import timezone

    from commonweal.services.actions.privacy import erase_person as erase
    from commonweal.services.errors import NotFound

    if not yes:
        click.confirm(f"Forget {email} for good?", abort=True)
    try:
        erase(email=email, now=timezone.now())
    except NotFound as error:
        raise BadInput([_nobody(email)]) from error
    click.echo(f"{email} is forgotten. Backups that were made before still name them until they are deleted.")


def _nobody(email: str) -> Problem:
    return Problem("EMAIL", f"Nobody here has the address {email}.", "Check it; it may have been changed.")
