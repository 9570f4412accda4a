"""Two sides: a buyer asks, a supplier agrees for one round, both can end it; nothing else is seen."""

import datetime
import re
from uuid import UUID

import pytest
from django.test import Client
from tests.cases import everywhere
from tests.service import NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.maturity.mirror import Levels, facing
from commonweal.core.maturity.models import Index
from commonweal.core.organisations import Kind
from commonweal.core.seats import WHOLE
from commonweal.formats.yaml import parse_yaml
from commonweal.services.actions.answers import save_estimate, save_theme
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.people import place
from commonweal.services.people import Person
from commonweal.standards.catalogue import load_index
from commonweal.standards.mirrors import check_mirror, mirrors
from commonweal.store.models import Change, Membership, SideAgreement, SideRequest

PRIVATE = load_index("svmi-private")


@pytest.fixture
def council(person: Person, index: Index) -> UUID:
    """It stands at the top of every theme."""
    home = an_organisation(person)
    top = {one.id: everywhere(index, len(one.answers) - 1, len(one.answers) - 1)[one.id] for one in index.questions}
    a_round(person, index, top, organisation=home)
    return home


@pytest.fixture
def firm_lead(db: None) -> Person:
    return somebody("Firm lead")


@pytest.fixture
def firm(firm_lead: Person) -> UUID:
    return create_organisation(name="Acme Works", kind=Kind.BUSINESS, size=None, by=firm_lead, now=NOW)


@pytest.fixture
def round_(firm_lead: Person, firm: UUID) -> UUID:
    """It stands at the bottom of every theme, and hopes for more."""
    return a_round(firm_lead, PRIVATE, everywhere(PRIVATE, 0, 2), organisation=firm, name="Firm round")


def _ask(client: Client, council: UUID, label: str = "Acme") -> str:
    page = client.post(f"/organisations/{council}/sides/", {"label": label}).content.decode()
    found = re.search(r'id="link">http://[^/]+(/side/[^<]+)<', page)
    assert found
    return found[1]


def _as(person: Person) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def _sides(client: Client, organisation: UUID) -> str:
    found = client.get(f"/organisations/{organisation}/sides/")
    assert found.status_code == 200
    return found.content.decode()


def test_what_a_supplier_agrees_to_is_seen_beside_ones_own(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID
) -> None:
    link = _ask(client, council)
    page = _sides(client, council)
    assert "It has not answered yet." in page
    assert "Acme Works" not in page
    theirs = _as(firm_lead)
    offer = theirs.get(link).content.decode()
    assert "Example Council asks where you stand" in offer
    assert "Acme Works: Firm round" in offer
    assert theirs.post(link, {"assessment": str(round_)}).headers["Location"] == f"/organisations/{firm}/sides/"
    page = _sides(client, council)
    assert "Acme Works: Firm round" in page
    assert "You ask for more than they are ready for, by two levels or more: What it covers," in page
    assert "Firm round, to Example Council" in _sides(theirs, firm)
    acts = rows(Change).filter(act__startswith="side").order_by("at", "number").values_list("act", "organisation_id")
    assert set(acts) == {("side asked for", council), ("side shown", firm), ("side received", council)}
    received = rows(Change).get(act="side received")
    assert received.by.is_active is False  # nobody of the firm stands in the council's trail


def test_nothing_but_levels_is_shown_and_later_changes_are_not(
    client: Client, council: UUID, firm_lead: Person, round_: UUID
) -> None:
    link = _ask(client, council)
    _as(firm_lead).post(link, {"assessment": str(round_)})
    shown = rows(SideRequest).get().shown
    assert set(shown) == {"organisation", "index", "round", "date", "is_estimated", "now", "target"}
    assert set(shown["now"]) == {theme.code for theme in PRIVATE.themes}
    code = PRIVATE.themes[0].code
    answers = {id_: everywhere(PRIVATE, 2, 2)[id_] for id_ in PRIVATE.themes[0].by_id}
    save_theme(assessment_id=round_, code=code, version=1, read=lambda _: answers, by=firm_lead, now=NOW)
    assert rows(SideRequest).get().shown == shown


