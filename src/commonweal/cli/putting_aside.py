"""How a request is read while it comes in: what is larger is put aside on the disk, and where that fails, forgotten.

Who sends it would hear nothing otherwise: waitress closes the connection on whoever is still sending.
"""

import contextlib
import logging
from collections.abc import Callable
from typing import Any, NoReturn

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

_logger = logging.getLogger("commonweal")


class Lost:
    """Stands for what could not be put aside; the page for it is the service's own (web/components/safeguards.py)."""

    is_lost = True

    def read(self, *_size: int) -> NoReturn:
        """There is nothing to read."""
        raise OSError("What was sent could not be put aside.")

    readline = read


class Aside(OverflowableBuffer):  # type: ignore[misc]
    """Forgets what it cannot keep: whoever reads the request notices nothing, and stays in step with the sender."""

    is_lost = False

    def append(self, data: bytes) -> None:
        """Keep some more of the request."""
        if not self.is_lost:
            self._unless_full(super().append, data)

    def __len__(self) -> int:
        return 0 if self.is_lost else int(super().__len__())

    def getfile(self) -> Any:
        """What the service is given to read."""
        found = None if self.is_lost else self._unless_full(super().getfile)
        return Lost() if self.is_lost else found

    def _unless_full(self, act: Callable[..., Any], *given: bytes) -> Any:
        try:
            return act(*given)
        except OSError:
            _logger.exception("a request could not be put aside")
            self.close()
            self.is_lost = True

    def close(self) -> None:
        """Give the room back."""
        with contextlib.suppress(OSError):  # it writes what it still has
            super().close()


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request to its end, whatever becomes of it."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request, and make ready for the rest."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Aside(self.adj.inbuf_overflow)

    def received(self, data: bytes) -> int:
        """Take what came in. Gives how many bytes of it belong to this request."""
        taken = int(super().received(data))
        if self.body_rcv is not None and self.body_rcv.getbuf().is_lost:
            self.headers["CONNECTION"] = "close"
        return taken


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read so."""

    parser_class = Parser
