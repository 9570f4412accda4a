"""A council with something in every corner, each with its canary in it, and the arguments of the routes to it."""

import datetime
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from tests.service import NOW, a_round, an_organisation, rows, somebody
from tests.web.routes import FILE, OWNED_BY_SOMEBODY, ROUTES, SEAT, WORK_SHEET, WORKBOOK
from tests.workbook.books import blank

from commonweal.core.access import Role
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.maturity.answers import Blank, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.own_index import IndexReach
from commonweal.core.programme.costings import Costing
from commonweal.core.programme.models import LinkKind
from commonweal.core.programme.work import WorkStep
from commonweal.core.seats import WHOLE
from commonweal.reports.index_file import as_yaml
from commonweal.reports.programme_list import as_xlsx
from commonweal.services.actions.answers import keep_plan_note
from commonweal.services.actions.calendar_feeds import make_feed
from commonweal.services.actions.costings import set_costings
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.actions.own_indexes import digest_of_part, import_index, publish_index, start_new_version
from commonweal.services.actions.own_templates import save_template
from commonweal.services.actions.people import invite, place
from commonweal.services.actions.programme_years import AgreedYear, agree_years, write_paper
from commonweal.services.actions.programmes import Frame, adopt_plan
from commonweal.services.actions.registers import add_entry, set_served
from commonweal.services.actions.remarks import remark
from commonweal.services.actions.uploads import receive_workbook
from commonweal.services.actions.work import add_work
from commonweal.services.actions.work_details import WorkDetails
from commonweal.services.actions.work_files import add_work_file
from commonweal.services.actions.work_links import add_link
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.actions.work_uploads import sheet_code
from commonweal.services.people import Person
from commonweal.services.queries.programme_report import programme_report
from commonweal.standards.index_template import template_content
from commonweal.standards.programme_templates import templates
from commonweal.store.models import (
    Assessment,
    Invitation,
    Membership,
    OrganisationPart,
    OwnIndex,
    OwnTemplate,
    Placement,
    Programme,
    ProgrammePaper,
    RegisterEntry,
    SideAgreement,
    SideRequest,
    Work,
    WorkFile,
    WorkLink,
    WorkUpload,
)
from commonweal.store.models.owned import Owned
from commonweal.web.indexes.part_forms import part_about, part_levels, part_question, part_theme

KEPT_UP = "I1"
"""A question whose second answer has to be kept up."""


@dataclass(frozen=True)
class Council:
    """A council of somebody's."""

    canary: str
    lead: Person
    organisation: UUID
    assessment: UUID
    arguments: Mapping[str, str]
    workbook: bytes

    def address(self, name: str, instead: Mapping[str, str] | None = None) -> str:
        values = {**self.arguments, **(instead or {})}
        return reverse(name, kwargs={argument: values[argument] for argument in ROUTES[name].arguments})

    def posting(self, name: str, sender: "Council | None" = None) -> dict[str, Any]:
        """What is sent to a route of this council, by somebody of another or its own."""
        own = {f"my_{key}": value for key, value in (sender or self).arguments.items()}
        return {
            key.format(**self.arguments): self._sent(value) or value.format(**self.arguments, **own)
            for key, value in (ROUTES[name].post or {}).items()
        }

    def _sent(self, value: str) -> Any:
        """A file, where a word stands for one."""
        picture = SimpleUploadedFile("picture.jpg", _picture("", "").content)
        if value == WORK_SHEET:
            return self._work_sheet()
        return {WORKBOOK: io.BytesIO(self.workbook), FILE: picture}.get(value)

    def _work_sheet(self) -> io.BytesIO:
        id_ = UUID(self.arguments["programme_id"])
        return io.BytesIO(as_xlsx(programme_report(id_, by=self.lead, today=NOW.date()), sheet_code(id_)))

    def nowhere(self, name: str) -> str:
        """The same route to what is not there."""
        number = {SEAT, "placement_id"}
        absent = {key: "999999" if key in number else str(uuid4()) for key in OWNED_BY_SOMEBODY}
        return self.address(name, absent)

    def is_ready_for(self, name: str) -> None:
        """Bring it to where what is sent to a route can be done."""
        if name == "sign":
            rows(Assessment).filter(pk=self.assessment).update(state="agreed")
        if name == "adopt-plan":
            rows(Programme).filter(assessment=self.assessment).update(state="closed")
        if name == "edition":
            self._answers_an_earlier_version()
        if name == "take-feed-back":
            make_feed(programme_id=UUID(self.arguments["programme_id"]), by=self.lead, now=NOW)

    def _answers_an_earlier_version(self) -> None:
        """Of its own index, of which the next version is published."""
        own, today = UUID(self.arguments["own_index_id"]), NOW.date()
        for _ in range(2):
            version = rows(OwnIndex).get(pk=own).version
            said = {"version": version, "reach": IndexReach.ORGANISATION, "today": today, "by": self.lead, "now": NOW}
            publish_index(own_index_id=own, **said)
            first = rows(OwnIndex).order_by("number")[0]
            own = start_new_version(own_index_id=own, today=today, by=self.lead, now=NOW)
        rows(Assessment).filter(pk=self.assessment).update(index=f"{first.index}@{first.number}")

    def seat(self, person: Person, role: Role) -> Membership:
        return Membership.objects.create(organisation_id=self.organisation, person=person, role=role, created_at=NOW)

    def sits(self, role: Role, *, placed: bool = False) -> Person:
        """Somebody with a role here, placed on the assessment if so said."""
        person = somebody(f"{role.value} {uuid4().hex}")
        seat = self.seat(person, role)
        if placed:
            place(assessment_id=self.assessment, membership_id=seat.pk, theme=WHOLE, by=self.lead, now=NOW)
        return person


