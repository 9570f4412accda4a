"""What an action or a query may answer instead of a value."""

from commonweal.core.errors import CommonwealError
from commonweal.core.problems import Refused


class NotFound(CommonwealError):
    """There is no such thing, or it belongs to others: the same to whoever asks."""


class Forbidden(CommonwealError):
    """The thing is theirs to see, and not theirs to do this with. Carries the words for them."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused


class OutOfReach(CommonwealError):
    """What keeps the files does not answer. Nothing was lost, and what was to be kept was not."""


class Stale(CommonwealError):
    """What was to be saved had been made from an older version; somebody else has saved since."""


class Closed(CommonwealError):
    """The thing can be seen, but is not open for changes any more, or not for this step. Carries the words."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.refused = refused
