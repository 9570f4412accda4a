"""Answering in the pages: saving, errors, stale tabs, the effect, the short form."""

from uuid import UUID

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.service import NOW, a_round

from commonweal.core.maturity.answers import Blank, QuestionAnswer
from commonweal.core.maturity.models import Index, Theme
from commonweal.services.actions.answers import save_theme
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round


@pytest.fixture
def assessment(index: Index, person: Person) -> UUID:
    return a_round(person, index)


def _address(assessment: UUID, theme: Theme) -> str:
    return f"/assessments/{assessment}/themes/{theme.code}/"


def _answers(person: Person, assessment: UUID) -> dict[str, QuestionAnswer]:
    return dict(assessment_round(assessment, by=person).given.answers)


def test_save_and_continue_goes_to_the_next_theme_and_at_the_end_to_the_check(
    client: Client, index: Index, assessment: UUID
) -> None:
    for theme, following in zip(index.themes, index.themes[1:], strict=False):
        answer = client.post(_address(assessment, theme), {"version": "0", "do": "continue"})
        assert answer.headers["Location"] == _address(assessment, following)
    answer = client.post(_address(assessment, index.themes[-1]), {"version": "0", "do": "continue"})
    assert answer.headers["Location"] == f"/assessments/{assessment}/check/"


def test_save_and_stop_keeps_everything_and_shows_it_again(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    theme = next(theme for theme in index.themes if any(question.may_not_apply for question in theme.questions))
    free = next(question for question in theme.questions if question.may_not_apply)
    other = next(question for question in theme.questions if not question.may_not_apply)
    data = {
        "version": "0",
        "do": "stop",
        f"{free.id}-present": "n/a",
        f"{free.id}-future": "n/a",
        f"{free.id}-reason": "  We have none  ",
        f"{other.id}-present": "0",
        f"{other.id}-note": "first\r\nsecond",
    }
    answer = client.post(_address(assessment, theme), data)
    assert answer.headers["Location"] == f"/assessments/{assessment}/"
    stored = _answers(person, assessment)
    assert stored[free.id] == QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="We have none")
    assert stored[other.id] == QuestionAnswer(0, Blank.UNANSWERED, note="first\nsecond")
    page = client.get(_address(assessment, theme)).content.decode()
    assert 'value="We have none"' in page
    assert "first\nsecond</textarea>" in page


