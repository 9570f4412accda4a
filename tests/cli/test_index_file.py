"""The commands with an index of one's own, as a file."""

import json
from pathlib import Path

import yaml
from tests.cli.test_commands import run

CARBON = Path(__file__).parents[1] / "standards" / "supply-carbon.yaml"


def _answers(folder: Path) -> Path:
    index = yaml.safe_load(CARBON.read_text(encoding="utf-8"))
    ids = [question["id"] for theme in index["themes"] for question in theme["questions"]]
    lines = ["organisation: Example Council", "index: supply-carbon@1.0", "answers:"]
    lines += [f"  {id_}: {{present: 0, future: 1}}" for id_ in ids]
    file = folder / "answers.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_an_index_is_checked_answered_and_planned_without_the_service(tmp_path: Path) -> None:
    checked = run("check-standards", CARBON, cwd=tmp_path)
    assert checked.stdout.decode() == (
        "supply-carbon.yaml: sound. Four levels, three themes, 11 questions, 23 steps, no criteria.\n"
    )
    answers, own = _answers(tmp_path), ("--index-file", CARBON)
    done = run("assess", answers, *own, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Estimate the emissions of a year's spending by category." in done.stdout.decode()
    done = run("route", answers, *own, "--reach", "Counting", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("workbook", "supply-carbon", *own, "--answers", answers, "--output", "own.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    again = run("assess", "own.xlsx", *own, "--format", "json", cwd=tmp_path)
    assert again.returncode == 0
    assert json.loads(again.stdout)["index"]["id"] == "supply-carbon"


def test_without_the_file_the_index_is_not_known(tmp_path: Path) -> None:
    done = run("assess", _answers(tmp_path), cwd=tmp_path)
    assert done.returncode == 2
    assert "supply-carbon@1.0 is not an index that is known here" in done.stderr.decode()


def test_a_template_is_given_out_and_checked(tmp_path: Path) -> None:
    for name in ("mine.yaml", "mine.xlsx"):
        made = run("indexes", "new", name, cwd=tmp_path)
        assert (made.returncode, made.stderr) == (0, b"")
        checked = run("check-standards", name, cwd=tmp_path)
        assert checked.stdout.decode().startswith(f"{name}: sound.")
    refused = run("indexes", "new", "mine.txt", cwd=tmp_path)
    assert refused.returncode == 2
    assert ".yaml or .xlsx" in refused.stderr.decode()
    again = run("indexes", "new", "mine.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "This file is there already" in again.stderr.decode()
    shown = run("indexes", "template", "my-index", "--index-file", "mine.yaml", cwd=tmp_path)
    assert "A1: {present: , future: }" in shown.stdout.decode()
