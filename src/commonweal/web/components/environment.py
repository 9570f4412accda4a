"""The templates' environment: our folders, upstream's components, and the few functions that templates call."""

import datetime
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import json_script
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from commonweal import __version__
from commonweal.core.words import counted, listed, long_date
from commonweal.web.components.addresses import url
from commonweal.web.components.browsers import browser_called
from commonweal.web.components.fields import errors_of, fields_of
from commonweal.web.components.requests import SIGNED_IN_AT

_WEB = Path(__file__).resolve().parent.parent


def page_environment(**options: Any) -> Environment:
    """The environment. A template is named `journey/page.html`, or `components/...`, or as upstream names its own."""
    folders = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(_WEB.glob("*/templates"))}
    options.pop("loader", None)
    environment = Environment(  # noqa: S701  escaping is on, but for letters, which are plain text
        **{**options, "autoescape": lambda name: not (name or "").endswith(".txt")},
        loader=ChoiceLoader(
            [
                PrefixLoader(folders),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                PackageLoader("django.forms", "jinja2"),
                FileSystemLoader(_WEB / "accounts" / "templates"),  # django-allauth names its pages itself
            ]
        ),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.undefined = ChainableUndefined  # upstream's macros ask for what is not there
    environment.globals.update(
        url=url,
        static=static,
        fields_of=fields_of,
        errors_of=errors_of,
        browser_called=browser_called,
        json_script=json_script,
        moment=moment,
        sign_on=settings.SIGN_ON,
        session_limits=session_limits,
        product_version=__version__,
        counted=counted,
        listed=listed,
        long_date=long_date,
    )
    return environment


_AHEAD = 90
"""Seconds by which a page thinks a session over before it is: the service notes once a minute who is there."""


def session_limits(request: HttpRequest) -> dict[str, int]:
    """For the script that warns: after how many seconds without a request, and when in any case, a session ends."""
    if not settings.ACCOUNTS or not request.user.is_authenticated:
        return {}
    began = request.session.get(SIGNED_IN_AT, int(timezone.now().timestamp()))
    idle = settings.SESSION_IDLE_MINUTES * 60
    return {"idle": idle - _AHEAD, "ends": began + settings.SESSION_HOURS * 3600 - _AHEAD, "minutes": idle // 60}


def moment(at: datetime.datetime) -> str:
    """A moment in London time, as pages show it."""
    local = timezone.localtime(at)
    return f"{long_date(local.date())}, {local:%H:%M}"


@cache
def static(name: str) -> str:
    """The address of a style sheet or script, with a digest of its content, so that a new one is fetched.

    Raises FileNotFoundError where bin/setup has not built it.
    """
    content = (settings.STATIC_ROOT / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
