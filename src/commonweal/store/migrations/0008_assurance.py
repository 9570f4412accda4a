"""What assurers signed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from commonweal.store.fence import fence


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assurance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("statement", models.TextField()),
                ("acts_for", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(max_length=20)),
                ("state_version", models.PositiveIntegerField()),
                ("trail_number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assurances", to="store.assessment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        fence("assurance"),
    ]
