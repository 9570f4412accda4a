"""Evidence may be tied to single criteria of a question."""

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
    ]
