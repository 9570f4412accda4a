"""What work needs may not come back to it, however far round."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from commonweal.core.circles import in_circles
from commonweal.services.indexes import held_index
from commonweal.store.models import Programme, Work, WorkNeed


def goes_round(work: Work, needs: Collection[UUID]) -> bool:
    """Whether this work would need itself if it needed these: also by its parts, and by the steps of its question."""
    waits = said_needs(work.programme)
    waits[work.pk] = set(needs)
    for one, needed in implied_needs(work.programme):
        waits[one].add(needed)
    if work.parent_id is not None:  # also of a part that is not saved yet
        waits[work.parent_id].add(work.pk)
    return work.pk in in_circles(waits)


def said_needs(programme: Programme) -> dict[UUID, set[UUID]]:
    """What somebody said that the work of a programme needs, by its id."""
    pairs = WorkNeed.objects.within(programme.organisation_id).filter(work__programme=programme)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for work, needed in pairs.values_list("work_id", "needed_id"):
        found[work].add(needed)
    return found


def implied_needs(programme: Programme) -> Iterator[tuple[UUID, UUID]]:
    """What has to be done first without anybody saying so: parts before their whole, a step before the next one."""
    rows = Work.objects.within(programme.organisation_id).filter(programme=programme)
    yield from ((whole, part) for part, whole in rows.exclude(parent=None).values_list("pk", "parent_id") if whole)
    if programme.assessment is None:
        return
    by_step = dict(rows.exclude(step="").values_list("step", "pk"))
    for question in held_index(programme.assessment.index).questions:
        for earlier, step in itertools.pairwise(question.steps):
            if step.id in by_step and earlier.id in by_step:
                yield by_step[step.id], by_step[earlier.id]
