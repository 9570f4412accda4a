"""What is measured, and against what."""

import dataclasses
import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.answers import INDEX, as_yaml, assessment
from bench.harness import Job, Turns, take_turns
from bench.hostile import refuse, write_cases
from bench.sheet import office
from commonweal.core.maturity.answers import Column
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.results import assess
from commonweal.core.maturity.route import frontier, route
from commonweal.core.maturity.rules import score
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.formats.yaml import parse_yaml
from commonweal.intake.assessment import to_assessment
from commonweal.reports.formats import render
from commonweal.standards import catalogue
from commonweal.standards.bank_holidays import nations
from commonweal.standards.crosswalks import crosswalks, has_crosswalk
from commonweal.standards.plan_spreading import usual_spreading
from commonweal.standards.programme_templates import templates
from commonweal.standards.upkeep import upkeep_of

_DAY = datetime.date(2026, 11, 21)
_MANY = 400


@dataclass(frozen=True)
class Line:
    """A line of the report: ours, what it is compared with, and whether the wanted figure is kept."""

    what: str
    ours: str
    against: str
    ratio: str
    wanted: str
    holds: bool | None
    rounds: str


def _rounds(turns: Turns) -> str:
    return f"{turns.kept} kept, {turns.thrown_out} thrown out"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms"


def scoring(rounds: int) -> Iterator[Line]:
    """Assessments a second on one core, without and with explanations."""
    cases = [assessment(number) for number in range(_MANY)]

    def bare(_number: int) -> None:
        for case in cases:
            score(case.index, case.answers, Column.PRESENT)
            score(case.index, case.answers, Column.FUTURE)
            plan(case.index, case.answers)

    def explained(_number: int) -> None:
        for case in cases:
            assess(case)

    turns = take_turns({"bare": bare, "explained": explained}, rounds)
    for name, what, wanted in (
        ("bare", "Scoring both columns and planning", 10_000),
        ("explained", "The same with all explanations", 5_000),
    ):
        rate = _MANY / turns.median(name)
        yield Line(
            what, f"{rate:,.0f} a second", f"limit {wanted:,} a second", f"{rate / wanted:.2f}", "1 or more",
            rate >= wanted, _rounds(turns),
        )  # fmt: skip


def linearity(rounds: int) -> Iterator[Line]:
    """Time for a question in an index of eight times the size, against the shipped one."""
    index = catalogue.load_index(INDEX)
    large = dataclasses.replace(index, themes=index.themes * 8)
    case = assessment(1)

    def run(of: Index, times: int) -> None:
        for _ in range(times):
            score(of, case.answers, Column.PRESENT)
            plan(of, case.answers)

    turns = take_turns({"shipped": lambda _: run(index, 400), "large": lambda _: run(large, 50)}, rounds)
    ratio = turns.median("large") / turns.median("shipped")
    yield Line(
        "Cost for a question, 520 questions against 65", _ms(turns.median("large")), _ms(turns.median("shipped")),
        f"{ratio:.2f}", "1.2 or less", ratio <= 1.2, _rounds(turns),
    )  # fmt: skip


def loading(rounds: int) -> Iterator[Line]:
    """Reading and building the shipped index."""

    def load(_number: int) -> None:
        catalogue._load.cache_clear()
        catalogue.load_index(INDEX)

    turns = take_turns({"load": load}, rounds)
    yield _limit("Loading the index", turns, "load", 0.020)


_STANDARDS: tuple[Callable[[], object], ...] = (crosswalks, templates, usual_spreading, nations)


def _all_standards() -> None:
    """Everything of standards/ that the product reads: indexes, what they keep up, crosswalks, templates, calendars."""
    for reference in catalogue.references():
        catalogue.load_index(reference)
        upkeep_of(reference)
        has_crosswalk(reference)
    for load in _STANDARDS:
        load()


def standards(rounds: int) -> Iterator[Line]:
    """All standards, read anew (the schemas stay compiled, as they do in a process) and from what is kept."""
    kept: tuple[Any, ...] = (catalogue._load, upkeep_of, has_crosswalk, *_STANDARDS)

    def cold(_number: int) -> None:
        for load in kept:
            load.cache_clear()
        _all_standards()

    turns = take_turns({"cold": cold, "cached": lambda _: _all_standards()}, rounds)
    yield _limit("Loading all standards, anew", turns, "cold", 0.150)
    yield _limit("Loading all standards, kept", turns, "cached", 0.005)


def _limit(what: str, turns: Turns, name: str, limit: float) -> Line:
    found = turns.median(name)
    return Line(
        what, _ms(found), f"limit {_ms(limit)}", f"{found / limit:.2f}", "1 or less", found <= limit, _rounds(turns)
    )


