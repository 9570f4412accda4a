"""Where rows are asked for across all organisations, and where forms are taken without our mark: closed lists."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "commonweal"
ACROSS = {
    "services/actions/accounts.py",
    "services/actions/heads.py",
    "services/actions/assurance.py",
    "services/actions/editions.py",
    "services/actions/file_intake.py",
    "services/actions/housekeeping.py",
    "services/actions/own_indexes.py",
    "services/actions/people.py",
    "services/actions/platform.py",
    "services/actions/privacy.py",
    "services/actions/upkeep.py",
    "services/actions/reminders.py",
    "services/actions/calendar_feeds.py",
    "services/actions/sides.py",
    "services/backup.py",
    "services/indexes.py",
    "services/queries/editions.py",
    "services/queries/organisations.py",
    "services/queries/own_indexes.py",
    "services/queries/people.py",
    "services/queries/sides.py",
    "services/record.py",
    "store/models/owned.py",
}
"""Modules that may. In each, the reason stands in the call."""

UNFENCED = {
    "services/backup.py",
    "services/actions/own_indexes.py",
    "services/indexes.py",
    "services/queries/editions.py",
    "services/queries/organisations.py",
    "services/queries/own_indexes.py",
    "services/queries/people.py",
    "services/queries/sides.py",
    "services/writing.py",
    "store/fence.py",
    "store/migrations/0012_stated.py",
    "store/migrations/0019_planned.py",
    "store/migrations/0021_spent_so_far.py",
}

NEVER = (
    r"\.raw\(",
    r"\.extra\(",
    r"RawSQL",
    r"mark_safe",
    r"\|\s*safe\b",
    r"csrf_exempt",
    r"pickle\.load(?!s\(sys\.stdin)",
    r"yaml\.load\(",
    r"filter\(\*\*request",
    r"order_by\(request",
    r"urlopen|requests\.(get|post)",
    r"_base_manager",
)
ALLOWED = {("services/backup.py", r"_base_manager"), ("reports/child.py", r"pickle\.load(?!s\(sys\.stdin)")}


def _modules_with(pattern: str) -> set[str]:
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".html"} and re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_only_listed_modules_ask_across_organisations() -> None:
    assert _modules_with(r"\.across\([\"_][A-Za-z]|def across\(self, reason") == ACROSS


def test_only_listed_modules_go_around_the_fence() -> None:
    assert _modules_with(r"\bunfenced\(") == UNFENCED


def test_what_is_dangerous_is_not_used() -> None:
    found = {(module, pattern) for pattern in NEVER for module in _modules_with(pattern)}
    assert found <= ALLOWED
