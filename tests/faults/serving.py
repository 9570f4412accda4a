"""A service in a process of its own, and somebody who asks it, for what goes wrong around them."""

import contextlib
import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

Answer = tuple[int, str, str]
"""Status, Location and body."""
COMMAND = [sys.executable, "-m", "commonweal"]


def environment_of(home: Path) -> dict[str, str]:
    environment = {**os.environ, "COMMONWEAL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    environment.pop("COMMONWEAL_DATABASE_URL", None)
    return environment


@contextlib.contextmanager
def serving(home: Path, log: Path | None = None, /, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The service with its link, on a port of its own; what it logs goes into a file where one is named."""
    with (
        (log or Path(os.devnull)).open("a", encoding="utf-8") as logged,
        subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            env=environment_of(home) | settings,
            stdout=subprocess.PIPE,
            stderr=logged,
            text=True,
        ) as one,
    ):
        try:
            assert one.stdout
            yield one, next(line.strip() for line in one.stdout if "http://" in line)
        finally:
            one.kill()


class Browser:
    """Asks, keeps cookies, sends the form's mark."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, port: int, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        if fields is None:
            return self._send(port, method, path, None, "")
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrf", "")}).encode()
        return self._send(port, method, path, body, "application/x-www-form-urlencoded")

    def sends_a_file(self, port: int, path: str, fields: dict[str, str], name: str, file: tuple[str, bytes]) -> Answer:
        between = "7d1c0f2e"
        parts = [
            f'--{between}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {**fields, "csrfmiddlewaretoken": self.cookies.get("csrf", "")}.items()
        ]
        about = f'--{between}\r\nContent-Disposition: form-data; name="{name}"; filename="{file[0]}"\r\n\r\n'.encode()
        body = b"".join([*parts, about, file[1], f"\r\n--{between}--\r\n".encode()])
        return self._send(port, "POST", path, body, f"multipart/form-data; boundary={between}")

    def _send(self, port: int, method: str, path: str, body: bytes | None, kind: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    def signs_in(self, link: str) -> int:
        port = int(link.split(":")[2].partition("/")[0])
        path = link[link.index("/sign-in/") :]
        self.ask(port, "GET", path)
        assert self.ask(port, "POST", path, {})[0] == 302
        return port


def a_theme(browser: Browser, port: int) -> str:
    fields = {"name": "Killed Council", "kind": "fire", "size": ""}
    _, location, _ = browser.ask(port, "POST", "/organisations/new/", fields)
    fields = {"name": "Round", "horizon_years": "2", "index": "svmi-public@2016.1"}
    _, location, _ = browser.ask(port, "POST", location, fields)
    _, _, page = browser.ask(port, "GET", location)
    found = re.search(rf'href="({location}themes/(\w+)/)"', page)
    assert found
    return found[1]
