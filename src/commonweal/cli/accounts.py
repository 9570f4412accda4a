"""`commonweal invite`: the first accounts of an installation with accounts."""

import click

from commonweal.cli.service import bring_tables_up_to_date, start_django
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem


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
