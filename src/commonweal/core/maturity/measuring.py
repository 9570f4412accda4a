"""When an organisation measures again: an index is kept up, so a result is worth something for a while only."""

import calendar
import datetime


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last day of that month where it has no such day.

    A day beyond the calendar is its last one.

    >>> months_after(datetime.date(2026, 8, 31), 6), months_after(datetime.date(2028, 2, 29), 12)
    (datetime.date(2027, 2, 28), datetime.date(2029, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
