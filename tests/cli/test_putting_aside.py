"""A request that cannot be put aside is read to its end, in step with whoever sends it."""

from typing import Any

import pytest
from waitress import buffers
from waitress.adjustments import Adjustments

from commonweal.cli.putting_aside import Lost, Parser

HIDDEN = b"GET /about/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
NEXT = b"GET /next/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKS = [b"x" * 40, b"y" * 30 + b"\r\n000F", HIDDEN, b"z" * 20_000]
HEAD = b"POST /static/pages.css HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = (
    HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b"".join(b"%X\r\n%b\r\n" % (len(chunk), chunk) for chunk in CHUNKS)
    + b"0\r\n\r\n"
)
MEASURED = HEAD + b"Content-Length: 20000\r\n\r\n" + (HIDDEN * 1000)[:20_000]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(buffers, "TempfileBasedBuffer", nowhere)


def _read(data: bytes, step: int) -> tuple[Parser, int]:
    """The request, fed in steps, and how many bytes of it were taken."""
    parser, taken = Parser(Adjustments(inbuf_overflow=100)), 0
    while not parser.completed:
        taken += parser.received(data[taken : taken + step])
    return parser, taken


@pytest.mark.parametrize("request_", [CHUNKED, MEASURED], ids=["chunked", "measured"])
@pytest.mark.parametrize("step", [1, 7, 64, 8192])
def test_it_is_read_to_its_end_and_no_further(request_: bytes, step: int, full: None) -> None:
    parser, taken = _read(request_ + NEXT, step)
    assert (taken, parser.error) == (len(request_), None)
    assert isinstance(parser.get_body_stream(), Lost)
    assert parser.headers["CONNECTION"] == "close"  # nothing that follows on the connection is believed
    with pytest.raises(OSError, match="put aside"):
        parser.get_body_stream().read()
    parser.close()


@pytest.mark.parametrize("request_", [CHUNKED, MEASURED], ids=["chunked", "measured"])
def test_what_there_is_room_for_is_there(request_: bytes) -> None:
    parser, taken = _read(request_ + NEXT, 64)
    assert taken == len(request_)
    assert parser.get_body_stream().read() in {b"".join(CHUNKS), MEASURED.partition(b"\r\n\r\n")[2]}
    assert "CONNECTION" not in parser.headers
    parser.close()
