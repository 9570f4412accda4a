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

COMMAND = [sys.executable, "-m", "commonweal"]


def environment_of(home: Path) -> dict[str, str]:
    environment = {**os.environ, "COMMONWEAL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    environment.pop("COMMONWEAL_DATABASE_URL", None)
    return environment


@contextlib.contextmanager
def serving(home: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        env=environment_of(home) | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as one:
        try:
            assert one.stdout
            yield one, next(line.strip() for line in one.stdout if "/sign-in/" in line)
        finally:
            one.kill()


class Browser:
    """Asks, keeps cookies, sends the form's mark."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}

    def ask(self, port: int, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrf", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
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
