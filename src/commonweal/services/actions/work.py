"""Work is put into a programme, and what is said of it is changed."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from commonweal.core.access import Action
from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem, Refused
from commonweal.core.programme.models import Priority
from commonweal.core.programme.work import (
    ProgrammeState,
    WorkState,
)
from commonweal.core.programme.working_days import year_of
from commonweal.formats.characters import forbidden_character
from commonweal.services.actions.spending import note_spent
from commonweal.services.actions.work_details import PLAIN, WorkDetails, detail_problems
from commonweal.services.actions.work_needs import goes_round
from commonweal.services.allowed import programme_for, work_for
from commonweal.services.errors import Closed, NotFound, Stale
from commonweal.services.queries.programmes import who_may_own
from commonweal.services.record import record
from commonweal.services.writing import writing
from commonweal.store.models import (
    OrganisationPart,
    Person,
    Programme,
    Work,
    WorkGroup,
    WorkNeed,
)

_PENNY, _TENTH = Decimal("0.01"), Decimal("0.1")


@writing
def add_work(
    *, programme_id: UUID, details: WorkDetails, parent: UUID | None, by: Person, now: datetime.datetime
) -> UUID:
    """Put a piece of work of one's own into a programme, or a part of another. Gives its id.

    Raises NotFound, Forbidden, Closed or BadInput (places are fields).
    """
    programme = programme_for(by, Action.PLAN_WORK, programme_id)
    keep_open(programme)
    whole = None
    if parent is not None:
        whole = (
            Work.objects.within(programme.organisation_id).filter(pk=parent, programme=programme, parent=None).first()
        )
        if whole is None:
            raise NotFound
        keep_unfinished(whole)
    last = Work.objects.within(programme.organisation_id).filter(programme=programme).order_by("-number").first()
    work = Work(
        organisation_id=programme.organisation_id,
        programme=programme,
        parent=whole,
        number=last.number + 1 if last else 1,
        state=WorkState.AGREED.value,
        created_at=now,
        created_by=by,
    )
    _set(work, details, programme, now)
    work.save()
    note_spent([(work, None)], by, now)
    _set_needs(work, details.needs)
    work_recorded(work, "work added", by, now, after={"work": details.title})
    return work.pk


@writing
def change_work(*, work_id: UUID, version: int, details: WorkDetails, by: Person, now: datetime.datetime) -> None:
    """Change what is said of a piece of work, made from a version of it. Saving the same changes nothing.

    Raises NotFound, Forbidden, Closed, BadInput (places are fields), or Stale where somebody saved since.
    """
    work = work_for(by, Action.PLAN_WORK, work_id)
    keep_open(work.programme)
    keep_unfinished(work)
    before, spent = _said(work), work.spent
    _set(work, details, work.programme, now)
    after = _said(work)
    needs = frozenset(
        WorkNeed.objects.within(work.organisation_id).filter(work=work).values_list("needed_id", flat=True)
    )
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if not changes and needs == details.needs:
        return
    if work.version != version:
        raise Stale
    work.version += 1
    work.save()
    note_spent([(work, spent)], by, now)
    _set_needs(work, details.needs)
    old, new = ({name: pair[side] for name, pair in changes.items()} for side in (0, 1))
    if needs != details.needs:
        old["needs"], new["needs"] = _titles(work, needs), _titles(work, details.needs)
    work_recorded(work, "work changed", by, now, before=old, after={"work": work.title} | new)


def details_of(work: Work) -> WorkDetails:
    """What is said of a piece of work that was let in already."""
    needs = WorkNeed.objects.within(work.organisation_id).filter(work=work).values_list("needed_id", flat=True)
    plain = {name: getattr(work, name) for name in PLAIN} | {"priority": Priority(work.priority)}
    return WorkDetails(
        **plain,
        group=work.group.number,
        owner=work.owner_id,
        department=work.department_id,
        needs=frozenset(needs),
    )


def _titles(work: Work, ids: Collection[UUID]) -> list[str]:
    found = Work.objects.within(work.organisation_id).filter(pk__in=ids).order_by("number")
    return list(found.values_list("title", flat=True))


def _said(work: Work) -> dict[str, Any]:
    """What the trail says of a piece of work."""
    plain = {name: getattr(work, name) for name in PLAIN}
    department = work.department
    plain |= {
        "group": work.group.title,
        "owner": str(work.owner_id or ""),
        "department": department and department.name,
    }
    plain["priority"] = Priority(work.priority).label
    return {name: value if isinstance(value, int | None) else str(value) for name, value in plain.items()}


def _set(work: Work, details: WorkDetails, programme: Programme, now: datetime.datetime) -> None:
    """Put details into a row, once nothing is wrong with them."""
    problems = detail_problems(details, programme.years)
    own = programme.organisation_id
    group = WorkGroup.objects.within(own).filter(programme=programme, number=details.group).first()
    if group is None:
        problems.append(Problem("group", "Nothing is chosen.", "Choose where it belongs."))
    owner = details.owner
    if owner and owner != work.owner_id and not who_may_own(own, now).filter(person_id=owner).exists():
        problems.append(Problem("owner", "This person cannot own work here.", "Choose somebody from the list."))
    if (
        details.department is not None
        and not OrganisationPart.objects.within(own).filter(pk=details.department).exists()
    ):
        problems.append(Problem("department", "This department is gone.", "Choose another one."))
    others = Work.objects.within(own).filter(programme=programme, pk__in=details.needs)
    others = others.exclude(pk__in=[id_ for id_ in (work.pk, work.parent_id) if id_])
    if others.count() != len(details.needs) or goes_round(work, details.needs):
        what = "Work cannot need itself, what it is a part of, nor work that needs it."
        problems.append(Problem("needs", what, "Take out what makes the circle."))
    if problems or group is None:
        raise BadInput(problems)
    for name in PLAIN:
        setattr(work, name, getattr(details, name))
    work.cost = None if details.cost is None else details.cost.quantize(_PENNY)
    work.spent = None if details.spent is None else details.spent.quantize(_PENNY)
    work.effort_days = None if details.effort_days is None else details.effort_days.quantize(_TENTH)
    if details.cost is None:
        work.price_year = None
    if work.planned_due is None or work.state == WorkState.PROPOSED:
        work.planned_due = details.due  # once it is agreed, what moves is slippage
    if details.due is not None:
        work.year = min(year_of(details.due, programme.starts_on), programme.years)
    work.group = group
    work.owner_id = details.owner
    work.department_id = details.department


def keep_unfinished(work: Work) -> None:
    """What was confirmed or dropped stays as it was. Raises Closed."""
    if WorkState(work.state).is_over:
        label = WorkState(work.state).label.lower()
        raise Closed(Refused(f"This work is {label}, so it stays as it is.", "Take that back first."))


def _set_needs(work: Work, needs: Collection[UUID]) -> None:
    WorkNeed.objects.within(work.organisation_id).filter(work=work).exclude(needed_id__in=needs).delete()
    there = set(WorkNeed.objects.within(work.organisation_id).filter(work=work).values_list("needed_id", flat=True))
    WorkNeed.objects.bulk_create(
        WorkNeed(organisation_id=work.organisation_id, work=work, needed_id=one) for one in set(needs) - there
    )


def is_web_address(link: str) -> bool:
    """Whether a link leads to a page of the web, and says plainly to whose."""
    if forbidden_character(link) or any(character.isspace() for character in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def keep_open(programme: Programme) -> None:
    """Go on only where people work in a programme. Raises Closed."""
    if programme.state != ProgrammeState.OPEN:
        raise Closed(Refused(f"This programme is {programme.state}.", "A lead officer can open it again."))


def work_recorded(work: Work, act: str, by: Person, now: datetime.datetime, **said: Any) -> None:
    """Write into the trail what was done with a piece of work."""
    record(
        act,
        organisation_id=work.organisation_id,
        assessment_id=work.programme.assessment_id,
        subject=str(work.pk),
        by=by,
        now=now,
        **said,
    )
