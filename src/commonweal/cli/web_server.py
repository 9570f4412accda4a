"""The web server around the service."""

import gc
import socket
from typing import Any

_THREADS = 8
_LARGEST_REQUEST = 100_000_000
"""More than any file that is taken: what is just too large gets a page that says so."""


def web_server(listening: socket.socket) -> Any:
    """The web server. What is loaded by now stays: the collector of garbage need not look at it."""
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    from commonweal.cli.putting_aside import Channel

    application = get_wsgi_application()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    server = create_server(
        application, sockets=[listening], threads=_THREADS, ident="commonweal", max_request_body_size=_LARGEST_REQUEST
    )
    server.channel_class = Channel
    return server
