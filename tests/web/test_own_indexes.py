"""An index of one's own on its pages: begun, written, uploaded, previewed, published, answered."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.service import NOW, an_organisation, rows, somebody
from tests.web.own_indexes import CARBON, page_of, post, publish, seen_in, upload_file, uploaded, values_in

from commonweal.core.access import Role
from commonweal.core.organisations import Kind
from commonweal.intake.index_file import read_index_file
from commonweal.reports.index_file import as_workbook
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.people import Person
from commonweal.standards.index_template import template_content
from commonweal.store.models import Assessment, Membership, Organisation, OwnIndex


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def own(client: Client, council: UUID) -> UUID:
    return uploaded(client, council)


def test_from_nothing_to_a_round_by_pages_alone(client: Client, council: UUID) -> None:
    begun = {"do": "begin", "title": "Fair work", "edition": "care providers", "kind": "ladders"}
    own = post(client, reverse("indexes", args=[council]), begun).headers["Location"].strip("/").split("/")[-1]
    assert "There is no theme yet. Add the first one below." in page_of(client, "own-index", own)
    theme = post(
        client, reverse("own-index", args=[own]), {"do": "add-theme", "title": "Pay", "lead_question": "Fair?"}
    )
    assert theme.headers["Location"] == reverse("own-theme", args=[own, "A"])
    assert "There is no question in it yet. Add one." in page_of(client, "own-index", own)
    added = {"do": "add-question", "new-title": "Living wage", "new-question": "Is it paid?"}
    question = post(client, theme.headers["Location"], added)
    assert question.headers["Location"] == reverse("own-question", args=[own, "A1"])
    page = client.get(question.headers["Location"]).content.decode()
    written = {
        "seen": seen_in(page),
        "title": "Living wage",
        "question": "Is it paid?",
        "help": "Why",
        "evidence": "Slips",
        "start": "To nobody",
        "answer-1": "To some",
        "action-1": "Begin",
        "answer-3": "To all",
        "action-3": "Go on",
    }
    saved = post(client, question.headers["Location"], written)
    assert saved.headers["Location"] == reverse("own-theme", args=[own, "A"]) + "#questions"
    assert "Nothing is left to do" in page_of(client, "own-index", own)
    preview = page_of(client, "preview-theme", own, "A")
    assert [text for text in ("To nobody", "To some", "To all") if text in preview] == [
        "To nobody",
        "To some",
        "To all",
    ]
    assert "Preview: nothing that you choose here is kept." in preview
    assert publish(client, UUID(own)).status_code == 302
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    assert reference in page_of(client, "new-assessment", council)
    opened = {"index": reference, "name": "First", "horizon_years": "2"}
    assert post(client, reverse("new-assessment", args=[council]), opened).status_code == 302
    round_ = rows(Assessment).get(index=reference)
    answers = {"version": "0", "do": "stop", "A1-present": "0", "A1-future": "2"}
    post(client, reverse("theme", args=[round_.pk, "A"]), answers)
    assert "Fair work, edition for care providers" in page_of(client, "task-list", round_.pk)
    assert "Developing" in page_of(client, "results", round_.pk)
    assert "Go on" in page_of(client, "plan", round_.pk)
    assert "1 round answers it" in page_of(client, "own-index", own)


def test_every_document_of_a_round_of_it(client: Client, council: UUID, own: UUID) -> None:
    publish(client, own)
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    post(client, reverse("new-assessment", args=[council]), {"index": reference, "name": "R", "horizon_years": "2"})
    round_ = rows(Assessment).get(index=reference).pk
    for format_name in ("pdf", "docx", "xlsx", "html", "csv", "json"):
        assert client.get(reverse("document", args=[round_, format_name])).status_code == 200, format_name
    for name in ("task-list", "check", "short-form", "results", "plan", "workbook", "round-changes", "not-applying"):
        assert client.get(reverse(name, args=[round_])).status_code == 200, name
    filled = client.get(reverse("filled-workbook", args=[round_])).content
    back = post(client, reverse("workbook", args=[round_]), {"workbook": SimpleUploadedFile("own.xlsx", filled)})
    assert back.status_code == 302
    assert client.get(reverse("blank-workbook", args=[reference])).status_code == 200


def test_a_file_with_faults_is_told_in_full(client: Client, council: UUID) -> None:
    text = CARBON.read_text(encoding="utf-8").replace("code: B\n", "code: K\n", 1).replace("id: M1\n", "id: M2\n", 1)
    answer = upload_file(client, council, text.encode())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was kept. Put these right and upload the file again" in page
    assert page.count('<td class="govuk-table__cell">carbon.yaml, line ') == 2
    assert not rows(OwnIndex).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No file was chosen"), (b"\xff\xfe\x00", "carbon.yaml"), (b"PK\x03\x04 no", "carbon.yaml")],
)
def test_a_file_that_is_none_is_told(content: bytes | None, words: str, client: Client, council: UUID) -> None:
    data = {"do": "upload"} | ({"file": SimpleUploadedFile("carbon.yaml", content)} if content else {})
    answer = post(client, reverse("indexes", args=[council]), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_templates_are_given_out(client: Client) -> None:
    for ending in ("xlsx", "yaml"):
        answer = client.get(reverse("index-template", args=[ending]))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="index-template.{ending}"'
        assert read_index_file(answer.content, f"x.{ending}").value == template_content()
    assert client.get(reverse("index-template", args=["exe"])).status_code == 404


def test_a_workbook_is_taken_in_like_a_text(client: Client, council: UUID) -> None:
    content = as_workbook(template_content(), NOW.date())
    assert upload_file(client, council, content, "own.xlsx").status_code == 302
    assert rows(OwnIndex).get().title == "My index"


def test_what_is_taken_out_is_the_draft(client: Client, own: UUID) -> None:
    for ending in ("xlsx", "yaml"):
        answer = client.get(reverse("own-index-file", args=[own, ending]))
        assert read_index_file(answer.content, f"x.{ending}").value == rows(OwnIndex).get(pk=own).content


def test_a_form_that_is_sent_unchanged_changes_nothing(client: Client, own: UUID) -> None:
    before = rows(OwnIndex).get(pk=own)
    for name, *more in (("own-index-about",), ("own-index-levels",), ("own-theme", "B"), ("own-question", "B3")):
        page = page_of(client, name, own, *more)
        hidden = dict(re.findall(r'<input type="hidden" name="(was-[0-9]+)" value="([^"]*)"', page))
        sent = {**values_in(page), **hidden, "seen": seen_in(page), "do": "save"}
        assert post(client, reverse(name, args=[own, *more]), sent).status_code == 302, name
    after = rows(OwnIndex).get(pk=own)
    assert after.content == before.content
    assert after.version == before.version


def test_a_change_of_the_same_part_is_not_overwritten_unseen(client: Client, own: UUID) -> None:
    address = reverse("own-theme", args=[own, "B"])
    seen = seen_in(client.get(address).content.decode())
    post(client, reverse("own-index", args=[own]), {"do": "down:theme:B"})
    assert post(client, address, {"seen": seen, "title": "First", "lead_question": "?"}).status_code == 302
    late = post(client, address, {"seen": seen, "title": "Second", "lead_question": "?"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Nothing was saved yet:" in page
    assert 'value="Second"' in page
    assert post(client, address, {"seen": seen_in(page), "title": "Second", "lead_question": "?"}).status_code == 302


def test_what_is_too_long_is_said_at_its_field(client: Client, own: UUID) -> None:
    page = page_of(client, "own-question", own, "B3")
    sent = values_in(page) | {"seen": seen_in(page), "answer-2": "x" * 161, "start": "y" * 161, "action-1": "z" * 1201}
    answer = post(client, reverse("own-question", args=[own, "B3"]), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'id="([^"]+)-error"', shown) == ["start", "action-1", "answer-2"]
    assert all(f'href="#{name}"' in shown for name in ("start", "action-1", "answer-2"))
    assert "x" * 161 in shown


def test_a_duty_is_met_where_the_question_has_an_answer(client: Client, own: UUID) -> None:
    address, page = reverse("own-question", args=[own, "B3"]), page_of(client, "own-question", own, "B3")
    sent = values_in(page) | {"seen": seen_in(page), "legal_minimum.duty": "A law.", "met": "Net zero ready"}
    refused = post(client, address, sent)
    assert refused.status_code == 422
    assert "The question has no answer at this level" in refused.content.decode()
    assert post(client, address, sent | {"met": "Reducing"}).status_code == 302
    question = rows(OwnIndex).get(pk=own).content["themes"][1]["questions"][2]
    assert question["legal_minimum"] == {"met_from_answer": 2, "duty": "A law."}
    assert "it is not said what they are called" in page_of(client, "own-index", own)


def test_levels_are_moved_renamed_and_added(client: Client, own: UUID) -> None:
    address = reverse("own-index-levels", args=[own])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(was-[0-9]+)" value="([^"]*)"', page))
    sent = values_in(page) | hidden | {"seen": seen_in(page)}
    moved = client.post(address, sent | {"do": "up:1"}).content.decode()
    assert values_in(moved)["label-0"] == "Counting"
    assert rows(OwnIndex).get(pk=own).content["levels"][0]["label"] == "Unaware"
    more = sent | {"do": "more", "label-1": "Measuring", "label-4": "Beyond", "definition-4": "More."}
    assert post(client, address, more).headers["Location"] == address
    content = rows(OwnIndex).get(pk=own).content
    assert [level["label"] for level in content["levels"]] == [
        "Unaware",
        "Measuring",
        "Reducing",
        "Net zero ready",
        "Beyond",
    ]
    assert content["themes"][0]["questions"][0]["answers"][1]["level"] == "Measuring"
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(was-[0-9]+)" value="([^"]*)"', page))
    emptied = values_in(page) | hidden | {"seen": seen_in(page), "label-0": "", "definition-0": ""}
    refused = post(client, address, emptied)
    assert refused.status_code == 422
    assert "Unaware is still used by K1" in refused.content.decode()


def test_questions_are_moved_and_taken_away(client: Client, own: UUID) -> None:
    address = reverse("own-index", args=[own])
    moved = post(client, address, {"do": "up:question:B2"})
    assert moved.headers["Location"] == reverse("own-theme", args=[own, "B"]) + "#questions"
    post(client, address, {"do": "remove:question:B3"})
    post(client, address, {"do": "remove:theme:M"})
    themes = rows(OwnIndex).get(pk=own).content["themes"]
    assert [theme["code"] for theme in themes] == ["K", "B"]
    assert [question["id"] for question in themes[1]["questions"]] == ["B2", "B1", "B4"]
    assert post(client, address, {"do": "remove:question:B3"}).status_code == 404
    assert post(client, address, {"do": "remove:person:B3"}).status_code == 404


def test_what_is_published_has_no_forms(client: Client, own: UUID) -> None:
    publish(client, own)
    for name, *more in (("own-index-about",), ("own-theme", "B"), ("own-question", "B3"), ("publish-index",)):
        assert client.get(reverse(name, args=[own, *more])).status_code == 409
    page = page_of(client, "own-index", own)
    assert "Start a new version" in page
    assert "Add a theme" not in page
    new = post(client, reverse("own-index", args=[own]), {"do": "new-version"}).headers["Location"]
    assert "version 1.1" in client.get(new).content.decode()
    post(client, reverse("own-index", args=[own]), {"do": "withdraw"})
    assert "Superseded" in page_of(client, "own-index", own)


def test_publishing_what_somebody_changed_meanwhile_asks_once_more(client: Client, own: UUID) -> None:
    version = rows(OwnIndex).get(pk=own).version
    post(client, reverse("own-index", args=[own]), {"do": "down:theme:K"})
    answer = post(client, reverse("publish-index", args=[own]), {"version": version})
    assert answer.status_code == 409
    assert "Nothing was published:" in answer.content.decode()


def test_only_those_whom_the_operator_lets_are_asked_for_everybody(client: Client, person: Person) -> None:
    force = create_organisation(name="Task force", kind=Kind.INDEX_KEEPER, size=None, by=person, now=NOW)
    Membership.objects.create(organisation_id=force, person=person, role=Role.INDEX_KEEPER, created_at=NOW)
    own = uploaded(client, force)
    assert "Every organisation of this installation" not in page_of(client, "publish-index", own)
    assert publish(client, own, reach="everybody").status_code == 403
    operator = somebody("Operator")
    operator.is_operator = True
    operator.save()
    platform = Client(headers={"host": "localhost"})
    platform.force_login(operator)
    assert "Let it publish indexes to everybody" in platform.get(reverse("platform")).content.decode()
    assert platform.post(reverse("let-publish", args=[force]), {"is_let": "yes"}).status_code == 302
    assert rows(Organisation).get(pk=force).publishes_to_everybody
    assert "Every organisation of this installation" in page_of(client, "publish-index", own)
    assert publish(client, own, reach="everybody").status_code == 302
    stranger = somebody("Stranger")
    browser = Client(headers={"host": "localhost"})
    browser.force_login(stranger)
    elsewhere = an_organisation(stranger, "Elsewhere")
    assert "Supply chain carbon index" in page_of(browser, "new-assessment", elsewhere)
    assert "Supply chain carbon index" in page_of(browser, "blank-workbooks")
    assert browser.get(reverse("own-index", args=[own])).status_code == 404


def test_an_index_of_others_is_no_workbook_and_no_copy(client: Client, own: UUID) -> None:
    publish(client, own)
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    stranger = somebody("Stranger")
    browser = Client(headers={"host": "localhost"})
    browser.force_login(stranger)
    elsewhere = an_organisation(stranger, "Elsewhere")
    assert browser.get(reverse("blank-workbook", args=[reference])).status_code == 404
    assert (
        post(browser, reverse("indexes", args=[elsewhere]), {"do": "copy", "reference": reference}).status_code == 404
    )
    opened = {"index": reference, "name": "R", "horizon_years": "2"}
    assert post(browser, reverse("new-assessment", args=[elsewhere]), opened).status_code == 422


def test_a_copy_can_be_published_as_it_is(client: Client, council: UUID) -> None:
    copied = post(client, reverse("indexes", args=[council]), {"do": "copy", "reference": "svmi-private@2016.1"})
    own = copied.headers["Location"].strip("/").split("/")[-1]
    assert "Nothing is left to do" in page_of(client, "own-index", own)
    assert publish(client, UUID(own)).status_code == 302


def test_statements_are_written_without_answers(client: Client, council: UUID) -> None:
    begun = {"do": "begin", "title": "Ours", "edition": "us", "kind": "statements"}
    own = post(client, reverse("indexes", args=[council]), begun).headers["Location"].strip("/").split("/")[-1]
    post(client, reverse("own-index", args=[own]), {"do": "add-theme", "title": "Area", "lead_question": "?"})
    post(client, reverse("own-theme", args=[own, "A"]), {"do": "add-question", "new-title": "T", "new-question": "S"})
    page = page_of(client, "own-question", own, "A1")
    assert "It is rated with the levels of the index" in page
    sent = values_in(page) | {"seen": seen_in(page), "help": "H", "evidence": "E"}
    post(client, reverse("own-question", args=[own, "A1"]), sent)
    levels = page_of(client, "own-index-levels", own)
    assert "From which level is a statement well rated?" in levels
    assert "Nothing is left to do" in page_of(client, "own-index", own)
