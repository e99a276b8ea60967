"""What an appropriate body should look at: one table, both ways (spec 06 §6.21.2)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from register_ects.rules.induction_flags import Facts, InductionFlag, flags_of
from register_ects.rules.terms import TermCalendar

pytestmark = pytest.mark.no_database

TODAY = date(2026, 11, 30)  # a Monday
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OURS, OTHER = 1, 2

HELD = Facts(
    body=OURS,
    held_by=OURS,
    open_since=date(2025, 9, 1),
    open_programme="provider_led",
    first_day=date(2025, 9, 1),
    has_outcome=False,
    served=Decimal(0),
    extensions=Decimal(0),
    recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
    differs_from_trs=False,
    trs_refused=False,
    trs_shows_none=False,
    is_over_in_trs=False,
    qts_awarded_on=date(2025, 7, 1),
    named_since=date(2025, 9, 1),
    school_since=date(2025, 9, 1),
    is_at_school=True,
    left_on=None,
    reported_body=OURS,
    works_part_time=False,
    training_programme="provider_led",
    training_status="active",
    may_conflict=False,
)
NAMED = replace(HELD, held_by=None, open_since=None, open_programme=None, first_day=None)


def found(facts: Facts) -> list[InductionFlag]:
    return flags_of(facts, today=TODAY, now=NOW, calendar=TermCalendar())


def test_nothing_is_said_where_everything_agrees():
    assert found(HELD) == []


@pytest.mark.parametrize(
    ("flag", "facts", "holds", "does_not"),
    [
        # 16 November is ten working days before.
        (
            "not_claimed",
            NAMED,
            {"named_since": date(2026, 11, 16)},
            {"named_since": date(2026, 11, 17)},
        ),
        ("not_claimed", NAMED, {}, {"held_by": OTHER}),
        ("not_claimed", NAMED, {}, {"has_outcome": True}),
        ("not_claimed", NAMED, {}, {"is_over_in_trs": True}),
        ("not_claimed", NAMED, {}, {"named_since": None}),
        ("claimed_not_registered", HELD, {"is_at_school": False}, {}),
        (
            "claimed_not_registered",
            HELD,
            {"is_at_school": False},
            {"is_at_school": False, "held_by": OTHER},
        ),
        ("ab_mismatch", HELD, {"reported_body": OTHER}, {"reported_body": None}),
        (
            "programme_mismatch",
            HELD,
            {"training_programme": "school_led"},
            {"training_programme": None},
        ),
        ("programme_mismatch", HELD, {"open_programme": "school_led"}, {"open_programme": None}),
        ("leaving_not_released", HELD, {"left_on": date(2026, 11, 29)}, {"left_on": TODAY}),
        # 31 days before 1 September is 1 August.
        (
            "start_before_school",
            HELD,
            {"first_day": date(2025, 7, 31)},
            {"first_day": date(2025, 8, 1)},
        ),
        ("start_before_school", HELD, {"first_day": date(2025, 7, 31)}, {"school_since": None}),
        (
            "status_mismatch",
            replace(HELD, differs_from_trs=True),
            {"recorded_at": datetime(2026, 11, 29, 11, 59, tzinfo=UTC)},
            {"recorded_at": datetime(2026, 11, 29, 12, tzinfo=UTC)},
        ),
        ("status_mismatch", replace(HELD, differs_from_trs=True), {}, {"held_by": None}),
        ("status_mismatch", NAMED, {"differs_from_trs": True, "has_outcome": True}, {}),
        ("trs_write_failed", HELD, {"trs_refused": True}, {}),
        ("qts_missing", HELD, {"qts_awarded_on": None}, {}),
        (
            "qts_after_start",
            HELD,
            {"qts_awarded_on": date(2025, 9, 2)},
            {"qts_awarded_on": date(2025, 9, 1)},
        ),
        ("trn_changed", NAMED, {"trs_shows_none": True}, {}),
        # Seven terms from 1 September 2024 end on 31 December 2026.
        ("overrunning", HELD, {"open_since": date(2024, 4, 15)}, {"open_since": date(2024, 9, 1)}),
        (
            "overrunning",
            HELD,
            {"open_since": date(2024, 4, 15)},
            {"open_since": date(2024, 4, 15), "works_part_time": True},
        ),
        (
            "overrunning",
            HELD,
            {"open_since": date(2024, 4, 15)},
            {"open_since": date(2024, 4, 15), "extensions": Decimal(1)},
        ),
        # Six terms from 1 September 2024 end on 31 July 2026; of 28 working days after it 20 are
        # over by 31 August, a bank holiday.
        (
            "due_no_outcome",
            HELD,
            {"open_since": date(2024, 9, 1)},
            {"open_since": date(2025, 1, 1)},
        ),
        (
            "due_no_outcome",
            HELD,
            {"open_since": date(2024, 9, 1)},
            {"open_since": date(2024, 9, 1), "extensions": Decimal(1)},
        ),
        ("training_ended_early", HELD, {"training_status": "withdrawn"}, {"training_status": None}),
        ("training_ended_early", HELD, {"training_status": "deferred"}, {}),
        ("possible_conflict", NAMED, {"may_conflict": True}, {}),
    ],
)
def test_a_flag(flag, facts, holds, does_not):
    assert flag in found(replace(facts, **holds))
    assert flag not in found(replace(facts, **does_not))


def test_every_flag_has_a_row():
    (marker,) = [each for each in test_a_flag.pytestmark if each.name == "parametrize"]

    assert {row[0] for row in marker.args[1]} == {*InductionFlag}
