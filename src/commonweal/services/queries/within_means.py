"""What a programme costs and takes by its actions, and the best one for the means there are."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.maturity.plan import ahead
from commonweal.core.maturity.route import Route, frontier
from commonweal.core.maturity.theme_levels import Wishes
from commonweal.core.problems import Refused
from commonweal.core.programme.means import Aim, Labour, Means
from commonweal.core.programme.models import WorkItem, last_day
from commonweal.core.programme.within_means import Further, WithinMeans, further, within_means
from commonweal.core.programme.within_means_model import Asked
from commonweal.core.programme.work import ProgrammeState
from commonweal.core.programme.yes_no import Unsure
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.position import standing
from commonweal.services.writing import reading
from commonweal.solving import highs
from commonweal.store.convert import WORK_FIELDS, to_work
from commonweal.store.models import Person, Programme, Work, WorkNeed

NOT_SURE = Refused(
    "There are too many ways to be sure of the best one in a few seconds.",
    "Fix some actions in or leave some out, or say less of money and people.",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of actions from the work in a programme: by action id."""

    costs: dict[str, Decimal]
    labour: Labour


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: the best by an aim, for the means, counting so much for what nobody has said yet."""

    aim: Aim
    level: int
    means: Means
    cost_each: Decimal
    days_each: Decimal
    legal_first: bool = True
    needed: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Running:
    """The open programme on an assessment: where it is, its days, and its work."""

    id: UUID
    title: str
    starts_on: datetime.date
    ends_on: datetime.date
    work: tuple[WorkItem, ...]


@reading
def running_on(assessment_id: UUID, *, by: Person) -> Running | None:
    """The open programme whose baseline an assessment is, if there is one."""
    here = {"assessment": assessment_id, "state": ProgrammeState.OPEN.value}
    row = Programme.objects.for_actor(by, Action.SEE_WORK, **here).values_list("id", "title", "starts_on", "years")
    about = {f"programme__{name}": value for name, value in here.items()}
    work = Work.objects.for_actor(by, Action.SEE_WORK, **about).order_by("number").values_list(*WORK_FIELDS)
    pairs = WorkNeed.objects.for_actor(by, Action.SEE_WORK, **{f"work__{name}": one for name, one in about.items()})
    needs: dict[UUID, list[UUID]] = {}
    for id_, needed in pairs.values_list("work_id", "needed_id"):
        needs.setdefault(id_, []).append(needed)
    items = tuple(to_work(fields, tuple(needs.get(fields[0], ()))) for fields in work)
    found = row.first()
    if found is None:
        return None
    id_, title, starts_on, years = found
    return Running(id_, title, starts_on, last_day(starts_on, years), items)


def known_of(work: Iterable[WorkItem]) -> Known:
    """Costs, days of work, departments and order of the actions that stand behind work; with those of its parts."""
    items = list(work)
    behind = {item.id: item.step for item in items if item.step}
    costs: dict[str, Decimal] = {}
    effort: dict[str, Decimal] = {}
    for item in items:
        step = behind.get(item.parent or item.id, "")
        if step and not (item.parent and item.state.is_over):
            for known, amount in ((costs, item.cost), (effort, item.effort_days)):
                if amount is not None:
                    known[step] = known.get(step, Decimal()) + amount
    department = {item.step: item.department for item in items if item.step and item.department}
    after = {item.step: frozenset(behind[id_] for id_ in item.needs if id_ in behind) for item in items if item.step}
    return Known(costs, Labour(effort, department, after))


@reading
def known_on(assessment_id: UUID, organisation_id: UUID, running: Running | None, *, by: Person) -> Known:
    """What is known of actions: from the work of the open programme, and else as it was estimated."""
    from_work = known_of(running.work if running else ())
    costings = costings_of(assessment_id, by=by)
    names = departments_of(organisation_id, by=by)
    said = {id_: one.department for id_, one in costings.of.items() if one.department in names}
    department = {id_: names[part] for id_, part in said.items() if part is not None}
    labour = from_work.labour
    return Known(
        {**costings.costs, **from_work.costs},
        Labour({**costings.days, **labour.effort}, {**department, **labour.department}, labour.after),
    )


@reading
def best_within(
    assessment_id: UUID, question: Question, *, by: Person, today: datetime.date
) -> tuple[WithinMeans | Refused, Further | None, tuple[Route, ...]]:
    """The best programme from where an assessment stands on a day, what one more theme level would take,
    and level against cost where nothing but the order limits it.

    Costs and days come from the open programme's work, or else from what was estimated. Raises NotFound.
    """
    found = standing(assessment_id, by=by, today=today)
    index, answers = found.round.index, found.current.assessment.answers
    running = running_on(assessment_id, by=by)
    known = known_on(assessment_id, found.round.organisation_id, running, by=by)
    steps = [step.id for step in ahead(index, answers)]
    costs = {id_: known.costs.get(id_, question.cost_each) for id_ in steps}
    effort = {id_: known.labour.effort.get(id_, question.days_each) for id_ in steps}
    asked = Asked(
        index,
        answers,
        Wishes(costs, question.legal_first, question.needed, question.barred),
        Labour(effort, known.labour.department, known.labour.after),
        question.means,
    )
    points = frontier(index, answers, asked.wishes)
    try:
        solve = highs.within()
        best = within_means(asked, question.aim, question.level, solve)
        return best, None if isinstance(best, Refused) else further(asked, best, solve), points
    except Unsure:
        return NOT_SURE, None, points