def a_council(index: Index, canary: str, lead: Person | None = None) -> Council:
    lead = lead or somebody(f"Lead {canary}")
    organisation = an_organisation(lead, f"{canary} Council")
    assessment = a_round(lead, index, _answers(index, canary), organisation=organisation, name=f"{canary} round")
    rows(Assessment).filter(pk=assessment).update(source=f"{canary} source")
    code, question = index.themes[0].code, index.questions[0].id
    keep_plan_note(assessment_id=assessment, code=code, version=0, text=f"{canary} plan", by=lead, now=NOW)
    remark(assessment_id=assessment, question=question, text=f"{canary} remark", by=lead, now=NOW)
    filled = blank(index)
    upload = receive_workbook(assessment_id=assessment, content=filled, file_name=f"{canary}.xlsx", by=lead, now=NOW)
    evidence = add_evidence(assessment_id=assessment, piece=_picture(canary, question), by=lead, now=NOW)
    token = invite(
        organisation_id=organisation,
        email=f"{canary.lower()}@invited.example",
        role=Role.READER,
        on_behalf_of=f"{canary} Partners",
        ends_at=datetime.datetime(2099, 12, 31, tzinfo=datetime.UTC),
        by=lead,
        now=NOW,
    )
    officer = somebody(f"Officer {canary}")
    seat = Membership.objects.create(organisation_id=organisation, person=officer, role=Role.OFFICER, created_at=NOW)
    place(assessment_id=assessment, membership_id=seat.pk, theme=code, by=lead, now=NOW)
    work = _some_work(assessment, index.questions[0].steps[0].id, canary, lead)
    _round_of_a_department(organisation, index, canary, lead)
    arguments = {
        "organisation_id": str(organisation),
        "assessment_id": str(assessment),
        "upload_id": str(upload),
        "evidence_id": str(evidence),
        "membership_id": str(seat.pk),
        "invitation_id": str(rows(Invitation).get(organisation_id=organisation).pk),
        **_of_sides(organisation, assessment, canary, lead),
        "predecessor_id": str(an_organisation(lead, f"{canary} Before")),
        "placement_id": str(rows(Placement).get(membership=seat).pk),
        **_of_work(work, index.questions[1].steps[0].id),
        **_of_index(_own_index(organisation, canary, lead), code, question),
        "template": templates()[0].reference,
        "code": code,
        "question": question,
        "kept": KEPT_UP,
        "format_name": "json",
        "reference": index.reference,
        "token": token,
        "key": "x",
        "provider_id": "none",
        "uidb36": "x",
        "pk": "1",
    }
    return Council(canary, lead, organisation, assessment, arguments, filled)


