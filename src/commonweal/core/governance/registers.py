"""The registers there are. A register is data: its table, form, list, export and trail follow from what stands here."""

from commonweal.core.governance.fields import Field, FieldKind, Register

LINE, TEXT, DAY, NUMBER = FieldKind.LINE, FieldKind.TEXT, FieldKind.DAY, FieldKind.NUMBER
LINK, CHOICE, ENTRY = FieldKind.LINK, FieldKind.CHOICE, FieldKind.ENTRY

_WEB = Field("link", "Web address", LINK, "Where it can be read, if it is on the web.")
_SINCE = Field("since", "Since", DAY, "Like 01/04/2027.")
_UNTIL = Field("until", "Until", DAY, "Leave empty while it holds.")

ROLES = Register(
    "roles",
    "Roles and who holds them",
    "a role holder",
    "Who answers for social value, who champions it, and since when. When somebody else takes over, end the entry and"
    " add a new one, so that it can be told who held it on any day.",
    (
        Field("role", "Role", LINE, "Like: Lead officer for social value, Member champion.", required=True),
        Field("holder", "Who holds it", required=True),
        Field("of", "Department or party", LINE),
        _SINCE,
        _UNTIL,
    ),
    ("role", "holder", "of", "since", "until"),
    until="until",
)
GROUPS = Register(
    "groups",
    "Groups and committees",
    "a group",
    "Cabinet, committees, the task group. The lead times say when papers are due before its meetings.",
    (
        Field("name", "Name", required=True),
        Field(
            "kind",
            "Kind",
            CHOICE,
            required=True,
            choices=(
                "Cabinet or executive",
                "Full council or board",
                "Committee",
                "Scrutiny",
                "Management team",
                "Task group",
                "Partnership or network",
            ),
        ),
        Field("purpose", "What it is for", TEXT),
        Field("papers", "Clear days for papers", NUMBER, "Working days between papers and meeting; usually 5."),
        Field("clearance", "Working days for clearance", NUMBER, "From clearance to the meeting; often 7."),
        Field("notice", "Days of notice for key decisions", NUMBER, "Clear days; usually 28 for a cabinet."),
        Field("published", "Working days until decisions are published", NUMBER, "Usually 2."),
        Field("call_in", "Working days for call-in", NUMBER, "From the day decisions are published; often 5."),
    ),
    ("name", "kind", "papers", "notice", "call_in"),
)
MEMBERS = Register(
    "members",
    "Members of groups",
    "a member",
    "Who sits in which group, and since when.",
    (
        Field("member", "Who", required=True),
        Field("group", "Group", ENTRY, required=True, register="groups"),
        Field("part", "Their part in it", LINE, "Like: chair, vice-chair, officer in attendance."),
        _SINCE,
        _UNTIL,
    ),
    ("member", "group", "part", "since", "until"),
    until="until",
)
MEETINGS = Register(
    "meetings",
    "Meetings",
    "a meeting",
    "When groups meet. The days for papers, notice and call-in follow from the lead times of the group.",
    (
        Field("title", "Title", LINE, "Like: Cabinet, adoption of the policy.", required=True),
        Field("group", "Group", ENTRY, required=True, register="groups"),
        Field("on", "Day", DAY, "Like 18/10/2027.", required=True),
        Field("place", "Place", LINE),
        Field("notes", "What was said", TEXT),
        _WEB,
    ),
    ("title", "group", "on", "place"),
)
DECISIONS = Register(
    "decisions",
    "Decisions",
    "a decision",
    "What was decided, with the reference of the minute.",
    (
        Field("decision", "What was decided", TEXT, required=True),
        Field("meeting", "Meeting", ENTRY, required=True, register="meetings"),
        Field("minute", "Minute reference", LINE, "Like: minute 45/27."),
        Field("owner", "Who carries it out", LINE),
        Field("by", "By when", DAY),
        Field("done", "Carried out on", DAY),
        _WEB,
    ),
    ("decision", "meeting", "minute", "owner", "by", "done"),
    by="by",
    done="done",
)
POLICIES = Register(
    "policies",
    "Policies and documents",
    "a policy or document",
    "What is in force, who owns it, which version it is, and when it has to be looked at again.",
    (
        Field("title", "Title", required=True),
        Field("owner", "Owner", LINE),
        Field("version", "Version", LINE),
        Field(
            "state", "State", CHOICE, required=True, choices=("Draft", "Adopted", "Published", "Withdrawn", "Archived")
        ),
        Field("adopted", "Adopted on", DAY),
        Field("review", "To be reviewed by", DAY),
        _WEB,
    ),
    ("title", "owner", "version", "state", "review"),
    by="review",
    rests_in=("Withdrawn", "Archived"),
)
STRATEGIES = Register(
    "strategies",
    "Strategies",
    "a strategy",
    "The corporate plan and what stands beside it. Its priorities lead to the work that serves them.",
    (
        Field("title", "Title", required=True),
        Field("owner", "Owner", LINE),
        _SINCE,
        Field("until", "Until", DAY, "Its last day."),
        _WEB,
    ),
    ("title", "owner", "since", "until"),
    until="until",
)
PRIORITIES = Register(
    "priorities",
    "Priorities",
    "a priority",
    "What a strategy puts first. Work is tied to priorities on its own page: the golden thread from plan to action.",
    (
        Field("priority", "Priority", required=True),
        Field("strategy", "Strategy", ENTRY, required=True, register="strategies"),
        Field("said", "What the strategy says", TEXT),
    ),
    ("priority", "strategy"),
)
ENGAGEMENT = Register(
    "engagement",
    "People asked",
    "a meeting or consultation",
    "Meetings, focus groups and consultations: what was said, what became a priority, what was answered.",
    (
        Field("title", "Title", required=True),
        Field(
            "kind",
            "Kind",
            CHOICE,
            required=True,
            choices=("Meeting", "Focus group", "Consultation", "Survey", "Feedback from bidders", "Event"),
        ),
        Field("on", "Day", DAY, required=True),
        Field("who", "With whom", LINE, "Like: voluntary sector forum, small firms, bidders that lost."),
        Field("said", "What was said", TEXT),
        Field("priority", "What became a priority", ENTRY, register="priorities"),
        Field("answered", "What was answered", TEXT, "And how people were told."),
        Field("by", "To be answered by", DAY),
        Field("answered_on", "Answered on", DAY),
        _WEB,
    ),
    ("title", "kind", "on", "who", "priority", "answered_on"),
    by="by",
    done="answered_on",
)
COURSES = Register(
    "courses",
    "Training and guidance",
    "a course or guidance",
    "What people learn from, and who must.",
    (
        Field("title", "Title", required=True),
        Field("must", "Who must", LINE, "Like: all officers who buy, members of the cabinet."),
        Field("months", "To be taken again after so many months", NUMBER),
        Field("owner", "Owner", LINE),
        _WEB,
    ),
    ("title", "must", "months", "owner"),
)
ATTENDANCE = Register(
    "attendance",
    "Who attended",
    "an attendance",
    "Who took which course and when, and who still has to.",
    (
        Field("who", "Who", required=True),
        Field("course", "Course", ENTRY, required=True, register="courses"),
        Field("must_by", "Must attend by", DAY),
        Field("attended", "Attended on", DAY),
    ),
    ("who", "course", "must_by", "attended"),
    by="must_by",
    done="attended",
)
CLOSED = Register(
    "closed",
    "Recess and pre-election periods",
    "a period",
    "When no papers are decided on, or publicity is restricted. Meetings and deadlines within them are marked.",
    (
        Field("title", "Title", LINE, "Like: summer recess, local elections 2027.", required=True),
        Field("kind", "Kind", CHOICE, required=True, choices=("Recess", "Pre-election period")),
        Field("since", "First day", DAY, required=True),
        Field("until", "Last day", DAY, required=True),
    ),
    ("title", "kind", "since", "until"),
    until="until",
)

REGISTERS = (
    ROLES, GROUPS, MEMBERS, MEETINGS, DECISIONS, POLICIES, STRATEGIES, PRIORITIES, ENGAGEMENT, COURSES, ATTENDANCE,
    CLOSED,
)  # fmt: skip
"""Every register, in the order in which they are shown."""
SERVED = ("groups", "priorities")
"""Registers by whose entries the work of a programme can be arranged."""
TIES = {
    "groups": "Goes to",
    "meetings": "Is taken to",
    "priorities": "Comes from",
    "strategies": "Is part of",
    "policies": "Is about",
    "courses": "Learns from",
}
"""Registers whose entries work may be tied to, and what it does with them: the golden thread, and where it is heard."""


def find_register(id_: str) -> Register | None:
    """The register with an id, if there is one."""
    return next((register for register in REGISTERS if register.id == id_), None)


def beneath(register: Register) -> list[tuple[Register, Field]]:
    """The registers whose entries may name an entry of this one, each with the field that does."""
    return [(one, field) for one in REGISTERS for field in one.fields if field.register == register.id]
