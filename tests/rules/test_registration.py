"""Whether a person may be registered, and from when (spec 05 §6.6, §7.2, §7.4)."""

from datetime import date

import pytest

from register_ects.rules.registration import (
    EarlierRecord,
    RecordKind,
    months_after,
    problems_with_appropriate_body,
    problems_with_earlier_records,
    problems_with_ect_start,
    problems_with_mentor_start,
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


ELSEWHERE = EarlierRecord(
    RecordKind.PLACEMENT, "Elm School", date(2025, 9, 1), first_free=date(2025, 9, 2)
)


@pytest.mark.parametrize(
    ("start", "moving", "open_now", "expected"),
    [
        pytest.param("2024-06-01", False, True, [], id="first day allowed"),
        pytest.param("2024-05-31", False, True, ["before_earliest"], id="a day too early"),
        pytest.param("2026-12-01", True, True, ["too_far_ahead"], id="move over 4 months ahead"),
        pytest.param("2026-11-10", True, True, [], id="move exactly 4 months ahead"),
        pytest.param("2026-12-01", True, False, [], id="not open yet is told instead"),
        pytest.param("2026-12-01", False, True, [], id="no move, no such limit"),
        pytest.param("2028-05-31", False, False, [], id="last day of the next year"),
        pytest.param("2028-06-01", False, False, ["year_too_late"], id="a day later"),
        pytest.param("2028-06-01", True, True, ["year_too_late"], id="a day later, moving"),
    ],
)
def test_problems_with_an_ect_start(start, moving, open_now, expected):
    problems = problems_with_ect_start(
        start=date.fromisoformat(start),
        today=date(2026, 7, 10),
        earliest=date(2024, 6, 1),
        latest=date(2028, 5, 31),
        records=[],
        moving_from=ELSEWHERE if moving else None,
        open_for_registration=open_now,
    )

    assert [p.code for p in problems] == expected


def test_a_move_too_far_ahead_names_what_it_would_leave():
    [problem] = problems_with_ect_start(
        start=date(2026, 11, 11),
        today=date(2026, 7, 10),
        earliest=None,
        latest=date(2028, 5, 31),
        records=[],
        moving_from=ELSEWHERE,
        open_for_registration=True,
    )

    assert problem.details == {
        "school": "Elm School",
        "started": date(2025, 9, 1),
        "latest": date(2026, 11, 10),
    }


TODAY = date(2026, 9, 10)


def earlier(kind: RecordKind, started: str, free: str, finished: str | None = None):
    return EarlierRecord(
        kind,
        "Elm School",
        date.fromisoformat(started),
        first_free=date.fromisoformat(free),
        finished_on=date.fromisoformat(finished) if finished else None,
    )


PLACEMENT = earlier(RecordKind.PLACEMENT, "2026-06-16", "2026-06-17")
AHEAD = earlier(RecordKind.PLACEMENT, "2026-10-01", "2026-10-02")
FROM_TODAY = earlier(RecordKind.PLACEMENT, "2026-09-10", "2026-09-11")
TRAINING = earlier(RecordKind.TRAINING, "2026-06-20", "2026-06-21")
DECLARED = earlier(RecordKind.DECLARED, "2026-07-01", "2026-07-02")
HERE = earlier(RecordKind.HERE, "2026-09-01", "2026-09-10", "2026-09-09")


@pytest.mark.parametrize(
    ("start", "records", "code", "earliest"),
    [
        ("2026-06-16", [PLACEMENT], "before_previous_record", "2026-06-17"),
        ("2026-06-16", [PLACEMENT, TRAINING], "before_previous_training", "2026-06-21"),
        ("2026-06-20", [PLACEMENT, TRAINING], "before_previous_training", "2026-06-21"),
        ("2026-06-01", [PLACEMENT, TRAINING, DECLARED], "before_declared_training", "2026-07-02"),
        ("2026-09-10", [FROM_TODAY], "before_previous_record", "2026-09-11"),
        ("2026-09-30", [AHEAD], "before_later_record", "2026-10-02"),
        ("2026-09-09", [HERE], "already_here_then", "2026-09-10"),
        ("2026-08-01", [HERE], "already_here_then", "2026-09-10"),
    ],
)
def test_the_record_in_the_way_is_named_with_the_first_day_accepted(start, records, code, earliest):
    [problem] = problems_with_earlier_records(date.fromisoformat(start), records, today=TODAY)

    assert (problem.field, problem.code) == ("started_on", code)
    assert problem.details["school"] == "Elm School"
    assert str(problem.details["earliest"]) == earliest
    assert problem.details["started"] in {record.started_on for record in records}


@pytest.mark.parametrize(
    ("start", "records"),
    [
        ("2026-06-17", [PLACEMENT]),
        ("2026-06-21", [PLACEMENT, TRAINING]),
        ("2026-10-02", [AHEAD]),
        ("2026-09-10", [HERE]),
        ("2020-01-01", []),
    ],
)
def test_the_first_day_accepted_is_accepted(start, records):
    assert problems_with_earlier_records(date.fromisoformat(start), records, today=TODAY) == []


@pytest.mark.parametrize(
    ("start", "elsewhere", "leaves", "expected"),
    [
        pytest.param("2027-01-10", True, None, [], id="exactly four months"),
        pytest.param("2027-01-11", True, None, ["too_far_ahead"], id="a day more"),
        pytest.param("2027-01-11", False, None, [], id="no move, no such limit"),
        pytest.param("2028-06-01", True, None, ["year_too_late"], id="beyond the next year"),
        pytest.param("2026-12-18", True, "2026-12-18", [], id="the ECT's last day"),
        pytest.param("2026-12-19", True, "2026-12-18", ["after_ect_leaves"], id="the ECT is gone"),
    ],
)
def test_problems_with_a_mentor_start(start, elsewhere, leaves, expected):
    problems = problems_with_mentor_start(
        start=date.fromisoformat(start),
        today=TODAY,
        latest=date(2028, 5, 31),
        records=[],
        elsewhere=AHEAD if elsewhere else None,
        ect_leaves_on=date.fromisoformat(leaves) if leaves else None,
    )

    assert [problem.code for problem in problems] == expected


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