@pytest.mark.parametrize("whose", ["supplier", "buyer"])
def test_either_side_ends_it_and_what_was_shown_is_gone(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID, whose: str
) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    theirs.post(link, {"assessment": str(round_)})
    if whose == "supplier":
        assert theirs.post(f"/sides/agreed/{rows(SideAgreement).get().pk}/withdraw/").status_code == 302
    else:
        assert client.post(f"/sides/{rows(SideRequest).get().pk}/end/").status_code == 302
    assert rows(SideRequest).get().shown is None
    assert rows(SideAgreement).get().ended_at
    acts = set(rows(Change).filter(act__startswith="side").values_list("act", "organisation_id"))
    if whose == "supplier":
        assert {("side withdrawn", firm), ("side taken back", council)} <= acts
    else:
        assert {("side ended", council), ("side ended", firm)} <= acts
    assert "Acme" not in _sides(client, council)
    assert "Firm round" not in _sides(theirs, firm)
    over = theirs.get(link)
    assert over.status_code == 404
    assert "This link does not work any more" in over.content.decode()


def test_a_link_serves_the_firm_that_agreed_first_and_no_other(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID
) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    theirs.post(link, {"assessment": str(round_)})
    rival = somebody("Rival")
    other = a_round(rival, PRIVATE, everywhere(PRIVATE, 1, 1), name="Rival round")
    assert _as(rival).post(link, {"assessment": str(other)}).status_code == 422
    assert rows(SideRequest).get().shown["organisation"] == "Acme Works"
    assert rows(SideAgreement).get().ended_at is None


def test_the_same_agreed_again_writes_nothing(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID
) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    theirs.post(link, {"assessment": str(round_)})
    before = rows(Change).count()
    assert theirs.post(link, {"assessment": str(round_)}).status_code == 302
    assert rows(Change).count() == before


def test_whoever_is_placed_on_the_round_does_not_learn_to_whom_it_is_shown(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID
) -> None:
    link = _ask(client, council)
    _as(firm_lead).post(link, {"assessment": str(round_)})
    assurer = somebody("Assurer")
    seat = Membership.objects.create(organisation_id=firm, person=assurer, role=Role.ASSURER, created_at=NOW)
    place(assessment_id=round_, membership_id=seat.pk, theme=WHOLE, by=firm_lead, now=NOW)
    assert "Example Council" not in _sides(_as(assurer), firm)


def test_estimates_are_shown_as_such_and_an_empty_draft_hides_nothing(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, index: Index, person: Person
) -> None:
    guessed = a_round(firm_lead, PRIVATE, organisation=firm, name="Guessed")
    for theme in PRIVATE.themes:
        said = {"code": theme.code, "present": 1, "future": 2, "seen": None}
        save_estimate(assessment_id=guessed, **said, by=firm_lead, now=NOW)  # type: ignore[arg-type]
    _as(firm_lead).post(_ask(client, council), {"assessment": str(guessed)})
    a_round(person, index, organisation=council, name="Empty draft", date=datetime.date(2030, 1, 1))
    page = _sides(client, council)
    assert "Acme (estimate)" in page
    assert "Innovator (A)" in page
    assert "Follower, aims for Mature" in page
    assert "Nothing in the other edition faces Cross Sector Collaboration (H)." in page


def test_agreeing_again_shows_the_later_round_alone(
    client: Client, council: UUID, firm_lead: Person, firm: UUID, round_: UUID
) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    theirs.post(link, {"assessment": str(round_)})
    later = a_round(firm_lead, PRIVATE, everywhere(PRIVATE, 1, 2), organisation=firm, name="Later round")
    theirs.post(link, {"assessment": str(later)})
    assert rows(SideRequest).get().shown["round"] == "Later round"
    assert rows(SideAgreement).filter(ended_at=None).count() == 1