def _of_sides(organisation: UUID, assessment: UUID, canary: str, lead: Person) -> dict[str, str]:
    """A supplier that shows where it stands, and a round that is shown to somebody."""
    shown = {"organisation": f"{canary} Works", "index": "svmi-private@2016.1", "round": f"{canary} round"}
    made = {"organisation_id": organisation, "created_at": NOW, "created_by": lead}
    request = rows(SideRequest).create(
        **made, label=f"{canary} supplier", digest=uuid4().hex, expires_at=NOW + datetime.timedelta(weeks=8),
        shown={**shown, "date": None, "is_estimated": False, "now": {}, "target": {}}, shown_at=NOW,
    )  # fmt: skip
    agreement = rows(SideAgreement).create(
        organisation_id=organisation, assessment_id=assessment, request=request.pk, asked_by=f"{canary} asker",
        agreed_at=NOW, agreed_by=lead,
    )  # fmt: skip
    return {"request_id": str(request.pk), "agreement_id": str(agreement.pk)}


def _round_of_a_department(organisation: UUID, index: Index, canary: str, lead: Person) -> None:
    department = rows(OrganisationPart).get(organisation_id=organisation).pk
    a_round(lead, index, organisation=organisation, name=f"{canary} part", department=department)


def _own_index(organisation: UUID, canary: str, lead: Person) -> UUID:
    """A draft that could be published."""
    content = template_content() | {"title": f"{canary} index", "edition": f"{canary} edition"}
    file = as_yaml(content)
    return import_index(organisation_id=organisation, content=file, file_name="own.yaml", by=lead, now=NOW)


def _of_index(id_: UUID, code: str, question: str) -> dict[str, str]:
    content = rows(OwnIndex).get(pk=id_).content
    parts = {
        "about": part_about,
        "levels": part_levels,
        "theme": part_theme(code),
        "question": part_question(question),
    }
    seen = {f"seen_{name}": digest_of_part(part(content)) for name, part in parts.items()}
    table = '[["Question", "Help"], [["Is it so?", "Why"]], ["row 1"]]'
    return {"own_index_id": str(id_), "index_format": "yaml", "a_table": table, **seen}


def _answers(index: Index, canary: str) -> dict[str, QuestionAnswer]:
    """An answer to every question, each with its note; one is kept up, and one cannot apply."""
    answers = {question.id: QuestionAnswer(0, 1, note=f"{canary} note") for question in index.questions}
    answers[KEPT_UP] = QuestionAnswer(1, 1)
    without = next(question for question in index.questions if question.may_not_apply)
    never = Blank.NOT_APPLICABLE
    answers[without.id] = QuestionAnswer(never, never, note=f"{canary} note", reason=without.may_not_apply)
    return answers


def _some_work(assessment: UUID, first: str, canary: str, lead: Person) -> Work:
    """One action adopted, and own work with something in every field, done; what was done stays in its history."""
    frame = Frame(f"{canary} programme", "scotland", NOW.date(), 2)
    programme = adopt_plan(assessment_id=assessment, frame=frame, chosen={first}, by=lead, now=NOW)
    details = WorkDetails(
        title=f"{canary} own work",
        group=1,
        detail=f"{canary} detail",
        role=f"{canary} role",
        funding=f"{canary} funding",
        spent=Decimal(40),
        measurable=f"{canary} measurable",
        achievable=f"{canary} achievable",
        relevant=f"{canary} relevant",
    )
    work = add_work(programme_id=programme, details=details, parent=None, by=lead, now=NOW)
    for version, step in enumerate((WorkStep.CLAIM, WorkStep.CONFIRM)):
        said = {"words": f"{canary} said", "link": f"https://{canary.lower()}.example/", "today": NOW.date()}
        take_work_step(work_id=work, step=step, version=version, by=lead, now=NOW, **said)  # type: ignore[arg-type]
    found: Work = rows(Work).get(programme=programme, step=first)
    add_link(work_id=found.pk, kind=LinkKind.DOCUMENT, title=f"{canary} link", address="", by=lead, now=NOW)
    _beside(found, canary, lead)
    return found


_VALUES = dict.fromkeys(
    ("topic", "role", "funding", "detail", "measurable", "achievable", "relevant", "start", "due", "cost", "spent"), ""
) | {"effort_days": "", "group": 1, "year": 1, "is_milestone": False, "priority": 2, "price_year": None, "owner": "",
     "department": None}  # fmt: skip
"""What a row of a workbook says of a piece of work."""


