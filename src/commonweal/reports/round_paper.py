"""What happened between two rounds, in words: for the page, and as a paper for a scrutiny committee."""

import datetime
from collections.abc import Sequence

from commonweal.core.maturity.answers import Blank, Choice
from commonweal.core.maturity.comparison import ComparedRound
from commonweal.core.maturity.models import Question
from commonweal.core.maturity.round_change import Aim, AnswerMove, Fate, RoundChange, ThemeChange, Way, target_day
from commonweal.core.maturity.rules import rule_of
from commonweal.core.words import long_date, number, sentence_case, signed
from commonweal.reports import typeface
from commonweal.reports.figures.draw_lanes import lanes_svg
from commonweal.reports.figures.lanes import key_sentence, lanes_caption, lanes_description
from commonweal.reports.papers.blocks import Block, Figure, Paper, Points, Section, Text, table
from commonweal.reports.round_words import sentences

TITLE = "What changed since an earlier round"
_ANSWER_HEADS = ("Before", "Now", "Direction")
Row = tuple[str, ...]


def round_name(one: ComparedRound) -> str:
    """A round by its name and day."""
    return one.name if one.date == datetime.date.min else f"{one.name}, {long_date(one.date)}"


def theme_heads(change: RoundChange) -> Row:
    """What stands over the columns of the table of themes."""
    theme = sentence_case(rule_of(change.second.results.index).names.theme)
    return (theme, "Before", "Now", "Gained", "Target before", "Became of it", "Target now")


def answer_heads(change: RoundChange) -> Row:
    """What stands over the columns of the answers that moved."""
    return (sentence_case(rule_of(change.second.results.index).names.question), *_ANSWER_HEADS)


def theme_rows(change: RoundChange) -> list[Row]:
    """Each theme with where it stood, stands, and was and is to be."""
    return [_theme_row(change, one) for one in change.themes]


def answer_rows(change: RoundChange) -> list[Row]:
    """Each question that moved, in words."""
    return [_answer_row(move) for move in change.answers]


def action_lists(change: RoundChange) -> list[tuple[str, list[str]]]:
    """The actions of the first plan by what became of them; what there is none of is left out."""
    heads = {Fate.DONE: "Done", Fate.LEFT: "Not done", Fate.OPEN: "Not answered now", Fate.OUT: "No longer applies"}
    found = {fate: [f"{step.question} {step.text}" for step, is_ in change.actions if is_ is fate] for fate in Fate}
    return [(heads[fate], items) for fate, items in found.items() if items]


def scrutiny_paper(change: RoundChange, made_on: datetime.date) -> Paper:
    """The paper: a summary to stop after, then themes, questions and actions."""
    index = change.second.results.index
    shares = (4, 3, 3, 1.5, 3, 4, 3)
    answers: tuple[Block, ...] = (table(answer_heads(change), (4, 4, 4, 2), answer_rows(change)),)
    actions = tuple(block for head, items in action_lists(change) for block in _listed(head, items))
    return _paper(
        (change.first, change.second),
        made_on,
        sentences(change),
        Section(
            sentence_case(rule_of(index).names.themes),
            (table(theme_heads(change), shares, theme_rows(change)),),
            is_wide=True,
        ),
        Section("Answers that moved", answers if change.answers else (Text("No answer moved."),)),
        Section("Actions of the first plan", actions or (Text("The first plan had no action."),)),
    )


def first_round_paper(first: ComparedRound, made_on: datetime.date) -> Paper:
    """The paper of a round with none before it."""
    return _paper((first,), made_on, ("This is the first round, so there is nothing to compare it with yet.",))


def _paper(
    rounds: Sequence[ComparedRound], made_on: datetime.date, summary: Sequence[str], *sections: Section
) -> Paper:
    """The summary, where the last of the rounds stands, and what else there is to say."""
    last = rounds[-1].results
    edition = f"{last.index.title}, edition for {last.index.edition}"
    return Paper(
        title=TITLE,
        organisation=last.assessment.organisation,
        lines=(f"{edition}: {'; '.join(map(round_name, rounds))}", f"Made on {long_date(made_on)}"),
        sections=(Section("Summary", tuple(map(Text, summary))), _stands(rounds[-1]), *sections),
    )


def _stands(one: ComparedRound) -> Section:
    results = one.results
    caption = f"{lanes_caption(results)}, {round_name(one)}. {key_sentence(results)}"
    figure = Figure(lanes_svg(results, fonts=typeface.NAME), caption, lanes_description(results))
    return Section("Where it stands", (figure,))


def _listed(head: str, items: Sequence[str]) -> tuple[Block, ...]:
    return Text(f"{head}: {number(len(items))}", strong=True), Points(tuple(items))


def _theme_row(change: RoundChange, one: ThemeChange) -> Row:
    first, second = change.first.results, change.second.results
    return (
        f"{one.theme.code} {one.theme.title}",
        rule_of(first.index).theme_words(first.index, one.was.now),
        rule_of(second.index).theme_words(second.index, one.is_.now),
        "" if one.gained is None else signed(one.gained),
        rule_of(first.index).theme_words(first.index, one.was.then),
        _aim(change, one),
        rule_of(second.index).theme_words(second.index, one.is_.then),
    )


def _aim(change: RoundChange, one: ThemeChange) -> str:
    parts = [sentence_case(one.aim)]
    by_when = target_day(change.first)
    if one.aim is Aim.SLIPPED and by_when:
        parts = [f"Missed: was set for {long_date(by_when)}"]
    if one.target_moved:
        parts.append("raised" if one.target_moved > 0 else "lowered")
    return ", ".join(parts)


_WAYS = {Way.UP: "Up", Way.DOWN: "Down", Way.NEW: "First answered", Way.GONE: "Open again", Way.OUT: "Out of scope"}


def _answer_row(move: AnswerMove) -> Row:
    return (
        f"{move.question.id} {move.question.question}",
        _choice(move.question, move.was),
        _choice(move.question, move.is_),
        _WAYS[move.way],
    )


def _choice(question: Question, choice: Choice) -> str:
    if isinstance(choice, int):
        return question.answers[choice].text if choice < len(question.answers) else str(choice)
    return "Does not apply" if choice is Blank.NOT_APPLICABLE else "Not answered"
