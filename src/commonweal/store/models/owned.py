"""What every row of an organisation has: the organisation, and the one way to ask for rows."""

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar, cast
from uuid import UUID

from django.db import models
from django.db.models import Q, sql

from commonweal.core.access import Action
from commonweal.core.errors import CommonwealError
from commonweal.core.lifecycle import FROZEN

if TYPE_CHECKING:
    from django.db.models.sql.compiler import SQLCompiler

    from commonweal.store.models.person import Person

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NoActor(CommonwealError):
    """Rows of organisations were asked for without saying who asks: our own fault, and nothing was read."""


class ScopedQuery(sql.Query):
    """A query that becomes SQL only once it is known who asks."""

    is_scoped = False

    def get_compiler(self, *arguments: Any, **named: Any) -> "SQLCompiler":
        """Every statement passes here on its way to the database."""
        if not self.is_scoped:
            _refuse(self)
        compiler: SQLCompiler = super().get_compiler(*arguments, **named)
        return compiler


def _refuse(query: sql.Query) -> NoReturn:
    raise NoActor(f"{query.model.__name__} was asked for without for_actor()." if query.model else "")


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that nobody gets without `for_actor`, or `across` with its reason."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query if query is not None else ScopedQuery(model), using, hints)

    def scoped(self, *conditions: Q, **also: Any) -> Self:
        """The rows that satisfy conditions on who may see them, and what else is asked of them."""
        found = self.filter(*conditions, **also)
        cast("ScopedQuery", found.query).is_scoped = True
        return found

    def of(self, *assessments: models.Model | UUID, **also: Any) -> Self:
        """The rows of assessments that were let in already: what let them is the guard, and this is none."""
        about = cast("type[Owned]", self.model).ASSESSMENT
        if len(assessments) == 1:
            return self.scoped(**{about: assessments[0]}, **also)
        return self.scoped(**{f"{about}__in": assessments}, **also)

    def within(self, organisation: models.Model | UUID) -> Self:
        """The rows of an organisation that was let in already, as `of`."""
        return self.scoped(organisation=organisation)

    def across(self, reason: str) -> Self:
        """The rows of all organisations, for what no single actor does; the reason stands where it is asked.

        tests/repository/test_separation.py holds the list of modules that may.
        """
        if not reason:
            raise NoActor
        return self.scoped()

    def update(self, **values: Any) -> int:
        """As Django's; these two turn the query into another kind, so they ask for the scope themselves."""
        self._must_be_scoped()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's."""
        self._must_be_scoped()
        return super().delete()

    def _must_be_scoped(self) -> None:
        if not getattr(self.query, "is_scoped", False):
            _refuse(self.query)


class OwnedQuerySet(ScopedQuerySet[Row]):
    """Rows that belong to organisations."""

    def for_actor(self, actor: "Person", action: Action = Action.READ, **also: Any) -> Self:
        """The rows over which the action reaches for this person (core/access.py), `also` as `filter` takes it.

        Each further call of `filter` copies the query, which the pages that are asked most often feel.
        """
        scope, table = actor.access.scope(action), cast("type[Owned]", self.model)
        about = table.ASSESSMENT
        if len(scope.everything_of) == 1 and not scope.endorsed_of and not scope.assessments:
            (only,) = scope.everything_of  # most people; said in the way that is built fastest
            return self.scoped(organisation_id=only, **also)
        condition = Q(organisation_id__in=scope.everything_of)
        if about and scope.endorsed_of and table.PART_OF_WHAT_IS_ENDORSED:
            condition |= Q(organisation_id__in=scope.endorsed_of, **{f"{_state_of(about)}__in": FROZEN})
        if about and scope.assessments:
            condition |= Q(**{f"{about}__in": scope.assessments})
        return self.scoped(condition, **also)


def _state_of(about: str) -> str:
    return "state" if about == "pk" else f"{about}__state"


class Owned(models.Model):
    """A row that belongs to one organisation.

    `ASSESSMENT` is the way from the row to its assessment, where it has one: people who see only what is endorsed, or
    what they were placed on, see the row with it. What was written on the way to an endorsement (remarks, the trail) is
    no part of what is endorsed.
    """

    ASSESSMENT: ClassVar = "assessment"
    PART_OF_WHAT_IS_ENDORSED: ClassVar = True

    organisation = models.ForeignKey("store.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Django's settings."""

        abstract = True
