"""An index of one's own from draft to superseded, and who may do what with it."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests.service import DAY, NOW, a_round, an_organisation, rows, somebody

from commonweal.core.access import Role
from commonweal.core.errors import BadInput
from commonweal.core.maturity.answers import QuestionAnswer
from commonweal.core.maturity.own_index import IndexReach, IndexState
from commonweal.core.organisations import Kind
from commonweal.reports.index_file import as_workbook, as_yaml
from commonweal.services import indexes
from commonweal.services.actions.organisations import create_organisation
from commonweal.services.actions.own_indexes import (
    Seen,
    begin_index,
    change_index,
    copy_index,
    delete_draft,
    digest_of_content,
    digest_of_part,
    import_index,
    publish_index,
    start_new_version,
    withdraw_index,
)
from commonweal.services.actions.platform import let_publish
from commonweal.services.errors import Closed, Forbidden, NotFound, Stale
from commonweal.services.indexes import held_index
from commonweal.services.people import Person
from commonweal.services.queries.assessments import assessment_round
from commonweal.services.queries.own_indexes import (
    ids_used,
    offered_indexes,
    own_index,
    own_indexes,
    readable_index,
    readable_indexes,
)
from commonweal.standards.authoring import with_about
from commonweal.standards.authoring_themes import with_new_question, with_new_theme, without
from commonweal.standards.catalogue import references, shipped_content
from commonweal.store.models import Change, Membership, Organisation, OwnIndex, PublishedIndex

pytestmark = pytest.mark.django_db
CARBON = (Path(__file__).parents[1] / "standards" / "supply-carbon.yaml").read_bytes()


@pytest.fixture
def lead() -> Person:
    return somebody()


@pytest.fixture
def council(lead: Person) -> UUID:
    return an_organisation(lead)


def _take_in(council: UUID, by: Person, content: bytes = CARBON) -> UUID:
    return import_index(organisation_id=council, content=content, file_name="carbon.yaml", by=by, now=NOW)


def _publish(id_: UUID, by: Person, reach: IndexReach = IndexReach.ORGANISATION, version: int | None = None) -> None:
    now = rows(OwnIndex).get(pk=id_).version if version is None else version
    publish_index(own_index_id=id_, version=now, reach=reach, today=DAY, by=by, now=NOW)


def _change(id_: UUID, change: Callable[[Any], Any], by: Person, seen: Seen | None = None) -> None:
    change_index(own_index_id=id_, change=change, what="a test", by=by, now=NOW, seen=seen)


def _offered(council: UUID, by: Person) -> list[str]:
    return [one.reference for one in offered_indexes(council, by=by) if one.reference not in references()]


def test_an_index_is_written_published_and_answered(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    line = own_index(id_, by=lead).line
    assert (line.state, _offered(council, lead)) == (IndexState.DRAFT, [])
    _publish(id_, lead)
    assert _offered(council, lead) == [line.reference]
    index = readable_index(line.reference, by=lead)
    assert index.published_on == DAY
    answers = {question.id: QuestionAnswer(0, 1) for question in index.questions}
    round_ = assessment_round(a_round(lead, index, answers, organisation=council), by=lead)
    assert round_.index.title == "Supply chain carbon index"
    assert [theme.now for theme in round_.results().themes] and len(round_.results().actions) == len(answers)
    assert own_index(id_, by=lead).rounds == 1


def test_what_is_published_stays_as_it_was_asked(lead: Person, council: UUID) -> None:
    first = _take_in(council, lead)
    _publish(first, lead)
    reference = own_index(first, by=lead).line.reference
    second = start_new_version(own_index_id=first, today=DAY, by=lead, now=NOW)
    _change(second, lambda content: without(content, "theme", "M"), lead)
    _publish(second, lead)
    states = {one.number: one.state for one in own_indexes(council, by=lead)}
    assert states == {"1.0": IndexState.SUPERSEDED, "1.1": IndexState.PUBLISHED}
    indexes._built.cache_clear()
    assert [theme.code for theme in held_index(reference).themes] == ["K", "B", "M"]
    assert _offered(council, lead) == [own_index(second, by=lead).line.reference]
    kept = rows(PublishedIndex).get(reference=reference)
    assert kept.sha256 == digest_of_content(kept.content)
    for change in (lambda: rows(PublishedIndex).update(content={}), lambda: rows(PublishedIndex).all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("act", [_change, delete_draft, publish_index])
def test_no_published_version_is_written(act: Any, lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    _publish(id_, lead)
    with pytest.raises(Closed) as closed:
        if act is _change:
            _change(id_, lambda content: with_about(content, {"title": "Other"}), lead)
        elif act is publish_index:
            _publish(id_, lead)
        else:
            delete_draft(own_index_id=id_, by=lead, now=NOW)
    assert "never changes" in closed.value.refused.what


def test_an_index_that_is_not_sound_is_not_published(lead: Person, council: UUID) -> None:
    begun = {"title": "Ours", "edition": "us", "is_counted": False, "today": DAY}
    id_ = begin_index(organisation_id=council, **begun, by=lead, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as bad:
        _publish(id_, lead)
    assert [one.place for one in bad.value.problems] == ["themes"]
    assert own_index(id_, by=lead).line.state is IndexState.DRAFT
    assert not rows(PublishedIndex).exists()


def test_a_file_with_faults_leaves_nothing(lead: Person, council: UUID) -> None:
    entries = rows(Change).count()
    with pytest.raises(BadInput) as bad:
        _take_in(council, lead, CARBON.replace(b"Reducing", b"Shrinking", 1))
    assert bad.value.problems[0].place.startswith("carbon.yaml, line ")
    assert not rows(OwnIndex).exists()
    assert rows(Change).count() == entries


def test_a_version_comes_once(lead: Person, council: UUID) -> None:
    _take_in(council, lead)
    with pytest.raises(BadInput) as bad:
        _take_in(council, lead)
    assert "A draft of version 1.0 is here already" in bad.value.problems[0].what
    assert bad.value.problems[0].place == "carbon.yaml, line 4, version"
    _publish(_take_in_instead(council, lead), lead)
    with pytest.raises(BadInput) as bad:
        _take_in_instead(council, lead)
    assert "Version 1.0 of this index is here already" in bad.value.problems[0].what


def _take_in_instead(council: UUID, by: Person, content: bytes = CARBON) -> UUID:
    more = {"file_name": "carbon.yaml", "replaces_draft": True, "by": by, "now": NOW}
    return import_index(organisation_id=council, content=content, **more)  # type: ignore[arg-type]


def test_a_file_takes_the_place_of_the_draft_if_one_says_so(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    again = _take_in_instead(council, lead, CARBON.replace(b"Supply chain carbon index", b"Carbon index"))
    assert again == id_
    assert [one.title for one in own_indexes(council, by=lead)] == ["Carbon index"]


def test_two_organisations_choose_the_same_id_and_learn_nothing(lead: Person, council: UUID) -> None:
    other = somebody("Other lead")
    theirs = _take_in(an_organisation(other, "Other"), other)
    ours = _take_in(council, lead)
    assert own_index(ours, by=lead).line.index != own_index(theirs, by=other).line.index


@pytest.mark.parametrize("make", [as_yaml, lambda content: as_workbook(content, DAY)])
def test_what_is_taken_out_comes_back_as_the_next_version(make: Any, lead: Person, council: UUID) -> None:
    first = own_index(_take_in(council, lead), by=lead)
    again = _take_in(council, lead, make({**first.content, "version": "1.1"}))
    second = own_index(again, by=lead)
    assert second.line.index == first.line.index
    assert second.content == {**first.content, "version": "1.1"}


def test_a_copy_is_ones_own(lead: Person, council: UUID) -> None:
    id_ = copy_index(organisation_id=council, reference="svmi-public@2016.1", today=DAY, by=lead, now=NOW)
    view = own_index(id_, by=lead)
    assert view.line.title == "Social Value Maturity Index (our wording)"
    assert view.content["themes"] == shipped_content("svmi-public@2016.1")["themes"]
    _publish(id_, lead)


def test_nobodys_change_of_a_part_is_overwritten_unseen(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)

    def part(content: Any) -> Any:
        return content["title"]

    seen = Seen(part, digest_of_part(part(own_index(id_, by=lead).content)))
    _change(id_, lambda content: with_new_theme(content, "More", "What?")[0], lead)
    _change(id_, lambda content: with_about(content, {"title": "First"}), lead, seen)
    with pytest.raises(Stale):
        _change(id_, lambda content: with_about(content, {"title": "Second"}), lead, seen)
    assert own_index(id_, by=lead).line.title == "First"


def test_publishing_asks_for_the_draft_that_was_looked_at(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    _change(id_, lambda content: with_about(content, {"title": "Changed"}), lead)
    with pytest.raises(Stale):
        _publish(id_, lead, version=0)


def test_no_id_of_a_published_version_is_used_again(lead: Person, council: UUID) -> None:
    first = _take_in(council, lead)
    _publish(first, lead)
    second = start_new_version(own_index_id=first, today=DAY, by=lead, now=NOW)
    _change(second, lambda content: without(content, "question", "K4"), lead)
    codes, ids = ids_used(own_index(second, by=lead).line.index, by=lead)
    assert codes == {"K", "B", "M"}
    assert with_new_question(own_index(second, by=lead).content, "K", {}, ids)[1] == "K5"


def test_taken_out_of_use_it_is_offered_no_more_and_read_for_ever(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    _publish(id_, lead)
    reference = own_index(id_, by=lead).line.reference
    round_ = a_round(lead, held_index(reference), organisation=council)
    withdraw_index(own_index_id=id_, by=lead, now=NOW)
    assert _offered(council, lead) == []
    assert assessment_round(round_, by=lead).index.reference == reference
    assert readable_index(reference, by=lead).reference == reference
    with pytest.raises(Closed):
        withdraw_index(own_index_id=id_, by=lead, now=NOW)


def test_a_draft_is_no_index_yet(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    with pytest.raises(NotFound):
        readable_index(own_index(id_, by=lead).line.reference, by=lead)
    assert delete_draft(own_index_id=id_, by=lead, now=NOW) == council
    assert own_indexes(council, by=lead) == []


def _keeper(organisation: UUID) -> Person:
    person = somebody("Keeper")
    Membership.objects.create(organisation_id=organisation, person=person, role=Role.INDEX_KEEPER, created_at=NOW)
    return person


def test_only_a_keeper_whom_the_operator_lets_publishes_to_everybody(lead: Person, council: UUID) -> None:
    force = create_organisation(name="Task force", kind=Kind.INDEX_KEEPER, size=None, by=lead, now=NOW)
    keeper = _keeper(force)
    id_ = _take_in(force, keeper)
    with pytest.raises(Forbidden):
        _publish(id_, keeper, IndexReach.EVERYBODY)
    operator = somebody("Operator")
    operator.is_operator = True
    operator.save()
    operator = Person.objects.get(pk=operator.pk)
    let_publish(organisation_id=force, is_let=True, by=operator, now=NOW)
    with pytest.raises(Forbidden):
        _publish(id_, Person.objects.get(pk=lead.pk), IndexReach.EVERYBODY)
    _publish(id_, keeper, IndexReach.EVERYBODY)
    reference = own_index(id_, by=keeper).line.reference
    stranger = somebody("Stranger")
    elsewhere = an_organisation(stranger, "Elsewhere")
    assert _offered(elsewhere, stranger) == [reference]
    assert readable_index(reference, by=stranger).title == "Supply chain carbon index"
    with pytest.raises(NotFound):
        own_index(id_, by=stranger)
    copied = copy_index(organisation_id=elsewhere, reference=reference, today=DAY, by=stranger, now=NOW)
    assert own_index(copied, by=stranger).content["themes"] == own_index(id_, by=keeper).content["themes"]
    round_ = a_round(stranger, held_index(reference), organisation=elsewhere)
    indexes._built.cache_clear()
    assert assessment_round(round_, by=stranger).index.reference == reference


def test_only_who_may_give_to_everybody_takes_it_from_everybody(lead: Person, council: UUID) -> None:
    force = create_organisation(name="Task force", kind=Kind.INDEX_KEEPER, size=None, by=lead, now=NOW)
    keeper = _keeper(force)
    id_ = _take_in(force, keeper)
    rows(Organisation).filter(pk=force).update(publishes_to_everybody=True)
    _publish(id_, keeper, IndexReach.EVERYBODY)
    lead = Person.objects.get(pk=lead.pk)  # a lead officer there, and no keeper
    second = start_new_version(own_index_id=id_, today=DAY, by=lead, now=NOW)
    with pytest.raises(Forbidden):
        _publish(second, lead)
    with pytest.raises(Forbidden):
        withdraw_index(own_index_id=id_, by=lead, now=NOW)
    assert own_index(id_, by=lead).line.state is IndexState.PUBLISHED
    withdraw_index(own_index_id=id_, by=keeper, now=NOW)


def test_whom_the_operator_may_let(lead: Person, council: UUID) -> None:
    operator = somebody("Operator")
    operator.is_operator = True
    operator.save()
    operator = Person.objects.get(pk=operator.pk)
    for by in (lead, operator):  # an operator only where indexes are published
        with pytest.raises(NotFound):
            let_publish(organisation_id=council, is_let=True, by=by, now=NOW)


def test_who_may_not_write_may_look(lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    officer, reader = somebody("Officer"), somebody("Reader")
    for person, role in ((officer, Role.OFFICER), (reader, Role.READER)):
        Membership.objects.create(organisation_id=council, person=person, role=role, created_at=NOW)
    assert own_index(id_, by=officer).may_write is False
    with pytest.raises(Forbidden):
        _change(id_, lambda content: with_about(content, {"title": "Theirs"}), officer)
    with pytest.raises(NotFound):
        own_index(id_, by=reader)
    with pytest.raises(Forbidden):
        _take_in(council, officer)


def test_every_act_is_in_the_trail(lead: Person, council: UUID) -> None:
    before = rows(Change).count()
    id_ = _take_in(council, lead)
    _change(id_, lambda content: with_about(content, {"title": "Other"}), lead)
    _publish(id_, lead)
    new = start_new_version(own_index_id=id_, today=DAY, by=lead, now=NOW)
    delete_draft(own_index_id=new, by=lead, now=NOW)
    withdraw_index(own_index_id=id_, by=lead, now=NOW)
    acts = list(rows(Change).order_by("number").values_list("act", flat=True))[before:]
    assert acts == [
        "index taken in",
        "index changed",
        "index published",
        "new version of an index begun",
        "draft of an index deleted",
        "index taken out of use",
    ]


@pytest.mark.parametrize("title", ["x" * 161, "Bell\x07"])
def test_what_cannot_be_kept_is_refused(title: str, lead: Person, council: UUID) -> None:
    id_ = _take_in(council, lead)
    with pytest.raises(BadInput):
        _change(id_, lambda content: with_about(content, {"title": title}), lead)
    assert own_index(id_, by=lead).line.title == "Supply chain carbon index"


def test_titles_that_are_alike_get_ids_of_their_own(lead: Person, council: UUID) -> None:
    begun = {"title": "Ours!", "edition": "us", "is_counted": False, "today": datetime.date(2026, 1, 1)}
    made = [begin_index(organisation_id=council, **begun, by=lead, now=NOW) for _ in range(2)]  # type: ignore[arg-type]
    bare = [own_index(id_, by=lead).line.index.partition(".")[0] for id_ in made]
    assert bare == ["ours", "ours-2"]


def test_a_new_round_is_offered_the_latest_of_what_is_shipped(lead: Person, council: UUID) -> None:
    offered = [one.reference for one in offered_indexes(council, by=lead)]
    assert [one for one in offered if one.startswith("svmi-public@")] == ["svmi-public@2026.1"]
    assert "svmi-public@2016.1" in [one.reference for one in readable_indexes(by=lead)], "its workbook can be had"
