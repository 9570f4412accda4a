"""Accounts that whoever installs the service makes at the command line: the first ones, and operators."""

import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.services.actions.people import told_of_name
from commonweal.services.errors import NotFound
from commonweal.services.record import record
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Membership, Organisation, Person

_OWN = "whoever has the command line has the whole installation"


@writing_for_all(_OWN)
def rename(*, email: str, name: str, now: datetime.datetime) -> None:
    """Put somebody's name right: it stands so wherever they did something, and the trails say so. Raises NotFound."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise NotFound
    before, person.name = person.name, name
    person.save(update_fields=["name"])
    told_of_name(person, before, by=Person.objects.installation(), now=now)


@writing_for_all(_OWN)
def make_owner(*, email: str, organisation: str, now: datetime.datetime) -> str:
    """Give somebody with an account an owner's seat, where the owners have left. Gives the organisation's name.

    `organisation` is its id or its name. The organisation's trail says so. Raises NotFound (nobody has the address), or
    BadInput where no organisation, or more than one, is called so.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise NotFound
    home = _one_organisation(organisation)
    seat = Membership.objects.across(_OWN).filter(organisation=home, person=person, role=Role.OWNER, ended_at=None)
    if not seat.filter(ends_at=None).exists():
        seat.update(ended_at=now)
        reason, giver = "Given at the command line", Person.objects.installation()
        Membership.objects.create(
            organisation=home, person=person, role=Role.OWNER, created_at=now, reason=reason, given_by=giver
        )
        after, subject = {"role": Role.OWNER}, str(person.pk)
        record("seat given", organisation_id=home.pk, by=giver, now=now, subject=subject, after=after, why=reason)
    return home.name


@writing_for_all(_OWN)
def named_organisation(called: str) -> UUID:
    """The id of an organisation that is given by its id or name. Raises BadInput where none, or several, are."""
    return _one_organisation(called).pk


def _one_organisation(called: str) -> Organisation:
    try:
        found = list(Organisation.objects.across(_OWN).filter(pk=UUID(called)))
    except ValueError:
        found = list(Organisation.objects.across(_OWN).filter(name=called))
    if len(found) != 1:
        what = f"{len(found)} organisations are called so." if found else "There is no such organisation."
        raise BadInput([Problem("ORGANISATION", what, "Give the name as it stands there, or the id from its address.")])
    return found[0]


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
