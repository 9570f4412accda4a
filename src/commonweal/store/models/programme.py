"""Programmes, their work, and how work moves the current position."""

import uuid
from typing import ClassVar

from django.db import models

from commonweal.core.programme.work import ProgrammeState, WorkState
from commonweal.store.models.owned import Owned, OwnedQuerySet


class Programme(Owned):
    """Work over some years: adopted from the plan of an assessment (its baseline), or made from a template.

    Pages are read by whoever reads the assessment; a programme without one, by who reads all of the organisation.
    """

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, null=True, related_name="programmes")
    title = models.CharField(max_length=200)
    made_from = models.CharField(max_length=80, blank=True, help_text="The template, `id@version`, if it was one.")
    nation = models.CharField(max_length=30, help_text="Whose bank holidays count.")
    starts_on = models.DateField()
    years = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=ProgrammeState.OPEN.value)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Programme"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["-starts_on", "-created_at"]

    def __str__(self) -> str:
        return self.title


class ProgrammeYear(Owned):
    """What was agreed for a year of a programme: money in pounds, and in words what is to be worked on."""

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="agreed_years")
    year = models.PositiveSmallIntegerField()
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    words = models.TextField(blank=True)

    objects = OwnedQuerySet["ProgrammeYear"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "year"], name="programme_year_once")]

    def __str__(self) -> str:
        return f"{self.programme_id}, year {self.year}"


class WorkGroup(Owned):
    """What work stands under: a theme of the index, a step or a principle of a template."""

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    objective = models.TextField(blank=True)

    objects = OwnedQuerySet["WorkGroup"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="group_once")]

    def __str__(self) -> str:
        return self.title


class Work(Owned):
    """A piece of work. One that an action of the index stands behind names its step, and moves levels once confirmed.

    Money is pounds at the prices of `price_year`; effort is days of one person.
    """

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="work")
    group = models.ForeignKey(WorkGroup, on_delete=models.CASCADE, related_name="work")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    number = models.PositiveIntegerField(help_text="Its place in the programme, from 1; never used again.")
    step = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=1200)
    detail = models.TextField(blank=True)
    footnote = models.TextField(blank=True)
    role = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("store.Person", on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("store.OrganisationPart", on_delete=models.SET_NULL, null=True, related_name="+")
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    planned_due = models.DateField(null=True, help_text="When it was due as it was agreed; what it slips from.")
    year = models.PositiveSmallIntegerField(null=True)
    is_milestone = models.BooleanField(default=False)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    price_year = models.PositiveSmallIntegerField(null=True)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    effort_days = models.DecimalField(max_digits=7, decimal_places=1, null=True)
    funding = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=2)
    measurable = models.TextField(blank=True)
    achievable = models.TextField(blank=True)
    relevant = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=WorkState.PROPOSED.value)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["Work"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="work_once"),
            models.UniqueConstraint(
                fields=["programme", "step"], condition=~models.Q(step=""), name="one_work_for_a_step"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WorkNeed(Owned):
    """That a piece of work needs another to be done first. Steps of one question need each other without this."""

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="needs")
    needed = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="needed_by")

    objects = OwnedQuerySet["WorkNeed"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["work", "needed"], name="need_once")]

    def __str__(self) -> str:
        return f"{self.work_id} needs {self.needed_id}"


class WorkLink(Owned):
    """A link from a piece of work: guidance, a document, a meeting, a strategy."""

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)

    objects = OwnedQuerySet["WorkLink"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.title


class WorkMove(Owned):
    """A step that was taken with a piece of work (core/programme/work.py), on a day. Never changed."""

    ASSESSMENT: ClassVar = "work__programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="moves")
    step = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    until = models.DateField(null=True, help_text="Until when what was done holds, where somebody says so.")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["WorkMove"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.work_id}, {self.step}"


class PositionChange(Owned):
    """That the answer to a question moved since the baseline (core/programme/position.py). Never changed."""

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, related_name="position_changes")
    question = models.CharField(max_length=20)
    before = models.SmallIntegerField()
    after = models.SmallIntegerField()
    on = models.DateField()
    cause = models.CharField(max_length=20)
    work = models.ForeignKey(Work, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["PositionChange"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.question}: {self.before} to {self.after}"


class KeptUp(Owned):
    """That what a question asks for regularly was done again on a day, and until when that holds. Never changed."""

    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    assessment = models.ForeignKey("store.Assessment", on_delete=models.PROTECT, related_name="kept_up")
    question = models.CharField(max_length=20)
    answer = models.SmallIntegerField()
    on = models.DateField()
    until = models.DateField(null=True)
    words = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("store.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["KeptUp"].as_manager()

    class Meta:
        """Django's settings."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.assessment_id}, {self.question} on {self.on}"


class CalendarFeed(Owned):
    """An address under which a calendar reads a programme for somebody. Only a digest of its secret is kept."""

    ASSESSMENT: ClassVar = "programme__assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = False

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="feeds")
    person = models.ForeignKey("store.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    objects = OwnedQuerySet["CalendarFeed"].as_manager()

    class Meta:
        """Django's settings."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "person"], name="feed_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} for {self.person_id}"
