"""Evidence may be tied to single criteria, and knows what was said of it before it was verified, and who wrote on it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0009_enter")]

    operations = [
        migrations.RemoveConstraint(model_name="evidenceuse", name="use_once"),
        migrations.AddField(
            model_name="evidenceuse",
            name="criterion",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="evidenceuse",
            constraint=models.UniqueConstraint(fields=("evidence", "question", "criterion"), name="use_once"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="stated",
            field=models.CharField(default="claimed", max_length=20),
        ),
        migrations.AddField(
            model_name="evidence",
            name="changed_by",
            field=models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
