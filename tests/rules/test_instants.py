"""Dates and times of other systems: what is read, and as which instant."""

from datetime import UTC, datetime

import pytest

from register_ects.clock import london_date
from register_ects.rules.instants import read_instant

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-03T09:30:00Z", datetime(2025, 10, 3, 9, 30, tzinfo=UTC)),
        ("2025-10-03t09:30:00z", datetime(2025, 10, 3, 9, 30, tzinfo=UTC)),
        ("2025-10-03T09:30:00", datetime(2025, 10, 3, 8, 30, tzinfo=UTC)),
        ("2025-12-03T09:30:00", datetime(2025, 12, 3, 9, 30, tzinfo=UTC)),
        ("2025-10-03T09:30:00+0530", datetime(2025, 10, 3, 4, 0, tzinfo=UTC)),
        ("2025-10-03T09:30:00,1234567Z", datetime(2025, 10, 3, 9, 30, 0, 123456, tzinfo=UTC)),
        ("0001-01-01T00:01:15Z", datetime(1, 1, 1, 0, 1, 15, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read(text, expected):
    assert read_instant(text) == expected
    assert london_date(read_instant(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0001-01-01T00:00:00Z", id="London's clock was behind: the year 0"),
        pytest.param("0001-01-01T00:01:14Z", id="the last second of that"),
        pytest.param("0001-01-01T00:00:00+00:01", id="the year 0 in UTC"),
        pytest.param("9999-12-31T23:59:59-00:01", id="the year 10000"),
        pytest.param("0000-01-01T00:00:00Z", id="no year 0"),
        pytest.param("2025-02-30T00:00:00Z", id="no such day"),
        pytest.param("2025-10-03", id="a bare date"),
        pytest.param("2025-10-03T09:30:00." + "0" * 1_000_000 + "Z", id="far too long"),
    ],
)
def test_what_is_no_instant_in_london_is_refused(text):
    with pytest.raises(ValueError, match=r"date-time|range|match"):
        read_instant(text)


def test_the_first_instant_is_read_where_no_day_is_made_of_it():
    assert read_instant("0001-01-01T00:00:00Z", in_london=False) == datetime(1, 1, 1, tzinfo=UTC)
