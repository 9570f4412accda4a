"""The examples are loaded as they are shipped, once."""

import pytest
from tests.cases import EXAMPLES as FOLDER
from tests.service import NOW, somebody

from commonweal.intake.assessment import read_assessment
from commonweal.services.actions.examples import load_examples
from commonweal.services.queries.assessments import all_rounds
from commonweal.standards.shipped_examples import EXAMPLES

pytestmark = pytest.mark.django_db


def test_every_shipped_file_is_loaded_exactly_and_only_once() -> None:
    by = somebody()
    assert len(load_examples(by=by, now=NOW)) == 4
    assert load_examples(by=by, now=NOW) == []
    loaded = [round_.given for round_ in all_rounds(by=by)]
    shipped = [read_assessment(path) for path in FOLDER.glob("*.yaml")]
    assert len(loaded) == len(shipped) == len(EXAMPLES)
    assert all(assessment in loaded for assessment in shipped)


def test_others_do_not_see_them_and_have_their_own() -> None:
    load_examples(by=somebody(), now=NOW)
    other = somebody("Another officer")
    assert all_rounds(by=other) == []
    assert len(load_examples(by=other, now=NOW)) == 4
