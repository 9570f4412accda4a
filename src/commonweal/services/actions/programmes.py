"""A plan is adopted as a programme, or one is made from a template."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.governance.meetings import lead_days
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.plan import ahead, builds_on_what_is_missing, is_duty
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.costings import NOTHING, Costing, Costings
from commonweal.core.programme.models import Priority
from commonweal.core.programme.spreading import Dated, spread
from commonweal.core.programme.templates import START, PlannedTask, Template, anchor_days, planned
from commonweal.core.programme.work import ProgrammeState
from commonweal.core.words import counted, long_date
from commonweal.formats.characters import forbidden_character, is_blank
from commonweal.services.actions.work_details import NO_YEAR, is_near
from commonweal.services.allowed import assessment_for, organisation_for, require_with
from commonweal.services.errors import Closed, NotFound
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.costings import costings_of, departments_of
from commonweal.services.queries.own_templates import template_for
from commonweal.services.queries.position import answers_now
from commonweal.services.queries.registers import entries
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.standards.bank_holidays import nation, nations
from commonweal.standards.plan_spreading import usual_spreading
from commonweal.store.models import Person, Programme, Work, WorkGroup, WorkNeed

LONGEST_TITLE = 200
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What a programme is called, whose bank holidays count, and over which years it runs."""

    title: str
    nation: str
    starts_on: datetime.date | None
    years: int | None


@dataclass(frozen=True, slots=True)
class _New:
    """A programme that is about to be made."""

    organisation_id: UUID
    assessment_id: UUID | None
    title: str
    nation: str
    starts_on: datetime.date
    years: int
    made_from: str = ""


def adopt_plan(
    *,
    assessment_id: UUID,
    frame: Frame,
    chosen: Collection[str],
    by: Person,
    now: datetime.datetime,
    dated: Sequence[Dated] = (),
) -> UUID:
    """Make a programme of chosen actions (ids) above where an assessment stands now.

    They are spread over its years, but for those that are `dated` already.

    The assessment is the baseline. Gives the programme's id. Raises NotFound, Forbidden, BadInput (places are fields),
    or Closed where an open programme has been made of it already.
    """
    round_ = assessment_round(assessment_id, by=by)
    require_with(by, Action.PLAN_WORK, round_.organisation_id, round_.id)
    index, answers = round_.index, answers_now(assessment_id, by=by)
    actions = [step for step in ahead(index, answers) if step.id in set(chosen)]
    problems = frame_problems(frame)
    for step, before in builds_on_what_is_missing(index, answers, chosen):
        what = f"The action for {step.question} “{step.text}” builds on “{before.text}”, which is not chosen."
        problems.append(Problem("actions", what, "Choose both or neither."))
    if not actions:
        problems.append(Problem("actions", "No action is chosen.", "Choose the actions that you take on."))
    if problems or frame.starts_on is None or frame.years is None:
        raise BadInput(problems)
    days = {one.step.id: one for one in dated}
    free = [step for step in actions if step.id not in days]
    costings = costings_of(assessment_id, by=by)
    effort = costings.days
    order = usual_spreading().order
    months = 12 * frame.years
    spread_out = spread(index, free, starts_on=frame.starts_on, months=months, effort=effort, order=order)
    every = [*(days[step.id] for step in actions if step.id in days), *spread_out]
    departments = departments_of(round_.organisation_id, by=by)
    rows = work_rows(index, sorted(every, key=lambda one: one.due) if days else every, costings, departments)
    groups = [(f"{theme.code} {theme.title}", theme.lead_question) for theme in index.themes]
    new = _New(round_.organisation_id, round_.id, frame.title, frame.nation, frame.starts_on, frame.years)
    return _adopted(round_.id, new, groups, rows, by=by, now=now)


