"""Which facts of a record may be changed, and why not the others (spec 05 §5.3, §9)."""

import pytest

from schools.queries.changes import ChangeOf, RecordFacts, changes_of_ect, changes_of_mentor

pytestmark = pytest.mark.no_database

ECT_FACTS = {"name", "email address", "working pattern", "school start date", "appropriate body"}
MENTOR_FACTS = {"name", "email address"}


@pytest.mark.parametrize(
    ("changes", "every"),
    [
        pytest.param(changes_of_ect, ECT_FACTS, id="ECT"),
        pytest.param(changes_of_mentor, MENTOR_FACTS, id="mentor"),
    ],
)
@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        pytest.param(RecordFacts(), set(), id="everything"),
        pytest.param(
            RecordFacts(has_open_induction=True), {"appropriate body"}, id="induction is open"
        ),
        pytest.param(RecordFacts(has_left=True), ECT_FACTS | MENTOR_FACTS, id="over"),
    ],
)
def test_what_may_be_changed(changes, every, facts, refused):
    decided = changes(7, facts)

    assert set(decided) == every
    assert {fact for fact, change in decided.items() if change.address is None} == refused & every


def test_a_record_that_is_over_does_not_repeat_why_for_each_fact():
    left = changes_of_ect(7, RecordFacts(has_left=True, has_open_induction=True))

    assert {change.why_not for change in left.values()} == {""}


def test_a_link_says_what_it_changes():
    assert ChangeOf("name", "/x").actions == {
        "items": [{"href": "/x", "text": "Change", "visuallyHiddenText": "name"}]
    }
    assert ChangeOf("name", None).actions is None
