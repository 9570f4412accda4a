"""Small promises about the whole repository, each kept by a test."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from commonweal.standards.catalogue import load_index, references

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "commonweal"


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    names = [name for name in listed.split("\0") if name]
    if not names:  # an archive without its history
        skipped = {".venv", "var", ".git", "__pycache__"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts)]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


TEXTS = [path for path in _tracked() if path.suffix not in {".png"}]


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_nothing_needs_posix() -> None:
    child = SOURCE / "formats" / "sheets_child.py"  # limits itself where the system can, and runs where it cannot
    posix = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
    assert {
        str(path): found for path in SOURCE.rglob("*.py") if path != child and (found := _imports(path) & posix)
    } == {}


def test_every_import_from_outside_is_a_declared_dependency_with_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = {re.split(r"[><=\[]", name)[0].lower() for name in tomllib.loads(text)["project"]["dependencies"]}
    modules = {"yaml": "pyyaml", "docx": "python-docx", "jsonschema_rs": "jsonschema-rs", "markupsafe": "jinja2"}
    modules |= {"allauth": "django-allauth", "csp": "django-csp", "python_calamine": "python-calamine"}
    modules |= {"storages": "django-storages", "botocore": "django-storages"}  # the extra `s3`
    used = {name for path in SOURCE.rglob("*.py") for name in _imports(path)}
    outside = {
        modules.get(name, name.replace("_", "-")).lower()
        for name in used - set(sys.stdlib_module_names) - {"commonweal"}
    }
    named_only = {
        "argon2-cffi",
        "font-source-sans-pro",
        "govuk-frontend-jinja",
        "whitenoise",
    }  # in settings, as data
    assert outside == (declared - named_only) | {"django-storages"}
    for line in re.findall(r'^    "[\w-]+>=.*$', text, re.MULTILINE):
        assert "# " in line, f"no reason: {line}"


def _words_of_indexes() -> re.Pattern[str]:
    """Every name that only an index may know: levels, themes, ids of everything."""
    words: set[str] = set()
    for reference in references():
        index = load_index(reference)
        words |= {index.id, index.title, *(name for level in index.levels for name in (level.name, level.label))}
        words |= {name for theme in index.themes for name in (theme.title, theme.plan_label)}
        words |= {criterion.id for theme in index.themes for criterion in theme.criteria}
        words |= {question.id for question in index.questions}
        words |= {step.id for question in index.questions for step in question.steps}
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")


def _without_docstrings(text: str) -> str:
    return re.sub(r'""".*?"""', lambda doc: "\n" * doc.group().count("\n"), text, flags=re.DOTALL)


def known_by_heart(folder: Path) -> list[str]:
    """Lines of code that name what only an index may know. Words in examples of docstrings do not count."""
    words = _words_of_indexes()
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".typ", ".css"}:
            text = re.sub(
                r'""".*?"""', lambda doc: "\n" * doc.group().count("\n"), path.read_text("utf-8"), flags=re.DOTALL
            )
            lines = enumerate(text.splitlines(), 1)
            found += [f"{path.name}:{number}: {hit.group()}" for number, line in lines if (hit := words.search(line))]
    return found


def test_what_an_index_says_stands_in_its_data_alone() -> None:
    paper = ("plan.css", "A4")  # the size of a sheet, not a question
    assert [line for line in known_by_heart(SOURCE) if (line.partition(":")[0], line.rpartition(" ")[2]) != paper] == []


@pytest.mark.parametrize(
    "line", ['if level == "Leader":', 'title = "Procurement"', 'skip = {"J9"}', "default = 'svmi-public'"]
)
def test_a_planted_name_is_found(line: str, tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text(f"{line}\n", encoding="utf-8")
    assert known_by_heart(tmp_path)


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        packages = re.findall(r"^[\w.-]+==.*$", text, re.MULTILINE)
        assert packages
        assert all(line.endswith("\\") for line in packages), "a package without a hash"


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]],
    }
    for name, dependencies in wanted.items():
        locked = {line.partition("==")[0] for line in (ROOT / name).read_text(encoding="utf-8").splitlines()}
        assert {re.split(r"[><=[]", item)[0].lower() for item in dependencies} <= {item.lower() for item in locked}


def unfit(text: str) -> list[str]:
    """What a file of the repository must not hold: places of a machine, unfinished work, stray endings."""
    found = re.findall(r"/(?:home|root|work|Users|opt|mnt)/\w+", text)
    found += [word for word in ("TO" + "DO", "FIX" + "ME", "XX" + "X") if word in text]
    found += ["no newline at the end"] if text and not text.endswith("\n") else []
    return found + (["carriage return"] if "\r" in text else [])


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_speaks_of_the_product_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.strip() or path.name in {"__init__.py", "py.typed"}, "the file is empty"
    assert unfit(text.replace("/path/to/", "")) == []


@pytest.mark.parametrize("text", ["cd /ho" + "me/me/x\n", "TO" + "DO: later\n", "no end", "a\r\n"])
def test_a_planted_slip_is_found(text: str) -> None:
    assert unfit(text)


def test_every_link_in_the_documents_leads_somewhere() -> None:
    broken = []
    for path in TEXTS:
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_file_that_code_or_documents_name_exists() -> None:
    named = re.compile(r"(?<![\w/.$])((?:docs|bin|src|tests|bench)/[\w./@-]+\w)")
    missing = set()
    for path in TEXTS:
        if path.suffix in {".md", ".py", ".toml", ".yaml"} and path.parent.name != "repository":
            for name in named.findall(path.read_text(encoding="utf-8")):
                if not (ROOT / name).exists():
                    missing.add(f"{path.relative_to(ROOT)}: {name}")
    assert missing == set()


def test_commands_in_bin_can_be_run_and_explain_themselves() -> None:
    for path in (ROOT / "bin").iterdir():
        first, second = path.read_text(encoding="utf-8").splitlines()[:2]
        assert first == "#!/bin/sh"
        assert second.startswith("# ")
        assert path.stat().st_mode & 0o111