def work_rows(
    index: Index, dated: Iterable[Dated], costings: Costings, departments: Collection[int]
) -> list[dict[str, object]]:
    """Dated actions as the fields of work; `group` is the place of the theme, from 0.

    What is estimated of an action is said of its work; a department that is not among those there are is left out.
    """
    evidence = {question.id: question.evidence for question in index.questions}
    codes = [theme.code for theme in index.themes]
    return [
        {
            "group": codes.index(one.step.theme),
            "step": one.step.id,
            "title": one.step.text,
            "measurable": evidence[one.step.question],
            "priority": Priority.HIGH if is_duty(index, one.step) else Priority.NORMAL,
            "start": one.start,
            "due": one.due,
            "planned_due": one.due,
            "year": one.year,
            **_costed(costings.of.get(one.step.id, NOTHING), costings.price_year, departments),
        }
        for one in dated
    ]


def _costed(one: Costing, price_year: int | None, departments: Collection[int]) -> dict[str, object]:
    return {
        "cost": one.cost,
        "price_year": None if one.cost is None else price_year,
        "effort_days": one.days,
        "department_id": one.department if one.department in departments else None,
    }


@writing
def _adopted(
    assessment_id: UUID,
    new: _New,
    groups: Sequence[tuple[str, str]],
    rows: Iterable[Mapping[str, object]],
    *,
    by: Person,
    now: datetime.datetime,
) -> UUID:
    assessment = assessment_for(by, Action.PLAN_WORK, assessment_id)
    open_ = Programme.objects.of(assessment, state=ProgrammeState.OPEN).first()
    if open_:
        what = f"This plan has been adopted already, as {open_.title}."
        raise Closed(Refused(what, "Work in that programme, or close it first."))
    programme = _made(new, groups, rows, by, now)
    record(
        "plan adopted",
        organisation_id=assessment.organisation_id,
        assessment_id=assessment.pk,
        by=by,
        now=now,
        after={"programme": new.title, "starts_on": str(new.starts_on), "years": new.years},
    )
    return programme


@writing
def start_programme(
    *,
    organisation_id: UUID,
    reference: str,
    frame: Frame,
    anchors: Mapping[str, datetime.date],
    by: Person,
    now: datetime.datetime,
    decided_by: UUID | None = None,
) -> UUID:
    """Make a programme from a template (`id@version`), its days from the dates of some anchors. Gives its id.

    `decided_by` is the group (of the register) whose lead times count where the template asks for them.
    `frame.starts_on` and `frame.years` are left out: both follow. Raises NotFound, Forbidden or BadInput.
    """
    organisation_for(by, Action.PLAN_WORK, organisation_id)
    template = template_for(organisation_id, reference, by=by)
    if template is None:
        raise NotFound
    holidays = nation(frame.nation).days
    far = [Problem.at(id_, NO_YEAR) for id_, day in anchors.items() if not is_near(day)]
    if far:
        raise BadInput(far)
    lead_times = _lead_times(organisation_id, decided_by, by)
    days = anchor_days(template, anchors, holidays, lambda meeting: lead_days(meeting, lead_times, holidays))
    problems = [problem for problem in frame_problems(frame) if problem.place in {"title", "nation"}]
    if isinstance(days, Refused):
        first = next(anchor for anchor in template.anchors if anchor.asked)
        problems.append(Problem.at(first.id, days))
    if problems or isinstance(days, Refused):
        raise BadInput(problems)
    new = _New(organisation_id, None, frame.title, frame.nation, days[START], template.years, template.reference)
    tasks = planned(template, days, holidays)
    if len(anchors) > 1:
        _keep_in_order(template, tasks, anchors, days[START])
    rows = [_row(template, task) for task in tasks]
    groups = [(group.title, group.objective) for group in template.groups]
    programme = _made(new, groups, rows, by, now)
    record(
        "programme started",
        organisation_id=organisation_id,
        by=by,
        now=now,
        after={"programme": frame.title, "template": template.reference, "starts_on": str(days[START])},
    )
    return programme


def _keep_in_order(
    template: Template, tasks: Sequence[PlannedTask], given: Mapping[str, datetime.date], starts_on: datetime.date
) -> None:
    """Go on only where dates that were given leave time for what lies between them. Raises BadInput."""
    early = [one.due for one in tasks if one.due < starts_on]
    if not early:
        return
    last = next(anchor for anchor in reversed(template.anchors) if anchor.id in given and anchor.id != START)
    be = "is" if len(early) == 1 else "are"
    what = f"{counted(len(early), 'task').capitalize()} {be} due before the first day, from {long_date(min(early))} on."
    remedy = "Enter later dates or an earlier first day; or leave the first day empty, and it follows from the others."
    raise BadInput([Problem(last.id, what, remedy)])


