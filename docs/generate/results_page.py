"""docs/reference/results.md: each field of `--format json`, and a full example."""

from docs.generate.picture import COUNTING, DAY, INVENTED

from commonweal.core.maturity.results import assess
from commonweal.intake.assessment import read_assessment
from commonweal.reports.formats import render

FIELDS = {
    "title": "what the documents are called",
    "made_on": "the day the results were made",
    "index.id": "the index's id",
    "index.version": "its version",
    "index.title": "its title",
    "organisation": "the name given",
    "date": "the day of the assessment, or null",
    "horizon_years": "years from now to the target, or null",
    "answers_are": "`given`, or `reconstructed`: one set of many that fit what was published",
    "source": "where answers or results were published; empty if not said",
    "estimated": "codes of the themes that were answered with one question each in the short form",
    "levels": "the published names of the levels, lowest first",
    "themes.code": "the theme's code, a string",
    "themes.title": "its title",
    "themes.present": "its level now, by published name; null where no question applies; with unanswered questions, the"
    " lowest level",
    "themes.future": "its level in the target, in the same way",
    "themes.gap": "levels from present to future; null where either is not known yet",
    "themes.present_held_by": "ids of the questions that hold it now, in index order: the unanswered ones or, if"
    " there are none, those whose limit is the theme's level; empty at the top level",
    "themes.future_held_by": "the same for the target",
    "themes.next_level.level": "the level that one step in each holding question brings; `next_level` is null at"
    " the top, or while questions are unanswered",
    "themes.next_level.actions": "ids of the actions that take those steps",
    "themes.sentence": "what holds the theme, in words",
    "overall.present": "the overall level now, cut down from the exact mean; null where no theme has a level",
    "overall.future": "the same for the target",
    "overall.present_mean": "the mean of the theme levels (0 is the lowest), half-even to two decimals",
    "overall.future_mean": "the same for the target",
    "legal_minimum.present": "true or false: are the duties in law met now; null while that is not answered; all of"
    " `legal_minimum` is null where the index has none",
    "legal_minimum.future": "the same for the target",
    "legal_minimum.questions": "ids of the questions that decide it",
    "legal_minimum.present_missed": "those that are not met now",
    "legal_minimum.future_missed": "those that are not met in the target",
    "legal_minimum.sentence": "the line that stands beside the overall level",
    "actions.id": "the action's id; actions stand in question, then step order",
    "actions.theme": "its theme's code",
    "actions.question": "its question's id",
    "actions.level": "the published name of the level that the step reaches",
    "actions.text": "what to do",
    "actions.criteria": "ids of the criteria that the step meets",
    "actions.provenance": "`published` or `inferred`: whether a published plan prints the action",
    "unanswered.present": "ids of the questions not answered for now",
    "unanswered.future": "ids of the questions not answered for the future",
    "attention.theme": "a theme's code; a missed legal minimum first, then the widest gap, then index order",
    "attention.gap": "its gap, or null",
    "attention.legal_minimum_missed": "ids of the questions by which it misses the legal minimum",
    "attention.sentence": "the same in words",
    "narrative": "the summary, one paragraph",
    "notes.question": "a question's id",
    "notes.kind": "`note`, `reason` (why it does not apply) or `step_back`",
    "notes.text": "what was written",
    "footnote": "how to read the plan",
    "plan_notes": "notes on the plan, each with the code of its `theme` and its `text`; written in the service only",
    "marks": "what a reader must know first: reconstructed, estimated, the source, what an extract leaves out",
    "method.heading": "a part of method, limits and source; the levels' definitions are among them",
    "method.text": "its text; may be empty",
    "method.points": "its points, in order",
}

COUNTED = {
    "statements.published": "how many statements the published index has",
    "statements.held": "how many of them are held here, which are those that are counted",
    "lacks.themes": "what is missing of a theme, by its code; `lacks` is left out where nothing is",
    "lacks.whole": "what else is missing, a line each",
    "themes.counts.present": "how many statements of the theme are rated with each level now, by its published name",
    "themes.counts.future": "the same for the target",
    "themes.verdict": "`focus area`, `no focus area`, or why there is none: `statements are missing here`, `not fully"
    " rated`, `does not apply`",
    "overall.counts.present": "the same counts over all themes",
    "overall.counts.future": "the same for the target",
}
"""What stands there beside, where the index counts statements: levels, means and gaps are null then."""


def counted_example() -> str:
    return render("json", assess(read_assessment(COUNTING)), DAY).decode("utf-8")


def example() -> str:
    return render("json", assess(read_assessment(INVENTED)), DAY).decode("utf-8")


def page() -> str:
    rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in FIELDS.items())
    counted = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in COUNTED.items())
    return f"""# The results as data

What `commonweal assess FILE --format json` prints, in UTF-8. [A full example](example-results.json). A dot means a
field inside; `themes`, `actions`, `attention`, `notes` and `method` are lists.

| field | what it says |
|---|---|
{rows}

Of an index whose statements are counted, levels, means and gaps are null, and these stand beside:

| field | what it says |
|---|---|
{counted}
"""
