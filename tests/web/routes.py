"""Every route of the service with whom it is for; a route that is not here fails tests/web/test_routes.py."""

from dataclasses import dataclass

ORGANISATION, ASSESSMENT, UPLOAD, CODE = "organisation_id", "assessment_id", "upload_id", "code"


@dataclass(frozen=True)
class Route:
    """What stands in the address, whether anybody may read it, and what it takes by POST (None: nothing)."""

    arguments: tuple[str, ...] = ()
    public: bool = False
    post: dict[str, str] | None = None


ROUTES = {
    "start": Route(),
    "new-organisation": Route(post={}),
    "organisation": Route((ORGANISATION,)),
    "new-assessment": Route((ORGANISATION,), post={}),
    "rounds": Route((ORGANISATION,)),
    "task-list": Route((ASSESSMENT,)),
    "check": Route((ASSESSMENT,)),
    "theme": Route((ASSESSMENT, CODE), post={"version": "0", "do": "stop"}),
    "short-form": Route((ASSESSMENT,)),
    "short-form-theme": Route((ASSESSMENT, CODE), post={"present": "1", "future": "1"}),
    "results": Route((ASSESSMENT,)),
    "plan": Route((ASSESSMENT,)),
    "plan-note": Route((ASSESSMENT, CODE), post={"version": "0", "note": "x"}),
    "document": Route((ASSESSMENT, "format_name")),
    "workbook": Route((ASSESSMENT,), post={}),
    "filled-workbook": Route((ASSESSMENT,)),
    "upload": Route((UPLOAD,), post={}),
    "blank-workbooks": Route(),
    "blank-workbook": Route(("reference",)),
    "sign-in": Route(public=True),
    "use-link": Route(("token",), public=True, post={}),
    "sign-out": Route(post={}),
    "about": Route(public=True),
    "accessibility": Route(public=True),
    "cookies": Route(public=True),
}
