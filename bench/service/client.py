"""A browser's part of the work: keeps its connection and its cookies, sends forms, checks what comes back."""

import http.client
import re
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode


class Client:
    """One person."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = dict(cookies or {})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """Status, Location and body."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrf", "")
            body = urlencode(fields)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), content

    def sign_in(self, link: str) -> None:
        path = "/" + link.split("/", 3)[3]
        self.ask("GET", path)
        assert self.ask("POST", path, {})[0] == 302


def assessments(client: Client) -> dict[str, str]:
    """The path of each organisation's latest round, by the organisation's name."""
    page = client.ask("GET", "/")[2].decode()
    found = re.findall(r'href="(/assessments/[0-9a-f-]+/)">[^<]*<span class="govuk-visually-hidden"> of ([^<]+)<', page)
    return {name: path for path, name in found}


def at_once(acts: list[Callable[[int], None]], seconds: float) -> list[float]:
    """Each act in a thread of its own, again and again for some seconds; what each time took."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def work(act: Callable[[int], None]) -> None:
        number = 0
        while time.perf_counter() < until:
            start = time.perf_counter()
            act(number)
            times.append(time.perf_counter() - start)
            number += 1

    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times
