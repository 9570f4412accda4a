"""The papers of a programme: one for a committee, and the highlights of a month."""

import datetime
from collections.abc import Sequence

from commonweal.core.programme.models import WorkItem
from commonweal.core.programme.paper import PAPER_FIELDS
from commonweal.core.programme.work import WorkState
from commonweal.core.words import counted, long_date, pounds
from commonweal.reports import typeface
from commonweal.reports.figures.draw_lanes import lanes_svg
from commonweal.reports.figures.lanes import lanes_caption, lanes_description
from commonweal.reports.figures.progress import burn_description, burn_svg, progress_description, progress_svg
from commonweal.reports.papers.blocks import Block, Cell, Figure, Mark, Paper, Points, Section, Table, Text, table
from commonweal.reports.programme_changes import changes
from commonweal.reports.programme_report import ProgrammeReport, due, in_order, who

_FEW = 6
_BEFORE = ("background", "options")
_ELSEWHERE = ("recommendations", "risks")
"""Headings of the paper that stand before the programme itself, and those that are parts of other sections."""


def committee_paper(report: ProgrammeReport, since: datetime.date) -> Paper:
    """The programme for a committee: a page that tells all of it, then grid, milestones, risks and implications.

    What has changed is told since a day, usually that of the last meeting.
    """
    programme = report.programme
    given = [one for one in PAPER_FIELDS if report.paper.get(one.name)]
    before = [Section(one.label, (Text(report.paper[one.name]),)) for one in given if one.name in _BEFORE]
    after = [
        Section(one.label, (Text(report.paper[one.name]),)) for one in given if one.name not in (*_BEFORE, *_ELSEWHERE)
    ]
    return Paper(
        title=programme.title,
        organisation=report.organisation,
        lines=_lines(report),
        sections=tuple(
            section
            for section in (
                Section("Summary", tuple(_summary(report))),
                *before,
                Section("The programme", (_grid(report),), is_wide=True),
                _milestones(report),
                _where_it_stands(report),
                _progress(report),
                _risks(report),
                changes(report, since),
                *after,
            )
            if section.blocks
        ),
    )


def highlights(report: ProgrammeReport, month: datetime.date) -> Paper:
    """What happened in the month that begins on a day, and what comes in the next one."""
    after = _next(month)
    done = [item for item in report.whole if month <= report.done_on.get(item.id, datetime.date.min) < after]
    coming = [item for item in report.whole if item.due and after <= item.due < _next(after) and not item.state.is_over]
    sections = (
        Section("In short", tuple(Text(sentence) for sentence in report.summary)),
        _work_section(f"Done in {month:%B %Y}", done, "Nothing was confirmed as done."),
        _work_section("Overdue", in_order(report.late()), "Nothing is overdue."),
        _work_section("Blocked", report.in_state(WorkState.BLOCKED), "Nothing is blocked."),
        _work_section(f"Due in {after:%B %Y}", in_order(coming), "Nothing is due."),
        _slips(report),
        _money(report),
        _levels(report),
    )
    return Paper(
        title=f"Highlights of {month:%B %Y}",
        organisation=report.organisation,
        lines=(report.programme.title, f"Made on {long_date(report.made_on)}"),
        sections=tuple(section for section in sections if section.blocks),
    )


