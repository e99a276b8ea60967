from datetime import date

import pytest

from register_ects.rules.mentor_status import LatestTraining, mentor_training_status

pytestmark = pytest.mark.no_database

TODAY = date(2026, 9, 10)
YESTERDAY, TOMORROW = date(2026, 9, 9), date(2026, 9, 11)


@pytest.mark.parametrize(
    ("reason", "latest", "expected", "shown"),
    [
        pytest.param("completed_declaration_received", None, "completed", True, id="completed"),
        pytest.param(
            "completed_during_early_roll_out",
            LatestTraining(None, "withdrawn"),
            "completed",
            True,
            id="completed comes before withdrawn",
        ),
        pytest.param(
            "started_not_completed", None, "cannot_train", True, id="started, never completed"
        ),
        pytest.param(None, None, "not_registered", False, id="no training here"),
        pytest.param(None, LatestTraining(None, "active"), "active", True, id="in training"),
        pytest.param(None, LatestTraining(TOMORROW, "active"), "active", True, id="ends tomorrow"),
        pytest.param(None, LatestTraining(TODAY, "active"), "finished", False, id="ends today"),
        pytest.param(
            None, LatestTraining(YESTERDAY, "withdrawn"), "withdrawn", True, id="withdrawn"
        ),
        pytest.param(None, LatestTraining(YESTERDAY, "deferred"), "deferred", True, id="paused"),
    ],
)
def test_mentor_training_status(reason, latest, expected, shown):
    status = mentor_training_status(ineligible_reason=reason, latest=latest, today=TODAY)

    assert (status, status.is_shown) == (expected, shown)
