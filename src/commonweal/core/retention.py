"""How long personal things are kept, where nobody asks for less."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which something is thrown away.

    `people`: accounts in which nobody has signed in, and which have no seat. `invitations`: taken up or over, with the
    address that stands in the audit trail. `withdrawn`: files of evidence that was withdrawn; the row stays.
    """

    people: int = 365
    invitations: int = 365
    withdrawn: int = 730

    def before(self, days: int, now: datetime.datetime) -> datetime.datetime:
        """What is older than this is thrown away.

        >>> Retention().before(365, datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)).date()
        datetime.date(2026, 3, 1)
        """
        return now - datetime.timedelta(days=days)
