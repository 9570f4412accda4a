"""Invitations."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from commonweal.store.fence import fence


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("role", models.CharField(max_length=30)),
                ("on_behalf_of", models.CharField(blank=True, max_length=200)),
                ("ends_at", models.DateTimeField(help_text="When the seat ends that it leads to.", null=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "created_by",
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
        ),
        fence("invitation"),
    ]
