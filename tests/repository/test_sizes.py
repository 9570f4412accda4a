"""Nothing grows past the size at which it must be split."""

from pathlib import Path

import pytest
from tests.repository.sizes import oversized

ROOT = Path(__file__).parents[2]


def test_nothing_is_oversized() -> None:
    assert list(oversized(ROOT)) == []


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("src/commonweal/core/x.py", "\n" * 251, "lower module has 251 lines, 250 at most"),
        ("src/commonweal/cli/x.py", "\n" * 401, "module has 401 lines, 400 at most"),
        ("src/commonweal/reports/templates/x.html", "\n" * 131, "template has 131 lines, 130 at most"),
        ("tests/core/x.py", "\n" * 501, "test module has 501 lines, 500 at most"),
        ("src/commonweal/core/x.py", "def f():\n" + "    a = 1\n" * 50, "function f has 51 lines, 50 at most"),
    ],
)
def test_a_planted_giant_is_found(file: str, content: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    assert [sentence for sentence in oversized(tmp_path) if expected in sentence]
