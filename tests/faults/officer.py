"""Somebody who works with a service in another process: saves answers, adds files, sends workbooks, and keeps count."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.serving import Browser, a_theme
from tests.workbook.books import blank, edited, place

from commonweal.formats.answer_workbook import NOTE
from commonweal.standards.catalogue import load_index

INDEX = load_index("svmi-public")
BY_PAGE, BY_WORKBOOK = INDEX.themes[0], INDEX.themes[1]
"""The themes that are answered in either way, so that neither overtakes the other."""


class Officer:
    """What was acknowledged is counted; `last` is the last page."""

    def __init__(self, link: str) -> None:
        self.browser, self.saved, self.added, self.applied, self.last = Browser(), 0, 0, 0, ""
        self.port = self.browser.signs_in(link)
        self.assessment = a_theme(self.browser, self.port).partition("themes/")[0]
        self.theme = f"{self.assessment}themes/{BY_PAGE.code}/"
        self._workbook = blank(INDEX)

    def signs_in_again(self, link: str) -> None:
        """After the service was started again."""
        self.port = self.browser.signs_in(link)

    def saves(self, more: str = "") -> int:
        """Save an answer whose note is the number of the save. Gives the status."""
        sent = {"version": str(self.saved), "do": "stop", f"{BY_PAGE.questions[0].id}-note": f"{self.saved + 1} {more}"}
        status, _, self.last = self.browser.ask(self.port, "POST", self.theme, sent)
        self.saved += status == 302
        return status

    def adds(self, size: int) -> int:
        """Add a file as evidence. Gives the status."""
        fields = {"kind": "file", "title": "Minutes", "strength": "documented", "questions": BY_PAGE.questions[0].id}
        file = (f"minutes-{self.added}.txt", f"{self.added} ".encode() + b"x" * size)
        address = f"{self.assessment}evidence/add/"
        status, _, self.last = self.browser.sends_a_file(self.port, address, fields, "file", file)
        self.added += status == 302
        return status

    def sends_a_workbook(self) -> int:
        """Send a workbook with one note, the number of the workbook, and have it applied. Gives the last status."""
        note = place(INDEX, BY_WORKBOOK.questions[0], NOTE)
        file = ("workbook.xlsx", edited(self._workbook, {note: f"{self.applied + 1} of the workbooks"}))
        address = f"{self.assessment}workbook/"
        status, preview, self.last = self.browser.sends_a_file(self.port, address, {}, "workbook", file)
        if status == 302:
            status, _, self.last = self.browser.ask(self.port, "POST", preview, {})
            self.applied += status == 302
        return status

    def reads(self) -> int:
        """Open the theme. Gives the status."""
        return self.browser.ask(self.port, "GET", self.theme)[0]


def written(home: Path) -> tuple[int, int, int]:
    """How many saves, files and workbooks the database holds, each with its entry in the trail, and its file."""
    with closing(sqlite3.connect(home / "commonweal.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)

        def one(query: str, *values: str) -> str:
            return str((database.execute(query, values).fetchone() or ("0",))[0])

        notes = [
            one("SELECT note FROM store_answer WHERE note != '' AND question = ?", theme.questions[0].id).split()[0]
            for theme in (BY_PAGE, BY_WORKBOOK)
        ]
        count = "SELECT count(*) FROM store_change WHERE act = ?"
        found = (int(notes[0]), int(one("SELECT count(*) FROM store_evidence")), int(notes[1]))
        entries = tuple(int(one(count, act)) for act in ("answers saved", "evidence added", "workbook applied"))
        assert entries == found
        named = {name for (name,) in database.execute("SELECT stored_as FROM store_evidence")}
    assert named <= {path.relative_to(home / "evidence").as_posix() for path in files(home)}
    return found


def files(home: Path) -> list[Path]:
    """The files of evidence."""
    return [path for path in (home / "evidence").rglob("*") if path.is_file()]
