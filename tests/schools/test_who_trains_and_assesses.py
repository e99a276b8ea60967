"""Who trains an ECT, and whether their appropriate body has confirmed that they assess them."""

from datetime import date

import pytest

from schools.queries.bodies import confirmation
from schools.queries.training import Training, trained_by

pytestmark = pytest.mark.no_database

TODAY, YESTERDAY = date(2026, 2, 2), date(2026, 2, 1)


@pytest.mark.parametrize(
    ("programme", "status", "finished_on", "expected"),
    [
        ("provider_led", "active", None, "provider"),
        ("provider_led", "active", TODAY, "provider"),
        ("provider_led", "active", YESTERDAY, "ended"),
        ("provider_led", "deferred", None, "paused"),
        ("provider_led", "deferred", YESTERDAY, "paused"),
        ("provider_led", "withdrawn", YESTERDAY, "stopped"),
        ("school_led", "active", None, "school"),
        ("school_led", "active", YESTERDAY, "ended"),
    ],
)
def test_who_trains_them(programme, status, finished_on, expected):
    training = Training(programme, status, date(2025, 9, 1), finished_on)

    assert trained_by(training, today=TODAY) == expected


def test_without_training_nobody_was_reported():
    assert trained_by(None, today=TODAY) == "not_reported"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (set(), "awaited"),
        ({"is_confirmed"}, "confirmed"),
        ({"is_confirmed", "has_left"}, "confirmed_before_they_left"),
        ({"is_confirmed", "induction_is_over"}, "confirmed"),
        ({"is_released"}, "released"),
        ({"is_released", "has_left"}, "released"),
        ({"induction_is_over"}, "not_awaited"),
        ({"has_left"}, "not_awaited"),
    ],
)
def test_whether_the_body_confirmed(facts, expected):
    known = ("is_confirmed", "is_released", "induction_is_over", "has_left")

    assert confirmation(**{name: name in facts for name in known}) == expected
