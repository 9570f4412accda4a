"""Whose the tables are on PostgreSQL: an owner's who makes and changes them, while the service only uses them."""

from django.db import connection, transaction

_NEVER_CHANGED = (
    "store_decision",
    "store_frozendocument",
    "store_workmove",
    "store_positionchange",
    "store_keptup",
    "store_workspent",
)
"""What the service only adds to. Of the audit trail, what an entry says can be taken out (an erasure), nothing else."""


def is_above_the_fence() -> bool:
    """Whether the service's role goes through every fence between organisations: a superuser, or with BYPASSRLS."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def let_use(role: str) -> None:
    """Let a role use the tables and no more: neither change them, nor the fence, nor what is never changed.

    Whoever asks has to own the tables. Source: OWASP ASVS 5.0, 13.2.2 (least privilege of a service's account).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        who = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {who}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {who}")
        for table in (*_NEVER_CHANGED, "store_change"):
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {who}")
        cursor.execute(f"GRANT UPDATE (said) ON store_change TO {who}")
