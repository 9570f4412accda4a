"""Working days, clear days and the days that deadlines fall on.

A working day is Monday to Friday and no bank holiday of the nation. *Clear* days leave out the day that papers go out
and the day of the meeting (Local Government Act 1972, section 100B: five clear days before a meeting).
"""

import calendar
import datetime
from collections.abc import Set as AbstractSet

Holidays = AbstractSet[datetime.date]
_ONE = datetime.timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: datetime.date, holidays: Holidays) -> bool:
    """Whether offices work on a day.

    >>> [is_working_day(datetime.date(2023, 10, day), frozenset()) for day in (18, 21)]
    [True, False]
    """
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_from(day: datetime.date, count: int, holidays: Holidays) -> datetime.date:
    """The day so many working days after a day, or before it where the count is negative; the day itself for none.

    >>> working_days_from(datetime.date(2023, 10, 18), -7, frozenset())
    datetime.date(2023, 10, 9)
    """
    way = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day += way
        while not is_working_day(day, holidays):
            day += way
    return day


def working_days_between(first: datetime.date, last: datetime.date, holidays: Holidays) -> int:
    """How many working days after `first` `last` is; negative where it lies before.

    >>> working_days_between(datetime.date(2024, 4, 26), datetime.date(2024, 5, 2), frozenset())
    4
    """
    if last < first:
        return -working_days_between(last, first, holidays)
    count, day = 0, first
    while day < last:
        day += _ONE
        count += is_working_day(day, holidays)
    return count


def last_day_for_papers(meeting: datetime.date, clear_days: int, holidays: Holidays) -> datetime.date:
    """The last working day to publish papers so that so many clear working days lie before a meeting.

    >>> last_day_for_papers(datetime.date(2023, 10, 18), 5, frozenset())
    datetime.date(2023, 10, 10)
    """
    return working_days_from(meeting, -(clear_days + 1), holidays)


def months_from(day: datetime.date, count: int) -> datetime.date:
    """The same day so many months later, or earlier; the last of the month where that has no such day.

    >>> months_from(datetime.date(2024, 3, 31), 6), months_from(datetime.date(2024, 3, 31), 12)
    (datetime.date(2024, 9, 30), datetime.date(2025, 3, 31))
    """
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return datetime.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def year_of(day: datetime.date, starts_on: datetime.date) -> int:
    """Which year of a programme a day falls into, from 1; what lies before the start counts to the first.

    >>> start = datetime.date(2026, 4, 1)
    >>> year_of(datetime.date(2027, 3, 31), start), year_of(datetime.date(2027, 4, 1), start)
    (1, 2)
    """
    years = day.year - starts_on.year
    if months_from(starts_on, 12 * years) > day:
        years -= 1
    return max(0, years) + 1
