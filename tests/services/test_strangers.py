"""Every query, asked by somebody with everything in another council: it gives nothing of this one.

The lists are complete: a query that is added and not listed here fails.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.service import DAY, NOW, a_round, rows
from tests.web.world import Council, a_council

from commonweal.core.access import Role
from commonweal.core.errors import CommonwealError
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.own_index import IndexReach
from commonweal.core.programme.means import Aim, Means
from commonweal.core.programme.models import WorkItem
from commonweal.services import queries
from commonweal.services.actions.answers import save_theme
from commonweal.services.actions.calendar_feeds import make_feed
from commonweal.services.actions.own_indexes import publish_index
from commonweal.services.actions.unsent import keep_unsent
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import Round, all_rounds, assessment_round, index_of, organisation_rounds
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.editions import (
    edition_before,
    editions_after,
    later_version,
    round_after,
    round_before,
)
from commonweal.services.queries.evidence import evidence_file, evidence_of, one_evidence, out_of_date
from commonweal.services.queries.lifecycle import assurances, changed_since, decisions, frozen_document, remarks
from commonweal.services.queries.organisations import (
    all_organisations,
    described,
    let_in,
    organisation,
    organisations,
)
from commonweal.services.queries.own_indexes import (
    ids_used,
    offered_indexes,
    own_index,
    own_indexes,
    readable_index,
    readable_indexes,
)
from commonweal.services.queries.own_templates import own_templates, template_for, where_to_save
from commonweal.services.queries.people import invitations, placeable, placements, seats
from commonweal.services.queries.position import answers_now, confirming, current_results, position_moves, standing
from commonweal.services.queries.programme_page import Chosen, own_work, steps_of, work_page
from commonweal.services.queries.programme_report import links_in, programme_report
from commonweal.services.queries.programmes import (
    feed_since,
    hands,
    one_work,
    open_programme,
    programme,
    programme_frame,
    programmes_of,
    work_file,
)
from commonweal.services.queries.progress import agreed_years, done_days, paper_of, progress_of, spent_by
from commonweal.services.queries.registers import (
    choices_for,
    diary,
    entries,
    late_entries,
    may_serve,
    one_entry,
    register_lines,
    register_of,
    served_in,
)
from commonweal.services.queries.round_heads import departments_to_open, round_heads, rounds_of_heads
from commonweal.services.queries.sides import agreements_of, rounds_to_show, sides_of
from commonweal.services.queries.stamp import stamp_of_assessment, stamp_of_organisation, stamp_of_programme
from commonweal.services.queries.trail import answer_history, trail_page, whole_trail
from commonweal.services.queries.unsent import unsent_of
from commonweal.services.queries.upkeep import upkept
from commonweal.services.queries.uploads import waiting_upload
from commonweal.services.queries.within_means import Question, best_within, known_on, running_on
from commonweal.services.queries.work_uploads import waiting_work_upload
from commonweal.standards.catalogue import load_index, references
from commonweal.store.models import (
    Assessment,
    Assurance,
    Decision,
    Evidence,
    FrozenDocument,
    Identifier,
    Membership,
    OwnIndex,
    PositionChange,
    Work,
)

pytestmark = pytest.mark.django_db
MEANT = Question(Aim.CHEAPEST, 1, Means(DAY, 12), Decimal(1), Decimal(1))
THEIRS = "CANARY5d1e"
SHOWN: dict[str, Any] = {"number": 1, "most": 9, "today": DAY}
Ask = Callable[[Council, Person], Any]

QUERIES: dict[str, Ask] = {
    "assessment_round": lambda at, by: assessment_round(at.assessment, by=by),
    "organisation_rounds": lambda at, by: organisation_rounds(at.organisation, by=by),
    "all_rounds": lambda _, by: all_rounds(by=by),
    "round_heads": lambda at, by: round_heads(organisation_id=at.organisation, by=by),
    "rounds_of_heads": lambda at, by: rounds_of_heads(round_heads(by=at.lead), by=by),
    "departments_to_open": lambda at, by: departments_to_open(at.organisation, by=by),
    "index_of": lambda at, by: index_of(at.assessment, by=by).reference,
    "evidence_of": lambda at, by: evidence_of(at.assessment, by=by),
    "out_of_date": lambda at, by: out_of_date(at.assessment, by=by, today=DAY) or None,
    "one_evidence": lambda at, by: one_evidence(UUID(at.arguments["evidence_id"]), by=by),
    "evidence_file": lambda at, by: evidence_file(UUID(at.arguments["evidence_id"]), by=by),
    "decisions": lambda at, by: decisions(at.assessment, by=by),
    "assurances": lambda at, by: assurances(at.assessment, by=by),
    "frozen_document": lambda at, by: frozen_document(at.assessment, "csv", by=by),
    "remarks": lambda at, by: remarks(at.assessment, by=by),
    "changed_since": lambda at, by: changed_since(at.assessment, by=by),
    "organisations": lambda _, by: organisations(by=by),
    "organisation": lambda at, by: organisation(at.organisation, by=by),
    "described": lambda at, by: described(at.organisation, by=by),
    "let_in": lambda at, by: let_in(at.organisation, by=by, now=NOW),
    "all_organisations": lambda _, by: all_organisations(by=by),
    "seats": lambda at, by: seats(at.organisation, by=by, now=NOW),
    "invitations": lambda at, by: invitations(at.organisation, by=by, now=NOW),
    "placements": lambda at, by: placements(at.assessment, by=by),
    "placeable": lambda at, by: placeable(at.assessment, by=by, now=NOW),
    "whole_trail": lambda at, by: whole_trail(at.organisation, by=by),
    "trail_page": lambda at, by: trail_page(at.organisation, by=by),
    "answer_history": lambda at, by: answer_history(at.assessment, at.arguments["question"], by=by),
    "programme": lambda at, by: programme(UUID(at.arguments["programme_id"]), by=by),
    "programmes_of": lambda at, by: programmes_of(at.organisation, by=by, today=DAY),
    "open_programme": lambda at, by: open_programme(at.assessment, by=by),
    "one_work": lambda at, by: one_work(UUID(at.arguments["work_id"]), by=by),
    "hands": lambda at, by: hands(at.organisation, by=by, now=NOW),
    "position_moves": lambda at, by: position_moves(at.assessment, by=by),
    "answers_now": lambda at, by: answers_now(at.assessment, by=by),
    "current_results": lambda at, by: current_results(assessment_round(at.assessment, by=by), by=by, today=DAY),
    "agreed_years": lambda at, by: agreed_years(_id(at, "programme"), by=by),
    "paper_of": lambda at, by: paper_of(_id(at, "programme"), by=by),
    "progress_of": lambda at, by: progress_of(_id(at, "programme"), by=by, today=DAY),
    "done_days": lambda at, by: done_days(programme(_id(at, "programme"), by=by), by=by),
    "programme_report": lambda at, by: programme_report(_id(at, "programme"), by=by, today=DAY),
    "links_in": lambda at, by: links_in(_id(at, "programme"), by=by),
    "programme_frame": lambda at, by: programme_frame(_id(at, "programme"), by=by),
    "work_page": lambda at, by: work_page(_id(at, "programme"), Chosen(), arranged="list", by=by, **SHOWN),
    "own_work": lambda at, by: own_work(at.organisation, by=by),
    "steps_of": lambda at, by: steps_of(_id(at, "programme"), by=by),
    "work_file": lambda at, by: work_file(_id(at, "work"), int(at.arguments["file_id"]), by=by),
    "waiting_work_upload": lambda at, by: waiting_work_upload(_id(at, "work_upload"), by=by),
    "own_indexes": lambda at, by: own_indexes(at.organisation, by=by),
    "own_index": lambda at, by: own_index(_id(at, "own_index"), by=by),
    "ids_used": lambda at, by: [one for one in ids_used(_own_reference(at)[0], by=by) if one],
    "offered_indexes": lambda at, by: [
        one for one in offered_indexes(at.organisation, by=by) if one.reference not in references()
    ],
    "readable_indexes": lambda _, by: [one for one in readable_indexes(by=by) if one.reference not in references()],
    "readable_index": lambda at, by: readable_index("@".join(_own_reference(at)), by=by).title,
    "later_version": lambda at, by: later_version(_earlier(at), by=by),
    "editions_after": lambda at, by: [one.after.title for one in editions_after(_earlier(at), by=by)],
    "edition_before": lambda at, by: (
        edition_before("@".join(_own_reference(at)), by=by) or readable_index("@".join(_own_reference(at)), by=by).title
    ),
    "round_after": lambda at, by: round_after(assessment_round(at.assessment, by=at.lead), by=by),
    "round_before": lambda at, by: round_before(at.assessment, by=by),
    "own_templates": lambda at, by: own_templates(at.organisation, by=by),
    "template_for": lambda at, by: template_for(at.organisation, f"own-{at.arguments['template_id']}@1", by=by),
    "where_to_save": lambda at, by: where_to_save(at.organisation, by=by),
    "register_lines": lambda at, by: register_lines(at.organisation, by=by, today=DAY),
    "entries": lambda at, by: entries(at.organisation, "groups", by=by),
    "late_entries": lambda at, by: late_entries(at.organisation, by=by, today=NOW.date()),
    "one_entry": lambda at, by: one_entry(_id(at, "entry"), by=by),
    "choices_for": lambda at, by: choices_for(at.organisation, register_of("members"), by=by),
    "may_serve": lambda at, by: may_serve(at.organisation, by=by, today=NOW.date()),
    "served_in": lambda at, by: served_in(_id(at, "programme"), by=by),
    "diary": lambda at, by: diary(at.organisation, by=by),
    "running_on": lambda at, by: running_on(at.assessment, by=by),
    "known_on": lambda at, by: known_on(at.assessment, at.organisation, None, by=by).costs,
    "costings_of": lambda at, by: costings_of(at.assessment, by=by),
    "departments_of": lambda at, by: departments_of(at.organisation, by=by),
    "spent_by": lambda at, by: spent_by(_id(at, "programme"), by=by),
    "best_within": lambda at, by: best_within(at.assessment, MEANT, by=by, today=DAY),
    "sides_of": lambda at, by: sides_of(at.organisation, by=by),
    "agreements_of": lambda at, by: agreements_of(at.organisation, by=by),
    "rounds_to_show": lambda _, by: rounds_to_show(by=by),
    "stamp_of_organisation": lambda at, by: stamp_of_organisation(at.organisation, by=by),
    "stamp_of_assessment": lambda at, by: stamp_of_assessment(at.assessment, by=by),
    "stamp_of_programme": lambda at, by: stamp_of_programme(_id(at, "programme"), by=by),
    "standing": lambda at, by: standing(at.assessment, by=by, today=DAY),
    "confirming": lambda at, by: confirming(at.assessment, _item(at), by=by, today=DAY),
    "feed_since": lambda at, by: feed_since(UUID(at.arguments["programme_id"]), by=by),
    "upkept": lambda at, by: upkept(at.assessment, by=by, today=DAY),
    "unsent_of": lambda _, by: unsent_of(by=by, now=NOW),
    "waiting_upload": lambda at, by: waiting_upload(UUID(at.arguments["upload_id"]), by=by),
}


def _id(at: Council, name: str) -> UUID:
    return UUID(at.arguments[f"{name}_id"])


def _earlier(at: Council) -> Round:
    """A round of the council's that answers an earlier version of its own index."""
    index = dataclasses.replace(held_index("@".join(_own_reference(at))), version="0.9")
    round_ = assessment_round(at.assessment, by=at.lead)
    return dataclasses.replace(round_, given=dataclasses.replace(round_.given, index=index, answers={}))


