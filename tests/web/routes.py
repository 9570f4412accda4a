"""Every route of the service with whom it is for; a route that is not here fails tests/web/test_routes.py."""

from dataclasses import dataclass

from commonweal.core.access import Action

ORGANISATION, ASSESSMENT, UPLOAD, CODE, QUESTION = "organisation_id", "assessment_id", "upload_id", "code", "question"
EVIDENCE, SEAT, INVITATION, PLACEMENT = "evidence_id", "membership_id", "invitation_id", "placement_id"
PROGRAMME, WORK, ENTRY = "programme_id", "work_id", "entry_id"
WORK_UPLOAD, TEMPLATE, OWN_INDEX = "work_upload_id", "template_id", "own_index_id"
REQUEST, AGREEMENT = "request_id", "agreement_id"
OWNED_BY_SOMEBODY = {ORGANISATION, ASSESSMENT, UPLOAD, EVIDENCE, SEAT, INVITATION, PLACEMENT, PROGRAMME, WORK, ENTRY}
OWNED_BY_SOMEBODY |= {WORK_UPLOAD, TEMPLATE, OWN_INDEX, REQUEST, AGREEMENT}


@dataclass(frozen=True)
class Route:
    """What stands in the address, whether anybody may read it, and what is sent to it by POST (None: nothing).

    What is sent to a page of a council changes something of it (tests/web/test_posting.py); `{...}` is an argument of
    that council, and of the sender's own where it begins with `my_`.

    `get` and `send` are the actions of core/access.py that looking and sending are; `get` is None where a route takes
    POST alone. `hidden`: who may not do it does not learn that it is there.
    """

    arguments: tuple[str, ...] = ()
    public: bool = False
    post: dict[str, str] | None = None
    get: Action | None = None
    send: Action | None = None
    hidden: bool = False
    whole: bool = False
    """Whether it is about the organisation as a whole, so that being placed on something of it does not open it."""
    platform: bool = False
    """Whether it is for the operator, who has no seat."""

    @property
    def is_owned(self) -> bool:
        return bool(OWNED_BY_SOMEBODY & set(self.arguments)) and not self.platform


WORKBOOK = "{workbook}"
"""Stands for the file: a filled-in workbook of the council's index."""

WORK_SHEET = "{work_sheet}"
"""Stands for a workbook of the programme's work, with a title changed."""

FILE = "{file}"
"""Stands for a picture."""

READ, ANSWER, SEE = Action.READ, Action.ANSWER, Action.SEE
A = (ASSESSMENT,)

LEVELS = ("Starting", "Developing", "Established", "Leading")
"""The levels of the council's own index."""

