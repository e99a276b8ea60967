"""Which funding year a registration goes into (spec 01 §8.1, 05 §6.5)."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from register_ects.rules.contract_periods import (
    ContractPeriodChoice,
    PreviousTraining,
    academic_years,
    choice_for_change,
    choice_for_ect,
    choice_for_mentor,
    earliest_start,
    is_open_for,
    latest_start,
    registration_period,
)

pytestmark = pytest.mark.no_database


@dataclass
class Period:
    year: int
    enabled: bool = True
    payments_frozen_at: datetime | None = None

    @property
    def started_on(self) -> date:
        return date(self.year, 6, 1)

    @property
    def finished_on(self) -> date:
        return date(self.year + 1, 5, 31)


KNOWN = [Period(year) for year in range(2021, 2027)]
WITH_2027 = [*KNOWN, Period(2027)]
FROZEN_2022 = PreviousTraining(True, 2022, "ecf-standard-january", frozen=True, successor_year=2024)
NO_SUCCESSOR = PreviousTraining(True, 2022, "ecf-standard-january", frozen=True)
FROZEN_2026 = PreviousTraining(True, 2026, "ecf-standard-january", frozen=True)
KEPT_2024 = PreviousTraining(True, 2024, "ecf-reduced-september")
SCHOOL_LED = PreviousTraining(provider_led=False)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("periods", "start", "today", "expected"),
    [
        pytest.param(KNOWN, "2026-09-01", "2026-09-10", 2026, id="this year"),
        pytest.param(KNOWN, "2025-10-01", "2026-09-10", 2026, id="back-dated joins the current"),
        pytest.param(KNOWN, "2026-05-31", "2026-06-01", 2026, id="the day before the period"),
        pytest.param(WITH_2027, "2027-09-01", "2027-05-20", 2027, id="a later period"),
        pytest.param(WITH_2027, "2028-05-31", "2027-05-20", 2027, id="last day of the last period"),
        pytest.param(KNOWN, "2027-05-31", "2027-05-31", 2026, id="today, the last day known"),
        pytest.param(KNOWN, "2027-06-01", "2027-05-31", None, id="the day after the last period"),
        pytest.param(KNOWN, "2027-09-01", "2027-05-20", None, id="after the last known period"),
        pytest.param(KNOWN, "2019-09-01", "2026-09-10", 2026, id="before every period"),
        pytest.param(KNOWN, "2027-06-01", "2027-06-01", None, id="no current period"),
        pytest.param([Period(2027)], "2027-09-01", "2027-05-20", 2027, id="upcoming, none current"),
    ],
)
def test_registration_period(periods, start, today, expected):
    period = registration_period(periods, start=day(start), today=day(today))

    assert (period.year if period else None) == expected


@pytest.mark.parametrize(
    ("previous", "start", "today", "expected"),
    [
        pytest.param(None, "2026-09-01", "2026-11-20", ContractPeriodChoice(2026), id="new"),
        pytest.param(KEPT_2024, "2026-10-05", "2026-10-05", ContractPeriodChoice(2024), id="kept"),
        pytest.param(
            FROZEN_2022,
            "2026-10-05",
            "2026-10-05",
            ContractPeriodChoice(2024, moved_out_of=2022, reassigned=True),
            id="frozen goes to the successor",
        ),
        pytest.param(
            NO_SUCCESSOR,
            "2026-10-05",
            "2026-10-05",
            ContractPeriodChoice(2026, moved_out_of=2022),
            id="frozen without a successor",
        ),
        pytest.param(
            FROZEN_2026,
            "2026-10-05",
            "2026-10-05",
            ContractPeriodChoice(2026),
            id="frozen, but the one to start in",
        ),
        pytest.param(
            SCHOOL_LED, "2026-10-05", "2026-10-05", ContractPeriodChoice(2026), id="school-led"
        ),
        pytest.param(KEPT_2024, "2028-09-01", "2026-10-05", None, id="kept year, start too late"),
    ],
)
def test_choice_for_an_ect(previous, start, today, expected):
    assert choice_for_ect(KNOWN, previous=previous, start=day(start), today=day(today)) == expected


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        pytest.param(None, ContractPeriodChoice(2026), id="new"),
        pytest.param(KEPT_2024, ContractPeriodChoice(2024), id="kept"),
        pytest.param(FROZEN_2022, ContractPeriodChoice(2026, moved_out_of=2022), id="frozen"),
        pytest.param(FROZEN_2026, ContractPeriodChoice(2026), id="not moved out of"),
    ],
)
def test_mentors_are_never_reassigned(previous, expected):
    today = day("2026-10-05")

    assert choice_for_mentor(KNOWN, previous=previous, start=today, today=today) == expected


MOVED = ContractPeriodChoice(2024, moved_out_of=2022, reassigned=True)


@pytest.mark.parametrize(
    ("previous", "is_ect", "is_unconfirmed", "expected"),
    [
        pytest.param(FROZEN_2022, True, False, MOVED, id="frozen goes to the successor"),
        pytest.param(FROZEN_2022, True, True, ContractPeriodChoice(2026), id="frozen interest"),
        pytest.param(
            FROZEN_2022,
            False,
            False,
            ContractPeriodChoice(2026, moved_out_of=2022),
            id="frozen, of a mentor",
        ),
        pytest.param(
            NO_SUCCESSOR,
            True,
            False,
            ContractPeriodChoice(2026, moved_out_of=2022),
            id="frozen without a successor",
        ),
        pytest.param(FROZEN_2026, True, False, ContractPeriodChoice(2026), id="frozen, but now"),
        pytest.param(KEPT_2024, True, False, ContractPeriodChoice(2024), id="kept"),
        pytest.param(KEPT_2024, True, True, ContractPeriodChoice(2024), id="interest, kept"),
        pytest.param(KEPT_2024, False, False, ContractPeriodChoice(2024), id="kept, of a mentor"),
        pytest.param(None, True, False, ContractPeriodChoice(2026), id="never provider-led"),
    ],
)
def test_choice_for_a_change(previous, is_ect, is_unconfirmed, expected):
    choice = choice_for_change(
        KNOWN,
        previous=previous,
        is_ect=is_ect,
        is_unconfirmed=is_unconfirmed,
        starts_on=day("2026-10-05"),
    )

    assert choice == expected


def test_a_change_after_the_last_known_period_stops():
    after = day("2027-06-01")

    assert (
        choice_for_change(KNOWN, previous=None, is_ect=True, is_unconfirmed=False, starts_on=after)
        is None
    )


@pytest.mark.parametrize(
    ("periods", "today", "expected"),
    [
        (KNOWN, "2026-09-10", "2024-06-01"),
        (KNOWN, "2027-05-31", "2024-06-01"),
        (KNOWN, "2023-06-01", "2021-06-01"),
        (KNOWN, "2023-05-31", None),
        (KNOWN, "2022-07-01", None),
        (KNOWN, "2027-07-01", None),
    ],
)
def test_earliest_start_is_two_contract_periods_back(periods, today, expected):
    assert earliest_start(periods, today=day(today)) == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("periods", "today", "expected"),
    [
        pytest.param(KNOWN, "2026-11-30", "2028-05-31", id="autumn"),
        pytest.param(KNOWN, "2027-05-31", "2028-05-31", id="last day of the year"),
        pytest.param(KNOWN, "2027-06-01", "2029-05-31", id="first day of the next"),
        pytest.param([], "2026-11-30", "2028-05-31", id="no period known"),
        pytest.param([Period(2028, enabled=False)], "2026-11-30", "2028-05-31", id="not enabled"),
        pytest.param([Period(2028)], "2026-11-30", "2029-05-31", id="enabled early"),
    ],
)
def test_the_latest_start_that_can_be_meant_is_in_the_next_contract_year(periods, today, expected):
    assert latest_start(periods, today=day(today)) == day(expected)


@pytest.mark.parametrize(
    ("start", "expected"), [("2027-06-01", "2027 to 2028"), ("2027-05-31", "2026 to 2027")]
)
def test_a_contract_year_is_named_by_its_two_years(start, expected):
    assert academic_years(day(start)) == expected


@pytest.mark.parametrize(
    ("enabled", "start", "today", "expected"),
    [
        pytest.param(False, "2026-09-01", "2026-05-20", False, id="future, not enabled"),
        pytest.param(True, "2026-09-01", "2026-05-20", True, id="future, enabled"),
        pytest.param(False, "2026-09-01", "2026-09-01", True, id="today counts as begun"),
        pytest.param(True, "2027-09-01", "2026-09-01", False, id="no such period"),
    ],
)
def test_registration_is_open_for_begun_or_enabled_periods(enabled, start, today, expected):
    periods = [Period(2025), Period(2026, enabled=enabled)]

    assert is_open_for(periods, start=day(start), today=day(today)) is expected
