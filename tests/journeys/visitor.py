"""Somebody in front of the pages: goes by the words on them, and can do without a mouse."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels[0] ? at.labels[0].innerText : (at.innerText || at.value || "");
  const group = at.closest("fieldset") ? at.closest("fieldset").querySelector("legend").innerText : "";
  return {name: label.trim(), group: group.trim(), kind: at.type || at.tagName.toLowerCase(), id: at.id,
          shown: at.getClientRects().length > 0 && getComputedStyle(at).outlineStyle + getComputedStyle(at).boxShadow};
}"""
_MOST_TABS = 400
_FOLLOWED: tuple[Literal["link"], Literal["button"]] = ("link", "button")


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


class Visitor:
    """A browser's page and the person in front of it."""

    def __init__(self, page: Page, link: str) -> None:
        self.page = page
        self.home = link.partition("/sign-in/")[0]

    def goes_to(self, address: str) -> Self:
        self.page.goto(address if address.startswith("http") else self.home + address)
        return self

    def sees(self, *texts: str) -> Self:
        shown = re.sub(r"\s+", " ", self._arrived().inner_text("body"))
        for text in texts:
            assert text in shown, f"{text!r} is not on {self.page.url}:\n{shown[:3000]}"
        return self

    def heading(self) -> str:
        return self._arrived().inner_text("h1")

    def _arrived(self) -> Page:
        """The page as a whole: a click returns as soon as the first byte of the next page is there."""
        self.page.wait_for_load_state()
        return self.page

    def follows(self, text: str) -> Self:
        link, button = (self.page.get_by_role(role, name=text, exact=True) for role in _FOLLOWED)
        link.or_(button).first.click()
        return self

    def presses(self, button: str) -> Self:
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    def fills(self, label: str, text: str) -> Self:
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def chooses(self, name: str, value: str) -> Self:
        self.page.check(f'input[name="{name}"][value="{value}"]')
        return self

    # by keyboard alone

    def press(self, *keys: str) -> Self:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def types(self, text: str) -> Self:
        self.page.keyboard.type(text)
        return self

    def focus(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(_FOCUSED)
        return found

    def tab_to(self, name: str, *, group: str = "", kind: str = "") -> Self:
        """Press Tab until the focus is on a control with that label (and group, and kind), which must be seen to be."""
        for _ in range(_MOST_TABS):
            self.press("Tab")
            at = self.focus()
            if (
                at["name"].startswith(name)
                and at["group"].startswith(group)
                and (not kind or at["kind"].startswith(kind))
            ):
                assert at["shown"], f"the focus on {name!r} is not seen"
                return self
        raise AssertionError(f"{name!r} cannot be reached by Tab on {self.page.url}")

    def tab_to_choice(self, group: str, answer: str) -> Self:
        """Reach a group of radios by Tab and choose in it with the arrows."""
        self.tab_to("", group=group, kind="radio")
        first = self.focus()["id"]
        self.press("Space")
        while not self.focus()["name"].startswith(answer):
            self.press("ArrowDown")
            assert self.focus()["id"] != first, f"there is no {answer!r} under {group!r}"
        return self

    # what must hold everywhere

    def checks_the_page(self) -> Self:
        """No violation that axe can find, nothing wider than the screen, targets large enough."""
        self._arrived().evaluate(_axe())
        options = {"runOnly": {"type": "tag", "values": _RULES}, "rules": {"target-size": {"enabled": True}}}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        violations = [
            f"{rule['id']}: {rule['help']}: {[node['html'][:160] for node in rule['nodes'][:3]]}"
            for rule in found["violations"]
        ]
        assert violations == [], f"{self.page.url}: {violations}"
        wide, shown = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= shown, f"{self.page.url} is {wide} wide on a screen of {shown}"
        return self
