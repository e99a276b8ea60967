"""The day the demo plays on, and what its processes share."""

from datetime import date
from pathlib import Path

import pytest

from register_ects.invented.demo.environment import (
    clock_offset_days,
    contract_periods,
    demo_environment,
    web_environment,
)

pytestmark = pytest.mark.no_database

PERIODS = [(date(2025, 6, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2027, 5, 31))]


@pytest.mark.parametrize(
    ("today", "offset"),
    [
        pytest.param("2025-06-01", 0, id="first day of the first period"),
        pytest.param("2027-05-31", 0, id="last day of the last period"),
        pytest.param("2027-06-01", -189, id="day after the last period"),
        pytest.param("2025-05-31", 542, id="day before the first period"),
    ],
)
def test_the_clock_is_shifted_only_outside_every_contract_period(today: str, offset: int) -> None:
    assert clock_offset_days(date.fromisoformat(today), PERIODS) == offset


def test_the_reference_data_know_the_day_of_the_demo() -> None:
    assert clock_offset_days(date(2026, 11, 24), contract_periods()) == 0


def test_two_demos_have_cookies_of_their_own() -> None:
    one, other = web_environment(8000), web_environment(8001)
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "BIND"):
        assert one[name] != other[name]


def test_commands_find_the_trs_of_the_demo_they_run_beside(tmp_path: Path) -> None:
    demo = demo_environment(tmp_path)
    command = demo_environment(tmp_path)
    assert command["TRS_API_BASE_URL"] == demo["TRS_API_BASE_URL"]
