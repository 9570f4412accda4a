"""Whatever a file holds, reading it ends in an assessment or in plain problems: never in another error (I1 to I4)."""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import INVENTED

from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment
from commonweal.formats.files import decode
from commonweal.formats.json import read_json
from commonweal.formats.yaml import parse_yaml, read_yaml
from commonweal.intake.assessment import read_assessment, to_assessment


def outcome(path: Path) -> Assessment | list[str]:
    """The assessment, or the problems, each of which must have its three parts."""
    try:
        return read_assessment(path)
    except BadInput as error:
        assert error.problems
        for problem in error.problems:
            assert problem.place
            assert problem.what
            assert problem.remedy
            assert len(str(problem)) < 1000
            assert "Traceback" not in str(problem)
        return [str(problem) for problem in error.problems]


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return file.getvalue()


HOSTILE = {
    "zip bomb called yaml": _bomb(),
    "workbook called yaml": b"PK\x03\x04" + bytes(2000),
    "old or encrypted workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "zeros": bytes(1000),
    "all bytes": bytes(range(256)) * 4,
    "utf-16": "organisation: Town".encode("utf-16"),
    "utf-16 without a mark": "organisation: Town".encode("utf-16-le"),
    "latin-1": "organisation: Café\n".encode("latin-1"),
    "nothing": b"",
    "more than the limit": b"a: 1\n" * 2_500_000,
    "one line of 1.9 MB": b"organisation: " + b"x" * 1_900_000,
    "100,000 brackets": b"[" * 100_000,
    "100,000 braces as JSON": b'{"a":' * 100_000,
    "aliases that loop": b"answers: &a [*a]\n",
    "an object": b"answers: !!python/object/new:os.system ['true']\n",
    "merge key": b"answers: {A1: {<<: {present: 1}}}\norganisation: T\nindex: svmi-public\n",
    "tabs": b"organisation:\tTown\n\tindex: svmi-public\n",
    "lone carriage returns": b"organisation: Town\rindex: svmi-public\ranswers: {}\r",
    "an answer like a bomb": b"organisation: T\nindex: svmi-public\nanswers: {A1: {present: 9999999999999999999999}}\n",
    "a very negative answer": b"organisation: T\nindex: svmi-public\nanswers: {A1: {present: -1, future: -2}}\n",
    "a word for a key list": b"organisation: T\nindex: svmi-public\nanswers: {? [A1] : 1}\n",
    "null answers": b"organisation: T\nindex: svmi-public\nanswers: {A1: null, B1: {present: null}}\n",
    "html": b"<!doctype html><title>x</title>",
    "percent directive": b"%YAML 9.9\n---\na: 1\n",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(HOSTILE[name])
    found = outcome(path)
    if name != "lone carriage returns":
        assert isinstance(found, list)
        assert all(problem.startswith("f.yaml") for problem in found)


@pytest.mark.parametrize("part", range(1, 51))
def test_a_truncated_file_is_read_or_refused(part: int, tmp_path: Path) -> None:
    whole = INVENTED.read_bytes()
    path = tmp_path / "f.yaml"
    path.write_bytes(whole[: len(whole) * part // 51])
    outcome(path)


def test_mutated_json_is_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(2016)
    content = parse_yaml(decode(INVENTED.read_bytes(), "f"), "f").value
    strange: list[object] = [
        None,
        True,
        -1,
        2.5,
        1e300,
        "",
        "n/a",
        "x" * 3000,
        [],
        {},
        [[]],
        {"present": 1},
        "\u0000",
        "\ud800",
    ]
    for _ in range(300):
        changed = json.loads(json.dumps(content))
        for _ in range(chance.randint(1, 4)):
            holder = chance.choice([changed, changed["answers"], *changed["answers"].values()])
            if isinstance(holder, dict) and holder:
                holder[chance.choice([*holder, "extra"])] = chance.choice(strange)
            if not isinstance(changed.get("answers"), dict):
                break
        path = tmp_path / "f.json"
        path.write_text(json.dumps(changed), encoding="utf-8")
        outcome(path)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    for parse in (read_yaml, read_json):
        try:
            to_assessment(parse(decode(content, "f"), "f"))
        except BadInput as error:
            assert error.problems


@settings(max_examples=200)
@given(st.text(alphabet="abA1:{}[]\n -,\"'&*!|>#?%@`\t", max_size=60))
def test_any_text_that_looks_like_yaml(text: str) -> None:
    try:
        to_assessment(read_yaml(text, "f"))
    except BadInput as error:
        assert error.problems
