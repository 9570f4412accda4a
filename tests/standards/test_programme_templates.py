"""The shipped templates come to what their documents say."""

import datetime
from collections import Counter

import pytest

from commonweal.core.governance.meetings import lead_days
from commonweal.core.maturity.plan import is_duty
from commonweal.core.problems import Refused
from commonweal.core.programme.spreading import LEVEL_ORDER, spread
from commonweal.core.programme.templates import PlannedTask, Template, anchor_days, milestones, planned
from commonweal.core.programme.working_days import is_working_day, working_days_between
from commonweal.formats.tree import Tree
from commonweal.formats.yaml import parse_yaml
from commonweal.standards.bank_holidays import nation, nations
from commonweal.standards.catalogue import load_index
from commonweal.standards.plan_spreading import check_spreading, spreading_files, usual_spreading
from commonweal.standards.programme_templates import check_template, find_template, template_files, templates

DAY = datetime.date
HOLIDAYS = nation("england-and-wales").days
PUBLIC = load_index("svmi-public")


def _template(id_: str) -> Template:
    found = find_template(f"{id_}@1")
    assert found
    return found


def _instantiated(id_: str, **anchors: datetime.date) -> tuple[PlannedTask, ...]:
    template = _template(id_)
    days = anchor_days(template, anchors, HOLIDAYS)
    assert not isinstance(days, Refused)
    return planned(template, days, HOLIDAYS)


def test_the_policy_refresh_gives_the_nine_deadlines_of_its_document() -> None:
    """Checklist 284 to 292: from the day of the Cabinet meeting alone."""
    found = milestones(_instantiated("policy-refresh", adoption=DAY(2023, 10, 18)))
    assert [(task.task.text, task.due) for task in found] == [
        ("Update the TOMs.", DAY(2023, 8, 31)),
        ("Develop the social value matrix and the monitoring tools.", DAY(2023, 8, 31)),
        ("Update the social value policy.", DAY(2023, 9, 8)),
        ("Brief the leader and Cabinet members.", DAY(2023, 9, 19)),
        ("Final report cleared.", DAY(2023, 10, 9)),
        ("Cabinet decides.", DAY(2023, 10, 18)),
        ("Start of implementation.", DAY(2023, 10, 27)),
        ("Social value report to the corporate management team.", DAY(2024, 4, 26)),
        ("Cleared social value report to Cabinet.", DAY(2024, 5, 2)),
    ]


def test_clearance_takes_seven_and_four_working_days() -> None:
    assert working_days_between(DAY(2023, 10, 9), DAY(2023, 10, 18), HOLIDAYS) == 7
    assert working_days_between(DAY(2024, 4, 26), DAY(2024, 5, 2), HOLIDAYS) == 4


def test_the_lead_times_of_the_body_that_decides_count() -> None:
    ours = {"clearance": "10", "papers": "3", "notice": "14", "published": "2", "call_in": "5"}
    meeting = {"adoption": DAY(2023, 10, 18)}
    template = _template("policy-refresh")
    usual = anchor_days(template, meeting, HOLIDAYS)
    own = anchor_days(template, meeting, HOLIDAYS, lambda day: lead_days(day, ours, HOLIDAYS))
    assert not isinstance(usual, Refused)
    assert not isinstance(own, Refused)
    assert [usual[name] for name in ("notice", "clearance", "papers", "call-in", "implementation")] == [
        DAY(2023, 9, 19), DAY(2023, 10, 9), DAY(2023, 10, 10), DAY(2023, 10, 26), DAY(2023, 10, 27),
    ]  # fmt: skip
    assert [own[name] for name in ("notice", "clearance", "papers", "call-in", "implementation")] == [
        DAY(2023, 10, 3), DAY(2023, 10, 4), DAY(2023, 10, 12), DAY(2023, 10, 27), DAY(2023, 10, 30),
    ]  # fmt: skip
    assert working_days_between(own["report-clearance"], own["report"], HOLIDAYS) == 10


