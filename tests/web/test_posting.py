"""The controls of the matrix: what it sends does change something, where it is sent by somebody who may."""

import pytest
from django.test import Client
from tests.conftest import ON_POSTGRESQL
from tests.service import NOW, rows, somebody
from tests.web.routes import ROUTES
from tests.web.world import Council, a_council, rows_of

from commonweal.core.access import TABLE, Reach, Role
from commonweal.core.maturity.models import Index
from commonweal.services.people import Person
from commonweal.store.models import Assessment, Evidence

HOME = "CANARYhome2d40"


@pytest.mark.parametrize("name", sorted(name for name, route in ROUTES.items() if route.send))
def test_who_may_send_it_changes_something(name: str, index: Index, db: None) -> None:
    home = a_council(index, HOME)
    home.is_ready_for(name)
    roles = [role for role in Role if TABLE[role, ROUTES[name].send] is not Reach.NOTHING]  # type: ignore[index]
    person = home.lead if {Role.OWNER, Role.LEAD_OFFICER} & set(roles) else home.sits(roles[0], placed=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    before = rows_of(home)
    answer = client.post(home.address(name), home.posting(name))
    assert answer.status_code in {200, 302}, answer.content.decode()
    assert rows_of(home) != before


def _strangers(home: Council, away: Council) -> dict[str, Person | None]:
    operator = somebody("Platform operator")
    operator.is_operator = True
    operator.save()
    left = home.sits(Role.LEAD_OFFICER, placed=True)
    left.memberships.across("a test").update(ended_at=NOW)
    return {
        **{role.value: away.sits(role, placed=True) for role in Role},
        "supplier here, placed on nothing": home.sits(Role.SUPPLIER_CONTACT),
        "whose seat was ended": left,
        "platform operator": operator,
        "guest": somebody("Guest"),
        "nobody": None,
    }


@pytest.mark.skipif(ON_POSTGRESQL, reason="tests/web/test_second_fence.py looks at it there")
def test_nobody_else_changes_anything_by_it(index: Index, db: None) -> None:
    home, away = a_council(index, HOME), a_council(index, "AWAY")
    strangers = _strangers(home, away)
    before = rows_of(home)
    for who, person in strangers.items():
        client = Client(headers={"host": "localhost"})
        if person:
            client.force_login(person)
        for name in (name for name, route in ROUTES.items() if route.send):
            answer = client.post(home.address(name), home.posting(name, away))
            assert answer.status_code in ({404, 403} if person else {302}), (who, name)
        assert rows_of(home) == before, who


TYPED = "Typed for an hour"
MOVED: dict[str, tuple[str, dict[str, str]]] = {
    "theme": ("agreed", {"A1-note": TYPED}),
    "plan-note": ("agreed", {"note": TYPED}),
    "decisions": ("agreed", {"step": "agree", "words": TYPED}),
    "sign": ("draft", {"statement": TYPED}),
    "add-evidence": ("endorsed", {"text": TYPED}),
    "change-evidence": ("endorsed", {"title": TYPED}),
    "evidence": ("endorsed", {"why": TYPED}),
    "withdraw-evidence": ("withdrawn", {"why": TYPED}),
}
"""What is typed, and the state that the assessment was brought to meanwhile."""


@pytest.mark.parametrize("name", sorted(MOVED))
def test_what_was_typed_is_there_where_it_came_too_late(name: str, index: Index, db: None) -> None:
    home = a_council(index, HOME)
    state, typed = MOVED[name]
    person = home.sits(Role.ASSURER, placed=True) if name == "sign" else home.lead
    if state == "withdrawn":
        rows(Evidence).update(withdrawn_at=NOW)
    else:
        rows(Assessment).filter(pk=home.assessment).update(state=state)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    answer = client.post(home.address(name), {**home.posting(name), **typed})
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.content.decode()
    assert TYPED in answer.content.decode()


@pytest.mark.parametrize("ended", [True, False], ids=["whose seat was ended", "who may only read by now"])
def test_what_was_typed_is_there_for_somebody(ended: bool, index: Index, db: None) -> None:
    home = a_council(index, HOME)
    person = home.sits(Role.LEAD_OFFICER)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    person.memberships.across("a test").update(**({"ended_at": NOW} if ended else {"role": Role.ELECTED_MEMBER}))
    answer = client.post(home.address("theme"), {**home.posting("theme"), "A1-note": TYPED})
    assert answer.status_code == (404 if ended else 403)
    assert TYPED in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options", "head", "trace"])
def test_a_page_takes_its_methods_alone(method: str, index: Index, db: None) -> None:
    home = a_council(index, HOME)
    client = Client(headers={"host": "localhost"})
    client.force_login(home.lead)
    made_by_others = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_")
    for name, route in ROUTES.items():
        is_taken = {"get": bool(route.get) or not route.send, "post": route.post is not None}.get(method, False)
        if not is_taken and not name.startswith(made_by_others):
            assert getattr(client, method)(home.address(name)).status_code == 405, name
