"""The command as a user meets it: a process of its own, its output, its exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cases import INVENTED, PUBLISHED

import commonweal

SOURCE = str(Path(commonweal.__file__).parents[1])


def run(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "commonweal", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": SOURCE, "COLUMNS": "100", **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_text_goes_to_the_terminal(tmp_path: Path) -> None:
    done = run("assess", PUBLISHED, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "Walsall Council: results and action plan" in text
    assert "The plan has 34 actions: 1 to reach Follower, " in text
    assert "\x1b" not in text, "a pipe gets no colours"
    assert list(tmp_path.iterdir()) == []


def test_json_has_every_field_of_the_contract(tmp_path: Path) -> None:
    done = run("assess", PUBLISHED, "--format", "json", cwd=tmp_path)
    data = json.loads(done.stdout)
    assert {"id": "svmi-public", "version": "2016.1"}.items() <= data["index"].items()
    assert data["organisation"] == "Walsall Council"
    assert data["horizon_years"] is None
    assert data["levels"] == ["Incomplete/Non Compliant", "Follower", "Mature", "Leader", "Innovator"]
    assert {"code", "title", "present", "future", "present_held_by", "future_held_by"} <= set(data["themes"][0])
    assert data["overall"] == {
        "present": "Follower", "future": "Mature", "present_mean": 1.2, "future_mean": 2.5,
    }  # fmt: skip
    assert {"present": True, "future": True, "questions": ["A1", "J1"]}.items() <= data["legal_minimum"].items()
    assert len(data["actions"]) == 34
    assert {"id", "theme", "question", "level", "text", "criteria"} <= set(data["actions"][0])
    assert data["unanswered"] == {"present": [], "future": []}
    assert {"attention", "narrative", "notes"} <= set(data)


@pytest.mark.parametrize("name", ["xlsx", "docx", "pdf"])
def test_documents_go_to_a_named_file_whose_path_is_printed(name: str, tmp_path: Path) -> None:
    done = run("assess", INVENTED, "--format", name, cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, f"aldermere-borough-council-plan.{name}\n")
    assert [path.name for path in tmp_path.iterdir()] == [f"aldermere-borough-council-plan.{name}"]


@pytest.mark.parametrize("name", ["text", "json", "csv", "html", "xlsx", "docx", "pdf"])
def test_output_names_the_file(name: str, tmp_path: Path) -> None:
    done = run("assess", INVENTED, "--format", name, "--output", "plan.out", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, "plan.out\n")
    assert (tmp_path / "plan.out").stat().st_size > 1000
    assert b"\x1b[" not in (tmp_path / "plan.out").read_bytes()[:2000]


def test_bad_input_is_said_in_full_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("organisation: Town\nindex: x\nanswers: {}\ncolour: red\n", encoding="utf-8")
    done = run("assess", "f.yaml", "--format", "pdf", "--output", "plan.pdf", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "f.yaml, line 2, index: x is not an index that is known here:"
        " Use lga-nps-2018@2018.1, svmi-private@2016.1, svmi-public@2016.1, svmi-public@2026.1.",
        "f.yaml, line 4, colour: colour is not known here: Known are answers, answers_are, date, horizon_years, index,"
        " organisation, source.",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["f.yaml"]


def test_bad_input_as_json_too(tmp_path: Path) -> None:
    done = run("assess", "missing.yaml", "--format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert json.loads(done.stdout) == {
        "problems": [
            {"place": "missing.yaml", "what": "There is no such file.", "remedy": "Check the name and the folder."}
        ]
    }
    assert done.stderr.decode() == "missing.yaml: There is no such file: Check the name and the folder.\n"


def test_an_old_file_stays_when_the_new_one_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"old")
    run("assess", "missing.yaml", "--format", "pdf", "--output", "plan.pdf", cwd=tmp_path)
    assert (tmp_path / "plan.pdf").read_bytes() == b"old"


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess",),
        ("assess", "x", "--format", "ods"),
        ("nonsense",),
        ("indexes", "show", "nothing"),
        ("assess", "missing", "--colour"),
    ],
)
def test_wrong_calls_are_the_callers(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_our_own_fault_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['commonweal', 'assess', 'f']\n"
        "import commonweal.cli.assess as door\n"
        "def broken(*given): raise KeyError('secret')\n"
        "door.read_answers = broken\n"
        "from commonweal.cli.main import run\nrun()"
    )
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1
    text = done.stderr.decode()
    assert text.count("\n") == 1
    assert "something went wrong on our side (KeyError)" in text
    assert "secret" not in text
    environment["COMMONWEAL_DEBUG"] = "1"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert b"Traceback" in told.stderr


def test_indexes(tmp_path: Path) -> None:
    listed = run("indexes", cwd=tmp_path).stdout.decode()
    assert listed == (
        "lga-nps-2018@2018.1  National Procurement Strategy self-assessment, edition for councils;"
        " seven key areas, 23 of 59 statements\n"
        "svmi-private@2016.1  Social Value Maturity Index, edition for business; nine themes, 43 questions\n"
        "svmi-public@2016.1  Social Value Maturity Index, edition for public bodies; 10 themes, 65 questions\n"
        "svmi-public@2026.1  Social Value Maturity Index, edition for public bodies; 10 themes, 65 questions\n"
    )
    shown = run("indexes", "show", "svmi-public", cwd=tmp_path).stdout.decode()
    assert "J9  Does each department have a target and report on it each year? (inferred, may not apply)" in shown
    assert "A1  Which of your contracts have to include social value? (reconstructed, legal minimum)" in shown


def test_check_standards(tmp_path: Path) -> None:
    done = run("check-standards", cwd=tmp_path)
    assert done.stdout.decode() == (
        "lga-nps-2018@2018.1.yaml: sound. Five levels, seven key areas, 23 statements, 92 steps, no criteria.\n"
        "svmi-private@2016.1.yaml: sound. Five levels, nine themes, 43 questions, 80 steps, 87 criteria.\n"
        "svmi-public@2016.1.yaml: sound. Five levels, 10 themes, 65 questions, 91 steps, 99 criteria.\n"
        "svmi-public@2026.1.yaml: sound. Five levels, 10 themes, 65 questions, 91 steps, 99 criteria.\n"
        "programmes/guiding-principles@1.yaml: sound.\n"
        "programmes/policy-refresh@1.yaml: sound.\n"
        "upkeep/svmi-private@2016.1.yaml: sound.\n"
        "upkeep/svmi-public@2016.1.yaml: sound.\n"
        "upkeep/svmi-public@2026.1.yaml: sound.\n"
        "spreading/index-programme@1.yaml: sound.\n"
        "crosswalks/svmi-public@2016.1--lga-nps-2018@2018.1.yaml: sound.\n"
        "crosswalks/svmi-public@2026.1--lga-nps-2018@2018.1.yaml: sound.\n"
    )
    (tmp_path / "mine.yaml").write_text("id: mine\nversion: '1'\n", encoding="utf-8")
    faulty = run("check-standards", "mine.yaml", cwd=tmp_path)
    assert faulty.returncode == 2
    assert "mine.yaml: levels is missing: Add levels: the levels, lowest first." in faulty.stderr.decode()


def test_a_terminal_that_knows_little_gets_no_traceback(tmp_path: Path) -> None:
    done = run("assess", INVENTED, cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "●" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "commonweal", "indexes", "show", "svmi-public"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SOURCE},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_answers_file_itself_is_never_written_over(tmp_path: Path) -> None:
    shutil.copy(INVENTED, tmp_path / "f.yaml")
    done = run("assess", "f.yaml", "--output", "f.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode() == "f.yaml: This is the answers file itself: Name another file.\n"
    assert (tmp_path / "f.yaml").read_bytes() == INVENTED.read_bytes()


def test_a_plan_that_may_have_been_edited_is_not_written_over(tmp_path: Path) -> None:
    names = [run("assess", INVENTED, "--format", "docx", cwd=tmp_path).stdout.decode().strip() for _ in range(3)]
    stem = "aldermere-borough-council-plan"
    assert names == [f"{stem}.docx", f"{stem}-2.docx", f"{stem}-3.docx"]


def test_names_and_keys_order_a_terminal_nothing(tmp_path: Path) -> None:
    name = "x\x1b[31m\ny.yaml"
    (tmp_path / name).write_text('{"\\u001b[2Jx": 1}', encoding="utf-8")
    for arguments in (("assess", name), ("check-standards", name), ("indexes", "show", "a\x1b[31m")):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert b"\x1b" not in done.stderr + done.stdout


def test_a_file_to_fill_in_is_an_answers_file(tmp_path: Path) -> None:
    template = run("indexes", "template", "svmi-public", cwd=tmp_path).stdout.decode()
    (tmp_path / "town.yaml").write_text(template.replace('organisation: ""', "organisation: Town"), encoding="utf-8")
    data = json.loads(run("assess", "town.yaml", "--format", "json", cwd=tmp_path).stdout)
    assert len(data["unanswered"]["present"]) == len(data["unanswered"]["future"]) == 65
    assert "  #   2: Our policy and procedure say which contracts, with our own reasoned threshold" in template


def test_standard_output_that_takes_nothing_is_said(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        return
    with full.open("wb") as nothing:
        done = subprocess.run(
            [sys.executable, "-m", "commonweal", "assess", str(PUBLISHED)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE},
            stdout=nothing,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard output: Nothing can be written there")


LIBRARIES = ("django", "typst", "docx", "xlsxwriter", "jinja2", "lxml")


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("text", set()),
        ("json", set()),
        ("csv", set()),
        ("html", {"jinja2"}),
        ("pdf", {"typst"}),
        ("xlsx", {"xlsxwriter"}),
    ],
)
def test_libraries_are_imported_only_where_they_are_used(name: str, allowed: set[str], tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from click.testing import CliRunner\nfrom commonweal.cli.main import commonweal\n"
        f"CliRunner().invoke(commonweal, ['assess', {str(INVENTED)!r}, '--format', {name!r}, '--output', 'plan.out'])\n"
        f"print(sorted(set({LIBRARIES!r}) & set(sys.modules)), Path('plan.out').exists())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().strip() == f"{sorted(allowed)} True"
