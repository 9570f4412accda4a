"""Seats with roles, placements, the state of an assessment, and the audit trail as a chain."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.AddField("person", "is_operator", models.BooleanField(default=False)),
        migrations.AddField("organisation", "version", models.PositiveIntegerField(default=0)),
        migrations.AddField("organisation", "trail_number", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "organisation",
            "trail_digest",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField("assessment", "state", models.CharField(default="draft", max_length=20)),
        migrations.AddField("assessment", "state_version", models.PositiveIntegerField(default=0)),
        migrations.RemoveConstraint("membership", "member_once"),
        migrations.AlterField(
            "membership",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="store.organisation"
            ),
        ),
        migrations.AddField(
            "membership", "role", models.CharField(default="owner", max_length=30), preserve_default=False
        ),
        migrations.AddField(
            "membership",
            "on_behalf_of",
            models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            "membership", "reason", models.CharField(blank=True, default="", max_length=500), preserve_default=False
        ),
        migrations.AddField(
            "membership",
            "given_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("membership", "ends_at", models.DateTimeField(null=True)),
        migrations.AddField("membership", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "membership",
            "ended_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.CharField(blank=True, max_length=20)),
                ("created_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="store.membership"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="store.assessment"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("membership", "assessment", "theme"), name="placed_once")
                ]
            },
        ),
        migrations.AddField("change", "number", models.PositiveBigIntegerField(default=0), preserve_default=False),
        migrations.AddField("change", "said", models.JSONField(null=True)),
        migrations.AddField(
            "change", "said_digest", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField("change", "digest", models.CharField(default="", max_length=64), preserve_default=False),
    ]
