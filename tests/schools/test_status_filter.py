"""A school's list of ECTs is narrowed by a key in the address."""

import pytest

from register_ects.rules.ect_status import ECTStatus
from schools.status_filter import StatusFilter

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("action-required", {"training_withdrawn", "mentor_needed"}),
        ("registered", {"registered"}),
        ("paused", {"training_paused"}),
        ("leaving", {"leaving_school", "joining_another_school"}),
        ("all", set(ECTStatus)),
        ("no such filter", set(ECTStatus)),
        ("", set(ECTStatus)),
    ],
)
def test_a_filter_keeps_its_statuses(key, kept):
    assert StatusFilter.of(key).statuses == kept
