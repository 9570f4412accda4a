"""What the pages of what-if and route show, as strings."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.http import QueryDict

from commonweal.core.maturity.models import Index
from commonweal.core.maturity.route import Route
from commonweal.core.maturity.rules import overall_words, rule_of
from commonweal.core.maturity.scoring import ColumnScore, ThemeScore
from commonweal.core.programme.means import days_a_month
from commonweal.core.programme.work import WorkState
from commonweal.core.words import counted, days, long_date, pounds, sentence_case
from commonweal.services.queries.within_means import Known, Running


def fixed_actions(asked: QueryDict, index: Index, name: str) -> frozenset[str]:
    """The actions that an address or a form names under `name`, as far as the index has them."""
    known = {step.id for question in index.questions for step in question.steps}
    return frozenset(asked.getlist(name)) & known


def moved_rows(index: Index, now: ColumnScore, then: ColumnScore) -> list[tuple[str, str, str, bool]]:
    """Each theme with its level now and then, and whether it moves."""
    rows = []
    for was, is_ in zip(now.themes, then.themes, strict=True):
        before, after = (theme_stands(index, one) for one in (was, is_))
        rows.append((f"{was.theme.code} {was.theme.title}", before, after, before != after))
    return rows


def theme_stands(index: Index, score: ThemeScore) -> str:
    """A level, or how many statements are well rated."""
    if score.counts:
        return rule_of(index).theme_words(index, score)
    return "No level" if score.level is None else index.levels[score.level].label


def frontier_rows(index: Index, points: Sequence[Route]) -> list[tuple[int, str, str, bool]]:
    """Level against cost: number of actions, mean and level; whether a new overall level begins there."""
    rows: list[tuple[int, str, str, bool]] = []
    last: int | None = None
    for point in points:
        level = point.reached.overall.level
        name = "No level" if level is None else index.levels[level].label
        rows.append((len(point.actions), f"{point.reached.overall.mean:g}", name, bool(rows) and level != last))
        last = level
    return rows


def route_sentence(index: Index, now: ColumnScore, way: Route, points: Sequence[Route], *, in_pounds: bool) -> str:
    """What the cheapest route brings, that no other does it for less, and what one more level would take."""
    count = sentence_case(counted(len(way.actions), "action"))
    verb = "brings" if len(way.actions) == 1 else "bring"
    from_, to = overall_words(index, now.overall), overall_words(index, way.reached.overall)
    takes, least = (f" for {pounds(way.cost)}", "No cheaper set does.") if in_pounds else ("", "No smaller set does.")
    parts = [f"{count} {verb} you from {from_} to {to}{takes}. {least}"]
    beyond = next((point for point in points if point.reached.overall.total > way.reached.overall.total), None)
    if beyond:
        more = counted(len(beyond.actions) - len(way.actions), "more action", "more actions")
        takes = f"{pounds(beyond.cost - way.cost)} more" if in_pounds else more
        parts.append(f"With {takes} you would be at {overall_words(index, beyond.reached.overall)}.")
    return " ".join(parts)


def takes_sentence(known: Known, running: Running | None, ticked: Collection[str]) -> str:
    """What ticked actions cost and take and when they would be done, as far as a programme or an estimate says."""
    costs = [known.costs[id_] for id_ in ticked if id_ in known.costs]
    taken = [known.labour.effort[id_] for id_ in ticked if id_ in known.labour.effort]
    if not ticked or (running is None and not costs and not taken):
        return ""
    there = [item for item in running.work if item.state is not WorkState.DROPPED] if running else []
    due = [item.due for item in there if item.step in ticked and item.due]
    parts = []
    if costs:
        rest = len(ticked) - len(costs)
        more = f", and {counted(rest, 'action')} without a cost yet" if rest else ""
        parts.append(f"They cost {pounds(sum(costs, Decimal()))}{more}.")
    else:
        parts.append("None of them has a cost yet.")
    if taken:
        rest = len(ticked) - len(taken)
        more = f", and {counted(rest, 'action')} nobody has said it of" if rest else ""
        parts.append(f"They take {days(sum(taken, Decimal()))} of work{more}.")
    if running is None:
        if taken:
            months = -(-sum(taken, Decimal()) // days_a_month(Decimal(1)))
            parts.append(f"One person who does nothing else needs about {counted(int(months), 'month')} for that.")
        return " ".join(parts)
    if due:
        undated = len(ticked) - len(due)
        rest_words = f", but for {counted(undated, 'action')} without a day" if undated else ""
        parts.append(f"They are done by {long_date(max(due))}{rest_words}.")
    else:
        parts.append("None of them has a day yet.")
    return " ".join(parts)


def frontier_money(index: Index, points: Sequence[Route]) -> list[tuple[str, str, str, bool]]:
    """Level against cost in pounds, as `frontier_rows`."""
    rows = frontier_rows(index, points)
    return [
        (pounds(point.cost), mean, name, is_new) for point, (_, mean, name, is_new) in zip(points, rows, strict=True)
    ]
