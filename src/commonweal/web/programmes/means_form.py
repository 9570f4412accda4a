"""The form of the best programme for the means there are."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from commonweal.core.maturity.models import Level
from commonweal.core.programme.means import EVERYBODY, Aim, Means, days_a_month
from commonweal.core.programme.working_days import months_from
from commonweal.services.actions.work_details import NO_YEAR, is_near
from commonweal.services.queries.within_means import Question
from commonweal.web.programmes.forms import amount_field, day_field

LONGEST_MONTHS = 60
_MOST_YEARS = 5
_AIMS = [
    (Aim.CHEAPEST.value, "Reach a level for the least money"),
    (Aim.SOONEST.value, "Reach a level as soon as possible"),
    (Aim.MOST.value, "Reach as much as possible"),
]


class MeansForm(forms.Form):
    """What is wanted, until when, and with how much money and how many people."""

    aim = forms.TypedChoiceField(
        label="What do you want?",
        choices=_AIMS,
        coerce=Aim,
        error_messages={"required": "Choose what you want.", "invalid_choice": "Choose from the list."},
    )
    reach = forms.TypedChoiceField(
        label="Overall level to reach",
        coerce=int,
        error_messages={"required": "Choose a level.", "invalid_choice": "Choose a level from the list."},
    )
    starts_on = day_field("First day", "The first day", required=True)
    until = day_field("Last day", "The last day", required=True)
    people = amount_field("How many people work on it?", 2, "1.5")
    cost_each = amount_field("What does an action cost where nobody has said?", 2, "2500")
    days_each = amount_field("How many days of work does it take where nobody has said?", 1, "10")

    def __init__(self, levels: Sequence[Level], departments: Sequence[str], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        reach = self.fields["reach"]
        assert isinstance(reach, forms.ChoiceField)  # noqa: S101  declared as one
        reach.choices = [(str(level.position), level.label) for level in levels[1:]]
        self.departments = {f"people-{number}": name for number, name in enumerate(departments, 1)}
        self.years = [f"money-{year}" for year in range(1, _MOST_YEARS + 1)]
        for year, name in enumerate(self.years, 1):
            self.fields[name] = amount_field(f"Year {year}", 2, "30000")
        for name, department in self.departments.items():
            self.fields[name] = amount_field(department, 2, "0.5")

    def clean(self) -> dict[str, Any]:
        """Days that somebody may mean, in order and not too far apart, and no number below nought."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(given.items()):
            if isinstance(value, Decimal) and value < 0:
                self.add_error(name, f"{str(self.fields[name].label).rstrip('?')}: enter 0 or more.")
        first, last = given.get("starts_on"), given.get("until")
        for name, day in (("starts_on", first), ("until", last)):
            if day and not is_near(day):
                self.add_error(name, str(NO_YEAR))
        if first and last and is_near(first) and is_near(last):
            months = months_between(first, last)
            if months < 1:
                self.add_error("until", "The last day is less than a month after the first. Enter a later one.")
            elif months > LONGEST_MONTHS:
                self.add_error("until", "The last day is more than five years after the first. Enter an earlier one.")
        return given

    def question(self, needed: frozenset[str], barred: frozenset[str], *, legal_first: bool) -> Question:
        """What is asked, of a form that is sound."""
        given = self.cleaned_data
        means = Means(given["starts_on"], months_between(given["starts_on"], given["until"]))
        people = {EVERYBODY: given["people"]} | {name: given[key] for key, name in self.departments.items()}
        return Question(
            aim=given["aim"],
            level=given["reach"],
            means=Means(
                means.starts_on,
                means.months,
                tuple(given[name] for name in self.years[: means.years]),
                {name: days_a_month(count) for name, count in people.items() if count is not None},
            ),
            cost_each=given["cost_each"] or Decimal(),
            days_each=given["days_each"] or Decimal(),
            legal_first=legal_first,
            needed=needed,
            barred=barred,
        )


def months_between(first: datetime.date, last: datetime.date) -> int:
    """How many whole months there are from a first to a last day, both among them.

    >>> months_between(datetime.date(2026, 4, 1), datetime.date(2028, 3, 31))
    24
    """
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    while months > 0 and months_from(first, months) - datetime.timedelta(days=1) > last:
        months -= 1
    return max(months, 0)
