"""What work needs may not come back to it, however far round."""

import itertools
from collections.abc import Collection
from uuid import UUID

from commonweal.standards.catalogue import load_index
from commonweal.store.models import Work, WorkNeed


def goes_round(work: Work, needs: Collection[UUID]) -> bool:
    """Whether what is needed needs this work itself, however far away."""
    pairs = WorkNeed.objects.within(work.organisation_id).filter(work__programme=work.programme)
    needed: dict[UUID, set[UUID]] = {}
    for id_, other in pairs.values_list("work_id", "needed_id"):
        needed.setdefault(id_, set()).add(other)
    for id_, below in _below(work).items():
        needed.setdefault(id_, set()).add(below)
    reached, open_ = set[UUID](), list(needs)
    while open_:
        one = open_.pop()
        if one == work.pk:
            return True
        if one not in reached:
            reached.add(one)
            open_ += needed.get(one, ())
    return False


def _below(work: Work) -> dict[UUID, UUID]:
    """Work that builds on work for the step below it in its question, by its id."""
    if work.programme.assessment is None:
        return {}
    rows = Work.objects.within(work.organisation_id).filter(programme=work.programme).exclude(step="")
    by_step = dict(rows.values_list("step", "pk"))
    return {
        by_step[step.id]: by_step[earlier.id]
        for question in load_index(work.programme.assessment.index).questions
        for earlier, step in itertools.pairwise(question.steps)
        if step.id in by_step and earlier.id in by_step
    }
