"""What was decided and endorsed is never changed, which the database itself sees to; and when an account was made."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from commonweal.store.own_seats import FUNCTION

TABLES = ("store_decision", "store_frozendocument")


def guard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Neither a decision nor a document that it froze is changed or deleted."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}"
                    " BEGIN SELECT RAISE(ABORT, 'what was decided is never changed'); END"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION decided_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'what was decided is never changed'; END $$"
    )
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION decided_is_never_changed()"
        )


def teach(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The function that opens the fence goes back all the way to the predecessors of predecessors."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


class Migration(migrations.Migration):
    dependencies = [("store", "0010_criteria")]

    operations = [
        migrations.AddField("person", "created_at", models.DateTimeField(default=timezone.now)),
        migrations.RunPython(guard, migrations.RunPython.noop),
        migrations.RunPython(teach, migrations.RunPython.noop),
    ]
