"""What is thrown away in time: ended sessions, old sign-in links, workbooks that nobody decided on."""

import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task

from commonweal.services.actions.privacy import throw_away_what_is_over
from commonweal.services.writing import writing_for_all
from commonweal.store.models import SignInLink, Upload

UPLOADS_WAIT = datetime.timedelta(days=1)


@writing_for_all("what is over is thrown away in every organisation")
def tidy(*, now: datetime.datetime) -> int:
    """Delete what is over. Gives the number of rows."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    links, _ = SignInLink.objects.filter(expires_at__lt=now).delete()
    uploads, _ = Upload.objects.across("as above").filter(applied_at=None, created_at__lt=now - UPLOADS_WAIT).delete()
    return ended + links + uploads


@task()
def tidy_up() -> int:
    """`tidy` and the retention of the installation, as a job."""
    now = timezone.now()
    return tidy(now=now) + sum(throw_away_what_is_over(now=now).values())
