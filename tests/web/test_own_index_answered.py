"""An index of one's own as others meet it: completed from a table, answered, and in its next version."""

import re
from collections.abc import Mapping
from html import escape, unescape
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.service import an_organisation, rows
from tests.web.own_indexes import page_of, post, publish, seen_in, upload_file, uploaded, values_in

from commonweal.formats.csv import write_csv
from commonweal.reports.index_file import as_yaml
from commonweal.services.people import Person
from commonweal.standards.index_template import template_content
from commonweal.store.models import Assessment, OwnIndex


@pytest.fixture
def council(person: Person) -> UUID:
    return an_organisation(person)


@pytest.fixture
def own(client: Client, council: UUID) -> UUID:
    return uploaded(client, council)


def test_a_toolkit_completes_an_index_that_lacks_statements(client: Client, council: UUID) -> None:
    copied = post(client, reverse("indexes", args=[council]), {"do": "copy", "reference": "lga-nps-2018@2018.1"})
    own = copied.headers["Location"].strip("/").split("/")[-1]
    before = rows(OwnIndex).get(pk=own).content
    held = [(theme["title"], one["title"]) for theme in before["themes"] for one in theme["questions"]]
    areas = [theme["title"] for theme in before["themes"] if "lacks" in theme] + ["Creating commercial opportunities"]
    more = [(areas[n % len(areas)], f"Invented {'abcdef'[n % 6]}{'ghijkl'[n // 6]}") for n in range(36)]
    file = SimpleUploadedFile("toolkit.csv", write_csv([("Key area", "Statement"), *held, *more]))
    address = reverse("index-table", args=[own])
    page = post(client, address, {"do": "read", "file": file}).content.decode()
    assert "36 statements would come in; 23 statements that are here get the text of the row" in page
    assert "The index then holds 59 of 59." in page
    assert rows(OwnIndex).get(pk=own).content == before
    sent = _sent(page)
    left_out = post(client, address, {**sent, "do": "preview", "leave-58": "yes"}).content.decode()
    assert "The index then holds 58 of 59." in left_out
    assert post(client, address, {**sent, "do": "apply", "whole": "yes"}).status_code == 302
    assert "Nothing is left to do" in page_of(client, "own-index", own)
    after = rows(OwnIndex).get(pk=own).content
    assert sum(len(theme["questions"]) for theme in after["themes"]) == after["scoring"]["whole"] == 59
    assert publish(client, UUID(own)).status_code == 302


def _sent(page: str) -> dict[str, str]:
    """What the preview of a table would send: the table, the columns and the themes as they are chosen."""
    found = {"table": unescape(re.findall(r'name="table" value="([^"]*)"', page)[0])}
    found |= {name: unescape(value) for name, value in re.findall(r'name="(area-name-[0-9]+)" value="([^"]*)"', page)}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        found[name] = chosen[0] if chosen else ""
    return found


@pytest.mark.parametrize("table", ["", "[]", '[["a"], [["x", "y"]], ["p"]]', '[["a"], [[1]], ["p"]]', "[" * 5000])
def test_a_table_that_did_not_come_back_is_asked_for_again(table: str, client: Client, own: UUID) -> None:
    answer = post(client, reverse("index-table", args=[own]), {"do": "apply", "table": table})
    assert answer.status_code == 422
    assert "Choose the file once more." in answer.content.decode()


def test_no_row_taken_is_said(client: Client, own: UUID) -> None:
    address = reverse("index-table", args=[own])
    file = SimpleUploadedFile("list.csv", write_csv([("Theme", "Question"), ("", "What?")]))
    page = post(client, address, {"do": "read", "file": file}).content.decode()
    answer = post(client, address, {**_sent(page), "do": "apply"})
    assert answer.status_code == 422
    assert "No row would be taken." in answer.content.decode()


