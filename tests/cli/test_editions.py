"""`commonweal move-answers` and `move-rounds`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from commonweal.cli.main import commonweal
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import Assessment, Blank, QuestionAnswer
from commonweal.intake.assessment import read_assessment
from commonweal.reports.answers_file import answers_yaml
from commonweal.standards.catalogue import load_index
from commonweal.standards.shipped_examples import EXAMPLES

PUBLIC = next(one for one in EXAMPLES if read_assessment(one.path).index.reference == "svmi-public@2016.1")


def _move(*arguments: str) -> str:
    ended = CliRunner().invoke(commonweal, ["move-answers", *arguments])
    if ended.exception:
        raise ended.exception
    return ended.output


def test_the_answers_are_written_as_answers_to_the_later_version(tmp_path: Path) -> None:
    before, made = PUBLIC.path.read_bytes(), tmp_path / "moved.yaml"
    said = _move(str(PUBLIC.path), str(made))
    given, moved = read_assessment(PUBLIC.path), read_assessment(made)
    assert moved.index.reference == load_index("svmi-public").reference
    assert dict(moved.answers) == dict(given.answers)
    assert (moved.organisation, moved.date, moved.source) == (given.organisation, given.date, given.source)
    assert "Look at G1" in said
    assert PUBLIC.path.read_bytes() == before


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    index = load_index("svmi-public")
    never = next(question for question in index.questions if question.may_not_apply)
    note = 'Said: "yes",\nand {more} # of: it, ' + "long " * 300 + "end"
    answers = {
        index.questions[0].id: QuestionAnswer(0, Blank.UNANSWERED, note=note),
        index.questions[1].id: QuestionAnswer(1, 0, step_back="no"),
        never.id: QuestionAnswer(Blank.NOT_APPLICABLE, Blank.NOT_APPLICABLE, reason="- none"),
    }
    made = tmp_path / "made.yaml"
    made.write_bytes(answers_yaml(Assessment(organisation="Null: Council", index=index, answers=answers)))
    read = read_assessment(made)
    assert dict(read.answers) == answers
    assert read.organisation == "Null: Council"


def test_what_cannot_be_moved_is_told_with_its_place(tmp_path: Path) -> None:
    made = tmp_path / "moved.yaml"
    for to, place in (("svmi-private", "--to"), ("nothing", "--to"), ("svmi-public@2016.1", "--to")):
        with pytest.raises(BadInput) as bad:
            _move(str(PUBLIC.path), str(made), "--to", to)
        assert bad.value.problems[0].place == place
    assert not made.exists()
    made.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="there already"):
        _move(str(PUBLIC.path), str(made))
    assert made.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("options", [[], ["--all", "--organisation", "X"]])
def test_whose_rounds_has_to_be_said(options: list[str]) -> None:
    ended = CliRunner().invoke(commonweal, ["move-rounds", "svmi-public@2016.1", "svmi-public@2026.1", *options])
    assert isinstance(ended.exception, BadInput)
    assert ended.exception.problems[0].place == "--organisation"


def test_a_sector_is_spoken_to_in_its_words_and_data_are_not(tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        ended = CliRunner().invoke(commonweal, [*arguments])
        assert ended.exception is None
        return ended.output

    shown = said("indexes", "show", "svmi-public", "--sector", "fire")
    assert "fire authority" in shown
    assert "cabinet or scrutiny" not in shown
    file = str(PUBLIC.path)
    assert "How the index is worded here" in said("assess", file, "--format", "html", "--sector", "fire")
    assert said("assess", file, "--format", "json", "--sector", "fire") == said("assess", file, "--format", "json")
