"""Single sign-on: which identity providers an installation trusts, each for an organisation's own addresses."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem

_FIELDS = {"id": str, "name": str, "issuer": str, "client_id": str, "secret": str, "domains": list}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def sign_on(path: str | None) -> list[dict[str, Any]]:
    """The providers in a JSON file: a list of objects with id, name, issuer, client_id, secret and domains.

    Whoever signs in by one has an address in one of its domains. Raises BadInput with every problem.
    """
    if not path:
        return []
    try:
        listed = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        what = "The file of identity providers cannot be read as JSON."
        raise BadInput([Problem(f"COMMONWEAL_SIGN_ON, {path}", what, "See docs/how-to/host-it.md.")]) from error
    if not isinstance(listed, list):
        listed = [listed]
    problems = [problem for number, one in enumerate(listed) for problem in _problems(f"{path}, {number}", one)]
    if problems:
        raise BadInput(problems)
    return listed


def _problems(place: str, one: Any) -> list[Problem]:
    if not isinstance(one, dict) or any(not isinstance(one.get(name), kind) for name, kind in _FIELDS.items()):
        return [Problem(place, "A field is missing or of the wrong kind.", f"Give {', '.join(_FIELDS)}.")]
    found, issuer = [], urlsplit(one["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in _LOOPBACK:
        found.append(Problem(f"{place}, issuer", "It is not reached by HTTPS.", "Begin it with https://."))
    if not re.fullmatch(r"[a-z0-9-]{1,50}", one["id"]):
        found.append(Problem(f"{place}, id", "It stands in addresses.", "Use small letters, digits and hyphens."))
    if not one["domains"] or not all(isinstance(domain, str) and "." in domain for domain in one["domains"]):
        found.append(Problem(f"{place}, domains", "No domain of addresses is named.", 'Such as ["council.gov.uk"].'))
    return found


def origins(providers: list[dict[str, Any]]) -> list[str]:
    """Where forms of ours may lead: the providers' own pages."""
    return sorted({"{0.scheme}://{0.netloc}".format(urlsplit(one["issuer"])) for one in providers})


def apps(providers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as django-allauth asks for them."""
    return [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {"server_url": one["issuer"], "domains": [domain.casefold() for domain in one["domains"]]},
        }
        for one in providers
    ]