def test_an_error_keeps_what_was_typed_and_names_the_way_out(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    theme = index.themes[0]
    question = theme.questions[0]
    data = {
        "version": "0",
        "do": "continue",
        f"{question.id}-present": "2",
        f"{question.id}-future": "1",
        f"{question.id}-note": "long <b>thought</b>",
    }
    answer = client.post(_address(assessment, theme), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert f'href="#{question.id}-future"' in page
    assert "lies below the present one" in page
    assert "long &lt;b&gt;thought&lt;/b&gt;" in page
    assert f'name="{question.id}-step_back"' in page
    assert "<title>Error: " in page
    assert _answers(person, assessment) == {}
    answer = client.post(_address(assessment, theme), {**data, f"{question.id}-step_back": "It ended"})
    assert answer.status_code == 302
    assert _answers(person, assessment)[question.id].step_back == "It ended"


def test_a_stale_tab_is_told_and_nothing_typed_is_lost(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    theme = index.themes[0]
    question = theme.questions[0]
    theirs = {question.id: QuestionAnswer(0, 0, note="theirs")}
    save_theme(assessment_id=assessment, code=theme.code, version=0, read=lambda _: theirs, by=person, now=NOW)
    data = {"do": "stop", f"{question.id}-present": "1", f"{question.id}-future": "1", f"{question.id}-note": "mine"}
    answer = client.post(_address(assessment, theme), {"version": "0", **data})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed in the meantime" in page
    assert "theirs</td>" in page
    assert "mine</textarea>" in page
    assert _answers(person, assessment) == theirs
    assert 'name="version" value="1"' in page
    assert client.post(_address(assessment, theme), {"version": "1", **data}).status_code == 302
    assert _answers(person, assessment)[question.id].note == "mine"


def test_the_effect_is_told_with_and_without_scripts_and_saves_nothing(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    theme = index.themes[0]
    data = {"version": "0", "do": "effect"}
    for question in theme.questions:
        data |= {f"{question.id}-present": str(len(question.steps)), f"{question.id}-future": str(len(question.steps))}
    said = f"{theme.title} now: from not fully answered to {index.levels[-1].label}."
    for headers in ({}, {"X-Requested-With": "commonweal"}):
        answer = client.post(_address(assessment, theme), data, headers=headers)
        page = answer.content.decode().replace("&amp;", "&")
        assert answer.status_code == 200
        assert said in page
        assert ("<!DOCTYPE" in page) is not bool(headers)
    assert _answers(person, assessment) == {}


@pytest.mark.parametrize("version", ["", "-1", "9" * 40, "x", "1.5", "\u0661"])
def test_a_forged_version_is_as_good_as_stale(client: Client, index: Index, assessment: UUID, version: str) -> None:
    theme = index.themes[0]
    data = {"version": version, "do": "stop", f"{theme.questions[0].id}-present": "0"}
    assert client.post(_address(assessment, theme), data).status_code == 409


@pytest.mark.parametrize("value", ["99", "-1", "1.0", "\u0661", "x", "n/a", "1" * 500, "\0"])
def test_a_forged_answer_is_refused(client: Client, index: Index, assessment: UUID, person: Person, value: str) -> None:
    theme = index.themes[0]
    data = {"version": "0", "do": "stop", f"{theme.questions[0].id}-present": value}
    assert client.post(_address(assessment, theme), data).status_code == 422
    assert _answers(person, assessment) == {}


def test_an_oversized_note_is_told_by_how_much(client: Client, index: Index, assessment: UUID) -> None:
    theme = index.themes[0]
    data = {"version": "0", "do": "stop", f"{theme.questions[0].id}-note": "x" * 2_001}
    answer = client.post(_address(assessment, theme), data)
    assert answer.status_code == 422
    assert "is 1 character too long. Shorten it to 2,000 characters." in answer.content.decode()


def test_more_than_a_form_can_hold_is_refused_in_words(client: Client, index: Index, assessment: UUID) -> None:
    theme = index.themes[0]
    for data in ({"version": "0", "x": "x" * 1_000_001}, {f"field{number}": "1" for number in range(6_001)}):
        answer = client.post(_address(assessment, theme), data)
        assert answer.status_code == 400
        assert "could not be read" in answer.content.decode()


def test_the_longest_theme_with_the_longest_notes_can_be_saved(
    client: Client, index: Index, assessment: UUID, person: Person
) -> None:
    theme = max(index.themes, key=lambda theme: len(theme.questions))
    notes = {question.id: "\u4e2d" * 2_000 for question in theme.questions}
    data = {f"{id_}-note": text for id_, text in notes.items()}
    assert client.post(_address(assessment, theme), {"version": "0", "do": "stop", **data}).status_code == 302
    assert {id_: answer.note for id_, answer in _answers(person, assessment).items()} == notes


def test_the_short_form_leads_to_an_estimate_that_says_so_and_fills_in_the_form(
    client: Client, index: Index, assessment: UUID
) -> None:
    assert "Start the short form" in client.get(f"/assessments/{assessment}/short-form/").content.decode()
    for theme in index.themes:
        answer = client.post(
            f"/assessments/{assessment}/short-form/{theme.code}/", {"present": "1", "future": "3", "do": "continue"}
        )
        assert answer.status_code == 302
    assert answer.headers["Location"] == f"/assessments/{assessment}/results/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Estimate: themes " in page
    assert f"<strong>{index.levels[1].label}</strong>" in page
    assert f"<strong>{index.levels[3].label}</strong>" in page
    first = client.get(_address(assessment, index.themes[0])).content.decode()
    assert "Filled in from your estimate" in first
    assert first.count(" checked") == 2 * len(index.themes[0].questions)


def test_the_short_form_says_what_is_missing(client: Client, index: Index, assessment: UUID) -> None:
    address = f"/assessments/{assessment}/short-form/{index.themes[0].code}/"
    answer = client.post(address, {"present": "2", "do": "continue"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No level is chosen for the target." in page
    assert 'value="2" checked' in page


def test_who_is_overtaken_in_the_short_form_sees_both(client: Client, index: Index, assessment: UUID) -> None:
    address = f"/assessments/{assessment}/short-form/{index.themes[0].code}/"
    assert 'name="seen" value=""' in client.get(address).content.decode()
    client.post(address, {"seen": "", "present": "1", "future": "3"})
    answer = client.post(address, {"seen": "", "present": "2", "future": "4"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{index.levels[1].label} now, {index.levels[3].label} as the target" in page
    assert page.count(" checked") == 2
    assert 'value="2" checked' in page
    assert 'name="seen" value="1 3"' in page
    assert client.post(address, {"seen": "1 3", "present": "2", "future": "4"}).status_code == 302


def test_the_task_list_follows(client: Client, index: Index, person: Person) -> None:
    full = everywhere(index, 0, 0)
    whole, part = index.themes[0], index.themes[1]
    answers = {question.id: full[question.id] for question in (*whole.questions, part.questions[0])}
    assessment = a_round(person, index, answers)
    page = client.get(f"/assessments/{assessment}/").content.decode()
    assert f"1 of {len(index.themes)} themes completed" in page
    assert f"1 of {len(part.questions)} questions answered" in page
    assert page.count("Not started") == len(index.themes) - 2
    assert "Continue with the next theme" in page
    assert f'href="/assessments/{assessment}/themes/{part.code}/" role="button"' in page
