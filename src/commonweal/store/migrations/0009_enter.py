"""Who asks, their seats, and where these reach, told to PostgreSQL in one statement."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from commonweal.store.own_seats import FUNCTION


def teach(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


class Migration(migrations.Migration):
    dependencies = [("store", "0008_assurance")]

    operations = [migrations.RunPython(teach, migrations.RunPython.noop)]
