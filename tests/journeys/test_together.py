"""Two councils and a supplier in one installation, each with a second step, none seeing more than they were given."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.visitor import Visitor

PASSWORD = "three green herons wade"  # noqa: S105  of somebody invented
Opened = Callable[[], Visitor]


@pytest.fixture
def somebody_new(browser: Browser) -> Iterator[Opened]:
    """Opens a browser of their own for each."""
    contexts = []

    def opened() -> Visitor:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), "")

    yield opened
    for context in contexts:
        context.close()


def _code(key: str) -> str:
    """The one-time code of now (RFC 6238), as an app would show it."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _sets_up_codes(visitor: Visitor) -> str:
    """Scans the picture, in a way, and keeps the recovery codes. Gives one of them."""
    assert visitor.heading() == "Set up one-time codes"
    visitor.checks_the_page()
    key = visitor.page.inner_text("main code")
    visitor.fills("Code", _code(key)).presses("Turn on codes")
    assert visitor.heading() == "Recovery codes"
    assert visitor.page.locator("ul.cw-codes li").count() == 10
    code = visitor.page.inner_text("ul.cw-codes li >> nth=3")
    visitor.checks_the_page().presses("I have kept them")
    return code


def _first_of_a_council(visitor: Visitor, link: str, email: str, council: str) -> str:
    """From the link that the platform gives out to a council with an assessment open. Gives a recovery code."""
    visitor.goes_to(link).fills("New password", PASSWORD).fills("New password again", PASSWORD)
    visitor.presses("Save password").sees("Your password was changed").follows("Sign in")
    visitor.checks_the_page().fills("E-mail address", email).fills("Password", PASSWORD).presses("Sign in")
    code = _sets_up_codes(visitor)
    visitor.presses("Start now").fills("What is your organisation called?", council)
    visitor.chooses("kind", "unitary-council").presses("Save and continue").presses("Save and continue")
    assert visitor.heading() == "2026 assessment"
    return code


def _invites(visitor: Visitor, organisation: str, email: str, role: str, acts_for: str = "") -> str:
    """Gives the link of the invitation."""
    visitor.follows("Organisations").follows(organisation).follows("People").checks_the_page()
    visitor.follows("Invite somebody").checks_the_page().fills("Their e-mail address", email).chooses("role", role)
    visitor.fills("Do they act for another organisation?", acts_for)
    visitor.fills("Until when?", "31/12/2099" if acts_for else "").presses("Invite")
    visitor.sees("Pass on this link").checks_the_page()
    return visitor.page.inner_text("#link")


def _takes_up(visitor: Visitor, link: str, email: str, name: str) -> None:
    """Somebody without an account follows an invitation to its end."""
    visitor.goes_to(link).checks_the_page().presses("Make an account").checks_the_page()
    visitor.fills("Your name", name).fills("E-mail address", email).fills("New password", PASSWORD)
    visitor.presses("Make my account")
    _sets_up_codes(visitor)
    assert visitor.heading().startswith("You are invited to")
    visitor.presses("Take the seat")


def _place(visitor: Visitor, name: str, theme: str) -> None:
    visitor.follows("Who works on this").checks_the_page()
    visitor.page.select_option("#seat", label=name)
    visitor.page.select_option("#theme", label=theme)
    visitor.presses("Place").sees(name.partition(",")[0])


def test_two_councils_and_a_supplier(accounts: Callable[..., str], somebody_new: Opened) -> None:
    walden, aldermoor, officer, supplier = (somebody_new() for _ in range(4))

    given_to_walden = accounts("lead@walden.example", "--name", "Walden lead")
    _first_of_a_council(walden, given_to_walden, "lead@walden.example", "Walden Council")
    assessment = walden.page.url
    _first_of_a_council(
        aldermoor,
        accounts("lead@aldermoor.example", "--name", "Aldermoor lead"),
        "lead@aldermoor.example",
        "Aldermoor Council",
    )

    # an officer answers one theme and no other
    link = _invites(walden, "Walden Council", "officer@walden.example", "officer")
    _takes_up(officer, link, "officer@walden.example", "Walden officer")
    assert officer.heading() == "Walden Council"
    theme = walden.goes_to(assessment).page.inner_text("main .govuk-task-list__link >> nth=1")
    other = walden.page.inner_text("main .govuk-task-list__link >> nth=2")
    _place(walden, "Walden officer, Officer", theme)
    officer.goes_to(assessment).follows(theme)
    officer.page.check("main input[type=radio] >> nth=0")
    officer.presses("Save and stop")
    assert officer.heading() == "2026 assessment"
    officer.follows(other)
    assert officer.page.locator("main input[type=radio]").count() == 0

    # a supplier sees the assessment once they are placed on it, and only as something to read
    link = _invites(walden, "Walden Council", "bids@brightway.example", "supplier-contact", "Brightway Builders")
    _takes_up(supplier, link, "bids@brightway.example", "Brightway contact")
    assert supplier.goes_to(assessment).heading() == "Page not found"
    _place(walden.goes_to(assessment), "Brightway contact, Supplier contact", "All themes")
    assert supplier.goes_to(assessment).heading() == "2026 assessment"
    supplier.checks_the_page()
    assert supplier.goes_to(f"{assessment}people/").heading() == "You cannot do this"

    # the other council sees none of it; the link was theirs alone and works once
    assert aldermoor.goes_to(assessment).heading() == "Page not found"
    assert "Walden" not in aldermoor.goes_to(_home(aldermoor.page)).page.inner_text("body")
    assert aldermoor.goes_to(link).heading() == "This invitation is over"

    # taken off again, the supplier sees nothing from the next request on
    walden.goes_to(assessment).follows("Who works on this").presses("Take off Brightway contact from All themes")
    assert supplier.goes_to(assessment).heading() == "Page not found"


