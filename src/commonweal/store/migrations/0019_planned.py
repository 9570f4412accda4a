"""Work that was there before slips from the day on which it is due now.

In a migration of its own: PostgreSQL makes no index in a table whose rows it has yet to check.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

from commonweal.store.fence import unfenced


def planned(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What is due now was planned so."""
    with unfenced("rows of all organisations take their new form"):
        apps.get_model("store", "Work").objects.update(planned_due=F("due"))


class Migration(migrations.Migration):
    dependencies = [("store", "0018_governance")]

    operations = [migrations.RunPython(planned, migrations.RunPython.noop)]
