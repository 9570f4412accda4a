"""The letters of a day: to whoever owns work, and to leads (core/programme/reminders.py says when)."""

import datetime
import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from commonweal.core.access import Role
from commonweal.core.governance.registers import COURSES, REGISTERS
from commonweal.core.governance.waiting import Held, waiting
from commonweal.core.programme.position import Cause, PositionMove, position
from commonweal.core.programme.reminders import AHEAD, LAPSES_AHEAD, Matter, Reminder, letter, open_work
from commonweal.core.programme.upkeep import due_again
from commonweal.core.programme.work import ProgrammeState, WorkState, WorkStep
from commonweal.core.words import counted
from commonweal.services.indexes import held_index
from commonweal.services.queries.assessments import answers_of
from commonweal.services.queries.registers import register_of
from commonweal.services.queries.upkeep import kept_by_question, living_since
from commonweal.services.writing import writing_for_all
from commonweal.standards.upkeep import upkeep_of
from commonweal.store.models import (
    Assessment,
    LetterSent,
    Membership,
    Person,
    PositionChange,
    Programme,
    RegisterEntry,
    Work,
    WorkMove,
)
from commonweal.store.models.organisation import held

logger = logging.getLogger("commonweal.letters")
_ALL = "everybody is reminded of their own"
_KEPT = datetime.timedelta(days=30)
_RUNNING = [WorkState.AGREED.value, WorkState.UNDER_WAY.value, WorkState.BLOCKED.value]


@writing_for_all(_ALL)
def letters_of(*, today: datetime.date, now: datetime.datetime) -> list[tuple[UUID, str, str, str]]:
    """Who gets which letter today: person, address, subject, text. Whoever got one today already is left out."""
    open_: dict[UUID, list[Reminder]] = defaultdict(list)
    seats = Membership.objects.across(_ALL).filter(held(now), person__is_active=True, person__email__isnull=False)
    working = seats.filter(on_behalf_of="", role__in=[Role.LEAD_OFFICER, Role.OFFICER])
    leads: dict[UUID, set[UUID]] = defaultdict(set)
    may_own: dict[UUID, set[UUID]] = defaultdict(set)
    for person, organisation, role in working.values_list("person_id", "organisation_id", "role"):
        may_own[organisation].add(person)
        if role == Role.LEAD_OFFICER:
            leads[organisation].add(person)
    for organisation, owner, one in [
        *_work(today),
        *_claims(today),
        *_lapses(today),
        *_registers(today),
        *_again(today),
    ]:
        if one.matter in {Matter.LATE, Matter.DUE} and owner in may_own[organisation]:
            open_[owner].append(one)
        told = leads[organisation] - {owner}
        if one.matter is Matter.LATE:
            one = Reminder(Matter.OTHERS_LATE, one.title, one.of, one.on, one.who or "nobody owns it", one.address)
        if one.matter is not Matter.DUE:
            for lead in told:
                open_[lead].append(one)
    people = Person.objects.filter(pk__in=open_).exclude(
        pk__in=LetterSent.objects.filter(_LEFT | Q(taken_at__gt=now - _LEAVING), day=today).values("person_id")
    )
    found = []
    for id_, email in people.order_by("email").values_list("pk", "email"):
        written = letter(open_[id_], today)
        if written:
            found.append((id_, str(email), *written))
    return found


Told = tuple[UUID, UUID | None, Reminder]
"""The organisation, the owner if there is one, and the line."""


def _work(today: datetime.date) -> Iterator[Told]:
    rows = Work.objects.across(_ALL).filter(programme__state=ProgrammeState.OPEN.value, state__in=_RUNNING)
    names = ("pk", "organisation_id", "owner_id", "owner__name", "role", "title", "programme__title", "due")
    for id_, organisation, owner, name, role, title, programme, due in rows.values_list(*names):
        matter = open_work(due, today)
        if matter:
            yield organisation, owner, Reminder(matter, title, programme, due, name or role, _address(id_))


def _claims(today: datetime.date) -> Iterator[Told]:
    rows = Work.objects.across(_ALL).filter(programme__state=ProgrammeState.OPEN.value, state=WorkState.CLAIMED.value)
    steps = WorkMove.objects.across(_ALL).filter(work__in=rows, step=WorkStep.CLAIM.value).order_by("id")
    claimed = dict(steps.values_list("work_id", "on"))
    for id_, organisation, title, programme, name in rows.values_list(
        "pk", "organisation_id", "title", "programme__title", "owner__name"
    ):
        on = claimed.get(id_, today)
        yield organisation, None, Reminder(Matter.TO_CONFIRM, title, programme, on, name or "", _address(id_))


