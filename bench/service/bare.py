"""The peer: a bare Django view with one SQLite commit, on the same server with the same settings of the database.

Run as a program with a folder; prints its port.
"""

import logging
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from waitress import create_server

THREADS = 8


def save(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE note SET text = %s, version = version + 1 WHERE id = 1", [request.POST["text"]])
    return HttpResponse("saved")


urlpatterns = [path("save/", save)]


def main(folder: Path) -> None:
    options = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "bare.sqlite3",
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
    }
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": database},
        SECRET_KEY="bench",  # noqa: S106  signs nothing
    )
    django.setup()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT, version INTEGER)")
        cursor.execute("INSERT INTO note VALUES (1, '', 0)")
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    create_server(get_wsgi_application(), sockets=[listening], threads=THREADS).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
