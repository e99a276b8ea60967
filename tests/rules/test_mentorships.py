"""From when an ECT who has a mentor needs another one (spec 05 §5.2)."""

from datetime import date

import pytest

from register_ects.rules.mentorships import another_needed_from

pytestmark = pytest.mark.no_database

LAST = date(2027, 1, 10)


@pytest.mark.parametrize(
    ("mentored_until", "here_until", "expected"),
    [
        pytest.param(None, None, None, id="both stay"),
        pytest.param(None, LAST, None, id="only the ECT leaves"),
        pytest.param(LAST, None, date(2027, 1, 11), id="only the mentor leaves"),
        pytest.param(LAST, LAST, None, id="both leave on one day"),
        pytest.param(LAST, date(2027, 1, 9), None, id="the ECT leaves first"),
        pytest.param(LAST, date(2027, 1, 11), date(2027, 1, 11), id="the ECT stays a day longer"),
    ],
)
def test_another_mentor_is_needed_from_the_day_after_the_last_ones(
    mentored_until, here_until, expected
):
    needed = another_needed_from(mentored_until=mentored_until, here_until=here_until)

    assert needed == expected
