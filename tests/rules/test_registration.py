"""Whether a person may be registered, and from when (spec 05 §6.6, §7.2, §7.4)."""

from datetime import date

import pytest

from register_ects.rules.registration import (
    first_day_after_records,
    months_after,
    problems_with_appropriate_body,
    problems_with_ect_start,
    reason_not_to_register_ect,
    reason_not_to_register_mentor,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("active", "status", "prohibited", "expected"),
    [
        (True, "Passed", True, "already_active_at_school"),
        (False, "Passed", True, "induction_completed"),
        (False, "Exempt", True, "induction_exempt"),
        (False, "Failed", True, "induction_failed"),
        (False, "FailedInWales", False, "induction_failed"),
        (False, "InProgress", True, "cannot_register_ect"),
        (False, "None", False, None),
        (False, "RequiredToComplete", False, None),
        (False, "InProgress", False, None),
        (False, None, False, None),
    ],
)
def test_reasons_not_to_register_an_ect_come_in_order(active, status, prohibited, expected):
    assert (
        reason_not_to_register_ect(
            active_at_this_school=active, induction_status=status, prohibited=prohibited
        )
        == expected
    )


@pytest.mark.parametrize(
    ("themself", "active", "prohibited", "expected"),
    [
        (True, True, True, "cannot_mentor_themself"),
        (False, True, True, "already_active_at_school"),
        (False, False, True, "cannot_register_mentor"),
        (False, False, False, None),
    ],
)
def test_reasons_not_to_register_a_mentor_come_in_order(themself, active, prohibited, expected):
    assert (
        reason_not_to_register_mentor(
            is_the_ect=themself, active_at_this_school=active, prohibited=prohibited
        )
        == expected
    )


@pytest.mark.parametrize(
    ("start", "moving", "open_now", "expected"),
    [
        pytest.param("2024-06-01", False, True, [], id="first day allowed"),
        pytest.param("2024-05-31", False, True, ["before_earliest"], id="a day too early"),
        pytest.param("2026-12-01", True, True, ["too_far_ahead"], id="move over 4 months ahead"),
        pytest.param("2026-11-10", True, True, [], id="move exactly 4 months ahead"),
        pytest.param("2026-12-01", True, False, [], id="not open yet is told instead"),
        pytest.param("2026-12-01", False, True, [], id="no move, no limit"),
    ],
)
def test_problems_with_an_ect_start(start, moving, open_now, expected):
    problems = problems_with_ect_start(
        start=date.fromisoformat(start),
        today=date(2026, 7, 10),
        earliest=date(2024, 6, 1),
        first_day_after=None,
        moving_from_open_placement=moving,
        open_for_registration=open_now,
    )

    assert [p.code for p in problems] == expected


def test_a_start_must_follow_the_earlier_record_and_says_from_when():
    problems = problems_with_ect_start(
        start=date(2026, 6, 16),
        today=date(2026, 7, 10),
        earliest=None,
        first_day_after=date(2026, 6, 17),
        moving_from_open_placement=False,
        open_for_registration=True,
    )

    assert [(p.code, p.details["earliest"]) for p in problems] == [
        ("before_previous_record", date(2026, 6, 17))
    ]


@pytest.mark.parametrize(
    ("placement", "training", "expected"),
    [
        (None, None, None),
        (date(2026, 6, 16), None, date(2026, 6, 17)),
        (date(2026, 6, 16), date(2026, 6, 20), date(2026, 6, 21)),
    ],
)
def test_first_day_after_records(placement, training, expected):
    assert (
        first_day_after_records(placement_started_on=placement, training_started_on=training)
        == expected
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-07-10", 4, "2026-11-10"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2027-10-31", 4, "2028-02-29"),
        ("2026-08-31", 4, "2026-12-31"),
    ],
)
def test_months_after_keeps_to_the_months_end(day, months, expected):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("body_type", "active", "independent", "expected"),
    [
        ("teaching_school_hub", True, False, []),
        ("teaching_school_hub", True, True, []),
        ("national", True, True, []),
        ("national", True, False, ["not_allowed_for_school"]),
        ("local_authority", True, True, ["not_allowed_for_school"]),
        ("teaching_school_hub", False, False, ["not_active"]),
    ],
)
def test_appropriate_bodies_that_a_school_may_choose(body_type, active, independent, expected):
    problems = problems_with_appropriate_body(
        body_type=body_type, active=active, independent_school=independent
    )

    assert [p.code for p in problems] == expected
