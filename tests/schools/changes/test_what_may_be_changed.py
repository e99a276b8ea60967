"""Which facts of a record may be changed, and why not the others (spec 05 §5.3, §9)."""

from dataclasses import replace

import pytest

from schools.queries.changes import ChangeOf, RecordFacts, changes_of_ect, changes_of_mentor

pytestmark = pytest.mark.no_database

MENTOR_FACTS = {"name", "email address", "lead provider"}
ECT_FACTS = {
    *MENTOR_FACTS,
    "working pattern",
    "school start date",
    "appropriate body",
    "mentor",
    "training programme",
}
ALL = RecordFacts(has_provider=True, has_mentor=True)


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
        pytest.param(ALL, set(), id="everything"),
        pytest.param(replace(ALL, has_left=True), ECT_FACTS, id="over"),
        pytest.param(replace(ALL, has_provider=False), {"lead provider"}, id="school-led"),
        pytest.param(replace(ALL, has_mentor=False), {"mentor"}, id="without a mentor"),
        pytest.param(
            replace(ALL, has_open_induction=True), {"appropriate body"}, id="induction is open"
        ),
        pytest.param(replace(ALL, is_closed=True), {"mentor", "training programme"}, id="closed"),
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
