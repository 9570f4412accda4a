"""Forms of programmes, as a browser sends them."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, rows
from tests.web.world import a_council

from commonweal.core.maturity.models import Index
from commonweal.core.programme.work import WorkStep
from commonweal.services.actions.programmes import Frame, adopt_plan, start_programme
from commonweal.services.actions.work_steps import take_work_step
from commonweal.services.people import Person
from commonweal.store.models import Change, Work
from commonweal.web.components.fields import form_errors
from commonweal.web.programmes.forms import NamedForm


def _fields(page: str) -> dict[str, list[str]]:
    """What a browser would send of a page's form, unchanged."""
    form = page[page.index('<form method="post"') :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        is_box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (not is_box or " checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [unescape(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


@pytest.fixture
def task(person: Person) -> Work:
    council = an_organisation(person)
    made = start_programme(
        organisation_id=council, reference="guiding-principles@1", frame=Frame("P", "scotland", None, None),
        anchors={"start": NOW.date()}, by=person, now=NOW,
    )  # fmt: skip
    return rows(Work).filter(programme=made).exclude(topic="").order_by("number")[0]  # type: ignore[no-any-return]


def test_saving_a_form_unchanged_changes_nothing(client: Client, task: Work) -> None:
    address = f"/work/{task.pk}/change/"
    before, entries = rows(Work).filter(pk=task.pk).values().get(), rows(Change).count()
    answer = client.post(address, _fields(client.get(address).content.decode()))
    assert answer.status_code == 302
    assert rows(Work).filter(pk=task.pk).values().get() == before
    assert rows(Change).count() == entries


def test_money_and_days_as_people_write_them(client: Client, task: Work) -> None:
    address = f"/work/{task.pk}/change/"
    said = {"cost": "£1,500.50", "due": "3 March 2027", "effort_days": "1,200", "price_year": "2027"}
    assert client.post(address, _fields(client.get(address).content.decode()) | said).status_code == 302
    item = rows(Work).get(pk=task.pk)
    assert (str(item.cost), str(item.due), str(item.effort_days), item.year) == ("1500.50", "2027-03-03", "1200.0", 1)
    for name, text in (
        ("cost", "-"),
        ("cost", "1e9999"),
        ("cost", "NaN"),
        ("effort_days", "1.25"),
        ("due", "31/02/2027"),
    ):
        page = client.post(address, _fields(client.get(address).content.decode()) | {name: text})
        assert page.status_code == 422, text
        assert text in unescape(page.content.decode())


def test_a_conflict_shows_both_in_words(client: Client, task: Work) -> None:
    address = f"/work/{task.pk}/change/"
    stale = _fields(client.get(address).content.decode())
    theirs = {"title": "Theirs", "priority": "1", "group": "2", "detail": "one\ntwo"}
    assert client.post(address, stale | theirs).status_code == 302
    assert client.post(address, stale | theirs).status_code == 302  # the same once more is no conflict
    page = client.post(address, stale | {"title": "Mine"})
    shown = unescape(page.content.decode())
    assert page.status_code == 409
    assert "What is to be done?: <em>Theirs</em>" in shown
    assert "Priority: <em>High</em>" in shown
    assert "Where does it belong?: <em>Do more than the Act asks</em>" in shown
    assert "Due:" not in shown
    assert ">Mine</textarea>" in shown


def test_odd_addresses_break_nothing(index: Index, client: Client, person: Person) -> None:
    home = a_council(index, "CANARY", person)
    programme, position = home.address("programme"), home.address("position")
    for address in (
        *(f"{programme}?view={odd}&show={odd}&group={odd}" for odd in ("", "x", "-1", "9" * 400, "%00")),
        *(f"{position}?on={odd}" for odd in ("01/01/0001", "31/12/9999", "%00", "9" * 4000)),
        *(f"{home.address('route')}?reach={odd}&needed={odd}&barred={odd}" for odd in ("", "9", "-1", "x")),
        f"{home.address('what-if')}?action=x&action=",
        f"{home.address('compare-plan')}?with=x",
        f"{home.address('add-work')}?group=x",
    ):
        assert client.get(address).status_code in {200, 422}, address


def test_results_plan_and_documents_show_what_moved(index: Index, client: Client, person: Person) -> None:
    round_ = a_round(person, index, everywhere(index, 0, 2))
    step = index.questions[0].steps[0]
    frame = Frame("Adopted", "scotland", NOW.date(), 2)
    adopt_plan(assessment_id=round_, frame=frame, chosen={step.id}, by=person, now=NOW)
    before = client.get(f"/assessments/{round_}/results/").content.decode()
    assert "Baseline" not in before
    work = rows(Work).get(step=step.id)
    for taken in (WorkStep.AGREE, WorkStep.START, WorkStep.CLAIM, WorkStep.CONFIRM):
        version = rows(Work).get(pk=work.pk).version
        take_work_step(
            work_id=work.pk, step=taken, version=version, words="Seen", link="", today=NOW.date(), by=person, now=NOW
        )
    count = sum(len(question.steps[:2]) for question in index.questions)
    for page in ("results", "plan"):
        now = client.get(f"/assessments/{round_}/{page}/").content.decode()
        assert f"The plan has {count - 1} actions" in now
        assert "since then one answer has moved" in now
        was = client.get(f"/assessments/{round_}/{page}/?position=baseline").content.decode()
        assert f"The plan has {count} actions" in was
        assert "Since then it has moved" in was
    assert "Tick: baseline" in client.get(f"/assessments/{round_}/results/").content.decode()
    document = f"/assessments/{round_}/documents/json/"
    assert "baseline" not in client.get(document).json()
    assert client.get(f"{document}?position=now").json()["baseline"]["answers"][index.questions[0].id] == 0
    shown = client.get(f"/assessments/{round_}/plan/").content.decode()
    assert f"{document}?position=now" in shown
    frozen = client.get(f"/assessments/{round_}/plan/?position=baseline&theme=A").content.decode()
    assert "position=baseline" in frozen.split("documents/json/", 1)[1][:60]


def test_an_error_of_a_form_as_a_whole_leads_to_the_page() -> None:
    form = NamedForm({"title": "P", "nation": "scotland"})
    form.is_valid()
    form.add_error(None, "Nothing fits together.")
    form.add_error("title", "Too short.")
    assert form_errors(form) == [
        {"text": "Nothing fits together.", "href": "#main-content"}, {"text": "Too short.", "href": "#title"},
    ]  # fmt: skip