ROUTES = {
    "start": Route(),
    "new-organisation": Route(post={}),
    "organisation": Route((ORGANISATION,), get=SEE),
    "new-assessment": Route(
        (ORGANISATION,),
        post={"index": "{reference}", "name": "Next", "horizon_years": "3"},
        get=Action.OPEN,
        send=Action.OPEN,
    ),
    "rounds": Route((ORGANISATION,), get=SEE),
    "departments": Route((ORGANISATION,), get=SEE),
    "departments-paper": Route((ORGANISATION, "format_name"), get=SEE),
    "sides": Route((ORGANISATION,), post={"label": "New Supplier"}, get=SEE, send=Action.OPEN),
    "side": Route(("token",), post={"assessment": "{assessment_id}"}),
    "end-side": Route((REQUEST,), post={}, send=Action.OPEN, hidden=True),
    "withdraw-side": Route((AGREEMENT,), post={}, send=Action.OPEN, hidden=True),
    "people": Route((ORGANISATION,), get=Action.MANAGE_PEOPLE),
    "invite": Route(
        (ORGANISATION,),
        post={"email": "new@council.example", "role": "reader"},
        get=Action.MANAGE_PEOPLE,
        send=Action.MANAGE_PEOPLE,
    ),
    "end-seat": Route((SEAT,), post={}, send=Action.MANAGE_PEOPLE, hidden=True),
    "take-back-invitation": Route((INVITATION,), post={}, send=Action.MANAGE_PEOPLE, hidden=True),
    "invitation": Route(("token",), public=True, post={}),
    "settings": Route(
        (ORGANISATION,),
        post={"version": "0", "name": "Renamed", "kind": "fire", "departments": "Estates"},
        get=Action.MANAGE_SETTINGS,
        send=Action.MANAGE_SETTINGS,
    ),
    "predecessors": Route(
        (ORGANISATION,),
        post={"predecessor": "{my_predecessor_id}", "kind": "merger", "on": "01/04/2028"},
        get=Action.MANAGE_SETTINGS,
        send=Action.MANAGE_SETTINGS,
    ),
    "platform": Route(platform=True),
    "let-me-in": Route((ORGANISATION,), post={}, platform=True),
    "let-publish": Route((ORGANISATION,), post={}, platform=True),
    "indexes": Route(
        (ORGANISATION,),
        post={"do": "begin", "title": "Our own", "edition": "ourselves"},
        get=Action.SEE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "index-changes": Route(("reference",)),
    "index-template": Route(("index_format",)),
    "own-index": Route(
        (OWN_INDEX,),
        post={"do": "add-theme", "title": "More", "lead_question": "What else?"},
        get=Action.SEE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "publish-index": Route(
        (OWN_INDEX,), post={"version": "0"}, get=Action.WRITE_INDEX, send=Action.WRITE_INDEX, whole=True
    ),
    "own-index-file": Route((OWN_INDEX, "index_format"), get=Action.SEE_INDEX, whole=True),
    "preview-theme": Route((OWN_INDEX, CODE), get=Action.SEE_INDEX, whole=True),
    "index-table": Route(
        (OWN_INDEX,),
        post={"do": "apply", "table": "{a_table}", "column-text": "0", "area-name-0": "(empty)", "area-0": "A"},
        get=Action.WRITE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "own-index-about": Route(
        (OWN_INDEX,),
        post={"seen": "{seen_about}", "title": "Renamed", "edition": "us", "version": "2.0"},
        get=Action.WRITE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "own-index-levels": Route(
        (OWN_INDEX,),
        post={
            "seen": "{seen_levels}",
            **{f"{name}-{n}": f"{label}" for n, label in enumerate(LEVELS) for name in ("was", "label", "definition")},
        },
        get=Action.WRITE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "own-theme": Route(
        (OWN_INDEX, CODE),
        post={"seen": "{seen_theme}", "title": "Renamed", "lead_question": "What?"},
        get=Action.WRITE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "own-question": Route(
        (OWN_INDEX, QUESTION),
        post={"seen": "{seen_question}", "title": "Renamed", "start": "No", "answer-1": "Yes", "action-1": "Do it"},
        get=Action.WRITE_INDEX,
        send=Action.WRITE_INDEX,
        whole=True,
    ),
    "trail": Route((ORGANISATION,), get=Action.READ_TRAIL),
    "trail-file": Route((ORGANISATION,), get=Action.READ_TRAIL),
    "task-list": Route(A, get=READ),
    "check": Route(A, get=READ),
    "theme": Route((ASSESSMENT, CODE), post={"version": "1", "do": "stop"}, get=READ, send=ANSWER),
    "not-applying": Route(A, post={}, get=ANSWER, send=ANSWER),
    "short-form": Route(A, get=ANSWER),
    "short-form-theme": Route((ASSESSMENT, CODE), post={"present": "1", "future": "1"}, get=ANSWER, send=ANSWER),
    "results": Route(A, get=READ),
    "crosswalk": Route(A, get=READ),
    "round-changes": Route(A, get=READ),
    "measuring": Route(A, post={"again_on": "01/04/2030", "seen_again_on": ""}, get=Action.OPEN, send=Action.OPEN),
    "edition": Route(A, post={}, get=READ, send=Action.OPEN),
    "round-paper": Route((ASSESSMENT, "format_name"), get=READ),
    "plan": Route(A, get=READ),
    "plan-note": Route((ASSESSMENT, CODE), post={"version": "1", "note": "x"}, get=ANSWER, send=ANSWER),
    "document": Route((ASSESSMENT, "format_name"), get=READ),
    "programmes": Route((ORGANISATION,), get=SEE),
    "new-programme": Route(
        (ORGANISATION, "template"),
        post={"title": "Refresh", "nation": "scotland", "start": "01/09/2027"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "adopt-plan": Route(
        A,
        post={
            "title": "Adopted",
            "nation": "scotland",
            "starts_on": "01/04/2027",
            "years": "2",
            "actions": "{first_action}",
        },
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "route": Route(A, get=Action.SEE_WORK),
    "within-means": Route(
        A,
        post={"aim": "cheapest", "reach": "4", "starts_on": "01/01/2027", "until": "31/12/2027"},
        get=Action.SEE_WORK,
        send=Action.PLAN_WORK,
    ),
    "costings": Route(
        A,
        post={"price_year": "2027", "cost-{second_action}": "100", "days-{second_action}": ""},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "what-if": Route(A, get=Action.SEE_WORK),
    "position": Route(A, get=Action.SEE_WORK),
    "upkeep": Route(A, get=Action.SEE_WORK),
    "keep-up": Route(
        (ASSESSMENT, "kept"), post={"on": "01/11/2026", "words": "Said"}, get=Action.PLAN_WORK, send=Action.PLAN_WORK
    ),
    "programme": Route((PROGRAMME,), get=Action.SEE_WORK),
    "progress": Route((PROGRAMME,), get=Action.SEE_WORK),
    "programme-years": Route(
        (PROGRAMME,),
        post={"version": "0", "money-1": "30000", "words-1": "As agreed"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "programme-paper": Route(
        (PROGRAMME,), post={"version": "0", "risks": "Few"}, get=Action.PLAN_WORK, send=Action.PLAN_WORK
    ),
    "programme-documents": Route(
        (PROGRAMME,), post={"workbook": WORK_SHEET}, get=Action.SEE_WORK, send=Action.PLAN_WORK
    ),
    "paper-file": Route((PROGRAMME, "format_name"), get=Action.SEE_WORK),
    "highlights-file": Route((PROGRAMME, "format_name"), get=Action.SEE_WORK),
    "work-list": Route((PROGRAMME, "format_name"), get=Action.SEE_WORK),
    "work-upload": Route((WORK_UPLOAD,), post={}, get=Action.PLAN_WORK, send=Action.PLAN_WORK),
    "save-template": Route(
        (PROGRAMME,), post={"title": "Ours", "owner": "{organisation_id}"}, get=Action.PLAN_WORK, send=Action.PLAN_WORK
    ),
    "take-template-away": Route((TEMPLATE,), post={}, send=Action.PLAN_WORK, whole=True),
    "year-end": Route(
        (PROGRAMME,),
        post={"year": "2", "work": "{work_id}", "title": "Next", "years": "1"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "several": Route(
        (PROGRAMME,),
        post={
            "which": "ticked",
            "work": "{work_id}.0",
            "owner": "keep",
            "department": "keep",
            "priority": "keep",
            "later": "-3",
        },
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "add-work": Route(
        (PROGRAMME,),
        post={"title": "Our own", "group": "1", "priority": "2"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "change-programme": Route(
        (PROGRAMME,),
        post={"title": "Renamed", "starts_on": "01/04/2027", "state": "closed", "why": "Over", "version": "0"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "calendar-feed": Route((PROGRAMME,), post={}, get=Action.SEE_WORK, send=Action.SEE_WORK),
    "take-feed-back": Route((PROGRAMME,), post={}, send=Action.SEE_WORK),
    "calendar": Route(("feed",), public=True),
    "compare-plan": Route((PROGRAMME,), post={"add": "{second_action}"}, get=Action.PLAN_WORK, send=Action.PLAN_WORK),
    "work": Route((WORK,), post={"step": "agree", "version": "0"}, get=Action.SEE_WORK, send=Action.PLAN_WORK),
    "add-link": Route(
        (WORK,),
        post={"kind": "strategy", "title": "Corporate plan", "address": "https://council.example/plan"},
        send=Action.DO_WORK,
    ),
    "take-link-away": Route((WORK, "link_id"), post={}, send=Action.DO_WORK),
    "add-work-file": Route((WORK,), post={"file_title": "List", "file": FILE}, send=Action.DO_WORK),
    "work-file": Route((WORK, "file_id"), get=Action.SEE_WORK),
    "take-file-away": Route((WORK, "file_id"), post={}, send=Action.DO_WORK),
    "serves": Route((WORK,), post={"serves": ""}, send=Action.PLAN_WORK),
    "governance": Route((ORGANISATION,), get=Action.SEE_WORK, whole=True),
    "diary": Route((ORGANISATION,), get=Action.SEE_WORK, whole=True),
    "register": Route((ORGANISATION, "register"), get=Action.SEE_WORK, whole=True),
    "register-file": Route((ORGANISATION, "register"), get=Action.SEE_WORK, whole=True),
    "add-entry": Route(
        (ORGANISATION, "register"),
        post={"role": "Champion", "holder": "Cllr Example"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
        whole=True,
    ),
    "entry": Route((ENTRY,), get=Action.SEE_WORK, whole=True),
    "change-entry": Route(
        (ENTRY,),
        post={"version": "0", "role": "Renamed", "holder": "Cllr Example"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
        whole=True,
    ),
    "take-entry-away": Route((ENTRY,), post={"version": "0"}, send=Action.PLAN_WORK, whole=True),
    "change-work": Route(
        (WORK,),
        post={"title": "Renamed", "group": "1", "priority": "1", "version": "0"},
        get=Action.PLAN_WORK,
        send=Action.PLAN_WORK,
    ),
    "workbook": Route(A, post={"workbook": WORKBOOK}, get=Action.EXPORT, send=Action.EXPORT),
    "filled-workbook": Route(A, get=Action.EXPORT),
    "upload": Route((UPLOAD,), post={}, get=ANSWER, send=ANSWER, hidden=True),
    "question": Route((ASSESSMENT, QUESTION), get=READ),
    "remark": Route((ASSESSMENT, QUESTION), post={"remark": "Good"}, send=Action.REMARK),
    "all-evidence": Route(A, get=READ),
    "add-evidence": Route(
        A,
        post={"kind": "note", "title": "Said", "text": "It was.", "strength": "claimed", "questions": "{question}"},
        get=Action.ADD_EVIDENCE,
        send=Action.ADD_EVIDENCE,
    ),
    "evidence": Route(
        (EVIDENCE,),
        post={"strength": "documented", "version": "0"},
        get=READ,
        send=Action.VERIFY_EVIDENCE,
    ),
    "change-evidence": Route(
        (EVIDENCE,),
        post={"version": "0", "title": "Renamed", "questions": "{question}"},
        get=Action.ADD_EVIDENCE,
        send=Action.ADD_EVIDENCE,
    ),
    "evidence-file": Route((EVIDENCE,), get=READ),
    "clean-evidence-file": Route((EVIDENCE,), get=READ),
    "withdraw-evidence": Route((EVIDENCE,), post={"why": "x", "version": "0"}, send=Action.VERIFY_EVIDENCE),
    "decisions": Route(A, post={"step": "agree", "version": "0"}, get=READ, send=Action.AGREE),
    "sign": Route(A, post={"version": "0", "statement": "Read"}, send=Action.SIGN),
    "placed": Route(A, post={"seat": "{membership_id}", "theme": "all"}, get=Action.PLACE, send=Action.PLACE),
    "unplace": Route((PLACEMENT,), post={}, send=Action.PLACE, hidden=True),
    "blank-workbooks": Route(),
    "blank-workbook": Route(("reference",)),
    "sign-in": Route(public=True),
    "use-link": Route(("token",), public=True, post={}),
    "sign-out": Route(post={}),
    "about": Route(public=True),
    "accessibility": Route(public=True),
    "cookies": Route(public=True),
    "own-name": Route(post={"was": "Lead", "name": "Lead"}),
    "unsent": Route(post={}),
    "account_login": Route(public=True, post={}),
    "account_logout": Route(public=True, post={}),
    "account_signup": Route(public=True, post={}),
    "account_inactive": Route(public=True),
    "account_reauthenticate": Route(post={}),
    "account_email": Route(post={}),
    "account_email_verification_sent": Route(public=True),
    "account_confirm_email": Route(("key",), public=True, post={}),
    "account_change_password": Route(post={}),
    "account_set_password": Route(post={}),
    "account_reset_password": Route(public=True, post={}),
    "account_reset_password_done": Route(public=True),
    "account_reset_password_from_key": Route(("uidb36", "key"), public=True, post={}),
    "account_reset_password_from_key_done": Route(public=True),
    "mfa_index": Route(),
    "mfa_authenticate": Route(public=True, post={}),
    "mfa_reauthenticate": Route(post={}),
    "mfa_activate_totp": Route(post={}),
    "mfa_deactivate_totp": Route(post={}),
    "mfa_view_recovery_codes": Route(),
    "mfa_generate_recovery_codes": Route(post={}),
    "mfa_list_webauthn": Route(),
    "mfa_add_webauthn": Route(post={}),
    "mfa_reauthenticate_webauthn": Route(post={}),
    "mfa_login_webauthn": Route(public=True, post={}),
    "mfa_remove_webauthn": Route(("pk",), post={}),
    "mfa_edit_webauthn": Route(("pk",), post={}),
    "usersessions_list": Route(post={}),
    "socialaccount_login_cancelled": Route(public=True),
    "socialaccount_login_error": Route(public=True),
    "socialaccount_signup": Route(public=True, post={}),
    "socialaccount_connections": Route(post={}),
    "openid_connect_login": Route(("provider_id",), public=True, post={}),
    "openid_connect_callback": Route(("provider_id",), public=True),
}

ACCOUNT_PAGES = {name for name in ROUTES if name.startswith(("account_", "mfa_", "usersessions_"))}
"""Pages that django-allauth's views make, for the person themselves."""
