"""What the database itself refuses, once the rows are in their new form."""

from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from commonweal.store.fence import policy

FENCED = ("assessment", "assessedtheme", "answer", "upload", "change", "placement", "organisation", "membership")
COLUMNS = ("id", "organisation_id", "number", "assessment_id", "at", "by_id", "act", "subject", "said_digest", "digest")


REFUSE_ON_SQLITE = """
CREATE TRIGGER trail_is_never_{verb}d BEFORE {verb} ON store_change {when}
BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END
"""


def guard_the_trail(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The database refuses to change or delete an entry; what it says may be taken away (erasure), nothing else."""
    if schema_editor.connection.vendor == "sqlite":
        same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in COLUMNS)
        schema_editor.execute(REFUSE_ON_SQLITE.format(verb="update", when=f"WHEN NOT (NEW.said IS NULL AND {same})"))
        schema_editor.execute(REFUSE_ON_SQLITE.format(verb="delete", when=""))
        return
    same = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in COLUMNS)
    schema_editor.execute(
        "CREATE FUNCTION trail_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'UPDATE' AND NEW.said IS NULL AND {same} THEN RETURN NEW; END IF;"
        " RAISE EXCEPTION 'the audit trail is never changed'; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER trail_is_never_changed BEFORE UPDATE OR DELETE ON store_change"
        " FOR EACH ROW EXECUTE FUNCTION trail_is_never_changed()"
    )


def put_up_the_fence(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Row-level security, forced, on every table with rows of organisations."""
    if schema_editor.connection.vendor != "postgresql":
        return
    statements = [statement for table in FENCED for statement in policy(f"store_{table}")]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0003_roles_and_chain")]

    operations = [
        migrations.RemoveField("change", "before"),
        migrations.RemoveField("change", "after"),
        migrations.AlterModelOptions("change", {"ordering": ["number"]}),
        migrations.AddConstraint(
            "change", models.UniqueConstraint(fields=("organisation", "number"), name="entry_once")
        ),
        migrations.AddConstraint(
            "membership",
            models.UniqueConstraint(
                condition=Q(ended_at=None), fields=("person", "organisation", "role"), name="seat_once"
            ),
        ),
        migrations.RunPython(guard_the_trail, migrations.RunPython.noop),
        migrations.RunPython(put_up_the_fence, migrations.RunPython.noop),
    ]