def _home(page: Page) -> str:
    found = re.match(r"https?://[^/]+/", page.url)
    assert found
    return found[0]


def test_signing_in_takes_the_password_and_the_code(accounts: Callable[..., str], somebody_new: Opened) -> None:
    email, first, again = "second@walden.example", somebody_new(), somebody_new()
    code = _first_of_a_council(first, accounts(email, "--name", "Second"), email, "Second Council")
    again.goes_to(_home(first.page)).fills("E-mail address", email).fills("Password", "three grey herons wade")
    again.presses("Sign in").sees("There is a problem", "The e-mail address or the password is not right.")
    again.checks_the_page().fills("Password", PASSWORD).presses("Sign in")
    assert again.heading() == "Enter your code"
    again.checks_the_page().goes_to(_home(first.page))
    assert again.heading() == "Enter your code"
    again.fills("Code", "000000").presses("Sign in").sees("This code is not right")
    again.fills("Code", code).presses("Sign in")
    assert again.heading() == "Your organisations"
    again.follows("Your account").checks_the_page().follows("Change name").checks_the_page().fills("Your name", "")
    again.presses("Save name").sees("There is no name.").checks_the_page().fills("Your name", "Jo Lead")
    again.presses("Save name").sees("Jo Lead").follows("See and end sessions").checks_the_page()
    again.presses("End all others")
    assert first.goes_to(_home(first.page)).heading() == "Sign in"


def test_who_is_away_too_long_is_warned_and_loses_nothing(
    accounts: Callable[..., str], somebody_new: Opened, everybody_was_away: Callable[[], None]
) -> None:
    email, visitor = "fourth@walden.example", somebody_new()
    code = _first_of_a_council(visitor, accounts(email, "--name", "Fourth"), email, "Fourth Council")
    page = visitor.page
    page.clock.install()
    theme = page.inner_text("main .govuk-task-list__link >> nth=1")
    visitor.follows(theme)
    page.click("main details:has(textarea) summary >> nth=0")
    page.fill("main textarea >> nth=0", "Typed for an hour, and sent too late")
    soon, over = page.locator("#idle-soon"), page.locator("#idle-over")
    page.clock.fast_forward("23:20")
    assert not soon.is_visible()
    page.clock.fast_forward("00:20")
    assert soon.is_visible()
    visitor.checks_the_page()
    with page.expect_response("**/account/name/"):
        soon.get_by_role("button").click()
    soon.wait_for(state="hidden")
    page.clock.fast_forward("28:40")
    assert over.is_visible()
    visitor.checks_the_page()
    everybody_was_away()
    visitor.presses("Save and stop")
    assert visitor.heading() == "Sign in"
    visitor.fills("E-mail address", email).fills("Password", PASSWORD).presses("Sign in")
    visitor.fills("Code", code).presses("Sign in")
    assert visitor.heading() == "You were signed out before this was sent"
    visitor.checks_the_page().presses("Send it now")
    assert visitor.heading() == "2026 assessment"
    assert page.inner_text("main").count("Typed for an hour") == 0
    visitor.follows(theme)
    assert page.input_value("main textarea >> nth=0") == "Typed for an hour, and sent too late"


def test_a_passkey_instead_of_a_code(accounts: Callable[..., str], somebody_new: Opened) -> None:
    email, visitor = "third@walden.example", somebody_new()
    keys = visitor.page.context.new_cdp_session(visitor.page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    link = accounts(email, "--name", "Third").replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    visitor.goes_to(link).fills("New password", PASSWORD).fills("New password again", PASSWORD)
    visitor.presses("Save password").follows("Sign in")
    visitor.fills("E-mail address", email).fills("Password", PASSWORD).presses("Sign in")
    visitor.follows("Add a passkey").checks_the_page()
    visitor.page.check("input[name=passwordless]")
    visitor.presses("Add passkey")
    visitor.page.wait_for_selector("h1:text-is('Recovery codes')")
    visitor.presses("I have kept them").follows("Sign out").presses("Sign out")
    assert visitor.heading() == "Sign in"
    visitor.presses("Sign in with a passkey")
    visitor.page.wait_for_selector("h1:text-is('Where do you stand on social value?')")