def _lapses(today: datetime.date) -> Iterator[Told]:
    rows = Programme.objects.across(_ALL).filter(state=ProgrammeState.OPEN.value).exclude(assessment=None)
    for organisation, assessment, reference, name in rows.values_list(
        "organisation_id", "assessment_id", "assessment__index", "assessment__name"
    ):
        index, began = held_index(reference), living_since(assessment)
        upkeep = upkeep_of(index.reference)
        if not upkeep.months or began is None:
            continue
        changes = PositionChange.objects.of(assessment).order_by("id")
        moves = [
            PositionMove(question, before, after, on, Cause(cause))
            for question, before, after, on, cause in changes.values_list("question", "before", "after", "on", "cause")
        ]
        answers = position(answers_of(assessment), moves, today)
        since = timezone.localtime(began).date()
        for due in due_again(index, answers, upkeep, kept_by_question(assessment), since):
            if today <= due.until <= today + LAPSES_AHEAD:
                title = f"{due.question.id} {due.question.title}"
                yield organisation, None, Reminder(Matter.TO_KEEP_UP, title, name, due.until)


def _registers(today: datetime.date) -> Iterator[Told]:
    """Reviews, answers and training that are due soon or late: of what is in force."""
    held: dict[UUID, list[Held[UUID]]] = defaultdict(list)
    rows = RegisterEntry.objects.across(_ALL).filter(taken_away_at=None, register__in=_WAITED_FOR)
    for organisation, *row in rows.values_list("organisation_id", "id", "register", "fields"):
        held[organisation].append(Held(*row))
    for organisation, entries in held.items():
        for one in waiting(entries):
            register = register_of(one.entry.register)
            if one.on <= today + AHEAD and not register.is_past(one.entry.values, today):
                title, of = one.entry.values[register.columns[0]].split("\n")[0], f"{one.what} ({register.title})"
                yield (
                    organisation,
                    None,
                    Reminder(Matter.IN_REGISTERS, title, of, one.on, address=_address(one.entry.id, "entries")),
                )


def _again(today: datetime.date) -> Iterator[Told]:
    """The latest round of each series that is to be measured again; departments with one name and day are one line."""
    living = Q(organisation__ends_on=None) | Q(organisation__ends_on__gte=today)
    rows = Assessment.objects.across(_ALL).filter(living).order_by(F("date").desc(nulls_last=True), "-created_at")
    latest: dict[tuple[UUID, str, int | None], tuple[str, datetime.date | None]] = {}
    names = ("organisation_id", "index", "department_id", "name", "again_on")
    for organisation, index, department, name, on in rows.values_list(*names):
        latest.setdefault((organisation, index.partition("@")[0], department), (name, on))
    alike: Counter[tuple[UUID, str, str, datetime.date, bool]] = Counter()
    for (organisation, index, department), (name, on) in latest.items():
        if on and on <= today + LAPSES_AHEAD:
            alike[organisation, index, name, on, department is not None] += 1
    for (organisation, _, name, on, of_departments), count in alike.items():
        of = f"Round of {counted(count, 'department')}" if of_departments else "Round"
        address = _address(organisation, "organisations")
        yield organisation, None, Reminder(Matter.TO_MEASURE, name, of, on, address=address)


_WAITED_FOR = [register.id for register in REGISTERS if register.by] + [COURSES.id]


def _address(id_: UUID, under: str = "work") -> str:
    """The address of a piece of work or of an entry, where the service knows its own."""
    return f"https://{settings.ALLOWED_HOSTS[0]}/{under}/{id_}/" if settings.ACCOUNTS else ""


_LEFT = Q(sent_at__isnull=False) | Q(taken_at=None)
"""Letters that left; before it was told apart, what was taken had left."""
_LEAVING = datetime.timedelta(minutes=15)
"""How long a letter may take to leave before it counts as lost."""


@writing_for_all(_ALL)
def _take(person: UUID, today: datetime.date, now: datetime.datetime) -> bool:
    """Take a letter to send it; false where another job has it, or where it has left."""
    row, is_new = LetterSent.objects.get_or_create(person_id=person, day=today, defaults={"taken_at": now})
    if is_new:
        return True
    lost = LetterSent.objects.filter(pk=row.pk, sent_at=None, taken_at__lte=now - _LEAVING)
    return bool(lost.update(taken_at=now))


@writing_for_all(_ALL)
def _has_left(person: UUID, today: datetime.date, now: datetime.datetime) -> None:
    LetterSent.objects.filter(person_id=person, day=today).update(sent_at=now)


@writing_for_all(_ALL)
def _forget_days_before(day: datetime.date) -> None:
    LetterSent.objects.filter(day__lt=day).delete()


def remind(*, today: datetime.date, now: datetime.datetime) -> int:
    """Send the letters of a day, each once, however often this is asked. Gives how many left.

    One that did not leave, since the worker was killed or no server took it, is tried again after _LEAVING.
    """
    sent = 0
    _forget_days_before(today - _KEPT)
    connection = get_connection()
    for person, email, subject, text in letters_of(today=today, now=now):
        if not _take(person, today, now):
            continue
        try:
            left = EmailMessage(f"Commonweal: {subject}", text, None, [email], connection=connection).send()
        except OSError as error:  # one letter that does not leave must not keep the others back
            logger.warning("a reminder was not sent, and is tried again (%s)", type(error).__name__)
            continue
        if left:
            _has_left(person, today, now)
            sent += left
    return sent


@task()
def send_reminders() -> int:
    """`remind`, as a job of every day."""
    return remind(today=timezone.localdate(), now=timezone.now())
