"""What a format is made from."""

import datetime
from dataclasses import dataclass

from commonweal.core.maturity.results import Results
from commonweal.reports.content import PlanContent


@dataclass(frozen=True, slots=True)
class Order:
    """The content to place, the results for figures, the day it is made, the columns of the terminal, and where the
    results moved from."""

    content: PlanContent
    results: Results
    made_on: datetime.date
    width: int = 100
    baseline: Results | None = None