def test_only_a_round_of_ones_own_by_the_other_index_can_be_shown(
    client: Client, council: UUID, firm_lead: Person, round_: UUID, index: Index, person: Person
) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    public = a_round(firm_lead, index, name="Public round")
    mine = a_round(person, PRIVATE, organisation=council, name="My own")
    for chosen, who in ((public, theirs), (round_, _as(somebody("Stranger"))), (mine, client), (mine, theirs)):
        assert who.post(link, {"assessment": str(chosen)}).status_code == 422
    assert theirs.post(link, {}).status_code == 422
    assert rows(SideRequest).get().shown is None
    assert not rows(SideAgreement).exists()


def test_somebody_who_only_reads_the_firm_cannot_show_it(
    client: Client, council: UUID, firm: UUID, round_: UUID
) -> None:
    member = somebody("Member")
    Membership.objects.create(organisation_id=firm, person=member, role=Role.ELECTED_MEMBER, created_at=NOW)
    link, theirs = _ask(client, council), _as(member)
    assert "Firm round" not in theirs.get(link).content.decode()
    assert theirs.post(link, {"assessment": str(round_)}).status_code == 403
    assert rows(SideRequest).get().shown is None


def test_a_link_that_is_too_old_opens_nothing(client: Client, council: UUID, firm_lead: Person, round_: UUID) -> None:
    link, theirs = _ask(client, council), _as(firm_lead)
    rows(SideRequest).update(expires_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    assert theirs.get(link).status_code == 404
    assert theirs.post(link, {"assessment": str(round_)}).status_code == 404
    assert "the link is too old" in _sides(client, council)


def test_a_name_has_to_be_given(client: Client, council: UUID) -> None:
    answer = client.post(f"/organisations/{council}/sides/", {"label": " "})
    assert answer.status_code == 422
    assert "It is not said whom you ask." in answer.content.decode()
    assert not rows(SideRequest).exists()


def test_every_theme_of_business_faces_one_of_public_bodies() -> None:
    [mirror] = mirrors()
    codes = [code for pair in mirror.pairs for code in pair.second]
    assert sorted(codes) == sorted(theme.code for theme in PRIVATE.themes)


def test_together_is_the_mean_cut_down_and_what_is_not_known_is_left_out() -> None:
    [mirror] = mirrors()
    first: Levels = {"A": 4, "B": 1, "C": None}
    second: list[Levels] = [{"1": 1, "2": 3, "5": 2}, {"1": 2, "2": None, "5": 2}, {"1": 4}]
    found = {one.pair.first: one for one in facing(mirror, first, second)}
    covers, leads, measured, needed = (found[(code,)] for code in "ABCD")
    assert (covers.first, covers.second, covers.together, covers.apart) == (4, (1, 2, 4), 2, 2)
    assert (leads.together, leads.apart) == (3, -2)
    assert (measured.together, measured.apart) == (2, None)
    assert (needed.first, needed.together, needed.apart) == (None, None, None)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [('first: ["A"]', "first: [Z]", "There is no theme Z"), ("svmi-private", "nothing", "nothing")],
)
def test_a_fault_in_a_mirror_is_told(was: str, becomes: str, says: str) -> None:
    about = "first: svmi-public\nsecond: svmi-private\nsource: x\nconfidence: y\n"
    text = about + 'pairs: [{title: t, first: ["A"], second: ["1"]}]'
    problems = check_mirror(parse_yaml(text.replace(was, becomes), "m.yaml"))
    assert says in problems[0].sentence


def test_a_firm_is_not_invited_to_ask_before_it_answers_as_a_buyer(firm_lead: Person, firm: UUID, round_: UUID) -> None:
    page = _sides(_as(firm_lead), firm)
    assert "A buyer can ask where you stand" in page
    assert "Make a link" not in page
