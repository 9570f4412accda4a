"""What is thrown away in time: ended sessions, old sign-in links, workbooks that nobody decided on."""

import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from commonweal.services import files
from commonweal.services.actions.file_intake import stored_names
from commonweal.services.actions.privacy import throw_away_what_is_over
from commonweal.services.actions.unsent import throw_away_unsent
from commonweal.services.writing import writing_for_all
from commonweal.store.models import SignInLink, Upload, WorkUpload

_ALL = "what is over is thrown away in every organisation"
_JOBS_ARE_TOLD = datetime.timedelta(days=30)
UPLOADS_WAIT = datetime.timedelta(days=1)


@writing_for_all(_ALL)
def tidy(*, now: datetime.datetime) -> int:
    """Delete what is over. Gives the number of rows."""
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()  # addresses, browsers
    links, _ = SignInLink.objects.filter(expires_at__lt=now).delete()
    uploads, _ = Upload.objects.across(_ALL).filter(applied_at=None, created_at__lt=now - UPLOADS_WAIT).delete()
    work, _ = WorkUpload.objects.across(_ALL).filter(applied_at=None, created_at__lt=now - UPLOADS_WAIT).delete()
    jobs, _ = DBTaskResult.objects.filter(finished_at__lt=now - _JOBS_ARE_TOLD).delete()
    return ended + links + uploads + work + jobs + throw_away_unsent(now=now) + _sweep(now)


def _sweep(now: datetime.datetime) -> int:
    """Files that were kept, and whose row was never written because the power went in between."""
    known = stored_names(_ALL)
    left = [name for name in files.names_older_than(now - UPLOADS_WAIT) if name not in known]
    for name in left:
        files.throw_away(name)
    return len(left)


@task()
def tidy_up() -> int:
    """`tidy` and the retention of the installation, as a job."""
    now = timezone.now()
    over = sum(throw_away_what_is_over(now=now).values())  # first, so that its files are swept up with the others
    return over + tidy(now=now)
