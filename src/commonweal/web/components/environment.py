"""The templates' environment: our folders, upstream's components, and the few functions that templates call."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from commonweal import __version__
from commonweal.core.words import counted, listed, long_date
from commonweal.web.components.addresses import url

_WEB = Path(__file__).resolve().parent.parent


def page_environment(**options: Any) -> Environment:
    """The environment. A template is named `journey/page.html`, or `components/...`, or as upstream names its own."""
    folders = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(_WEB.glob("*/templates"))}
    options.pop("loader", None)
    environment = Environment(  # noqa: S701  escaping is on, whatever the options say
        **{**options, "autoescape": True},
        loader=ChoiceLoader(
            [
                PrefixLoader(folders),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                PackageLoader("django.forms", "jinja2"),
            ]
        ),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.undefined = ChainableUndefined  # upstream's macros ask for what is not there
    environment.globals.update(
        url=url, static=static, product_version=__version__, counted=counted, listed=listed, long_date=long_date
    )
    return environment


@cache
def static(name: str) -> str:
    """The address of a style sheet or script, with a digest of its content, so that a new one is fetched.

    Raises FileNotFoundError where bin/setup has not built it.
    """
    content = (settings.STATIC_ROOT / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