def _beside(work: Work, canary: str, lead: Person) -> None:
    """A file, a group that it goes to, what is agreed for a year, and what the paper says."""
    content = _picture(canary, "").content
    add_work_file(work_id=work.pk, title=f"{canary} file", file_name=f"{canary}.jpg", content=content, by=lead, now=NOW)
    values = {"name": f"{canary} group", "kind": "Committee", "purpose": f"{canary} purpose", "papers": "5"}
    home = work.organisation_id
    group = add_entry(organisation_id=home, register_id="groups", values=values, by=lead, now=NOW)
    meeting = {"title": f"{canary} meeting", "group": str(group), "on": "2026-12-01", "notes": f"{canary} notes"}
    add_entry(organisation_id=home, register_id="meetings", values=meeting, by=lead, now=NOW)
    policy = {"title": f"{canary} policy", "state": "Adopted", "review": "2026-01-01"}
    add_entry(organisation_id=home, register_id="policies", values=policy, by=lead, now=NOW)
    role = {"role": f"{canary} post", "holder": f"{canary} holder"}
    add_entry(organisation_id=home, register_id="roles", values=role, by=lead, now=NOW)
    set_served(work_id=work.pk, entries=[group], by=lead, now=NOW)
    save_template(
        programme_id=work.programme_id, owner_id=home, title=f"{canary} template", purpose=f"{canary} use",
        today=NOW.date(), by=lead, now=NOW,
    )  # fmt: skip
    change = {"id": str(work.pk), "version": work.version, "title": f"{canary} change", "parent": None}
    change |= {
        "values": _VALUES | {"title": f"{canary} new title"},
        "needs": None,
        "links": None,
        "lines": [],
        "links_before": [["document", f"{canary} link", ""]],
    }
    kept = {"file_name": f"{canary}.xlsx", "changes": [change], "created_at": NOW, "created_by": lead}
    rows(WorkUpload).create(organisation_id=home, programme_id=work.programme_id, **kept)
    years = {2: AgreedYear(words=f"{canary} agreed")}
    agree_years(programme_id=work.programme_id, version=0, years=years, by=lead, now=NOW)
    rows(Programme).filter(pk=work.programme_id).update(version=0)
    said = {"legal": f"{canary} legal"}
    write_paper(programme_id=work.programme_id, version=0, fields=said, by=lead, now=NOW)
    rows(ProgrammePaper).update(version=0)
    department = rows(OrganisationPart).create(organisation_id=home, kind="department", name=f"{canary} department")
    costing = {work.step: Costing(Decimal(1200), Decimal(3), department.pk)}
    baseline = work.programme.assessment_id
    assert baseline is not None
    set_costings(assessment_id=baseline, given=costing, seen={}, price_year=2026, by=lead, now=NOW)


def _of_work(work: Work, another: str) -> dict[str, str]:
    link = rows(WorkLink).get(work=work)
    entry = rows(RegisterEntry).get(register="roles", organisation_id=work.organisation_id)
    ids = {"programme_id": str(work.programme_id), "work_id": str(work.pk), "link_id": str(link.pk)}
    ids["template_id"] = str(rows(OwnTemplate).get(organisation_id=work.organisation_id).pk)
    ids["work_upload_id"] = str(rows(WorkUpload).get(programme_id=work.programme_id).pk)
    ids |= {"feed": "unknown", "entry_id": str(entry.pk), "register": "roles"}
    ids["file_id"] = str(rows(WorkFile).get(work=work).pk)
    return {**ids, "first_action": work.step, "second_action": another}


def rows_of(council: Council) -> list[str]:
    """Everything that the tables hold of a council."""
    tables = [table for table in apps.get_app_config("store").get_models() if issubclass(table, Owned)]
    return [
        f"{table.__name__} {row}"
        for table in tables
        for row in rows(table).filter(organisation_id=council.organisation).order_by("pk").values()
    ]


def _picture(canary: str, question: str) -> Piece:
    return Piece(
        EvidenceKind.FILE,
        f"{canary} evidence",
        frozenset({question}),
        Strength.CLAIMED,
        file_name=f"{canary}.jpg",
        content=b"\xff\xd8\xff\xe0\x00\x04AB\xff\xda\x00\x04AB" + canary.encode() + b"\xff\xd9",
    )


def text_of(content: bytes) -> str:
    """What is in an answer, unzipped where it is an archive, and the words where it is a PDF."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")
