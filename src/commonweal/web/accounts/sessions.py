"""Sessions as Django keeps them in the database, asked for only by what can be the name of one."""

import re

from django.contrib.sessions.backends import db

_NAME = re.compile("[a-z0-9]{32}")


class SessionStore(db.SessionStore):
    """PostgreSQL refuses some texts, such as one with a NUL, and a cookie may hold anything."""

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and _NAME.fullmatch(key))