def _own_reference(at: Council) -> tuple[str, str]:
    found: tuple[str, str] = rows(OwnIndex).values_list("index", "number").get(pk=_id(at, "own_index"))
    return found


def _item(at: Council) -> WorkItem:
    return one_work(UUID(at.arguments["work_id"]), by=at.lead).item


OF_ALL = {"all_rounds", "organisations", "readable_indexes", "rounds_to_show"}
"""What is asked of everything that somebody sees: theirs is there, and nothing of this one."""
OF_THE_PLATFORM = {"all_organisations"}


def _queries() -> Iterator[str]:
    for module in pkgutil.iter_modules(queries.__path__):
        found = importlib.import_module(f"{queries.__name__}.{module.name}")
        for name, function in vars(found).items():
            own = inspect.isfunction(function) and function.__module__ == found.__name__ and name[0] != "_"
            if own and "by" in inspect.signature(function).parameters:
                yield name


def test_every_query_is_listed() -> None:
    assert sorted(_queries()) == sorted(QUERIES)


@pytest.fixture
def council(index: Index) -> Council:
    """With something for each query to find."""
    council = a_council(index, THEIRS)
    theme, answers = index.themes[0], {council.arguments["question"]: QuestionAnswer(1, 1, THEIRS)}
    lead = Person.objects.get(pk=council.lead.pk)
    save_theme(
        assessment_id=council.assessment,
        code=theme.code,
        version=assessment_round(council.assessment, by=lead).themes[theme.code].version,
        read=lambda _: answers,
        by=lead,
        now=NOW,
    )
    a_round(lead, load_index("svmi-private"), organisation=council.organisation, name=THEIRS)
    own: dict[str, Any] = {"organisation_id": council.organisation, "at": NOW, "trail_number": 1}
    decided = Decision.objects.create(
        assessment_id=council.assessment, step="endorse", words=THEIRS, by=council.lead, **own
    )
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    frozen = {"organisation_id": council.organisation, "decision": decided, "format": "csv"}
    FrozenDocument.objects.create(content=b"abc", sha256=digest, **frozen)
    Assurance.objects.create(
        assessment_id=council.assessment,
        statement=THEIRS,
        state_version=0,
        by=council.lead,
        **own,
    )
    Identifier.objects.create(organisation_id=council.organisation, scheme="GB-COH", value="00000006")
    operator = council.sits(Role.GLASS_BREAKER)
    rows(Membership).filter(person=operator).update(ends_at=NOW.replace(year=2099))
    rows(Evidence).update(valid_until=DAY.replace(year=2020))
    make_feed(programme_id=UUID(council.arguments["programme_id"]), by=council.lead, now=NOW)
    own_index_id, reach = _id(council, "own_index"), IndexReach.ORGANISATION
    publish_index(own_index_id=own_index_id, version=0, reach=reach, today=DAY, by=lead, now=NOW)
    PositionChange.objects.create(
        organisation_id=council.organisation,
        assessment_id=council.assessment,
        question=council.arguments["question"],
        before=0,
        after=1,
        on=DAY,
        cause="confirmed",
        by=council.lead,
        at=NOW,
    )
    rows(Work).filter(organisation_id=council.organisation).update(owner=council.lead)
    rows(Assessment).filter(pk=council.assessment).update(moved_from=council.assessment)
    keep_unsent(person_id=council.lead.pk, path="/", fields=[("note", THEIRS)], now=NOW)
    return council


def _answer(ask: Ask, council: Council, by: Person) -> Any:
    try:
        return ask(council, by)
    except CommonwealError:
        return None


def test_a_stranger_is_given_nothing(council: Council, index: Index) -> None:
    """All of them in one council, since they only read: to make one for each took most of the time."""
    stranger = a_council(index, "OTHER").lead
    for name in sorted(QUERIES.keys() - OF_THE_PLATFORM):
        own = _answer(QUERIES[name], council, Person.objects.get(pk=council.lead.pk))
        assert own, f"{name}: there is nothing to keep from anybody"
        theirs = _answer(QUERIES[name], council, Person.objects.get(pk=stranger.pk))
        assert THEIRS not in repr(theirs), name
        if name not in OF_ALL:
            assert not theirs or (dataclasses.is_dataclass(theirs) and not _values(theirs)), (name, theirs)


def _values(found: Any) -> list[Any]:
    return [value for value in dataclasses.astuple(found) if value]


def test_whoever_runs_no_platform_is_told_of_none(council: Council) -> None:
    with pytest.raises(CommonwealError):
        all_organisations(by=council.lead)
