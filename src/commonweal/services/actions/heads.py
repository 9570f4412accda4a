"""The heads of the audit trails, given out: whoever keeps one can tell later whether anything before was changed."""

import datetime
import logging

from django.core.mail import send_mail
from django.utils import timezone
from django_tasks import task

from commonweal.core.access import Role
from commonweal.services.writing import writing_for_all
from commonweal.store.models import Membership, Organisation
from commonweal.store.models.organisation import held

logger = logging.getLogger("commonweal.trail")
_ALL = "each organisation's owners get the head of their own trail"


@writing_for_all(_ALL)
def heads_to_give_out() -> list[tuple[str, int, str, list[str]]]:
    """Each organisation with its head and the addresses of its owners: name, number, digest, addresses."""
    owners: dict[object, list[str]] = {}
    rows = Membership.objects.across(_ALL).filter(
        held(timezone.now()), role=Role.OWNER, person__email__isnull=False, person__is_active=True
    )
    for organisation, email in rows.values_list("organisation_id", "person__email"):
        owners.setdefault(organisation, []).append(str(email))
    found = Organisation.objects.across(_ALL).order_by("name").values_list("id", "name", "trail_number", "trail_digest")
    return [(name, number, digest, owners.get(id_, [])) for id_, name, number, digest in found if number]


@task()
def give_out_heads() -> int:
    """Send each owner the head of their trail, and write it to the log, which is kept elsewhere. Gives how many."""
    heads = heads_to_give_out()
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    for name, number, digest, owners in heads:
        logger.warning("head of %s on %s: %d:%s", name, day, number, digest)
        if owners:
            text = (
                f"The audit trail of {name} has {number} entries today. Keep this line:\n\n  {number}:{digest}\n\n"
                "With it anybody can tell later whether an entry was changed:\n"
                "commonweal check-trail FILE --head, followed by that line. FILE is the trail as you download it.\n"
            )
            _send(f"Commonweal: audit trail of {name} on {day}", text, owners)
    return len(heads)


def _send(subject: str, text: str, owners: list[str]) -> None:
    """One letter that does not leave must not keep the others back; the log has the head and says so."""
    try:
        send_mail(subject, text, None, owners)
    except OSError as error:  # smtplib's errors are among these
        logger.warning("not sent: %s (%s)", subject, type(error).__name__)
