"""What was said to be spent before counts from today on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone

from commonweal.store.fence import unfenced


def spent(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A figure with its day for each that has none yet."""
    figures = apps.get_model("store", "WorkSpent")
    with unfenced("rows of all organisations take their new form"):
        rows = apps.get_model("store", "Work").objects.filter(spent__isnull=False).order_by("pk")
        figures.objects.bulk_create(
            figures(
                organisation_id=work.organisation_id,
                work_id=work.pk,
                spent=work.spent,
                on=timezone.localdate(),
                at=timezone.now(),
                by_id=work.created_by_id,
            )
            for work in rows
        )


class Migration(migrations.Migration):
    dependencies = [("store", "0020_costings_and_spending")]

    operations = [migrations.RunPython(spent, migrations.RunPython.noop)]
