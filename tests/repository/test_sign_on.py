"""A file of identity providers that would open a hole, or nothing, is refused with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from commonweal.config.sign_on import apps, origins, sign_on
from commonweal.core.errors import BadInput

GOOD: dict[str, Any] = {
    "id": "walden",
    "name": "Walden Council",
    "issuer": "https://login.walden.example/tenant",
    "client_id": "x",
    "secret": "y",
    "domains": ["Walden.example"],
}


def _file(folder: Path, content: object) -> str:
    file = folder / "sign-on.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


def test_a_good_one_is_read(tmp_path: Path) -> None:
    found = sign_on(_file(tmp_path, [GOOD]))
    assert origins(found) == ["https://login.walden.example"]
    assert apps(found)[0]["settings"]["domains"] == ["walden.example"]
    assert sign_on(None) == []


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "COMMONWEAL_SIGN_ON"),
        ([{}], ", 0"),
        (["x"], ", 0"),
        ([GOOD, {**GOOD, "secret": 5}], ", 1"),
        ([{**GOOD, "issuer": "http://login.walden.example"}], "issuer"),
        ([{**GOOD, "id": "../walden"}], "id"),
        ([{**GOOD, "domains": []}], "domains"),
        ([{**GOOD, "domains": ["gov"]}], "domains"),
    ],
)
def test_a_bad_one_is_refused(content: object, place: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        sign_on(_file(tmp_path, content))
    assert place in caught.value.problems[0].place
