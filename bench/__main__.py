"""`bin/bench [--quick]`: prints each measure as it comes and writes docs/benchmarks.md (not with --quick)."""

import itertools
import os
import platform
import sys
from pathlib import Path

from bench.jobs import Line, all_lines
from bench.service.measure import lines as service_lines
from bench.service.programmes import lines as programme_lines
from bench.service.rounds import lines as round_lines
from bench.sheet import office

_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def _row(line: Line) -> str:
    holds = "yes" if line.holds else "no"
    return f"| {line.what} | {line.ours} | {line.against} | {line.ratio} | {line.wanted} | {holds} | {line.rounds} |"


def _page(lines: list[Line]) -> str:
    rows = "\n".join(_row(line) for line in lines)
    machine = f"{os.cpu_count()} cores, {platform.system()}, CPython {platform.python_version()}"
    peer = office.version() if office.available() else "LibreOffice not installed: its lines are left out"
    return f"""# Benchmarks

Made by `bin/bench`; how it measures stands in [bench/README.md](../bench/README.md).
This run: {machine}; {peer}. The time of a single run says little about another machine: read the ratios.

| what | ours, median | against | ratio | wanted | holds | rounds |
|---|---|---|---|---|---|---|
{rows}

What the lines mean:

- *Scoring* is on one core: both columns, theme levels, overall, legal minimum and plan. *With all explanations* adds
  what holds each theme, what its next level needs, attention and the narrative.
- *Answers to PDF, warm*: the text of an answers file is read, checked, scored, and the plan written as a tagged PDF of
  about ten pages with figure, grid and all answers. The sheet gets the same answers set in its cells, recalculates, and
  saves levels and actions as an untagged PDF.
- *Cold* is from the start of the program to its end.
- *The service* (`bench/service`) is started as `commonweal serve` starts it, on SQLite with `synchronous=FULL`, and
  asked over HTTP by up to 8 people, each with a round of their own. Every answer is checked, and at the end the
  database is read: every acknowledged save is there, and so is its line in the history. The bare view is Django with
  one `UPDATE` and nothing else (no session, no person, no check), on the same server. The base layout alone is the
  page about cookies. The results page is opened again while nothing has changed, and made anew as after any change.
- *Keeping organisations apart* (`bench/service/separation.py`) compares two services over HTTP, one request of each in
  turns: ours, and the same without row-level security, without a transaction around the request, without seats, with no
  condition on the organisation in any query, and with the person loaded in Django's usual way. The ratio is the median
  of the ratios of the pairs.
- *Best programme within means* counts everything that is asked of the solver for one page: the best set, and what one
  more theme level would take. *Views* are of a programme of 2,000 pieces of work, asked in one process: made anew, in
  turns with the same view of an empty programme, as after any change in the organisation; and unchanged, as whoever
  opens it next finds it, in turns with the base layout alone, which asks nothing of any programme. *Rows taken in*
  is from the file to the changed rows. *Reminders* are one night's, with letters that go nowhere.
- *Rounds of departments* (`bench/service/rounds.py`): the page of ten waves of thirty departments, in turns with the
  results of one of these rounds; both unchanged, and both made anew after somebody saved in that round. *Rounds to a
  later version* are moved as `commonweal move-rounds` moves them, a hundred in a transaction.
- *Hostile files* (`bench/hostile.py`) are as large as is read at all; each is refused with a plain message.
"""


def main() -> None:
    quick = "--quick" in sys.argv
    lines = []
    share = 0.2 if quick else 1
    for line in itertools.chain(all_lines(share), service_lines(share), programme_lines(share), round_lines(share)):
        lines.append(line)
        print(f"{line.what}: {line.ours}, against {line.against}: {line.ratio} (wanted {line.wanted}); {line.rounds}")
    if not office.available():
        print("LibreOffice is not here: apt-get install libreoffice-calc python3-uno, to compare with a sheet.")
    if not quick:
        _PAGE.write_text(_page(lines), encoding="utf-8")
        print("docs/benchmarks.md")


if __name__ == "__main__":
    main()