@pytest.mark.parametrize("clearance", ["2", "7", "15", "25"])
def test_the_way_to_a_decision_keeps_its_order_however_long_clearance_takes(clearance: str) -> None:
    template = _template("policy-refresh")
    given = {"adoption": DAY(2027, 10, 20)}
    days = anchor_days(template, given, HOLIDAYS, lambda day: lead_days(day, {"clearance": clearance}, HOLIDAYS))
    assert not isinstance(days, Refused)
    due = {one.task.id: one.due for one in planned(template, days, HOLIDAYS) if one.task.id}
    path = ["last-word", "consulted", "briefed", "managers", "through", "cleared", "decided", "called-in", "begun"]
    assert [due[id_] for id_ in path] == sorted(due[id_] for id_ in path)
    tasks = {task.id: task for group in template.groups for task in group.tasks if task.id}
    assert all(due[need] <= due[id_] for id_, task in tasks.items() for need in task.needs if id_ != "sent")
    assert min(one.due for one in planned(template, days, HOLIDAYS)) >= days["start"]


def test_twelve_steps_with_objectives_and_the_first_without_a_list() -> None:
    groups = _template("policy-refresh").groups
    assert len(groups) == 12
    assert all(group.objective for group in groups)
    assert [group.title for group in groups if len(group.tasks) < 2] == ["Bring the team together"]


def test_every_item_of_the_checklist_on_steps_and_cycles_is_cited() -> None:
    """Sections L, M (roles apart), N and the cycles 365 to 371."""
    tree = next(tree for tree in template_files() if tree.name.startswith("policy-refresh"))
    tasks = [task for group in tree.value["groups"] for task in group["tasks"]]
    cited = {number for task in tasks for number in task.get("cites", ())}
    assert set(range(284, 293)) | set(range(311, 351)) | set(range(365, 372)) <= cited
    assert all(task.get("cites") or task.get("added") for task in tasks)


def test_what_comes_again_stands_there_each_time() -> None:
    times = Counter(task.task.text for task in _instantiated("policy-refresh", adoption=DAY(2023, 10, 18)))
    assert times["Evaluate whether the framework does what it is for (monthly while it is being brought in)."] == 6
    reports = [
        task.due
        for task in _instantiated("policy-refresh", adoption=DAY(2023, 10, 18))
        if task.task.text.startswith("Contract managers report progress")
    ]
    assert reports == [DAY(2024, 3, 31), DAY(2024, 9, 30), DAY(2025, 3, 31)]


def test_the_start_gives_the_meeting_and_the_meeting_the_start() -> None:
    template = _template("policy-refresh")
    from_start = anchor_days(template, {"start": DAY(2026, 9, 7)}, HOLIDAYS)
    assert not isinstance(from_start, Refused)
    back = anchor_days(template, {"adoption": from_start["adoption"]}, HOLIDAYS)
    assert back == from_start
    assert str(anchor_days(template, {}, HOLIDAYS)) == (
        "There is no date yet that the others follow from. Enter the first day of the programme, the meeting that"
        " adopts the policy or the meeting that receives the yearly report."
    )


def test_the_guiding_principles_are_the_grid_of_their_document() -> None:
    """Checklist 387 to 401: principle, topic, what stands in year 1 and in year 2."""
    found = _instantiated("guiding-principles", start=DAY(2026, 4, 1))
    grid = Counter((task.group.title, task.task.topic, task.year) for task in found)
    catch_up, more, breadth, measure = [group.title for group in _template("guiding-principles").groups]
    assert grid == {
        (catch_up, "Baseline", 1): 1, (catch_up, "Baseline", 2): 1,
        (catch_up, "Learn from others", 1): 1, (catch_up, "Learn from others", 2): 1,
        (more, "Commissioning for social value", 1): 2,
        (more, "Social value from present providers", 2): 2,
        (more, "Social value from other local firms", 2): 2,
        (more, "Work with partners", 1): 1, (more, "Work with partners", 2): 2,
        (breadth, "Economic, social and environmental wellbeing", 1): 1,
        (breadth, "Economic, social and environmental wellbeing", 2): 1,
        (measure, "In contracts and indicators", 1): 1, (measure, "In contracts and indicators", 2): 1,
        (measure, "Measure and report", 1): 1, (measure, "Measure and report", 2): 1,
    }  # fmt: skip
    assert {task.due for task in found} == {DAY(2027, 3, 31), DAY(2028, 3, 31)}
    noted = [task for task in found if task.task.footnote]
    assert {task.year for task in noted} == {2}
    assert len(noted) == 6


