"""Links that sign the local person in, once."""

import datetime
import secrets

from commonweal.services.tokens import digest
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Person, SignInLink

LINK_LIVES = datetime.timedelta(hours=24)


@writing_for_all("nobody is signed in yet")
def make_local_link(*, now: datetime.datetime) -> str:
    """A token that signs the local person in once, within a day. Earlier links that were not used stop working."""
    person = Person.objects.local()
    SignInLink.objects.filter(person=person).delete()
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=digest(token), person=person, expires_at=now + LINK_LIVES)
    return token


@writing_for_all("nobody is signed in yet")
def use_link(*, token: str, now: datetime.datetime) -> Person | None:
    """The person whom a token signs in; nobody if it was used, is too old, or never was."""
    moved = SignInLink.objects.filter(digest=digest(token), used_at=None, expires_at__gt=now).update(used_at=now)
    if not moved:
        return None
    return SignInLink.objects.select_related("person").get(digest=digest(token)).person
