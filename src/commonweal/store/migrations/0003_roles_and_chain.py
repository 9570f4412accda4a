"""What the rows of before mean now. Apart from the changes of the tables: PostgreSQL wants it so."""

import itertools

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from commonweal.core.trail import START, digest_of, digest_of_said


def every_member_is_owner_and_lead(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now there was one kind of member, who did everything."""
    seats = apps.get_model("store", "Membership")
    for seat in list(seats.objects.all()):
        seat.role = "owner"
        seat.save(update_fields=["role"])
        seats.objects.create(
            organisation_id=seat.organisation_id,
            person_id=seat.person_id,
            role="lead-officer",
            created_at=seat.created_at,
        )


def chain_what_was_done(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The entries there are become one chain for each organisation, in the order in which they were written."""
    changes, organisations = apps.get_model("store", "Change"), apps.get_model("store", "Organisation")
    entries = changes.objects.order_by("organisation_id", "id")
    for organisation, own in itertools.groupby(entries, key=lambda entry: entry.organisation_id):
        last = START
        for number, entry in enumerate(own, start=1):
            entry.number, entry.said = number, {"before": entry.before, "after": entry.after}  # type: ignore[attr-defined]
            entry.said_digest = digest_of_said(entry.said)
            last = entry.digest = digest_of(
                organisation=organisation,
                number=number,
                at=entry.at,
                by=entry.by_id,
                act=entry.act,
                subject=entry.subject,
                assessment=entry.assessment_id,
                said_digest=entry.said_digest,
                before=last,
            )
            entry.save()
        organisations.objects.filter(pk=organisation).update(trail_number=number, trail_digest=last)


class Migration(migrations.Migration):
    dependencies = [("store", "0002_trust")]

    operations = [
        migrations.RunPython(every_member_is_owner_and_lead, migrations.RunPython.noop),
        migrations.RunPython(chain_what_was_done, migrations.RunPython.noop),
    ]
