"""What views ask of a request."""

from django.http import HttpRequest

from commonweal.services.people import Person


def person(request: HttpRequest) -> Person:
    """Who is signed in. Every page but the entrance asks for a sign-in first."""
    if not isinstance(request.user, Person):
        raise PermissionError
    return request.user


def is_from_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks, and wants only the part of the page that changes."""
    return request.headers.get("X-Requested-With") == "commonweal"
