"""`commonweal workbook`, and `assess` of what it wrote."""

from pathlib import Path

from click.testing import CliRunner
from tests.cases import INVENTED

from commonweal.cli.main import commonweal
from commonweal.core.errors import BadInput


def test_out_and_in_again_gives_the_same_results(tmp_path: Path) -> None:
    run, book = CliRunner(), str(tmp_path / "town.xlsx")
    written = run.invoke(commonweal, ["workbook", "svmi-public", "--answers", str(INVENTED), "--output", book])
    assert (written.exit_code, written.output) == (0, f"{book}\n")
    ours, theirs = (run.invoke(commonweal, ["assess", file, "--format", "json"]) for file in (book, str(INVENTED)))
    assert ours.output == theirs.output


def test_a_blank_one_asks_for_the_organisation(tmp_path: Path) -> None:
    run, book = CliRunner(), str(tmp_path / "blank.xlsx")
    assert run.invoke(commonweal, ["workbook", "svmi-public", "--output", book]).exit_code == 0
    refused = run.invoke(commonweal, ["assess", book])
    assert isinstance(refused.exception, BadInput)
    assert str(refused.exception) == "blank.xlsx, sheet Start, cell B7: The organisation is missing: Type its name."


def test_an_index_that_is_not_known(tmp_path: Path) -> None:
    refused = CliRunner().invoke(commonweal, ["workbook", "nothing", "--output", str(tmp_path / "x.xlsx")])
    assert refused.exit_code == 2
    assert "is not an index that is known here" in refused.output
