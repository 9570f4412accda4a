"""Identifiers, parts and dates of organisations; who follows whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from commonweal.store.fence import fence


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_decisions_and_evidence"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="organisation",
            name="starts_on",
            field=models.DateField(help_text="A body that begins later is a shadow body until then.", null=True),
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=40)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("organisation", "scheme"), name="identifier_once")],
            },
        ),
        migrations.CreateModel(
            name="OrganisationPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("organisation", "kind", "name"), name="part_once")],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="successors", to="store.organisation"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="store.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("successor", "predecessor"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("successor", models.F("predecessor")), _negated=True),
                        name="not_ones_own_successor",
                    ),
                ],
            },
        ),
        fence("identifier", "organisationpart"),
    ]
