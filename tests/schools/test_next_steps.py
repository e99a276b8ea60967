"""What a school has to do next for an ECT: one decision for the list and the page."""

from datetime import date

import pytest

from register_ects.rules.ect_status import ECTStatus
from schools.queries.bodies import Body, Confirmation
from schools.queries.next_steps import Step, next_steps
from schools.queries.placements import ECT, Mentoring
from schools.queries.training import TrainedBy, Training

pytestmark = pytest.mark.no_database

START, LAST = date(2025, 9, 1), date(2026, 7, 31)
WITHOUT_MENTOR = {"mentor": None}
ANOTHER = {"next_mentor_needed_from": date(2026, 3, 1)}
RELEASED = {"without_body_since": date(2025, 12, 19)}


def ect(status, **facts):
    """Return an ECT with a mentor, a body and a provider; both have yet to confirm."""
    usual = {
        "id": 1,
        "name": "Asha Rao",
        "trn": None,
        "email": None,
        "started_on": START,
        "finished_on": None,
        "starts_later": False,
        "reported_leaving": False,
        "needs_mentor": True,
        "body": Body("Hub A", Confirmation.AWAITED),
        "without_body_since": None,
        "training": Training("provider_led", "active", START, None, "Larch Learning"),
        "trained_by": TrainedBy.PROVIDER,
        "mentor": Mentoring(2, "Ben Lowe", START, None),
        "mentor_from": None,
        "mentor_until": None,
        "later_mentors": (),
        "without_mentor_since": None,
        "next_mentor_needed_from": None,
        "may_choose_mentor": True,
        "registered_on": START,
    }
    return ECT(status=ECTStatus(status), **{**usual, **facts})


@pytest.mark.parametrize(
    ("status", "facts", "expected"),
    [
        pytest.param("registered", {}, ["complete"], id="nothing to do"),
        pytest.param("registered", {"finished_on": LAST}, ["nothing"], id="ends in some other way"),
        pytest.param(
            "registered",
            {"mentor_from": date(2026, 3, 1)},
            ["mentor_starts_later"],
            id="mentor to come",
        ),
        pytest.param("registered", RELEASED, ["body"], id="released"),
        pytest.param(
            "registered",
            ANOTHER | RELEASED,
            ["another_mentor", "body"],
            id="mentor leaves, released",
        ),
        pytest.param("mentor_needed", WITHOUT_MENTOR, ["mentor"], id="no mentor"),
        pytest.param(
            "mentor_needed",
            WITHOUT_MENTOR | RELEASED,
            ["mentor", "body"],
            id="no mentor, released",
        ),
        pytest.param("training_withdrawn", {}, ["training_stopped"], id="withdrawn"),
        pytest.param(
            "training_withdrawn",
            WITHOUT_MENTOR,
            ["mentor", "training_stopped"],
            id="withdrawn, no mentor",
        ),
        pytest.param(
            "training_withdrawn",
            ANOTHER | RELEASED,
            ["another_mentor", "training_stopped", "body"],
            id="everything at once",
        ),
        pytest.param("training_paused", {}, ["training_paused"], id="paused"),
        pytest.param(
            "training_paused",
            WITHOUT_MENTOR,
            ["mentor", "training_paused"],
            id="paused, no mentor",
        ),
        pytest.param("leaving_school", {}, ["nothing"], id="leaving"),
        pytest.param("leaving_school", WITHOUT_MENTOR, ["nothing"], id="leaving, no mentor"),
        pytest.param("leaving_school", ANOTHER, ["another_mentor"], id="leaving after the mentor"),
        pytest.param("joining_another_school", ANOTHER, ["another_mentor"], id="joining elsewhere"),
        pytest.param("exempt", WITHOUT_MENTOR, ["nothing"], id="exempt"),
        pytest.param("completed_induction", WITHOUT_MENTOR, ["nothing"], id="passed"),
        pytest.param("failed_induction", WITHOUT_MENTOR, ["nothing"], id="failed"),
    ],
)
def test_what_comes_first_and_what_else(status, facts, expected):
    assert next_steps(ect(status, **facts)).in_order == expected


def test_the_list_tells_of_training_before_the_mentor():
    steps = next_steps(ect("training_paused", **WITHOUT_MENTOR)).steps

    assert steps == (Step.TRAINING_PAUSED, Step.MENTOR)


@pytest.mark.parametrize(
    ("status", "facts", "awaited"),
    [
        ("registered", {}, ("The appropriate body", "Larch Learning")),
        ("registered", RELEASED, ("Larch Learning",)),
        ("registered", {"body": None, "training": None}, ()),
        ("registered", ANOTHER, ()),
        ("mentor_needed", WITHOUT_MENTOR, ()),
        ("training_paused", {}, ()),
        ("leaving_school", {}, ()),
        ("exempt", {}, ()),
    ],
)
def test_who_is_awaited_is_told_where_nothing_else_is_to_be_done(status, facts, awaited):
    assert next_steps(ect(status, **facts)).awaited == awaited
