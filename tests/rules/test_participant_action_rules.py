"""When a provider may defer, withdraw or resume: the tables of spec 03 §9.1 to §9.5 and §9.7."""

from datetime import date, timedelta

import pytest

from register_ects.rules.participant_actions import (
    DEFERRAL_REASONS,
    WITHDRAWAL_REASONS,
    ActionRequest,
    OtherTraining,
    Training,
    problems_with_deferring,
    problems_with_resuming,
    problems_with_withdrawing,
)

pytestmark = pytest.mark.no_database

TODAY = date(2026, 2, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BEGUN, LAST_YEAR = date(2025, 9, 1), date(2025, 12, 19)


def said(problems):
    return [f"{problem.field} {problem.code}" for problem in problems]


def training(started_on=BEGUN, finished_on=None, status="active", role="ect"):
    return Training(role=role, started_on=started_on, finished_on=finished_on, status=status)


def asked(reason="other", course="ecf-induction"):
    return ActionRequest(course_identifier=course, reason=reason)


def deferring(request, of):
    return said(problems_with_deferring(request, of, today=TODAY))


def withdrawing(request, of):
    return said(problems_with_withdrawing(request, of, today=TODAY))


def resuming(of, *, placement_finished_on=None, others=(), course="ecf-induction"):
    return said(
        problems_with_resuming(
            ActionRequest(course_identifier=course),
            of,
            placement_finished_on=placement_finished_on,
            others=others,
            today=TODAY,
        )
    )


# -- What was sent ---------------------------------------------------------------------------


@pytest.mark.parametrize("problems_with", [deferring, withdrawing])
@pytest.mark.parametrize(
    ("course", "of", "expected"),
    [
        pytest.param(None, None, ["course_identifier blank"], id="missing"),
        pytest.param(" ", None, ["course_identifier blank"], id="spaces"),
        pytest.param("npq-headship", None, ["course_identifier unknown"], id="unknown"),
        pytest.param("ECF-MENTOR", None, ["course_identifier unknown"], id="capitals"),
        pytest.param("ecf-mentor", None, ["course_identifier never_trained"], id="other role"),
        pytest.param("ecf-mentor", training(role="mentor"), [], id="mentor"),
        pytest.param("ecf-induction", training(), [], id="ect"),
    ],
)
def test_the_course_is_one_the_participant_has_with_the_provider(
    problems_with, course, of, expected
):
    assert problems_with(asked(course=course), of) == expected


@pytest.mark.parametrize("problems_with", [deferring, withdrawing])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_reason_is_needed(problems_with, reason):
    assert problems_with(asked(reason), training()) == ["reason blank"]


@pytest.mark.parametrize("reason", sorted(DEFERRAL_REASONS))
def test_every_deferral_reason_is_possible_with_hyphens(reason):
    assert deferring(asked(reason), training()) == []


@pytest.mark.parametrize("reason", sorted(WITHDRAWAL_REASONS))
def test_every_withdrawal_reason_is_possible_for_mentors_with_hyphens(reason):
    assert withdrawing(asked(reason, "ecf-mentor"), training(role="mentor")) == []


@pytest.mark.parametrize(
    ("problems_with", "reason"),
    [
        (deferring, "career_break"),
        (deferring, "moved-school"),
        (deferring, "OTHER"),
        (withdrawing, "moved_school"),
        (withdrawing, "bereavement"),
    ],
)
def test_other_reasons_are_not_known(problems_with, reason):
    assert problems_with(asked(reason), training()) == ["reason unknown"]


def test_problems_of_several_fields_are_told_together_once_each():
    assert deferring(asked(None, "nonsense"), None) == ["course_identifier unknown", "reason blank"]
    assert deferring(asked("nonsense"), training(status="deferred")) == [
        "reason unknown",
        "participant_id already_deferred",
    ]


# -- Defer and withdraw ----------------------------------------------------------------------

#: Spec 03 §9.7, row by row: what training it is, then whether it may be deferred and withdrawn.
STATES = [
    pytest.param(training(TOMORROW), "not_started", "not_started", id="joining"),
    pytest.param(training(TODAY), "started_today", "started_today", id="started today"),
    pytest.param(training(YESTERDAY), None, None, id="started yesterday"),
    pytest.param(training(), None, None, id="running"),
    pytest.param(training(finished_on=TOMORROW), None, None, id="leaving"),
    pytest.param(training(finished_on=TODAY), None, None, id="left today"),
    pytest.param(training(finished_on=LAST_YEAR), None, None, id="left"),
    pytest.param(
        training(finished_on=TODAY, status="deferred"),
        "already_deferred",
        None,
        id="deferred today",
    ),
    pytest.param(
        training(finished_on=LAST_YEAR, status="deferred"), "already_deferred", None, id="deferred"
    ),
    pytest.param(
        training(TODAY, TODAY, "deferred"),
        "already_deferred",
        "started_today",
        id="deferred and started today",
    ),
    pytest.param(
        training(finished_on=TODAY, status="withdrawn"),
        "already_withdrawn",
        "already_withdrawn",
        id="withdrawn today",
    ),
    pytest.param(
        training(finished_on=LAST_YEAR, status="withdrawn"),
        "already_withdrawn",
        "already_withdrawn",
        id="withdrawn",
    ),
]


@pytest.mark.parametrize(("of", "expected", "_"), STATES)
def test_which_training_may_be_deferred(of, expected, _):
    assert deferring(asked(), of) == ([f"participant_id {expected}"] if expected else [])


@pytest.mark.parametrize(("of", "_", "expected"), STATES)
def test_which_training_may_be_withdrawn(of, _, expected):
    assert withdrawing(asked(), of) == ([f"participant_id {expected}"] if expected else [])


def test_who_started_today_is_told_when_to_come_back():
    (problem,) = problems_with_deferring(asked(), training(TODAY), today=TODAY)

    assert problem.details == {"earliest": TOMORROW}


def test_an_ect_is_not_withdrawn_for_a_mentors_reason():
    assert withdrawing(asked("mentor-no-longer-being-mentor"), training()) == [
        "reason not_for_ects"
    ]


def test_a_mentors_reason_is_only_told_when_nothing_else_is_wrong():
    problems = withdrawing(asked("mentor-no-longer-being-mentor"), training(TOMORROW))

    assert problems == ["participant_id not_started"]


# -- Resume ----------------------------------------------------------------------------------

STOPPED = training(finished_on=LAST_YEAR, status="deferred")


@pytest.mark.parametrize("course", [None, "nonsense"])
def test_resuming_needs_a_known_course(course):
    assert resuming(None, course=course) == [
        f"course_identifier {'unknown' if course else 'blank'}"
    ]


@pytest.mark.parametrize(
    ("of", "placement_finished_on", "expected"),
    [
        pytest.param(training(TOMORROW), None, "already_active", id="joining"),
        pytest.param(training(TODAY), None, "already_active", id="started today"),
        pytest.param(training(), None, "already_active", id="running"),
        pytest.param(training(finished_on=TOMORROW), None, "already_active", id="leaving"),
        pytest.param(training(finished_on=LAST_YEAR), None, "already_active", id="left"),
        pytest.param(
            training(finished_on=TODAY, status="deferred"),
            None,
            "resumed_too_soon",
            id="deferred today",
        ),
        pytest.param(
            training(finished_on=TODAY, status="withdrawn"),
            None,
            "resumed_too_soon",
            id="withdrawn today",
        ),
        pytest.param(
            training(finished_on=TOMORROW, status="deferred"), None, "resumed_too_soon", id="ends"
        ),
        pytest.param(
            training(finished_on=YESTERDAY, status="deferred"), None, None, id="yesterday"
        ),
        pytest.param(STOPPED, None, None, id="deferred, still at school"),
        pytest.param(
            training(finished_on=LAST_YEAR, status="withdrawn"), None, None, id="withdrawn"
        ),
        pytest.param(STOPPED, TOMORROW, None, id="leaves tomorrow"),
        pytest.param(STOPPED, TODAY, "left_school", id="leaves today"),
        pytest.param(STOPPED, YESTERDAY, "left_school", id="left school"),
    ],
)
def test_which_training_may_be_resumed(of, placement_finished_on, expected):
    problems = resuming(of, placement_finished_on=placement_finished_on)

    assert problems == ([f"participant_id {expected}"] if expected else [])


def other(started_on, finished_on=None, *, is_here=True, is_provider_led=True):
    return OtherTraining(is_here, is_provider_led, started_on, finished_on)


@pytest.mark.parametrize(
    ("others", "placement_finished_on", "expected"),
    [
        pytest.param([other(YESTERDAY)], None, "already_training", id="another provider now"),
        pytest.param([other(TODAY, TODAY)], None, "already_training", id="just today"),
        pytest.param(
            [other(YESTERDAY, is_provider_led=False)],
            None,
            "training_is_school_led",
            id="school-led now",
        ),
        pytest.param([other(TOMORROW)], None, "later_training_here", id="planned here"),
        pytest.param(
            [other(YESTERDAY, is_here=False)], None, "trains_at_another_school", id="elsewhere now"
        ),
        pytest.param(
            [other(TOMORROW, is_here=False)], None, "trains_at_another_school", id="elsewhere soon"
        ),
        pytest.param(
            [other(TOMORROW + timedelta(days=1), is_here=False)],
            TOMORROW,
            None,
            id="elsewhere once they have left",
        ),
        pytest.param(
            [other(YESTERDAY, is_here=False), other(TOMORROW)],
            None,
            "later_training_here",
            id="here is told first",
        ),
        pytest.param([other(YESTERDAY)], TODAY, "already_training", id="before having left"),
    ],
)
def test_training_is_not_resumed_into_other_training(others, placement_finished_on, expected):
    problems = resuming(STOPPED, others=others, placement_finished_on=placement_finished_on)

    assert problems == ([f"participant_id {expected}"] if expected else [])


def test_other_training_is_told_before_that_the_pause_began_today():
    of = training(finished_on=TODAY, status="deferred")

    assert resuming(of, others=[other(TODAY)]) == ["participant_id already_training"]
