"""Programmes: the best one for the means there are, views of a long one, its workbook, and a night's reminders.

`python -m bench.service.programmes FOLDER SHARE` measures in a place of its own and prints a JSON line a measure; a
process of its own, since Django is set up once in each.
"""

import datetime
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.jobs import Line

_TASKS, _ORGANISATIONS = 2_000, 5_000


def lines(share: float) -> Iterator[Line]:
    """The measures as lines."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.service.programmes", folder, str(share)]
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    for line in ended.stdout.splitlines():
        yield line_of(line)


def line_of(printed: str) -> Line:
    """A measure that another process told."""
    return Line(*json.loads(printed))


def told(what: str, ours: str, against: str, ratio: float, most: float, rounds: int) -> None:
    """Print a measure for the process that asked for it: it holds where the ratio is `most` or less."""
    told = (what, ours, against, f"{ratio:.2f}", f"{most:g} or less", ratio <= most, str(rounds))
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main() -> None:
    """Measure in a folder."""
    folder, share = Path(sys.argv[1]), float(sys.argv[2])
    os.environ |= {"COMMONWEAL_HOME": str(folder), "COMMONWEAL_DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    rounds = max(5, int(30 * share))
    assessment, programme, me = _a_long_programme()
    _means(assessment, me, rounds)
    _views(programme, me, rounds)
    _workbook(programme, me, max(3, rounds // 6))
    _reminders(int(_ORGANISATIONS * share) if share < 1 else _ORGANISATIONS)


def _a_long_programme() -> tuple[UUID, UUID, Any]:
    """The published plan adopted, and own work beside it up to `_TASKS` pieces."""
    from commonweal.services.actions.examples import load_examples
    from commonweal.services.actions.programmes import Frame, adopt_plan
    from commonweal.services.people import Person
    from commonweal.services.queries.assessments import all_rounds
    from commonweal.store.models import Work, WorkGroup

    now, me = datetime.datetime.now(datetime.UTC), Person.objects.local()
    load_examples(by=me, now=now)
    round_ = max(all_rounds(by=me), key=lambda one: len(one.results().actions))
    chosen = {step.id for step in round_.results().actions}
    frame = Frame("A long programme", "scotland", now.date(), 3)
    made = adopt_plan(assessment_id=round_.id, frame=frame, chosen=chosen, by=me, now=now)
    groups = list(WorkGroup.objects.within(round_.organisation_id).filter(programme_id=made))
    day = datetime.timedelta(days=1)
    Work.objects.bulk_create(
        Work(
            organisation_id=round_.organisation_id,
            programme_id=made,
            group=groups[number % len(groups)],
            number=len(chosen) + 1 + number,
            title=f"Piece of work number {number}, with a title as long as most of them are",
            state="agreed",
            start=now.date() + day * (number // 4),
            due=now.date() + day * (number // 4 + 30),
            year=1 + number % 3,
            created_at=now,
            created_by=me,
        )
        for number in range(_TASKS - len(chosen))
    )
    return round_.id, made, me


def _means(assessment: UUID, me: Any, rounds: int) -> None:
    """Cheapest, soonest and most, each with limits of money and people, and with what one more level would take."""
    from commonweal.core.programme.means import EVERYBODY, Aim, Means
    from commonweal.services.queries.within_means import Question, best_within

    today = datetime.date(2027, 4, 1)
    means = Means(today, 24, (Decimal(30_000), Decimal(30_000)), {EVERYBODY: Decimal("27.5")})
    question = Question(Aim.CHEAPEST, 2, means, Decimal(1_000), Decimal(20))
    for aim in Aim:
        asked = replace(question, aim=aim)
        times = [
            seconds(lambda asked=asked: best_within(assessment, asked, by=me, today=today))  # type: ignore[misc]
            for _ in range(rounds)
        ]
        found = statistics.median(times)
        told(f"Best programme within means, {aim.value}", f"{found * 1000:.0f} ms", "limit 1000 ms", found, 1, rounds)


def in_turns(one: Callable[[], float], other: Callable[[], float], rounds: int) -> tuple[str, str, float]:
    """The medians of two measures that take turns, and how many times the second the first takes."""
    turns = [(one(), other()) for _ in range(rounds + 1)][1:]
    ours, against = (statistics.median(turn[which] for turn in turns) for which in (0, 1))
    return f"{ours * 1000:.1f} ms", f"{against * 1000:.1f} ms", ours / against


def _views(programme: UUID, me: Any, rounds: int) -> None:
    """Each view of the long programme: made anew, in turns with the same view of an empty one; and opened while nothing
    has changed, in turns with the base layout alone."""
    from django.core.cache import caches
    from django.test import Client

    from commonweal.services.actions.programmes import Frame, start_programme
    from commonweal.store.models import Programme, Work

    client = Client(headers={"host": "localhost"})
    client.force_login(me)
    home = Programme.objects.across("a measure").get(pk=programme)
    frame = Frame("S", "scotland", None, None)
    short_one = start_programme(
        organisation_id=home.organisation_id, reference="guiding-principles@1", frame=frame,
        anchors={"start": home.starts_on},
        by=me, now=datetime.datetime.now(datetime.UTC),
    )  # fmt: skip
    Work.objects.across("a measure").filter(programme_id=short_one).delete()
    Programme.objects.across("a measure").filter(pk=short_one).update(assessment=home.assessment, state="closed")

    def get(path: str) -> float:
        return seconds(lambda: client.get(path))

    def get_anew(path: str) -> float:
        caches["kept"].clear()
        return get(path)

    for view in ("grid", "list", "board", "departments", "timeline"):
        long = f"/programmes/{programme}/?view={view}{'&group=2' if view == 'timeline' else ''}"
        short = f"/programmes/{short_one}/?view={view}"
        what = f"View {view}, {_TASKS} pieces"
        ours, other, ratio = in_turns(lambda: get_anew(long), lambda: get_anew(short), rounds)  # noqa: B023
        told(f"{what}, made anew, against an empty programme", ours, other, ratio, 3, rounds)
        get(long)
        ours, other, ratio = in_turns(lambda: get(long), lambda: get("/cookies/"), rounds)  # noqa: B023
        told(f"{what}, unchanged, against the base layout", ours, other, ratio, 3, rounds)
    size = len(client.get(f"/programmes/{programme}/?view=timeline&group=2").content)
    told("Timeline of a group of it", f"{size / 1000:.0f} kB", "limit 300 kB", size / 300_000, 1, 1)


def _workbook(programme: UUID, me: Any, rounds: int) -> None:
    """The workbook of the whole programme, every row of it changed, read and taken in."""
    import openpyxl

    from commonweal.formats.work_sheet import HEAD_ROW, NAMES, SHEET
    from commonweal.reports.programme_list import as_xlsx
    from commonweal.services.actions.work_uploads import apply_work_upload, receive_work_sheet, sheet_code
    from commonweal.services.queries.programme_report import programme_report

    now, times = datetime.datetime.now(datetime.UTC), []
    for number in range(rounds):
        content = as_xlsx(programme_report(programme, by=me, today=now.date()), sheet_code(programme))
        book = openpyxl.load_workbook(io.BytesIO(content))
        for row in range(HEAD_ROW + 2, HEAD_ROW + 2 + _TASKS):
            book[SHEET].cell(row, NAMES.index("cost") + 1).value = 100 + number
        file = io.BytesIO()
        book.save(file)

        def take_in(sent: bytes = file.getvalue()) -> None:
            id_ = receive_work_sheet(programme_id=programme, content=sent, file_name="x.xlsx", by=me, now=now)
            apply_work_upload(upload_id=id_, by=me, now=now)

        times.append(seconds(take_in))
    found = statistics.median(times)
    told(f"{_TASKS} rows read and taken in", f"{found:.2f} s", "limit 3 s", found / 3, 1, rounds)


def _many_organisations(count: int, now: datetime.datetime) -> None:
    """Each with a lead officer, an adopted plan, work that is late and work to come."""
    from commonweal.store.models import Answer, Assessment, Membership, Organisation, Person, Programme, Work, WorkGroup

    today, day = now.date(), datetime.timedelta(days=1)
    people = Person.objects.bulk_create(
        Person(name=f"Lead {n}", email=f"lead{n}@council.example", created_at=now) for n in range(count)
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Council {n}", kind="district-council", created_at=now, created_by=people[n])
        for n in range(count)
    )
    pairs = list(zip(bodies, people, strict=True))
    Membership.objects.bulk_create(
        Membership(organisation=body, person=lead, role="lead-officer", created_at=now) for body, lead in pairs
    )
    rounds = Assessment.objects.bulk_create(
        Assessment(organisation=body, index="svmi-public@2016.1", name="Round", date=today, created_at=now,
                   created_by=lead) for body, lead in pairs
    )  # fmt: skip
    Answer.objects.bulk_create(
        (Answer(organisation_id=one.organisation_id, assessment=one, question=question, present=2, future=3)
         for one in rounds for question in ("I1", "I2", "J1", "A1", "B1")), batch_size=5_000,
    )  # fmt: skip
    programmes = Programme.objects.bulk_create(
        Programme(organisation_id=one.organisation_id, assessment=one, title="P", nation="scotland", starts_on=today,
                  years=2, created_at=now, created_by_id=one.created_by_id) for one in rounds
    )  # fmt: skip
    groups = WorkGroup.objects.bulk_create(
        WorkGroup(organisation_id=one.organisation_id, programme=one, number=1, title="G") for one in programmes
    )
    Work.objects.bulk_create(
        (Work(organisation_id=group.organisation_id, programme_id=group.programme_id, group=group, number=n,
              title=f"Work {n}", state="agreed", due=today + day * (n - 3) * 3, owner_id=group.programme.created_by_id,
              created_at=now, created_by_id=group.programme.created_by_id) for group in groups for n in range(1, 6)),
        batch_size=5_000,
    )  # fmt: skip


def _reminders(count: int) -> None:
    """A night's letters for so many organisations."""
    from django.core import mail
    from django.core.mail.backends import locmem
    from django.test.utils import override_settings

    from commonweal.services.actions.reminders import remind

    now = datetime.datetime.now(datetime.UTC)
    _many_organisations(count, now)
    mail.outbox = []
    with override_settings(EMAIL_BACKEND=f"{locmem.__name__}.EmailBackend"):
        found = seconds(lambda: remind(today=now.date(), now=now))
    sent = len(mail.outbox)
    limit = 60 * count / _ORGANISATIONS
    what = f"Reminders for {count} organisations ({sent} letters)"
    told(what, f"{found:.1f} s", f"limit {limit:.0f} s", found / limit, 1, 1)


if __name__ == "__main__":
    main()
