"""Rounds: ten waves of thirty departments on one page, and many rounds to a later version of their index.

`python -m bench.service.rounds FOLDER SHARE` measures in a process of its own, as `programmes` does.
"""

import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.jobs import Line
from bench.service.programmes import in_turns, line_of, seconds, told

_WAVES, _DEPARTMENTS, _ROUNDS = 10, 30, 5_000
_BEFORE, _AFTER = "svmi-public@2016.1", "svmi-public@2026.1"


def lines(share: float) -> Iterator[Line]:
    """The measures as lines."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.service.rounds", folder, str(share)]
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    for line in ended.stdout.splitlines():
        yield line_of(line)


def main() -> None:
    """Measure in a folder."""
    folder, share = Path(sys.argv[1]), float(sys.argv[2])
    os.environ |= {"COMMONWEAL_HOME": str(folder), "COMMONWEAL_DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from commonweal.services.people import Person

    call_command("migrate", verbosity=0)
    me = Person.objects.local()
    own, one = _departments(me)
    _side_by_side(own, one, me, max(5, int(30 * share)))
    _moving(own, me, round(_ROUNDS * share) if share < 1 else _ROUNDS)


def _given(number: int) -> dict[str, Any]:
    """Answers of a department, each another."""
    from commonweal.core.maturity.answers import QuestionAnswer
    from commonweal.standards.catalogue import load_index

    return {
        question.id: QuestionAnswer(place := (number + at) % len(question.answers), place)
        for at, question in enumerate(load_index(_BEFORE).questions)
    }


def _departments(me: Any) -> tuple[UUID, UUID]:
    """A council with all its waves; and one of its rounds."""
    from commonweal.core.organisations import Kind
    from commonweal.services.actions.assessments import Opening, open_assessments
    from commonweal.services.actions.organisations import Description, create_organisation, describe_organisation
    from commonweal.services.queries.round_heads import departments_to_open
    from commonweal.standards.catalogue import load_index

    now = datetime.datetime.now(datetime.UTC)
    own = create_organisation(name="Council", kind=Kind.UNITARY, size=None, by=me, now=now)
    names = tuple(f"Department {number:02}" for number in range(_DEPARTMENTS))
    said = Description("Council", Kind.UNITARY, None, departments=names)
    describe_organisation(organisation_id=own, version=0, said=said, by=me, now=now)
    index, departments = load_index(_BEFORE), list(departments_to_open(own, by=me))
    openings = [
        Opening(index, f"Wave {wave}", datetime.date(2016 + wave, 3, 1), 2, _given(wave + number), department=id_)
        for wave in range(_WAVES)
        for number, id_ in enumerate(departments)
    ]
    made = open_assessments(organisation_id=own, openings=openings, by=me, now=now)
    return own, made[-1]


def _side_by_side(own: UUID, one: UUID, me: Any, rounds: int) -> None:
    """Against the results of one of them: unchanged, as whoever opens it next finds it; and made anew."""
    from django.core.cache import caches
    from django.db.models import F
    from django.test import Client

    from commonweal.store.models import AssessedTheme

    client = Client(headers={"host": "localhost"})
    client.force_login(me)
    page, results = f"/organisations/{own}/departments/", f"/assessments/{one}/results/"

    def get(path: str, *, anew: bool = False) -> float:
        if anew:  # as after somebody saved in this round
            caches["kept"].clear()
            AssessedTheme.objects.across("a measure").filter(assessment=one).update(version=F("version") + 1)
        return seconds(lambda: client.get(path))

    assert client.get(page).status_code == client.get(results).status_code == 200
    what = f"{_WAVES} rounds of {_DEPARTMENTS} departments on one page"
    ours, other, ratio = in_turns(lambda: get(page), lambda: get(results), rounds)
    told(f"{what}, unchanged, against one result, unchanged", ours, other, ratio, 1.5, rounds)
    ours, other, ratio = in_turns(lambda: get(page, anew=True), lambda: get(results, anew=True), rounds)
    told(f"{what}, made anew after a save, against one result made anew", ours, other, ratio, 1.5, rounds)


def _moving(own: UUID, me: Any, count: int) -> None:
    """So many rounds, each of a department of its own, to the later version."""
    from commonweal.services.actions.assessments import Opening, open_assessments
    from commonweal.services.actions.editions import move_many
    from commonweal.standards.catalogue import load_index
    from commonweal.store.models import Assessment, OrganisationPart

    now, index = datetime.datetime.now(datetime.UTC), load_index(_BEFORE)
    parts = OrganisationPart.objects.bulk_create(
        OrganisationPart(organisation_id=own, kind="department", name=f"Part {number}") for number in range(count)
    )
    openings = [
        Opening(index, "Many", datetime.date(2026, 3, 1), 2, _given(number), department=part.pk)
        for number, part in enumerate(parts)
    ]
    open_assessments(organisation_id=own, openings=openings, by=me, now=now)
    before = Assessment.objects.across("a measure").count()
    found = seconds(lambda: list(move_many(before=_BEFORE, after=_AFTER, organisation=None, today=now.date(), now=now)))
    moved = Assessment.objects.across("a measure").count() - before
    assert moved == count + _DEPARTMENTS
    limit = 60 * moved / _ROUNDS
    told(
        f"{moved} rounds to a later version of their index",
        f"{found:.1f} s",
        f"limit {limit:.0f} s",
        found / limit,
        1,
        1,
    )


if __name__ == "__main__":
    main()
