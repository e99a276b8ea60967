"""Staff read how journeys go, and what people think of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects import clock
from register_ects.models import FeedbackResponse, FormError, JourneyRun
from support.reporting_queries import closed_runs, satisfaction
from tests.factories import StaffUserFactory
from tests.support.pages import Browser

pytestmark = pytest.mark.django_db
JOURNEYS, FEEDBACK = "/admin/reporting/journeys", "/admin/reporting/feedback"


@pytest.fixture
def staff():
    return Browser().sign_in(StaffUserFactory())


def run(outcome, *, journey="register-ect", seconds=0, days_ago=1):
    ended = clock.now() - timedelta(days=days_ago)
    return JourneyRun.objects.create(
        journey=journey,
        actor_type="school",
        actor_hash="0" * 20,
        channel="self_service",
        started_at=ended,
        last_activity_at=ended,
        finished_at=ended if outcome else None,
        outcome=outcome,
        outcome_if_left="abandoned",
        steps_visited=8,
        error_count=0,
        active_seconds=seconds,
    )


def told(score, *, comment=None, page="register-ect"):
    return FeedbackResponse.objects.create(
        score=score, comment=comment, page=page, actor_type="school"
    )


def test_runs_are_counted_by_how_they_ended():
    for seconds in (60, 120, 600):
        run("completed", seconds=seconds)
    for outcome in ("not_eligible", "abandoned", "error", None):
        run(outcome, seconds=5000)
    run("completed", days_ago=91)
    (row,) = closed_runs(clock.now() - timedelta(days=90))
    counts = [row[name] for name in ("runs", "completed", "not_eligible", "abandoned", "failed")]
    assert counts == [6, 3, 1, 1, 1]
    assert (row["seconds"], row["pages"]) == (120, 8)
    assert row["share"] == pytest.approx(100 * 4 / 6)


def test_satisfaction_is_a_share_from_30_answers_on():
    for score in [5] * 20 + [1] * 9:
        told(score)
    (row,) = satisfaction(clock.now() - timedelta(days=90))
    assert (row["counts"], row["share"]) == ([20, 0, 0, 0, 9], None)
    told(4)
    (row,) = satisfaction(clock.now() - timedelta(days=90))
    assert row["share"] == 70


def test_staff_read_both(staff):
    run("completed", seconds=90)
    run("abandoned", journey="claim-ect")
    FormError.objects.create(
        page="register-ect", step="find-ect", field="trn", code="required", at=clock.now()
    )
    told(2, comment="Too many pages")
    page = staff.get(JOURNEYS).text
    assert "register-ect" in page
    assert "100.0%" in page
    assert "find-ect" in page
    page = staff.get(FEEDBACK).text
    assert "Too many pages" in page
    assert "Fewer than 30 answers" in page


def test_nothing_yet_is_said(staff):
    assert "No journey has ended" in staff.get(JOURNEYS).text
    assert "Nobody has given feedback" in staff.get(FEEDBACK).text


@pytest.mark.parametrize("address", [JOURNEYS, FEEDBACK])
def test_more_rows_cost_no_more_queries(staff, address):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(address).status_code == 200
        return len(queries)

    def more():
        for number in range(30):
            run("completed", journey=f"journey-{number}")
            told(3, comment="Fine", page="some-page")

    more()
    few = cost()
    more()
    assert cost() == few
    assert few <= 5
