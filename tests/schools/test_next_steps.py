"""What a school has to do next for an ECT: one decision for the list and the page."""

import pytest

from register_ects.rules.ect_status import ECTStatus
from schools.queries.next_steps import Step, next_steps

pytestmark = pytest.mark.no_database

LEAVER = {"needs_another_mentor": True, "has_last_day": True}


@pytest.mark.parametrize(
    ("status", "facts", "expected"),
    [
        pytest.param("registered", {}, ["complete"], id="nothing to do"),
        pytest.param(
            "registered", {"has_last_day": True}, ["nothing"], id="ends in some other way"
        ),
        pytest.param(
            "registered",
            {"mentor_starts_later": True},
            ["mentor_starts_later"],
            id="mentor to come",
        ),
        pytest.param("registered", {"is_without_body": True}, ["body"], id="released"),
        pytest.param(
            "registered",
            {"needs_another_mentor": True, "is_without_body": True},
            ["another_mentor", "body"],
            id="mentor leaves, released",
        ),
        pytest.param("mentor_needed", {"has_mentor": False}, ["mentor"], id="no mentor"),
        pytest.param(
            "mentor_needed",
            {"has_mentor": False, "is_without_body": True},
            ["mentor", "body"],
            id="no mentor, released",
        ),
        pytest.param("training_withdrawn", {}, ["training_stopped"], id="withdrawn"),
        pytest.param(
            "training_withdrawn",
            {"has_mentor": False},
            ["mentor", "training_stopped"],
            id="withdrawn, no mentor",
        ),
        pytest.param(
            "training_withdrawn",
            {"needs_another_mentor": True, "is_without_body": True},
            ["another_mentor", "training_stopped", "body"],
            id="everything at once",
        ),
        pytest.param("training_paused", {}, ["training_paused"], id="paused"),
        pytest.param(
            "training_paused",
            {"has_mentor": False},
            ["mentor", "training_paused"],
            id="paused, no mentor",
        ),
        pytest.param("leaving_school", {}, ["nothing"], id="leaving"),
        pytest.param("leaving_school", {"has_mentor": False}, ["nothing"], id="leaving, no mentor"),
        pytest.param("leaving_school", LEAVER, ["another_mentor"], id="leaving after the mentor"),
        pytest.param("joining_another_school", LEAVER, ["another_mentor"], id="joining elsewhere"),
        pytest.param("exempt", {"has_mentor": False}, ["nothing"], id="exempt"),
        pytest.param("completed_induction", {"has_mentor": False}, ["nothing"], id="passed"),
        pytest.param("failed_induction", {"has_mentor": False}, ["nothing"], id="failed"),
    ],
)
def test_what_comes_first_and_what_else(status, facts, expected):
    steps = next_steps(ECTStatus(status), **{"has_mentor": True, **facts})

    assert [steps.first, *steps.others] == expected
    assert sorted(steps.steps) == sorted(expected)


def test_the_list_tells_of_training_before_the_mentor():
    steps = next_steps(ECTStatus.TRAINING_PAUSED, has_mentor=False).steps

    assert steps == (Step.TRAINING_PAUSED, Step.MENTOR)


@pytest.mark.parametrize(
    ("status", "facts", "is_told"),
    [
        ("registered", {}, True),
        ("registered", {"is_without_body": True}, True),
        ("registered", {"needs_another_mentor": True}, False),
        ("mentor_needed", {"has_mentor": False}, False),
        ("training_paused", {}, False),
        ("leaving_school", {}, False),
        ("exempt", {}, False),
    ],
)
def test_who_is_awaited_is_told_where_nothing_else_is_to_be_done(status, facts, is_told):
    facts = {"has_mentor": True, "awaited": ["Larch Learning"], **facts}

    assert bool(next_steps(ECTStatus(status), **facts).awaited) == is_told