def _next(month: datetime.date) -> datetime.date:
    return (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def _lines(report: ProgrammeReport) -> tuple[str, ...]:
    programme = report.programme
    runs = f"{long_date(programme.starts_on)} to {long_date(programme.ends_on)}"
    plan = f", from the plan of {report.round}" if report.round else ""
    return (f"Programme of work, {runs}{plan}", f"Made on {long_date(report.made_on)}")


def _summary(report: ProgrammeReport) -> list[Block]:
    blocks: list[Block] = [Text(sentence) for sentence in report.summary]
    late = report.late()
    if late:
        blocks.append(Mark(f"{counted(len(late), 'piece').capitalize()} of work {_is_are(late)} overdue."))
    if report.paper.get("recommendations"):
        blocks.append(Text("Recommendations", strong=True))
        blocks.append(Text(report.paper["recommendations"]))
    coming = [item for item in in_order(report.whole) if item.due and item.due >= report.made_on]
    coming = [item for item in coming if not item.state.is_over]
    ahead = ([item for item in coming if item.is_milestone] or coming)[:_FEW]
    if ahead:
        left = len(coming) - len(ahead)
        more = f" ({left} more later)" if left else ""
        blocks.append(Text(f"What comes next{more}", strong=True))
        blocks.append(Points(tuple(f"{due(item)}: {item.title}{_by(item)}" for item in ahead)))
    return blocks


def _by(item: WorkItem) -> str:
    named = item.owner or item.role or item.department
    return f" ({named})" if named else ""


def _is_are(items: Sequence[object]) -> str:
    return "is" if len(items) == 1 else "are"


def _grid(report: ProgrammeReport) -> Table:
    programme = report.programme
    years: list[int | None] = list(range(1, programme.years + 1))
    shown = [item for item in report.whole if item.state is not WorkState.DROPPED]
    if any(item.year is None for item in shown):
        years.append(None)
    rows: list[tuple[Cell, ...]] = []
    agreed = [report.years.get(year or 0, "") for year in years]
    if any(agreed):
        rows.append((("Agreed for the year",), *(tuple(text.split("\n")) for text in agreed)))
    for group in programme.groups:
        own = in_order(item for item in shown if item.group == group.number)
        if own:
            cells = [tuple(_in_grid(item) for item in own if item.year == year) for year in years]
            rows.append(((group.title,), *cells))
    heads = ("", *("No year" if year is None else f"Year {year}" for year in years))
    return Table(heads, (1.0, *(2.0 for _ in years)), tuple(rows))


def _in_grid(item: WorkItem) -> str:
    named = item.owner or item.role or item.department
    facts = [item.state.label, *([f"due {due(item)}"] if item.due else []), *([named] if named else [])]
    topic = f"{item.topic}: " if item.topic else ""
    return f"{topic}{item.title} ({', '.join(facts)})"


def _milestones(report: ProgrammeReport) -> Section:
    rows = [(due(item), item.title, who(item), item.state.label) for item in report.milestones()]
    return Section("Milestones", (table(("Day", "What", "Who", "State"), (3, 8, 4, 3), rows),) if rows else ())


def _progress(report: ProgrammeReport) -> Section:
    told = report.progress
    work = Figure(
        progress_svg(told.months, told.today, fonts=typeface.NAME),
        "Pieces of work, month by month: the heavy line is what is done, the light one what was planned",
        progress_description(told.months, told.today),
    )
    return Section("Progress", (work, *_slips(report).blocks, *_spending(report), *_levels(report).blocks))


def _spending(report: ProgrammeReport) -> tuple[Block, ...]:
    """The money by year, and by month once some is planned and some was spent."""
    told = report.progress
    if not any(one.planned for one in told.burn) or not any(one.spent for one in told.burn):
        return _money(report).blocks
    figure = Figure(
        burn_svg(told.burn, told.today.on, fonts=typeface.NAME),
        "Pounds, month by month: the heavy line is what is spent, the light one what was planned",
        burn_description(told.burn, told.today.on),
    )
    return (*_money(report).blocks, figure)


def _where_it_stands(report: ProgrammeReport) -> Section:
    """The lanes: baseline, now and target, theme by theme."""
    if report.standing is None:
        return Section("Where it stands", ())
    now, baseline = report.standing
    figure = Figure(
        lanes_svg(now, fonts=typeface.NAME, baseline=baseline),
        f"{lanes_caption(now, baseline)}; each dot is now, each ring the target",
        lanes_description(now, baseline),
    )
    return Section("Where it stands, theme by theme", (figure,))


def _slips(report: ProgrammeReport) -> Section:
    rows = [
        (slip.item.title, long_date(slip.planned), long_date(slip.expected), str(slip.days))
        for slip in report.progress.slips
    ]
    heads = ("What slips", "Planned", "Expected", "Days")
    return Section("What slips", (table(heads, (8, 3, 3, 1.5), rows, right=3),) if rows else ())


def _money(report: ProgrammeReport) -> Section:
    if not any(one.agreed is not None or one.planned or one.spent for one in report.progress.money):
        return Section("Money", ())
    rows = [
        (
            f"Year {one.year}",
            "not agreed" if one.agreed is None else pounds(one.agreed),
            pounds(one.planned),
            pounds(one.spent),
            "" if one.left is None else pounds(one.left),
        )
        for one in report.progress.money
    ]
    heads = ("Money", "Agreed", "Planned by its work", "Spent", "Left")
    return Section("Money", (table(heads, (3, 3, 4, 3, 3), rows, right=4),))


def _levels(report: ProgrammeReport) -> Section:
    heads = ("Overall level on", "Planned", "Reached")
    return Section("Levels", (table(heads, (4, 4, 4), list(report.levels)),) if report.levels else ())


def _risks(report: ProgrammeReport) -> Section:
    blocks: list[Block] = [Text(report.paper["risks"])] if report.paper.get("risks") else []
    for words, items in (("Overdue", report.late()), ("Blocked", report.in_state(WorkState.BLOCKED))):
        if items:
            blocks.append(Text(words, strong=True))
            blocks.append(Points(tuple(f"{item.title} ({who(item)}, due {due(item) or 'not set'})" for item in items)))
    unowned = [item for item in report.whole if not item.state.is_over and not (item.owner or item.role)]
    if unowned:
        blocks.append(
            Text(f"{counted(len(unowned), 'piece').capitalize()} of work {_is_are(unowned)} owned by nobody.")
        )
    return Section("Risks", tuple(blocks))


def _work_section(heading: str, items: Sequence[WorkItem], none: str) -> Section:
    if not items:
        return Section(heading, (Text(none),))
    rows = [(item.title, who(item), due(item), item.state.label) for item in items]
    return Section(heading, (table(("Work", "Who", "Due", "State"), (8, 4, 3, 3), rows),))
