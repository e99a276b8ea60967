"""Which days people begin and end things on: never at weekends or in August."""

from datetime import date

import pytest

from register_ects.invented.population.chance import last_school_day, school_day, working_day

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("day", "next_one", "last_one"),
    [
        pytest.param("2024-09-06", "2024-09-06", "2024-09-06", id="a Friday"),
        pytest.param("2024-09-07", "2024-09-09", "2024-09-06", id="a Saturday"),
        pytest.param("2024-09-08", "2024-09-09", "2024-09-06", id="a Sunday"),
        pytest.param("2024-08-14", "2024-09-02", "2024-07-31", id="August, 1 September a Sunday"),
        pytest.param("2024-09-01", "2024-09-02", "2024-07-31", id="the Sunday after August"),
        pytest.param("2021-07-31", "2021-09-01", "2021-07-30", id="the Saturday before August"),
    ],
)
def test_school_days(day, next_one, last_one):
    given = date.fromisoformat(day)
    assert school_day(given) == date.fromisoformat(next_one)
    assert last_school_day(given) == date.fromisoformat(last_one)


def test_what_is_written_down_at_a_weekend_waits_for_monday():
    assert working_day(date(2024, 8, 17)) == date(2024, 8, 19)
    assert working_day(date(2024, 8, 16)) == date(2024, 8, 16)
