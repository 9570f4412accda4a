"""Identifiers of organisations: each names its scheme, and is checked for form, never for being true.

Schemes as the Central Digital Platform and org-id.guide name them; GSS codes after the Office for National Statistics.
"""

import re
from dataclasses import dataclass

from commonweal.core.problems import Refused


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of organisations: its code, what it is called, what an identifier in it looks like."""

    code: str
    label: str
    example: str
    form: str


SCHEMES = (
    Scheme("GB-PPON", "Public procurement organisation number", "PBZB-4962-TVLR", r"[A-Z]{4}-\d{4}-[A-Z]{4}"),
    Scheme("GB-COH", "Companies House number", "01234567", r"\d{8}|[A-Z]{2}\d{6}"),
    Scheme("GB-CHC", "Charity number, England and Wales", "1089464", r"\d{6,7}(-\d{1,3})?"),
    Scheme("GB-SC", "Charity number, Scotland", "SC012345", r"SC\d{6}"),
    Scheme("GB-NIC", "Charity number, Northern Ireland", "101234", r"\d{6}"),
    Scheme("GB-NHS", "NHS organisation code", "RX1", r"[A-Z0-9]{3,8}"),
    Scheme("GB-UKPRN", "Learning provider number", "10007774", r"1\d{7}"),
    Scheme("GSS", "Area code of the Office for National Statistics", "E08000030", r"[EWSNKJ]\d{8}"),
)
BY_CODE = {scheme.code: scheme for scheme in SCHEMES}


def normal(value: str) -> str:
    """An identifier as it is kept: large letters, no spaces.

    >>> normal(" e08 000030 ")
    'E08000030'
    """
    return re.sub(r"\s+", "", value).upper()


def refused_identifier(scheme: Scheme, value: str) -> Refused | None:
    """Why an identifier cannot be one of its scheme, or None.

    >>> refused_identifier(BY_CODE["GB-COH"], "01234567") is None
    True
    >>> print(refused_identifier(BY_CODE["GSS"], "Walden"))
    This is not a GSS identifier. One looks like E08000030.
    """
    if re.fullmatch(scheme.form, value, re.ASCII):
        return None
    return Refused(f"This is not a {scheme.code} identifier.", f"One looks like {scheme.example}.")
