"""Departments side by side: where each stands, together and how far apart, and over the rounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET
from markupsafe import Markup

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.rules import rule_of
from commonweal.core.maturity.spread import DepartmentScores, spreads
from commonweal.core.words import counted, listed, sentence_case, slug
from commonweal.reports.child import apart
from commonweal.reports.department_paper import department_paper, empty_department_paper
from commonweal.reports.department_words import TOGETHER, department_sentences, spread_heads, spread_rows
from commonweal.reports.figures.spread_lanes import spread_drawing, spread_key
from commonweal.reports.papers.as_json import render as as_json
from commonweal.services.errors import NotFound
from commonweal.services.indexes import held_index
from commonweal.services.queries.organisations import OrganisationLine
from commonweal.services.queries.organisations import organisation as one_organisation
from commonweal.services.queries.round_heads import (
    RoundHead,
    Scores,
    departments_to_open,
    round_heads,
    scores_of_heads,
)
from commonweal.services.queries.stamp import stamp_of_organisation
from commonweal.web.components.downloads import download
from commonweal.web.components.figures import drawn_figure, levels_key
from commonweal.web.components.kept import Part, kept
from commonweal.web.components.place import organisation_trail
from commonweal.web.components.requests import person
from commonweal.web.results.department_presenters import department_rows, over_time

FORMATS = {"pdf": "PDF", "docx": "Word", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class _Wave:
    """The rounds of one index that have one name, a department each."""

    index: Index
    name: str
    heads: tuple[RoundHead, ...]
    indexes: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    """The names of all waves of the index, the latest first."""
    of_index: tuple[RoundHead, ...]
    """All rounds of the index, in versions with the same levels."""
    remarks: tuple[str, ...]
    """What is to be said of versions."""


@require_GET
def departments(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One wave of rounds over the departments; `index` and `round` in the address choose another."""
    stamp = stamp_of_organisation(organisation_id, by=person(request))
    about = ("departments", organisation_id, request.GET.urlencode(), timezone.localdate())
    part = kept(about, stamp, lambda: _part(request, organisation_id))
    return render(request, "results/results.html", {"part": part, "trail": part.trail})


def _part(request: HttpRequest, organisation_id: UUID) -> Part:
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    wave = _wave(request, round_heads(by=by, organisation_id=organisation_id))
    page: dict[str, object] = {
        "organisation": line,
        "wave": wave,
        "has_departments": bool(departments_to_open(organisation_id, by=by)),
    }
    if wave is not None:
        page |= _shown(line, wave)
    content = Markup(render_to_string("results/departments.html", page))  # noqa: S704  our own page
    return Part("Departments side by side", organisation_trail(line), content, {})


def _wave(request: HttpRequest, every: Sequence[RoundHead]) -> _Wave | None:
    """The wave that is asked for, else the latest. None where no department has a round."""
    heads = [one for one in every if one.department_id is not None]
    if not heads:
        return None
    ids = list(dict.fromkeys(one.index_id for one in heads))
    asked = request.GET.get("index", "")
    chosen = asked if asked in ids else ids[0]
    of_index = [one for one in heads if one.index_id == chosen]
    names = list(dict.fromkeys(one.name for one in of_index))
    asked = request.GET.get("round", "")
    name = asked if asked in names else names[0]
    latest: dict[int | None, RoundHead] = {}
    for one in of_index:
        if one.name == name:
            latest.setdefault(one.department_id, one)
    index = held_index(next(iter(latest.values())).index)
    of_index = _comparable(index, of_index)
    wave = _comparable(index, list(latest.values()))
    titles = {id_: held_index(next(one.index for one in heads if one.index_id == id_)) for id_ in ids}
    return _Wave(
        index=index,
        name=name,
        heads=tuple(sorted(wave, key=lambda one: one.department)),
        indexes=tuple((id_, f"{titles[id_].title}, edition for {titles[id_].edition}") for id_ in ids),
        names=tuple(names),
        of_index=tuple(of_index),
        remarks=tuple(_of_versions(wave, len(latest) - len(wave))),
    )


def _comparable(index: Index, heads: Sequence[RoundHead]) -> list[RoundHead]:
    """The rounds whose version of the index has the same levels, counted or not alike."""
    known = {reference: held_index(reference) for reference in {one.index for one in heads}}
    same = {
        reference
        for reference, one in known.items()
        if [level.label for level in one.levels] == [level.label for level in index.levels]
        and (one.counting is None) == (index.counting is None)
    }
    return [one for one in heads if one.index in same]


def _of_versions(wave: Sequence[RoundHead], left_out: int) -> Iterator[str]:
    versions = sorted({one.index.partition("@")[2] for one in wave})
    if len(versions) > 1:
        yield f"They answer different versions of the index: {listed(versions)}. Themes are matched by their codes."
    if left_out:
        yield f"{sentence_case(counted(left_out, 'department'))} left out: its version of the index has other levels."


def _scores(heads: Sequence[RoundHead], scores: Mapping[UUID, Scores]) -> list[DepartmentScores]:
    return [DepartmentScores(one.department, *scores[one.id]) for one in heads]


def _shown(line: OrganisationLine, wave: _Wave) -> dict[str, object]:
    scores = scores_of_heads([*wave.heads, *wave.of_index])
    index, found = wave.index, _scores(wave.heads, scores)
    rule = rule_of(index)
    spread = spreads(index, found)
    return {
        "title": dict(wave.indexes)[index.id],
        "sentences": (*department_sentences(index, found), *wave.remarks),
        "lanes": drawn_figure(spread_drawing(index, spread, line.name), index, spread_key(index), "departments"),
        "heads": spread_heads(index),
        "rows": spread_rows(index, found),
        "themes": [(theme.code, theme.title) for theme in index.themes],
        "theme": sentence_case(rule.names.theme),
        "together": TOGETHER,
        "key": levels_key(index) if rule.has_levels else "",
        "departments": department_rows(index, wave.heads, found),
        "over_time": over_time(wave.of_index, scores) if len(wave.names) > 1 else None,
        "documents": list(FORMATS.items()),
    }


@require_GET
def paper(request: HttpRequest, organisation_id: UUID, format_name: str) -> HttpResponse:
    """The same as a paper for a committee."""
    by = person(request)
    line = one_organisation(organisation_id, by=by)
    wave = _wave(request, round_heads(by=by, organisation_id=organisation_id))
    if format_name not in FORMATS:
        raise NotFound
    today = timezone.localdate()
    made = (
        department_paper(line.name, wave.name, wave.index, _scores(wave.heads, scores_of_heads(wave.heads)), today)
        if wave
        else empty_department_paper(line.name, today)
    )
    content = as_json(made, today) if format_name == "json" else apart("paper", format_name, made, today)
    return download(content, f"{slug(line.name, 'organisation')}-departments.{format_name}")
