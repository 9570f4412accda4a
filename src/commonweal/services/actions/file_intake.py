"""A file comes in: checked, scanned where there is a scanner, counted to the organisation's room, and on the disk."""

from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from commonweal.core.errors import BadInput
from commonweal.core.problems import Problem
from commonweal.services import files
from commonweal.services.errors import OutOfReach
from commonweal.store.models import Evidence, Organisation, WorkFile

LONGEST_FILE_NAME = 200
_ROOM = "room is counted for the organisation, whoever adds"


def is_scanned(content: bytes) -> bool:
    """Whether a scanner has seen a file. Raises BadInput where it found something, or cannot be asked."""
    try:
        infected = files.is_infected(content)
    except OSError as error:
        what = "The file could not be checked for viruses, so it was not taken."
        raise BadInput([Problem("file", what, "Try again in a few minutes.")]) from error
    if infected:
        raise BadInput([Problem("file", "The virus scanner found something in this file.", "Do not open it.")])
    return infected is not None


def kept(content: bytes) -> str:
    """Keep a file. Gives the name under which it stands. Raises BadInput where there is no room."""
    try:
        return files.keep(content)
    except (OSError, OutOfReach) as error:
        what = "The file could not be kept, because the store of files does not answer or is full. Nothing was saved."
        raise BadInput([Problem("file", what, "Try again in a few minutes.")]) from error


def keep_within_quota(organisation_id: UUID, size: int) -> None:
    """Go on only where the organisation has room for so many bytes more. Its row is the lock. Raises BadInput."""
    Organisation.objects.across(_ROOM).select_for_update().filter(pk=organisation_id).first()
    evidence = Evidence.objects.across(_ROOM).filter(organisation_id=organisation_id, withdrawn_at=None)
    work = WorkFile.objects.across(_ROOM).filter(organisation_id=organisation_id)
    used = sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in (evidence, work))
    if used + size > settings.EVIDENCE_QUOTA:
        what = "Your organisation has no room left for files."
        raise BadInput([Problem("file", what, "Withdraw files that are not needed, or give a link.")])


def stored_names(reason: str) -> set[str]:
    """The names under which every file stands that a row names."""
    tables = (Evidence.objects.across(reason), WorkFile.objects.across(reason))
    return {name for rows in tables for name in rows.exclude(stored_as="").values_list("stored_as", flat=True)}
