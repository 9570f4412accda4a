"""What each action of an index is estimated to cost and take, before there is a programme to say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Costing:
    """What one action costs in pounds, how many days of work of one person it takes, and which department does it.

    None where nobody says; a department by its id.
    """

    cost: Decimal | None = None
    days: Decimal | None = None
    department: int | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is said."""
        return self == NOTHING


NOTHING = Costing()


@dataclass(frozen=True, slots=True)
class Costings:
    """Costings by action id; money at the prices of `price_year`."""

    of: Mapping[str, Costing] = field(default_factory=dict)
    price_year: int | None = None

    @property
    def costs(self) -> dict[str, Decimal]:
        """Pounds by action id, of those that have a cost."""
        return {id_: one.cost for id_, one in self.of.items() if one.cost is not None}

    @property
    def days(self) -> dict[str, Decimal]:
        """Days of work by action id, of those that have any."""
        return {id_: one.days for id_, one in self.of.items() if one.days is not None}
