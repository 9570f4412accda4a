"""What evidence goes back to when what was verified is changed, of pieces that were there before.

In a migration of its own: PostgreSQL makes no index in a table whose rows it has yet to check.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

from commonweal.store.fence import unfenced


def state(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was verified goes back to what its kind may be called by whoever adds it."""
    rows = apps.get_model("store", "Evidence").objects
    with unfenced("rows of all organisations take their new form"):
        rows.update(changed_by=F("owner"), stated=F("strength"))
        rows.filter(strength="verified").update(stated="documented")
        rows.filter(kind="note").update(stated="claimed")


class Migration(migrations.Migration):
    dependencies = [("store", "0011_what_was_decided")]

    operations = [migrations.RunPython(state, migrations.RunPython.noop)]
