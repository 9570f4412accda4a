"""What a page asks of the database does not grow with what is in it."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cases import everywhere
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.evidence import EvidenceKind, Strength, criteria_to_show
from commonweal.core.lifecycle import Step
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.own_index import IndexReach
from commonweal.core.programme.work import WorkStep
from commonweal.reports.index_file import as_yaml
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.lifecycle import Meeting, take_step
from commonweal.services.actions.own_indexes import begin_index, import_index, publish_index
from commonweal.services.actions.people import invite, place
from commonweal.services.actions.programmes import Frame, adopt_plan, start_programme
from commonweal.services.actions.registers import add_entry, set_served
from commonweal.services.actions.remarks import remark
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_files import add_work_file
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.people import Person
from commonweal.services.queries import round_heads
from commonweal.standards.index_template import template_content
from commonweal.standards.programme_templates import templates
from commonweal.store.models import (
    Decision,
    Membership,
    OrganisationPart,
    OwnIndex,
    PositionChange,
    Programme,
    RegisterEntry,
    Work,
    WorkServes,
)

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="a page asks as often on either database")
MOST = {
    "start": 7,
    "organisation": 15,
    "new-assessment": 10,
    "indexes": 6,
    "own-index": 5,
    "own-question": 5,
    "rounds": 7,
    "departments": 9,
    "measuring": 4,
    "sides": 9,
    "task-list": 7,
    "edition": 8,
    "check": 4,
    "results": 6,
    "crosswalk": 7,
    "round-changes": 7,
    "plan": 6,
    "theme": 4,
    "short-form": 4,
    "not-applying": 4,
    "filled-workbook": 4,
    "people": 7,
    "trail": 5,
    "decisions": 9,
    "all-evidence": 6,
    "question": 9,
    "placed": 8,
    "evidence": 6,
    "change-evidence": 6,
    "settings": 8,
    "predecessors": 9,
    "plan-note": 4,
    "short-form-theme": 4,
    "add-evidence": 4,
    "programmes": 7,
    "new-programme": 4,
    "adopt-plan": 8,
    "route": 10,
    "within-means": 10,
    "costings": 9,
    "what-if": 10,
    "position": 5,
    "upkeep": 8,
    "keep-up": 8,
    "programme": 12,
    "save-template": 7,
    "year-end": 6,
    "progress": 13,
    "programme-documents": 6,
    "programme-years": 8,
    "programme-paper": 8,
    "several": 13,
    "add-work": 9,
    "compare-plan": 20,
    "calendar-feed": 7,
    "change-programme": 6,
    "work": 18,
    "change-work": 17,
    "governance": 4,
    "diary": 7,
    "register": 6,
    "register-file": 4,
    "add-entry": 4,
    "entry": 8,
    "change-entry": 7,
}
"""Statements a page, the two of session and person with seats among them."""

OF_AN_ORGANISATION = {
    *("organisation", "rounds", "people", "trail", "settings", "predecessors", "indexes", "new-assessment"),
    *("departments", "sides", "programmes", "new-programme"),
    *("governance", "diary", "register", "register-file", "add-entry"),
}
OF_A_PROGRAMME = {
    "several",
    "programme",
    "add-work",
    "compare-plan",
    "change-programme",
    "calendar-feed",
    "progress",
    "programme-documents",
}
OF_A_PROGRAMME |= {"save-template", "year-end", "programme-years", "programme-paper"}
OF_WORK = {"work", "change-work"}

_AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT set_config")
"""What stands around the statements of a transaction behind the fence."""


def _count(act: Callable[[], object]) -> int:
    """Of a page that is made anew."""
    caches["kept"].clear()
    round_heads._kept.clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(not query["sql"].startswith(_AROUND) for query in queries)


def _more_work(assessment: UUID, by: Person) -> None:
    """Another programme, and in the first one work with needs, parts, an owner and a history."""
    first = rows(Programme).get(assessment=assessment)
    whole, needed = rows(Work).filter(programme=first, parent=None).order_by("number")[:2]
    for parent in (None, whole.pk):
        details = WorkDetails("More", 1, owner=by.pk, needs=frozenset({needed.pk}))
        made = add_work(programme_id=first.pk, details=details, parent=parent, by=by, now=NOW)
        _take(made, WorkStep.START, by)
    for step in (WorkStep.AGREE,) if whole.state == "proposed" else (WorkStep.BLOCK, WorkStep.RESUME):
        _take(whole.pk, step, by)
    anchors = {"start": NOW.date()}
    frame = Frame("From a template", "scotland", None, None)
    start_programme(
        organisation_id=first.organisation_id,
        reference=templates()[0].reference,
        frame=frame,
        anchors=anchors,
        by=by,
        now=NOW,
    )
    PositionChange.objects.create(
        organisation_id=first.organisation_id,
        assessment_id=assessment,
        question="A1",
        before=0,
        after=1,
        on=NOW.date(),
        cause="confirmed",
        work=whole,
        by=by,
        at=NOW,
    )


def _take(work: UUID, step: WorkStep, by: Person) -> None:
    version = rows(Work).get(pk=work).version
    said = {"words": "Said", "link": "", "today": NOW.date(), "by": by, "now": NOW}
    take_work_step(work_id=work, step=step, version=version, **said)  # type: ignore[arg-type]


def _more(organisation: UUID, assessment: UUID, index: Index, by: Person) -> UUID:
    """More of everything that pages list: rounds, seats, invitations, evidence, remarks, decisions, placements.

    Gives a piece of evidence.
    """
    number = Person.objects.count()
    theme, question = index.themes[0], index.questions[0]
    officer = somebody(f"Officer {number}")
    seat = Membership.objects.create(
        organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW, given_by=by
    )
    place(assessment_id=assessment, membership_id=seat.pk, theme=theme.code, by=by, now=NOW)
    invite(
        organisation_id=organisation,
        email=f"{number}@invited.example",
        role=Role.READER,
        on_behalf_of="",
        ends_at=None,
        by=by,
        now=timezone.now(),
    )
    criteria = frozenset((question.id, one.id) for _, one in criteria_to_show(theme, question))
    named = ("A note", frozenset({question.id}), Strength.CLAIMED)
    piece = Piece(EvidenceKind.NOTE, *named, text=f"Note {number}", criteria=criteria)
    evidence = add_evidence(assessment_id=assessment, piece=piece, by=officer, now=NOW)
    remark(assessment_id=assessment, question=question.id, text=f"Remark {number}", by=by, now=NOW)
    for version, step in enumerate((Step.AGREE, Step.REOPEN), rows(Decision).filter(assessment_id=assessment).count()):
        about = {"meeting": Meeting(), "words": "As said", "today": NOW.date(), "by": by, "now": NOW}
        take_step(assessment_id=assessment, step=step, state_version=version, **about)  # type: ignore[arg-type]
    a_round(by, index, everywhere(index, 0, -1), organisation=organisation, name=f"Round {number}")
    a_round(by, index, everywhere(index, 0, -1))
    for number in range(2):
        about = {"organisation": organisation, "name": f"Round {number}"}
        part = rows(OrganisationPart).create(organisation_id=organisation, kind="department", name=f"{uuid4()}")
        a_round(by, index, everywhere(index, 0, -1), department=part.pk, **about)  # type: ignore[arg-type]
    _more_entries(organisation, by)
    _index(organisation, by)
    if rows(Programme).filter(assessment=assessment).exists():
        _more_work(assessment, by)
    return evidence


def _index(organisation: UUID, by: Person) -> UUID:
    """One more index of its own, published, and one that is a draft."""
    titled = {"title": f"Own {rows(OwnIndex).count()}", "edition": "us", "is_counted": False, "today": NOW.date()}
    begin_index(organisation_id=organisation, **titled, by=by, now=NOW)  # type: ignore[arg-type]
    content = template_content() | {"id": f"own-{rows(OwnIndex).count()}"}
    file = {"content": as_yaml(content), "file_name": "own.yaml"}
    for _ in range(2):
        made = import_index(organisation_id=organisation, **file, by=by, now=NOW)  # type: ignore[arg-type]
        file["content"] = as_yaml(content | {"version": "1.1"})
        if rows(OwnIndex).get(pk=made).number == "1.0":
            publish = {"version": 0, "reach": IndexReach.ORGANISATION, "today": NOW.date()}
            publish_index(own_index_id=made, **publish, by=by, now=NOW)  # type: ignore[arg-type]
    return made


def _more_entries(organisation: UUID, by: Person) -> None:
    """A group with a member and a meeting, and somebody with a role."""
    group = rows(RegisterEntry).filter(organisation_id=organisation, register="groups").first()
    own = {"organisation_id": organisation, "by": by, "now": NOW}
    one = add_entry(register_id="groups", values={"name": "Cabinet", "kind": "Committee"}, **own)  # type: ignore[arg-type]
    for register, values in (
        ("members", {"member": "Cllr Example", "group": str(group.pk if group else one)}),
        ("meetings", {"title": "Meeting", "group": str(group.pk if group else one), "on": "2026-12-01"}),
        ("roles", {"role": "Champion", "holder": "Cllr Example"}),
    ):
        add_entry(register_id=register, values=values, **own)  # type: ignore[arg-type]
    work = rows(Work).filter(organisation_id=organisation).order_by("number").first()
    if work:
        entries = {*rows(WorkServes).filter(work=work).values_list("entry_id", flat=True), one}
        set_served(work_id=work.pk, entries=entries, by=by, now=NOW)
        picture = b"\xff\xd8\xff\xe0\x00\x04AB\xff\xda\x00\x04AB\xff\xd9"
        add_work_file(work_id=work.pk, title="List", file_name="x.jpg", content=picture, by=by, now=NOW)


@pytest.mark.parametrize("name", sorted(MOST))
def test_statements_are_constant(name: str, index: Index, client: Client, person: Person) -> None:
    organisation = an_organisation(person)
    assessment = a_round(
        person, index, {**everywhere(index, 0, 1), "I1": QuestionAnswer(1, 1)}, organisation=organisation
    )
    chosen = {step.id for question in index.questions[:3] for step in question.steps[:1]}
    frame = Frame("Adopted", "scotland", NOW.date(), 2)
    programme = adopt_plan(assessment_id=assessment, frame=frame, chosen=chosen, by=person, now=NOW)
    work = rows(Work).filter(programme=programme).order_by("number")[0].pk
    evidence = _more(organisation, assessment, index, person)  # each kind is there once, since prefetching skips none
    by_name: dict[str, list[object]] = {"start": [], "evidence": [evidence], "change-evidence": [evidence]}
    group = rows(RegisterEntry).filter(organisation_id=organisation, register="groups").order_by("created_at")[0].pk
    by_name |= {"entry": [group], "change-entry": [group]}
    own = _index(organisation, person)
    by_name |= {"own-index": [own], "own-question": [own]}
    for names, id_ in ((OF_AN_ORGANISATION, organisation), (OF_A_PROGRAMME, programme), (OF_WORK, work)):
        by_name |= {key: [id_] for key in names}
    arguments = by_name.get(name, [assessment])
    of_a_theme = {key: [index.themes[0].code] for key in ("theme", "plan-note", "short-form-theme")}
    last = {
        **of_a_theme,
        "question": [index.questions[0].id],
        "own-question": [index.questions[0].id],
        "new-programme": [templates()[0].reference],
        "keep-up": ["I1"],
        **{key: ["meetings"] for key in ("register", "register-file", "add-entry")},
    }.get(name, [])
    address = reverse(name, args=[*arguments, *last])
    assert client.get(address).status_code == 200
    counts = [_count(lambda: client.get(address))]
    for _ in range(3):
        _more(organisation, assessment, index, person)
    counts.append(_count(lambda: client.get(address)))
    full = a_round(person, index, everywhere(index, 0, -1), organisation=organisation)
    _more(organisation, full, index, person)
    if str(assessment) in address:
        counts.append(_count(lambda: client.get(address.replace(str(assessment), str(full)))))
    assert set(counts) == {MOST[name]}


def test_saving_takes_as_many_statements_for_one_answer_as_for_all(
    index: Index, client: Client, person: Person
) -> None:
    theme = max(index.themes, key=lambda theme: len(theme.questions))
    address = reverse("theme", args=[a_round(person, index), theme.code])
    one = {f"{theme.questions[0].id}-present": "0"}
    everything = {f"{question.id}-{column}": "1" for question in theme.questions for column in ("present", "future")}
    counts = [
        _count(lambda: client.post(address, {"version": "0", "do": "stop", **one})),
        _count(lambda: client.post(address, {"version": "1", "do": "stop", **everything})),
    ]
    assert counts[0] == counts[1] <= 11
