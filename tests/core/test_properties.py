"""What must hold for any answers at all."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cases import results_of

from commonweal.core.maturity.answers import Blank, Choice, Column, QuestionAnswer
from commonweal.core.maturity.models import Index
from commonweal.core.maturity.plan import plan
from commonweal.core.maturity.rules import score
from commonweal.standards.catalogue import load_index

INDEX = load_index("svmi-public")


def _choices(index: Index, blanks: bool) -> st.SearchStrategy[dict[str, Choice]]:
    other = [st.just(Blank.UNANSWERED), st.just(Blank.NOT_APPLICABLE)] if blanks else []
    return st.fixed_dictionaries(
        {question.id: st.one_of(st.integers(0, len(question.answers) - 1), *other) for question in index.questions}
    )


def _answers(present: dict[str, Choice], future: dict[str, Choice]) -> dict[str, QuestionAnswer]:
    return {id_: QuestionAnswer(present[id_], future[id_]) for id_ in present}


@given(_choices(INDEX, blanks=True), st.sampled_from(INDEX.questions))
def test_raising_an_answer_never_lowers_a_level(choices: dict[str, Choice], question: object) -> None:
    before = score(INDEX, _answers(choices, choices), Column.PRESENT)
    id_ = question.id  # type: ignore[attr-defined]
    choice = choices[id_]
    if not isinstance(choice, int) or choice == len(question.answers) - 1:  # type: ignore[attr-defined]
        return
    raised = {**choices, id_: choice + 1}
    after = score(INDEX, _answers(raised, raised), Column.PRESENT)
    for old, new in zip(before.themes, after.themes, strict=True):
        assert (new.level or 0) >= (old.level or 0)
    assert (after.overall.mean or 0) >= (before.overall.mean or 0)


@given(_choices(INDEX, blanks=True), _choices(INDEX, blanks=True))
def test_each_action_stands_once_and_in_order(present: dict[str, Choice], future: dict[str, Choice]) -> None:
    steps = plan(INDEX, _answers(present, future))
    order = [step for question in INDEX.questions for step in question.steps]
    positions = [order.index(step) for step in steps]
    assert positions == sorted(set(positions))


@given(_choices(INDEX, blanks=True), _choices(INDEX, blanks=True))
def test_an_action_stands_exactly_between_present_and_future(
    present: dict[str, Choice], future: dict[str, Choice]
) -> None:
    listed = {step.id for step in plan(INDEX, _answers(present, future))}
    for question in INDEX.questions:
        now, then = present[question.id], future[question.id]
        for step in question.steps:
            between = isinstance(now, int) and isinstance(then, int) and now < step.to_answer <= then
            assert (step.id in listed) == between


@given(st.data())
def test_plans_along_a_path_add_up_to_the_plan_of_the_whole(data: st.DataObject) -> None:
    a, b, c = {}, {}, {}
    for question in INDEX.questions:
        last = len(question.answers) - 1
        a[question.id], b[question.id], c[question.id] = sorted(
            data.draw(st.lists(st.integers(0, last), min_size=3, max_size=3))
        )
    whole = plan(INDEX, _answers(dict(a), dict(c)))
    parts = {*plan(INDEX, _answers(dict(a), dict(b))), *plan(INDEX, _answers(dict(b), dict(c)))}
    assert set(whole) == parts
    assert len(whole) == len(plan(INDEX, _answers(dict(a), dict(b)))) + len(plan(INDEX, _answers(dict(b), dict(c))))


@given(_choices(INDEX, blanks=False))
def test_taking_the_next_steps_brings_the_level_that_was_named(choices: dict[str, Choice]) -> None:
    results = results_of(INDEX, _answers(choices, choices))
    for theme in results.themes:
        if theme.next_level is None:
            assert theme.present == INDEX.top_level
            continue
        after = dict(choices)
        for step in theme.next_level.steps:
            after[step.question] = step.to_answer
        level = next(
            row.present for row in results_of(INDEX, _answers(after, after)).themes if row.theme is theme.theme
        )
        assert level == theme.next_level.level > (theme.present or 0)


@settings(max_examples=25)
@given(_choices(INDEX, blanks=True), _choices(INDEX, blanks=True))
def test_every_result_has_its_sentences(present: dict[str, Choice], future: dict[str, Choice]) -> None:
    results = results_of(INDEX, _answers(present, future))
    sentences = [*results.narrative, results.legal_sentence, *(theme.held_sentence for theme in results.themes)]
    for sentence in sentences:
        assert sentence == sentence.strip()
        assert sentence.endswith(".")
        assert "None" not in sentence


@given(_choices(INDEX, blanks=True))
def test_a_level_is_the_highest_at_which_all_steps_up_to_it_are_taken(choices: dict[str, Choice]) -> None:
    """The published definition, told the other way round: by the steps that are taken, not by limits."""
    for row in score(INDEX, _answers(choices, choices), Column.PRESENT).themes:
        given_here = {question: choices[question.id] for question in row.theme.questions}
        if Blank.UNANSWERED in given_here.values():
            assert row.level == 0
            continue
        answered = {question: choice for question, choice in given_here.items() if isinstance(choice, int)}
        reached = [
            level.position
            for level in INDEX.levels
            if all(
                step.to_answer <= choice
                for question, choice in answered.items()
                for step in question.steps
                if step.level <= level.position
            )
        ]
        assert row.level == (max(reached) if answered else None)
