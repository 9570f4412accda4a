"""Signing in with an account: what opens, what does not, and when it ends."""

import datetime
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.service import an_organisation, somebody

from commonweal.core.access import Role
from commonweal.services.actions.people import invite, revoke_invitation
from commonweal.services.actions.sign_in import make_local_link
from commonweal.services.people import Person
from commonweal.store.models import Invitation
from commonweal.web.components.mail import posting

PASSWORD, SECRET = "three green herons wade", "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _with_accounts(settings: Any, db: None) -> Iterator[None]:
    settings.ACCOUNTS, settings.LOGIN_URL = True, "account_login"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer() -> Person:
    person = somebody("Officer")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def _browser() -> Client:
    return Client(headers={"host": "localhost"})


def _sign_in(client: Client, person: Person, password: str = PASSWORD) -> HttpResponseBase:
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def _code() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def _enters(client: Client, code: str) -> HttpResponseBase:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def _inside(person: Person) -> Client:
    client = _browser()
    _sign_in(client, person)
    codes = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert _enters(client, codes[0]).status_code == 302
    assert client.get("/").status_code == 200
    return client


def test_a_password_alone_opens_nothing(officer: Person) -> None:
    client = _browser()
    answer = _sign_in(client, officer)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_authenticate"))
    for path in ("/", reverse("mfa_index"), reverse("account_email"), reverse("new-organisation")):
        assert client.get(path).status_code == 302
        assert "sign-in" in client.get(path).headers["Location"]
    assert _enters(client, "000000").status_code == 200
    assert client.get("/").status_code == 302


def test_a_code_works_once(officer: Person) -> None:
    code, first, second = _code(), _browser(), _browser()
    _sign_in(first, officer)
    assert _enters(first, code).status_code == 302
    assert first.get("/").status_code == 200
    _sign_in(second, officer)
    assert _enters(second, code).status_code == 200
    assert second.get("/").status_code == 302


def test_the_session_is_a_new_one_after_signing_in(officer: Person) -> None:
    client = _browser()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies["session"] = planted
    _sign_in(client, officer)
    _enters(client, _code())
    assert client.cookies["session"].value != planted
    stranger = _browser()
    stranger.cookies["session"] = planted
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize("how", ["taking a seat", "breaking the glass"])
def test_the_session_is_a_new_one_once_it_opens_more(how: str, officer: Person) -> None:
    owner, now = somebody("Owner"), timezone.now()
    organisation = an_organisation(owner)
    asked: dict[str, Any] = {"role": Role.READER, "on_behalf_of": "", "ends_at": None, "by": owner, "now": now}
    token = invite(organisation_id=organisation, email=str(officer.email), **asked)
    Person.objects.filter(pk=officer.pk).update(is_operator=how == "breaking the glass")
    client = _inside(officer)
    before = client.cookies["session"].value
    if how == "taking a seat":
        answer = client.post(reverse("invitation", args=[token]))
    else:
        answer = client.post(reverse("let-me-in", args=[organisation]), {"reason": "The owner asked on the telephone"})
    assert answer.headers["Location"] == reverse("organisation", args=[organisation])
    assert client.cookies["session"].value != before
    assert client.get(reverse("organisation", args=[organisation])).status_code == 200
    assert client.get(reverse("usersessions_list")).content.count(b"127.0.0.1") == 1
    stranger = _browser()
    stranger.cookies["session"] = before
    assert stranger.get("/").status_code == 302


def test_guessing_is_stopped(officer: Person) -> None:
    client = _browser()
    for _ in range(5):
        assert b"is not right" in _sign_in(client, officer, "three grey herons wade").content  # type: ignore[attr-defined]
    answer = _sign_in(_browser(), officer)  # the right one, from elsewhere
    assert b"too many tries" in answer.content  # type: ignore[attr-defined]


def test_guessing_codes_is_stopped(officer: Person) -> None:
    client = _browser()
    _sign_in(client, officer)
    answers = [_enters(client, f"{number:06d}") for number in range(12)]
    assert b"too many tries" in answers[-1].content  # type: ignore[attr-defined]
    assert client.get("/").status_code == 302


def test_who_is_closed_is_out_on_the_next_request(officer: Person) -> None:
    client = _inside(officer)
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_new_password_ends_the_other_sessions(officer: Person) -> None:
    here, elsewhere = _inside(officer), _inside(officer)
    sent = {"oldpassword": PASSWORD, "password1": "four white swans sleep", "password2": "four white swans sleep"}
    assert here.post(reverse("account_change_password"), sent).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert "Your password was changed" in mail.outbox[-1].subject