def test_shipped_files_are_sound_and_tasks_fall_on_days_when_offices_work() -> None:
    assert [problem for tree in template_files() for problem in check_template(tree)] == []
    assert [template.id for template in templates()] == ["guiding-principles", "policy-refresh"]
    dates = [task.due for task in milestones(_instantiated("policy-refresh", adoption=DAY(2027, 2, 10)))]
    assert all(is_working_day(day, HOLIDAYS) for day in dates)


_SOUND = next(iter(template_files()))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("role: lead,", "role: mayor,", "mayor is not a role of this template"),
        ("due: {from: start,", "due: {from: stard,", "stard is not an anchor of this template"),
        ("footnote: toms", "footnote: tons", "tons is not a footnote of this template"),
        ("  - id: start\n", "  - id: begin\n", "There is no anchor start"),
        ("asked: true", "asked: false", "Nothing tells when start is"),
        ('version: "1"', 'version: "2"', "The file says that it is guiding-principles@2"),
        ("years: 2", "years: 9", "9 is more than 5"),
        ("role: lead,", "role: lead, needs: [later],", "later is not a task of this template"),
        ("role: lead,", "role: lead, id: one, part_of: one,", "one is not a task of its own of this template"),
        ("role: lead,", "role: lead, id: one, needs: [one],", "one would need itself"),
        ("role: lead,", "role: lead, start: {from: stard},", "stard is not an anchor of this template"),
    ],
)
def test_faults_of_a_template_are_told_with_their_line(old: str, new: str, complaint: str) -> None:
    from commonweal.standards import programme_templates

    name = "guiding-principles@1.yaml"
    text = (programme_templates._FOLDER / name).read_text(encoding="utf-8").replace(old, new, 1)
    found = [str(problem) for problem in check_template(parse_yaml(text, name))]
    assert any(complaint in problem and ", line " in problem for problem in found), found


def test_bank_holidays_are_those_of_each_nation() -> None:
    england, scotland, ireland = nations()
    assert DAY(2023, 5, 8) in england.days & scotland.days & ireland.days
    assert DAY(2026, 11, 30) in scotland.days - england.days
    assert DAY(2026, 7, 13) in ireland.days - england.days
    assert DAY(2026, 4, 6) in england.days - scotland.days
    assert all(day.weekday() < 5 for one in nations() for day in one.days)
    assert {one.known_until for one in nations()} == {DAY(2028, 12, 31)}


def test_the_index_programme_is_data_and_its_faults_are_told() -> None:
    usual = usual_spreading()
    assert (usual.years, usual.order) == (2, LEVEL_ORDER)
    [tree] = spreading_files()
    assert check_spreading(tree) == []
    for key, value, complaint in (
        ("order", ["alphabet"], "legal-minimum or level"),
        ("version", "2", "index-programme@2"),
    ):
        found = check_spreading(Tree(tree.name, tree.value | {key: value}))
        assert any(complaint in str(problem) for problem in found), found


def test_the_order_of_a_spreading_is_kept() -> None:
    actions = [step for question in PUBLIC.questions for step in question.steps]
    first = DAY(2027, 4, 1)
    duty_first, by_level = (
        spread(PUBLIC, actions, starts_on=first, months=24, order=order) for order in (LEVEL_ORDER, ("level",))
    )
    duties = [is_duty(PUBLIC, one.step) for one in duty_first]
    assert duties == sorted(duties, reverse=True)
    assert [one.step.level for one in by_level] == sorted(one.step.level for one in by_level)
    assert [one.step for one in duty_first] != [one.step for one in by_level]
