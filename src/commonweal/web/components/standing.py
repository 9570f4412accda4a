"""Which position a page or document of an assessment shows: as it was answered, or where work moved it since."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest

from commonweal.core.maturity.results import Results
from commonweal.services.queries.assessments import Round
from commonweal.services.queries.position import current_results
from commonweal.web.components.requests import person

PARAMETER, NOW, BASELINE = "position", "now", "baseline"


@dataclass(frozen=True, slots=True)
class Shown:
    """The results that are shown; with the baseline beside them where they are those of now.

    `moved` says whether there is more than one position to choose from.
    """

    results: Results
    baseline: Results | None
    moved: bool

    @property
    def part(self) -> dict[str, str]:
        """What an address says so that the same position is shown."""
        if not self.moved:
            return {}
        return {PARAMETER: NOW if self.baseline else BASELINE}


def shown(request: HttpRequest, round_: Round, *, today: datetime.date, unless_asked: str) -> Shown:
    """The position that the address asks for; `unless_asked` is the one that it means when it says nothing."""
    answered = round_.results()
    asked = request.GET.get(PARAMETER, unless_asked)
    now = current_results(round_, by=person(request), today=today)
    if now is None or asked != NOW:
        return Shown(answered, None, moved=now is not None)
    return Shown(now, answered, moved=True)
