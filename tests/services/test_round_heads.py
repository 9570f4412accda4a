"""What rounds come to, many at once: read again where somebody saved, and nowhere else."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, somebody

from commonweal.core.maturity.models import Index
from commonweal.services.actions.answers import save_estimate, save_theme
from commonweal.services.people import Person
from commonweal.services.queries import round_heads as module
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.round_heads import Scores, round_heads, scores_of_heads

pytestmark = pytest.mark.django_db


def _scores(organisation: UUID, by: Person) -> tuple[dict[UUID, Scores], bool]:
    """What its rounds come to, and whether answers were read for it."""
    with CaptureQueriesContext(connection) as queries:
        found = scores_of_heads(round_heads(by=by, organisation_id=organisation))
    return found, any("store_answer" in query["sql"] for query in queries)


def _levels(scores: Scores) -> list[int | None]:
    return [theme.level for theme in scores.present.themes]


def test_what_nobody_saved_since_is_not_read_again(index: Index) -> None:
    lead = somebody()
    home = an_organisation(lead)
    one, other = (a_round(lead, index, everywhere(index, at, 2), organisation=home) for at in (0, 1))
    first, was_read = _scores(home, lead)
    assert was_read
    for id_ in (one, other):
        results = assessment_round(id_, by=lead).results()
        assert (first[id_].present, first[id_].future) == (results.present, results.future)
    again, was_read = _scores(home, lead)
    assert (again, was_read) == (first, False)
    theme = index.themes[0]
    answers = {id_: everywhere(index, 1, 2)[id_] for id_ in theme.by_id}
    save_theme(assessment_id=one, code=theme.code, version=1, read=lambda _: answers, by=lead, now=NOW)
    later, was_read = _scores(home, lead)
    assert was_read
    assert _levels(later[one])[0] == _levels(later[other])[0] != _levels(first[one])[0]
    assert later[other] == first[other]


def test_estimates_are_seen_at_once(index: Index) -> None:
    lead = somebody()
    home = an_organisation(lead)
    id_ = a_round(lead, index, organisation=home)
    codes = [theme.code for theme in index.themes[:2]]
    for one, other in ((1, 2), (2, 1)):
        for code, level in zip(codes, (one, other), strict=True):
            seen = assessment_round(id_, by=lead).themes[code].estimate
            said = {"assessment_id": id_, "code": code, "present": level, "future": level, "seen": seen}
            save_estimate(**said, by=lead, now=NOW)  # type: ignore[arg-type]
        found, _ = _scores(home, lead)
        assert found[id_].is_estimated
        assert _levels(found[id_])[:2] == [one, other]


def test_no_more_than_so_many_are_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    lead = somebody()
    home = an_organisation(lead)
    for at in range(3):
        a_round(lead, index, everywhere(index, 0, 1), organisation=home, name=f"{at}")
    assert len(_scores(home, lead)[0]) == 3
    assert len(module._kept) == 2