def test_levels_are_not_emptied_into_one(client: Client, own: UUID) -> None:
    address = reverse("own-index-levels", args=[own])
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(was-[0-9]+)" value="([^"]*)"', page))
    before = rows(OwnIndex).get(pk=own).content
    sent = values_in(page) | hidden | {"seen": seen_in(page)}
    for emptied in (
        {"label-1": "", "label-2": ""},
        {f"{name}-{n}": "" for n in range(5) for name in ("label", "definition")},
    ):
        answer = post(client, address, {**sent, **emptied})
        assert answer.status_code == 422
        assert rows(OwnIndex).get(pk=own).content == before
    assert (
        "Counting cannot be the lowest level"
        in post(client, address, {**sent, "do": "save", **_swapped(sent)}).content.decode()
    )


def _swapped(sent: Mapping[str, str]) -> dict[str, str]:
    names = ("was", "label", "name", "definition")
    return {f"{name}-{1 - n}": sent[f"{name}-{n}"] for n in (0, 1) for name in names}


def test_every_part_of_a_question_with_dots_in_its_id_is_told(client: Client, council: UUID) -> None:
    content = template_content()
    content["themes"][0]["questions"][0]["id"] = "1.1"
    own = upload_file(client, council, as_yaml(content)).headers["Location"].strip("/").split("/")[-1]
    publish(client, UUID(own))
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    post(client, reverse("new-assessment", args=[council]), {"index": reference, "name": "R", "horizon_years": "2"})
    address = reverse("theme", args=[rows(Assessment).get(index=reference).pk, "A"])
    answer = client.post(address, {"version": "0", "do": "stop", "1.1-present": "7", "1.1-note": "x" * 3000})
    assert answer.status_code == 422
    assert re.findall(r'id="([^"]+)-error"', answer.content.decode()) == ["1.1-present", "1.1-note"]


@pytest.mark.parametrize("text", ["@@note@@", "@@reason@@", "{{ 7 * 7 }}", "<b>bold</b>", "\\x02note\\x03"])
def test_no_text_of_an_author_stands_for_something_else(text: str, client: Client, council: UUID) -> None:
    content = template_content()
    content["themes"][0]["questions"][1] |= {"question": f"Is {text} kept?", "help": text, "may_not_apply": text}
    own = upload_file(client, council, as_yaml(content)).headers["Location"].strip("/").split("/")[-1]
    publish(client, UUID(own))
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    post(client, reverse("new-assessment", args=[council]), {"index": reference, "name": "R", "horizon_years": "2"})
    address = reverse("theme", args=[rows(Assessment).get(index=reference).pk, "A"])
    sent = {
        "version": "0",
        "do": "stop",
        "A2-present": "n/a",
        "A2-future": "n/a",
        "A2-note": "SECRET",
        "A2-reason": "WHY",
    }
    assert client.post(address, sent).status_code == 302
    page = client.get(address).content.decode()
    assert f"Is {escape(text)} kept?" in page
    assert (page.count("SECRET"), page.count("WHY")) == (1, 1)


def test_a_round_moves_to_the_next_version(client: Client, council: UUID, own: UUID) -> None:
    publish(client, own)
    reference = "{0.index}@{0.number}".format(rows(OwnIndex).get(pk=own))
    post(client, reverse("new-assessment", args=[council]), {"index": reference, "name": "R", "horizon_years": "2"})
    round_ = rows(Assessment).get(index=reference).pk
    assert "There is no later one." in page_of(client, "edition", round_)
    assert client.post(reverse("edition", args=[round_])).status_code == 409
    answers = {f"B{n}-{column}": "1" for n in (1, 2, 3, 4) for column in ("present", "future")}
    post(client, reverse("theme", args=[round_, "B"]), {"version": "0", "do": "stop", **answers})
    new = (
        post(client, reverse("own-index", args=[own]), {"do": "new-version"})
        .headers["Location"]
        .strip("/")
        .split("/")[-1]
    )
    page = page_of(client, "own-question", new, "B1")
    assert "What changed since the version before?" in page
    said = {"question": "Asked otherwise?", "since.what": "It asks of all purchases now."}
    sent = values_in(page) | {"seen": seen_in(page), **said}
    post(client, reverse("own-question", args=[new, "B1"]), sent)
    post(client, reverse("own-index", args=[new]), {"do": "remove:question:B4"})
    changes = page_of(client, "own-index", new)
    assert "What changed since version 1.0" in changes
    assert "It asks of all purchases now." in changes
    publish(client, UUID(new))
    assert "Version 1.1 of the index is out." in page_of(client, "task-list", round_)
    offer = page_of(client, "edition", round_)
    assert "Three answers would go over. One question has to be looked at." in offer
    assert "Answered here, and not asked any more" in offer
    documents = [client.get(reverse("document", args=[round_, name])).content for name in ("json", "csv")]
    moved = post(client, reverse("edition", args=[round_]), {}).headers["Location"]
    told = client.get(moved).content.decode()
    assert "It asks of all purchases now." in told
    assert "B4 Small firms" in told
    assert "What comes from the index, and what from you" in told
    assert [client.get(reverse("document", args=[round_, name])).content for name in ("json", "csv")] == documents
    latest = rows(Assessment).get(moved_from=round_)
    assert latest.index.endswith("@1.1")
    assert "Version 1.1" not in page_of(client, "task-list", latest.pk)
    third = {"index": latest.index, "name": "Third", "horizon_years": "2", "start_from": str(round_)}
    assert post(client, reverse("new-assessment", args=[council]), third).status_code == 302
    assert rows(Assessment).get(name="Third").moved_from_id == round_


def test_what_means_the_same_need_not_be_looked_at(client: Client, council: UUID, own: UUID) -> None:
    publish(client, own)
    begun = post(client, reverse("own-index", args=[own]), {"do": "new-version"})
    new = begun.headers["Location"].strip("/").split("/")[-1]
    page = page_of(client, "own-question", new, "B1")
    said = {"question": "Asked otherwise?", "since.what": "Shorter.", "no-look": "yes"}
    post(client, reverse("own-question", args=[new, "B1"]), values_in(page) | {"seen": seen_in(page), **said})
    question = rows(OwnIndex).get(pk=new).content["themes"][1]["questions"][0]
    assert question["since"] == {"what": "Shorter.", "look": False}
    assert 'value="yes" checked' in page_of(client, "own-question", new, "B1")
    publish(client, UUID(new))
    third = post(client, reverse("own-index", args=[new]), {"do": "new-version"})
    again = third.headers["Location"].strip("/").split("/")[-1]
    assert "since" not in str(rows(OwnIndex).get(pk=again).content)
    assert "No question, answer or level changed." in page_of(client, "own-index", again)
