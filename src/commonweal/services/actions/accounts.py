"""Accounts that whoever installs the service makes at the command line: the first ones, and operators."""

import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from commonweal.services.errors import NotFound
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Person

_OWN = "whoever has the command line has the whole installation"


@writing_for_all(_OWN)
def rename(*, email: str, name: str) -> None:
    """Put somebody's name right: it stands so wherever they did something. Raises NotFound."""
    if not Person.objects.filter(email__iexact=email).update(name=name):
        raise NotFound


@writing_for_all(_OWN)
def make_account(*, email: str, name: str, operator: bool, now: datetime.datetime) -> str:
    """Make an account, or take the one there is. Gives the path of a page where its password is chosen, once."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(email=email.lower(), name=name)
        person.set_unusable_password()
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if operator and not person.is_operator:
        # Whoever had the account until now must not become the operator with it: only the link leads in.
        person.is_operator = True
        person.set_unusable_password()
        person.save(update_fields=["is_operator", "password"])
        Authenticator.objects.filter(user=person).delete()
        SocialAccount.objects.filter(user=person).delete()
        EmailAddress.objects.filter(user=person).exclude(email__iexact=email, verified=True).delete()
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])
