"""Which index a reference means, and that what is published never changes."""

from pathlib import Path

import pytest

from commonweal.core.errors import BadInput
from commonweal.standards import catalogue


def test_an_id_means_its_latest_version_and_a_version_itself() -> None:
    assert catalogue.resolve("svmi-public") == catalogue.references()[-1]
    assert catalogue.resolve("svmi-public@2016.1") == "svmi-public@2016.1"


def test_versions_are_ordered_by_number_not_by_letters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("2016.1", "2016.10", "2016.9"):
        (tmp_path / f"made-up@{version}.yaml").write_text("x", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    assert catalogue.resolve("made-up") == "made-up@2016.10"


KNOWN = "Use lga-nps-2018@2018.1, svmi-private@2016.1, svmi-public@2016.1, svmi-public@2026.1."


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "svmi-public@1999",
            "svmi-public@1999 is not a version of this index. Use svmi-public@2016.1, svmi-public@2026.1.",
        ),
        ("svmi", f"svmi is not an index that is known here. {KNOWN}"),
        (
            "../../etc/passwd",
            f"../../etc/passwd is not an index that is known here. {KNOWN}",
        ),
        ("svmi-public@", "svmi-public@ is not a version of this index. Use svmi-public@2016.1, svmi-public@2026.1."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(reference: str, expected: str) -> None:
    with pytest.raises(catalogue.UnknownIndex) as caught:
        catalogue.load_index(reference)
    assert str(caught.value.refused) == expected


def test_published_versions_are_unchanged() -> None:
    assert list(catalogue.published_faults()) == []


def test_a_changed_or_missing_published_version_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a@1.yaml").write_text("x", encoding="utf-8")
    (tmp_path / "PUBLISHED.sha256").write_text(f"{'0' * 64}  a@1.yaml\n{'0' * 64}  b@1.yaml\n", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    assert [str(problem) for problem in catalogue.published_faults()] == [
        "a@1.yaml: This published version was changed: Undo it, and publish a new version instead.",
        "b@1.yaml: This published version is gone: Put it back: old plans must stay readable.",
    ]


def test_a_version_that_is_not_published_yet_is_checked_when_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "draft@1.yaml").write_text("id: draft\n", encoding="utf-8")
    (tmp_path / "PUBLISHED.sha256").write_text("", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    with pytest.raises(BadInput, match="levels is missing"):
        catalogue.load_index("draft")
    catalogue._load.cache_clear()


def test_a_changed_published_version_is_refused_when_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = catalogue._FOLDER / "svmi-public@2016.1.yaml"
    text = shipped.read_text(encoding="utf-8")
    (tmp_path / shipped.name).write_text(text.replace("year: 2016", "year: 2017"), encoding="utf-8")
    (tmp_path / "PUBLISHED.sha256").write_bytes((catalogue._FOLDER / "PUBLISHED.sha256").read_bytes())
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    catalogue._load.cache_clear()
    with pytest.raises(BadInput, match="This published version was changed"):
        catalogue.load_index("svmi-public")
    catalogue._load.cache_clear()


def test_a_file_is_named_after_what_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shipped = catalogue._FOLDER / "svmi-public@2016.1.yaml"
    (tmp_path / "other@9.yaml").write_bytes(shipped.read_bytes())
    (tmp_path / "PUBLISHED.sha256").write_text("", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    assert [str(problem) for problem in catalogue.shipped_faults()] == [
        "other@9.yaml, line 6, id: The file says that it is svmi-public@2016.1: Name it after its id and version."
    ]


@pytest.mark.parametrize("reference", catalogue.references())
def test_a_shipped_index_says_all_that_others_may_leave_out(reference: str) -> None:
    content = catalogue.shipped_content(reference)
    assert {"source", "provenance", "plan_footnote", "counts"} <= content.keys()
    for theme in content["themes"]:
        assert {"plan_label", "criteria"} <= theme.keys()
        for question in theme["questions"]:
            assert "provenance" in question, question["id"]
            for answer in question.get("answers", ())[1:]:
                assert {"id", "text", "provenance"} == answer["action"].keys(), question["id"]