def _lead_times(organisation_id: UUID, group: UUID | None, by: Person) -> Mapping[str, str]:
    """The fields of the group that decides. Raises NotFound where the organisation has no such group."""
    if group is None:
        return {}
    found = next((one for one in entries(organisation_id, "groups", by=by) if one.id == group), None)
    if found is None:
        raise NotFound
    return found.values


def _row(template: Template, one: PlannedTask) -> dict[str, object]:
    repeat = one.task.repeat
    again = f" ({one.time} of {repeat.times})" if repeat else ""
    return {
        "group": template.groups.index(one.group),
        "key": one.task.id if one.time == 1 else "",
        "part_of": one.task.part_of,
        "needs": one.task.needs,
        "topic": one.task.topic,
        "title": one.task.text.removesuffix(".") + again + "." if again else one.task.text,
        "footnote": one.task.footnote,
        "role": one.task.role,
        "start": one.start,
        "due": one.due,
        "planned_due": one.due,
        "year": min(one.year, template.years),
        "is_milestone": one.task.is_milestone,
        "priority": one.task.priority,
        "effort_days": one.task.effort_days,
        **{name: getattr(one.task, name) for name in ("measurable", "achievable", "relevant")},
    }


def _made(
    new: _New,
    groups: Sequence[tuple[str, str]],
    rows: Iterable[Mapping[str, object]],
    by: Person,
    now: datetime.datetime,
) -> UUID:
    own = {"organisation_id": new.organisation_id}
    programme = Programme.objects.create(**dataclasses.asdict(new), created_at=now, created_by=by)
    kept = WorkGroup.objects.bulk_create(
        WorkGroup(**own, programme=programme, number=number, title=title[:LONGEST_TITLE], objective=objective)
        for number, (title, objective) in enumerate(groups, 1)
    )
    named: dict[str, Work] = {}
    works: list[tuple[Work, Mapping[str, Any]]] = []
    for number, row in enumerate(rows, 1):
        fields = {name: value for name, value in row.items() if name not in _TIES}
        fields["group"] = kept[int(str(row["group"]))]
        work = Work(**own, programme=programme, number=number, created_at=now, created_by=by, **fields)
        works.append((work, row))
        if row.get("key"):
            named[str(row["key"])] = work
    for work, row in works:
        whole = named.get(str(row.get("part_of", "")))
        work.parent_id = whole.pk if whole else None
    Work.objects.bulk_create(work for work, _ in works)
    WorkNeed.objects.bulk_create(
        WorkNeed(**own, work=work, needed=named[one])
        for work, row in works
        for one in dict.fromkeys(row.get("needs", ()))
        if one in named
    )
    return programme.pk


_TIES = {"key", "part_of", "needs"}
"""What a row says of other rows of its template: the name it goes by, what it is a part of, what comes first."""


def frame_problems(frame: Frame) -> list[Problem]:
    """What is wrong with a programme's frame; places are fields."""
    problems = []
    if is_blank(frame.title):
        problems.append(Problem("title", "The programme has no name.", "Enter one, such as Social value 2027 to 2029."))
    elif len(frame.title) > LONGEST_TITLE:
        problems.append(Problem("title", "The name is too long.", f"Shorten it to {LONGEST_TITLE} characters."))
    elif forbidden_character(frame.title):
        problems.append(Problem("title", "The name has a character that cannot be shown.", "Type it again."))
    if frame.nation not in {one.id for one in nations()}:
        problems.append(Problem("nation", "No nation is chosen.", "Choose whose bank holidays count."))
    if frame.starts_on is None:
        problems.append(Problem("starts_on", "There is no first day.", "Enter it, like 01/04/2027."))
    elif not is_near(frame.starts_on):
        problems.append(Problem.at("starts_on", NO_YEAR))
    if frame.years is None or not 1 <= frame.years <= MOST_YEARS:
        problems.append(Problem("years", "It is not said how long it runs.", f"Choose 1 to {MOST_YEARS} years."))
    return problems
