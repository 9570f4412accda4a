"""docs/reference/settings.md: what an installation may choose, all from the environment."""

SETTINGS = {
    "COMMONWEAL_HOME": (
        "the folder with the database and the secret key",
        "where the system keeps a program's data; `bin/demo` uses `var/`",
    ),
    "COMMONWEAL_DATABASE_URL": (
        "another database, such as `postgresql://user:password@host/name` (install `commonweal[postgresql]`)",
        "SQLite in COMMONWEAL_HOME",
    ),
    "COMMONWEAL_SECRET_KEY": ("what sessions are signed with", "made at the first start, kept in COMMONWEAL_HOME"),
    "COMMONWEAL_HOSTS": ("the names under which the service is reached, with commas", "this computer's own"),
    "COMMONWEAL_HTTPS": ("`1` where it is reached by HTTPS: cookies and redirects insist on it", "off"),
    "COMMONWEAL_DEBUG": ("`1` shows the traceback of a fault of the command line", "off"),
    "COMMONWEAL_PORT": ("the port of `bin/demo`", "8000"),
}


def page() -> str:
    rows = "\n".join(f"| `{name}` | {what} | {default} |" for name, (what, default) in SETTINGS.items())
    return f"""# Settings

All settings are variables of the environment; there is no file of settings.

| name | what it says | without it |
|---|---|---|
{rows}

SQLite is opened with a write-ahead log, `synchronous=FULL` and immediate transactions: what has been acknowledged is on
the disk. Behind a web server of your own, run `commonweal.config.wsgi:application` with any WSGI server; there are no
accounts yet, so keep others out there.
"""
