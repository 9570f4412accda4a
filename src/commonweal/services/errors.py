"""What an action or a query may answer instead of a value."""

from commonweal.core.errors import CommonwealError


class NotFound(CommonwealError):
    """There is no such thing, or it belongs to others: the same to whoever asks."""


class Stale(CommonwealError):
    """What was to be saved had been made from an older version; somebody else has saved since."""