def routes(rounds: int) -> Iterator[Line]:
    """The cheapest way to the highest level and the whole frontier, for answers of every kind."""

    def find(number: int) -> None:
        case = assessment(number)
        route(case.index, case.answers, case.index.top_level, Wishes())
        frontier(case.index, case.answers, Wishes())

    yield _limit("Cheapest route, with the frontier", take_turns({"route": find}, rounds), "route", 1.0)


def documents(rounds: int) -> Iterator[Line]:
    """Answers -> results -> document, in a warm process, other answers each round."""
    limits = {"docx": 0.100, "xlsx": 0.025, "csv": 0.008}

    def job(name: str) -> Job:
        def make(number: int) -> None:
            render(name, assess(assessment(number)), _DAY)

        return make

    turns = take_turns({name: job(name) for name in limits}, rounds)
    for name, limit in limits.items():
        yield _limit(f"Answers to {name.upper()}, warm", turns, name, limit)


def warm_pdf(rounds: int, folder: Path) -> Iterator[Line]:
    """A plan as PDF in a warm process, against a warm sheet."""
    sheet = office.WarmSheet(folder)

    def ours(number: int) -> None:
        content = to_assessment(parse_yaml(as_yaml_of[number], "f.yaml"))
        (folder / "ours.pdf").write_bytes(render("pdf", assess(content), _DAY))

    as_yaml_of = [as_yaml(number) for number in range(rounds + 1)]
    turns = take_turns({"ours": ours, "sheet": sheet.plan}, rounds)
    sheet.close()
    yield _faster("Answers file to plan as PDF, warm", turns, "warm LibreOffice sheet", 1.3)


def _faster(what: str, turns: Turns, other: str, wanted: float) -> Line:
    ours, sheet = turns.median("ours"), turns.median("sheet")
    return Line(
        what, _ms(ours), f"{other} {_ms(sheet)}", f"{sheet / ours:.2f} times faster", f"{wanted:g} or more",
        sheet / ours >= wanted, _rounds(turns),
    )  # fmt: skip


def cold_pdf(rounds: int, folder: Path) -> Iterator[Line]:
    """A plan as PDF by the command line, against LibreOffice started for it."""
    turns = take_turns(
        {
            "ours": lambda number: _command(folder, number, "pdf"),
            "sheet": lambda number: office.cold_plan(folder, number),
        },
        rounds,
    )
    yield _faster("Answers file to plan as PDF, cold, by command line", turns, "cold LibreOffice sheet", 3)


def command(rounds: int, folder: Path) -> Iterator[Line]:
    """The command from start to finish."""
    turns = take_turns({"text": lambda number: _command(folder, number, "text")}, rounds)
    yield _limit("`commonweal assess FILE`, start to finish", turns, "text", 0.300)


def hostile(folder: Path) -> Iterator[Line]:
    """The dearest of the files that are made to be dear."""
    costs = {path.name: refuse(path) for path in write_cases(folder)}
    slowest = max(costs, key=lambda name: costs[name][0])
    seconds = costs[slowest][0]
    yield Line(
        f"Refusing the slowest hostile file ({slowest})", _ms(seconds), "limit 2 s", f"{seconds / 2:.2f}",
        "1 or less", seconds <= 2, f"{len(costs)} files, once each",
    )  # fmt: skip
    sizes = {name: size for name, (_, size) in costs.items() if size is not None}
    if sizes:
        largest = max(sizes, key=lambda name: sizes[name])
        yield Line(
            f"Memory for the largest one ({largest})", f"{sizes[largest]:.0f} MB", "limit 300 MB",
            f"{sizes[largest] / 300:.2f}", "1 or less", sizes[largest] <= 300, f"{len(costs)} files, once each",
        )  # fmt: skip


def _command(folder: Path, number: int, name: str) -> float:
    path = folder / f"answers-{number}.yaml"
    path.write_text(as_yaml(number), encoding="utf-8")
    program = Path(sys.executable).with_name("commonweal")
    output = folder / f"out.{name}"
    start = time.perf_counter()
    subprocess.run(
        [program, "assess", path, "--format", name, "--output", output], check=True, stdout=subprocess.DEVNULL
    )
    seconds = time.perf_counter() - start
    assert output.stat().st_size > 5_000
    return seconds


def all_lines(scale: float) -> Iterator[Line]:
    """Every measure; `scale` multiplies the number of rounds."""

    def rounds(number: int) -> int:
        return max(3, round(number * scale))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.path.realpath(name))
        yield from scoring(rounds(25))
        yield from linearity(rounds(25))
        yield from loading(rounds(40))
        yield from standards(rounds(20))
        yield from routes(rounds(20))
        yield from documents(rounds(30))
        yield from command(rounds(25), folder)
        yield from hostile(folder)
        if office.available():
            yield from warm_pdf(rounds(40), folder)
            yield from cold_pdf(rounds(12), folder)
