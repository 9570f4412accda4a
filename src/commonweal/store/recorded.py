"""Tables whose rows are only added: the database itself refuses to change or delete one."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def only_added_to(*tables: str) -> RunPython:
    """The operation of a migration that guards tables, each named without its prefix.

    On PostgreSQL it uses the function that migration 0011 made.
    """

    def guard(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for table in (f"store_{name}" for name in tables):
            if schema_editor.connection.vendor == "sqlite":
                for verb in ("update", "delete"):
                    schema_editor.execute(
                        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}"
                        " BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END"
                    )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE ON {table}"
                    " FOR EACH ROW EXECUTE FUNCTION decided_is_never_changed()"
                )

    return RunPython(guard, RunPython.noop)