def test_other_sessions_are_seen_and_ended(officer: Person) -> None:
    here, elsewhere = _inside(officer), _inside(officer)
    assert here.get(reverse("usersessions_list")).content.count(b"127.0.0.1") == 2
    here.post(reverse("usersessions_list"))
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("minutes", "every", "is_in"), [(29, 29, True), (31, 31, False), (715, 25, True), (725, 25, False)]
)
def test_a_session_ends_in_time(
    minutes: int, every: int, is_in: bool, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = _inside(officer), timezone.now()
    for passed in [*range(every, minutes, every), minutes]:
        now = start + datetime.timedelta(minutes=passed)
        monkeypatch.setattr("commonweal.web.accounts.limits.timezone.now", lambda now=now: now)
        status = client.get("/").status_code
    assert status == (200 if is_in else 302)


def test_nobody_goes_on_without_a_second_step() -> None:
    person = somebody("New")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = _browser()
    _sign_in(client, person)
    for path in ("/", reverse("new-organisation"), reverse("platform")):
        assert client.get(path).headers["Location"] == reverse("mfa_activate_totp")
    assert client.post(reverse("new-organisation"), {"name": "x", "kind": "fire"}).status_code == 302
    assert not person.memberships.across("a test").exists()


def test_nobody_inherits_the_second_step_of_another_in_the_same_browser(officer: Person) -> None:
    """Neither while they are signed in nor after them (the second step belongs to a person, not to a browser)."""
    other = somebody("Without a second step")
    other.set_password(PASSWORD)
    other.save()
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client = _inside(officer)
    _sign_in(client, other)
    assert client.get("/").status_code == 200  # still the first
    assert client.session["_auth_user_id"] == str(officer.pk)
    client.post(reverse("account_logout"))
    _sign_in(client, other)
    assert client.get("/").headers["Location"] == reverse("mfa_activate_totp")
    client.post(reverse("account_logout"))
    _sign_in(client, officer)
    assert client.get("/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_last_second_step_stays(officer: Person) -> None:
    client = _inside(officer)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()


def test_secrets_of_second_steps_are_kept_encrypted(officer: Person) -> None:
    assert SECRET not in str(list(Authenticator.objects.values()))


def test_nobody_waits_for_a_letter(officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor can it be told from the waiting whether there was one to send."""
    handed_over: list[Any] = []
    monkeypatch.setattr(posting, "submit", lambda act, *what: handed_over.append((act, what)))
    _browser().post(reverse("account_reset_password"), {"email": officer.email})
    assert not mail.outbox
    ((act, what),) = handed_over
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", _down)
        act(*what)  # a server that is down is written to the log, and nothing else happens
    assert not mail.outbox
    act(*what)
    assert [letter.to for letter in mail.outbox] == [[officer.email]]


def _down(*_: object) -> int:
    raise ConnectionRefusedError


def test_a_forgotten_password_tells_nobody_who_has_an_account_and_keeps_the_second_step(officer: Person) -> None:
    answers = [
        _browser().post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in (officer.email, "nobody@council.example")
    ]
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    link = re.search(r"http://\S+?(/account/\S+)", str(mail.outbox[0].body))
    assert link
    client = _browser()
    page = client.get(link[1]).headers["Location"]
    assert (
        client.post(page, {"password1": "four white swans sleep", "password2": "four white swans sleep"}).status_code
        == 302
    )
    assert client.get("/").status_code == 302
    assert b"does not work any more" in _browser().get(link[1], follow=True).content
    _sign_in(client, officer, "four white swans sleep")
    assert client.get("/").status_code == 302  # the code is still asked for


@pytest.mark.parametrize(
    "password", ["short", "commonweal2026!", "password1234", "officer@council.example", "123456789012"]
)
def test_weak_passwords_are_refused(password: str, officer: Person) -> None:
    client = _inside(officer)
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert b"There is a problem" in client.post(reverse("account_change_password"), sent).content


def test_nobody_makes_an_account_without_an_invitation_that_stands() -> None:
    sent = {"name": "X", "email": "guest@council.example", "password1": PASSWORD}
    assert b"made by invitation" in _browser().post(reverse("account_signup"), sent).content
    owner = somebody("Owner")
    organisation = an_organisation(owner)
    now = timezone.now()

    def opened() -> Client:
        token = invite(
            organisation_id=organisation,
            email="guest@council.example",
            role=Role.READER,
            on_behalf_of="",
            ends_at=None,
            by=owner,
            now=now,
        )
        client = _browser()
        client.post(reverse("invitation", args=[token]))
        return client

    client = opened()
    other = client.post(reverse("account_signup"), {**sent, "email": "other@council.example"})
    assert b"for another e-mail address" in other.content
    waiting = Invitation.objects.across("a test").get(revoked_at=None)
    revoke_invitation(invitation_id=waiting.pk, by=owner, now=now)
    assert b"made by invitation" in client.post(reverse("account_signup"), sent).content
    EmailAddress.objects.create(user=owner, email="guest@council.example", verified=False, primary=False)
    assert opened().post(reverse("account_signup"), sent).status_code == 302
    made = Person.objects.get(email="guest@council.example")
    assert EmailAddress.objects.get(email="guest@council.example").user == made
    assert not made.memberships.across("a test").exists()  # the seat is taken up after the second step


def test_an_address_that_only_looks_like_the_invited_one_makes_no_account() -> None:
    """A long s is an s to whoever compares without regard to case, and another mailbox."""
    asked: dict[str, Any] = {"role": Role.READER, "on_behalf_of": "", "ends_at": None, "now": timezone.now()}
    owner = somebody("Owner")
    token = invite(organisation_id=an_organisation(owner), email="sam@council.example", by=owner, **asked)
    client = _browser()
    client.post(reverse("invitation", args=[token]))
    sent = {"name": "Sam", "email": "\u017fam@council.example", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), sent).status_code == 200
    assert not Person.objects.filter(name="Sam").exists()


@pytest.mark.parametrize("name", ["Jo\u202eLead", "\u200b", "\u3164 \u3164"])
def test_nobody_makes_an_account_under_a_name_that_cannot_be_shown(name: str) -> None:
    asked: dict[str, Any] = {"role": Role.READER, "on_behalf_of": "", "ends_at": None, "now": timezone.now()}
    owner = somebody("Owner")
    token = invite(organisation_id=an_organisation(owner), email="guest@council.example", by=owner, **asked)
    client = _browser()
    client.post(reverse("invitation", args=[token]))
    answer = client.post(
        reverse("account_signup"), {"name": name, "email": "guest@council.example", "password1": PASSWORD}
    )
    assert b"a character that cannot be shown" in answer.content
    assert not Person.objects.filter(email="guest@council.example").exists()


def test_the_link_of_one_persons_computer_opens_nothing_with_accounts() -> None:
    token = make_local_link(now=timezone.now())
    client = _browser()
    assert client.post(reverse("use-link", args=[token])).headers["Location"] == reverse("account_login")
    assert client.get("/").status_code == 302


def test_known_and_unknown_take_as_long(officer: Person) -> None:
    """Within a factor of two: an address that has no account is not told by the clock."""

    def took(email: str | None) -> float:
        times = []
        for _ in range(3):
            cache.clear()
            start = time.perf_counter()
            _browser().post(reverse("account_login"), {"login": email, "password": "three grey herons wade"})
            times.append(time.perf_counter() - start)
        return min(times)

    known, unknown = took(officer.email), took("nobody@council.example")
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(("operator", "status"), [(False, 200), (True, 302)])
def test_another_sign_in_vouches_for_everybody_but_operators(operator: bool, status: int) -> None:
    person = somebody("Vouched for")
    person.is_operator = operator
    person.save()
    client = _browser()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": time.time()}]
    session.save()
    answer = client.get(reverse("start"))
    assert answer.status_code == status
    assert answer.headers.get("Location", reverse("mfa_activate_totp")) == reverse("mfa_activate_totp")


@pytest.mark.parametrize(
    "credential", ['{"id":"\\ud800"}', "[]", "1", "{}", '{"id":"a","rawId":5}', "not JSON", "null"]
)
def test_a_made_up_passkey_is_refused(credential: str) -> None:
    client = _browser()
    client.get(reverse("account_login"))
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential}).status_code in {200, 302}
    assert client.get(reverse("start")).status_code == 302


def _letter_to(address: str) -> str:
    (letter,) = (str(one.body) for one in mail.outbox if one.to == [address])
    return letter


def test_an_address_is_changed_once_its_link_was_opened(officer: Person) -> None:
    client, old, new = _inside(officer), str(officer.email), "new.address@council.example"
    answer = client.post(reverse("account_email"), {"email": new, "action_add": ""}, follow=True)
    assert f"We have sent a link to <strong>{new}</strong>" in answer.content.decode()
    assert Person.objects.get(pk=officer.pk).email == old
    link = re.search(r"/account/e-mail/[^/\s]+/", _letter_to(new))
    assert link
    assert b"Confirm" in client.get(link[0]).content
    assert Person.objects.get(pk=officer.pk).email == old
    client.post(link[0])
    changed = Person.objects.get(pk=officer.pk)
    assert changed.email == new
    assert list(EmailAddress.objects.filter(user=changed).values_list("email", "verified")) == [(new, True)]
    assert "no longer with" in _letter_to(old)
    client.logout()
    assert _sign_in(_browser(), officer).status_code == 200  # the old one opens nothing any more
    assert _sign_in(_browser(), changed).headers["Location"] == reverse("mfa_authenticate")


def test_the_address_of_another_is_not_taken(officer: Person) -> None:
    other = somebody("Other")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    client = _inside(officer)
    client.post(reverse("account_email"), {"email": other.email, "action_add": ""})
    assert not EmailAddress.objects.filter(user=officer, email=other.email, verified=True).exists()
    assert Person.objects.get(pk=officer.pk).email == officer.email
