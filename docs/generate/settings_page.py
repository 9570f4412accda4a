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
    "COMMONWEAL_ACCOUNTS": ("`1` where people sign in with accounts of their own, each with a second step", "off"),
    "COMMONWEAL_SIGN_ON": (
        "a JSON file of providers for single sign-on ([how](../how-to/host-it.md))",
        "none",
    ),
    "COMMONWEAL_IDLE_MINUTES": (
        "after how long without a request a session ends; it ends after 12 hours anyway",
        "30",
    ),
    "COMMONWEAL_PROXIES": ("how many proxies of yours stand in front, so that limits count the right address", "0"),
    "COMMONWEAL_SMTP_HOST": (
        "the mail server; 587 means STARTTLS, 465 TLS",
        "no mail: links are shown to be passed on",
    ),
    "COMMONWEAL_SMTP_PORT": ("its port", "587"),
    "COMMONWEAL_SMTP_USER": ("the name to sign in there", "none"),
    "COMMONWEAL_SMTP_PASSWORD": ("the password to sign in there", "none"),
    "COMMONWEAL_MAIL_FROM": ("the address that mail comes from", "commonweal@localhost"),
    "COMMONWEAL_EVIDENCE_MB": ("megabytes of files that each organisation may keep as evidence", "2000"),
    "COMMONWEAL_S3_BUCKET": (
        "a bucket for files of evidence, in a store that speaks S3 (install `commonweal[s3]`)",
        "a folder in COMMONWEAL_HOME",
    ),
    "COMMONWEAL_S3_ADDRESS": ("the address of that store", "Amazon's"),
    "COMMONWEAL_CLAMAV": (
        "where clamd listens (`host:port`, or the path of its socket): every file is scanned before it is taken",
        "files are not scanned, and the pages say so",
    ),
    "COMMONWEAL_KEEP_PEOPLE_DAYS": ("after how many days without seat and sign-in a person is forgotten", "365"),
    "COMMONWEAL_KEEP_INVITATIONS_DAYS": ("after how many days an invitation that is over is thrown away", "365"),
    "COMMONWEAL_KEEP_WITHDRAWN_DAYS": ("after how many days the file of withdrawn evidence is thrown away", "730"),
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
the disk. Behind a web server of your own, run `commonweal.config.wsgi:application` with any WSGI server, with
COMMONWEAL_ACCOUNTS and COMMONWEAL_HTTPS on. [How to host it](../how-to/host-it.md) goes through it step by step.
"""
