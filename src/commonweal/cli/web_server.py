"""The web server around the service: waitress, which puts a larger request aside on the disk while it comes in."""

import contextlib
import gc
import logging
import socket
from typing import Any, NoReturn

_THREADS = 8
_LARGEST_REQUEST = 100_000_000
"""More than any file that is taken: what is just too large gets a page that says so."""
_logger = logging.getLogger("commonweal")


class Lost:
    """Where a request goes on coming in that could not be put aside; the page for it is the service's own."""

    is_lost = True

    def append(self, _data: bytes) -> None:
        """Forget it."""

    def read(self, *_size: int) -> NoReturn:
        """There is nothing to read."""
        raise OSError("What was sent could not be put aside.")

    readline = read

    def getfile(self) -> "Lost":
        """What the service is given to read."""
        return self

    def close(self) -> None:
        """Nothing is open."""

    def __len__(self) -> int:
        return 0


def web_server(listening: socket.socket) -> Any:
    """The web server. What is loaded by now stays: the collector of garbage need not look at it."""
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server
    from waitress.channel import HTTPChannel
    from waitress.parser import HTTPRequestParser

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        """Reads a request to its end even where the disk is full: who sends it would hear nothing otherwise."""

        def received(self, data: bytes) -> int:
            """Take what came in. Gives how many bytes of it belong to this request."""
            before = int(self.body_bytes_received)  # type: ignore[has-type]
            try:
                return int(super().received(data))
            except OSError:
                _logger.exception("a request could not be put aside")
                self.body_bytes_received = before
                with contextlib.suppress(OSError):  # it writes what it still has
                    self.body_rcv.getbuf().close()
                self.body_rcv.buf = Lost()
                return int(super().received(data))

    class Channel(HTTPChannel):  # type: ignore[misc]
        """A connection whose requests are read so."""

        parser_class = Parser

    application = get_wsgi_application()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    server = create_server(
        application, sockets=[listening], threads=_THREADS, ident="commonweal", max_request_body_size=_LARGEST_REQUEST
    )
    server.channel_class = Channel
    return server
