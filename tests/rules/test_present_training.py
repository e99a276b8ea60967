"""Which training of a placement is the present one (spec 05 §1, §9.3 Improve a)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from register_ects.rules.training import present_training

pytestmark = pytest.mark.no_database

TODAY = date(2026, 9, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@dataclass(frozen=True)
class Training:
    started_on: date
    finished_on: date | None = None
    training_status: str = "active"


EARLIER = Training(date(2024, 9, 1), date(2025, 8, 31))
PAST = Training(date(2025, 9, 1), YESTERDAY)
ENDS_TODAY = Training(date(2026, 1, 1), TODAY)
STOPPED_TODAY = Training(date(2026, 1, 1), TODAY, "withdrawn")
PLANNED = Training(TOMORROW)


@pytest.mark.parametrize(
    ("periods", "present"),
    [
        pytest.param([], None, id="none"),
        pytest.param([PAST, EARLIER], PAST, id="the latest of the past"),
        pytest.param([PLANNED, PAST], PLANNED, id="the next before the past"),
        pytest.param([PLANNED, ENDS_TODAY], ENDS_TODAY, id="the last day counts"),
        pytest.param([PAST, STOPPED_TODAY], STOPPED_TODAY, id="stopped today"),
        pytest.param([PLANNED, STOPPED_TODAY], PLANNED, id="what follows on what stopped today"),
    ],
)
def test_the_current_or_next_training_else_the_latest(periods, present):
    assert present_training(periods, today=TODAY) is present
