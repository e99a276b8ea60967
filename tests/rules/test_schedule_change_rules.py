"""When a schedule or cohort may be changed, and how: spec 03 §9.6, §9.7 and §10."""

from datetime import UTC, date, datetime, timedelta

import pytest

from register_ects.rules.declarations import LiveDeclaration, MilestoneWindow
from register_ects.rules.enumerations import ScheduleIdentifier
from register_ects.rules.schedule_changes import (
    CurrentTraining,
    LaterTraining,
    ScheduleRequest,
    Target,
    frozen_year_after,
    is_changed_in_place,
    last_day_of_new,
    last_day_of_old,
    problems_with_changing_schedule,
)

pytestmark = pytest.mark.no_database

TODAY = date(2026, 2, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EVERY = tuple(ScheduleIdentifier.values)
STANDARD, EXTENDED, REDUCED, REPLACEMENT = (
    f"ecf-{kind}-september" for kind in ("standard", "extended", "reduced", "replacement")
)


def training(**changes):
    values = {
        "role": "ect",
        "year": 2025,
        "schedule_identifier": STANDARD,
        "started_on": date(2025, 9, 1),
    }
    return CurrentTraining(**{**values, **changes})


def target(year=2025, **changes):
    return Target(**{"year": year, "identifiers": EVERY, **changes})


def problems(of=None, to=None, *, wanted=EXTENDED, course=..., cohort=None):
    of = of or training()
    courses = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
    request = ScheduleRequest(
        course_identifier=courses[of.role] if course is ... else course,
        schedule_identifier=wanted,
        cohort=cohort,
    )
    found = problems_with_changing_schedule(request, of, to or target(), today=TODAY)
    return [f"{problem.field} {problem.code}" for problem in found]


def test_a_running_participant_moves_to_another_schedule():
    assert problems() == []


# -- Checks 1 to 9: the schedule and the cohort ----------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, "blank"),
        ("", "blank"),
        ("  ", "blank"),
        ("ecf-standard-june", "unknown"),
        ("ECF-EXTENDED-SEPTEMBER", "unknown"),
        (STANDARD, "no_change"),
        (REPLACEMENT, "not_for_ects"),
    ],
)
def test_the_schedule_is_given_known_new_and_for_the_role(wanted, expected):
    assert problems(wanted=wanted) == [f"schedule_identifier {expected}"]


def test_a_schedule_must_be_offered_in_the_cohort():
    assert problems(to=target(identifiers=[STANDARD])) == ["schedule_identifier not_offered"]


def test_the_same_schedule_in_another_cohort_is_a_change():
    assert problems(to=target(2024), wanted=STANDARD, cohort="2024") == []


def test_a_mentor_has_no_reduced_schedule_but_may_replace_another():
    mentor = training(role="mentor")

    assert problems(mentor, wanted=REDUCED) == ["schedule_identifier not_for_mentors"]
    assert problems(mentor, wanted=REPLACEMENT) == []


def test_an_ect_may_be_on_a_reduced_schedule():
    assert problems(wanted=REDUCED) == []


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (None, "blank"),
        (" ", "blank"),
        ("ecf", "unknown"),
        ("ECF-INDUCTION", "unknown"),
        ("npq-leading-teaching", "unknown"),
    ],
)
def test_the_course_is_given_and_known(course, expected):
    assert problems(course=course) == [f"course_identifier {expected}"]


@pytest.mark.parametrize(
    ("course", "role"),
    [("ecf-induction", "ect"), ("ecf-mentor", "mentor"), ("ecf", None), ("", None), (None, None)],
)
def test_the_role_is_the_courses(course, role):
    assert ScheduleRequest(course_identifier=course).role == role


def test_without_training_only_what_was_sent_is_told():
    request = ScheduleRequest("ecf-mentor", "nonsense", "1999")

    found = problems_with_changing_schedule(request, None, None, today=TODAY)

    assert [(each.field, each.code) for each in found] == [
        ("course_identifier", "never_trained"),
        ("schedule_identifier", "unknown"),
        ("cohort", "unknown"),
    ]


def test_an_unknown_cohort_is_told_on_the_cohort():
    request = ScheduleRequest("ecf-induction", EXTENDED, "2099")

    found = problems_with_changing_schedule(request, training(), None, today=TODAY)

    assert [(each.field, each.code) for each in found] == [("cohort", "unknown")]


@pytest.mark.parametrize(
    ("of", "to", "expected"),
    [
        pytest.param({}, {"year": 2025, "has_partnership": False}, None, id="same cohort"),
        pytest.param(
            {}, {"year": 2024, "has_partnership": False}, "no_partnership", id="no partnership"
        ),
        pytest.param({}, {"year": 2024}, None, id="partnership"),
        pytest.param({}, {"year": 2022, "is_frozen": True}, "payments_frozen", id="frozen"),
        pytest.param(
            {"frozen_year": 2022}, {"year": 2022, "is_frozen": True}, None, id="back where from"
        ),
        pytest.param(
            {"frozen_year": 2022},
            {"year": 2021, "is_frozen": True},
            "payments_frozen",
            id="another frozen one",
        ),
        pytest.param({"year": 2022}, {"year": 2024}, None, id="out of a frozen one"),
        pytest.param(
            {"year": 2022}, {"year": 2022, "is_frozen": True}, "payments_frozen", id="within one"
        ),
        pytest.param(
            {},
            {"year": 2021, "is_frozen": True, "has_partnership": False},
            "no_partnership",
            id="the partnership is told first",
        ),
    ],
)
def test_which_cohorts_are_possible(of, to, expected):
    found = problems(training(**of), target(**to), cohort=str(to["year"]))

    assert found == ([f"cohort {expected}"] if expected else [])


# -- Declarations that stay with training ----------------------------------------------------

DECLARED = LiveDeclaration("started", datetime(2026, 2, 2, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(MilestoneWindow(date(2026, 1, 1), None), None, id="open end"),
        pytest.param(MilestoneWindow(TODAY, TODAY), None, id="that very day"),
        pytest.param(
            MilestoneWindow(TOMORROW, None), "declaration_outside_milestone", id="too early"
        ),
        pytest.param(
            MilestoneWindow(date(2025, 9, 1), YESTERDAY),
            "declaration_outside_milestone",
            id="too late",
        ),
    ],
)
def test_a_change_in_place_leaves_declarations_within_milestones(window, expected):
    of = training(started_on=TODAY, declared=[DECLARED], has_declarations=True)

    found = problems(of, target(milestones={"started": window}))

    assert found == ([f"schedule_identifier {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("of", "wanted", "expected"),
    [
        pytest.param({"started_on": TODAY}, REDUCED, True, id="started today"),
        pytest.param({"started_on": TOMORROW}, EXTENDED, True, id="joining"),
        pytest.param({"started_on": YESTERDAY}, EXTENDED, False, id="began before"),
        pytest.param({"is_complete": True}, REDUCED, False, id="completed, to reduced"),
        pytest.param(
            {"is_complete": True, "started_on": TODAY}, REDUCED, False, id="completed today"
        ),
    ],
)
def test_whose_declarations_must_lie_within_milestones(of, wanted, expected):
    of = training(**of, declared=[DECLARED], has_declarations=True)
    closed = {"started": MilestoneWindow(date(2025, 9, 1), YESTERDAY)}

    found = problems(of, target(milestones=closed), wanted=wanted)

    assert ("schedule_identifier declaration_outside_milestone" in found) is expected


def test_days_of_declarations_are_londons():
    late = LiveDeclaration("started", datetime(2025, 7, 31, 23, 0, tzinfo=UTC))
    of = training(started_on=TODAY, declared=[late], has_declarations=True)
    until_july = {"started": MilestoneWindow(date(2025, 4, 1), date(2025, 7, 31))}

    assert problems(of, target(milestones=until_july)) == [
        "schedule_identifier declaration_outside_milestone"
    ]


def test_a_type_without_milestone_has_no_window():
    of = training(started_on=TODAY, declared=[DECLARED], has_declarations=True)

    assert problems(of) == []


def test_declarations_do_not_stop_a_change_to_new_training():
    of = training(declared=[DECLARED], has_declarations=True)
    closed = {"started": MilestoneWindow(TOMORROW, None)}

    assert problems(of, target(2024, milestones=closed), cohort="2024") == []


@pytest.mark.parametrize(
    "of",
    [
        pytest.param({"started_on": TODAY}, id="started today"),
        pytest.param({"started_on": TOMORROW}, id="joining"),
        pytest.param(
            {"is_complete": True, "completed_on": YESTERDAY, "finished_on": YESTERDAY},
            id="completed",
        ),
    ],
)
def test_the_cohort_is_not_changed_in_place_under_declarations(of):
    of = training(**of, has_declarations=True)

    assert problems(of, target(2024), wanted=REDUCED, cohort="2024") == [
        "schedule_identifier declarations_in_old_cohort"
    ]
    assert problems(of, wanted=REDUCED) == []


# -- Checks 10 to 13: the participant --------------------------------------------------------

LATER = LaterTraining(TOMORROW, is_provider_led=True)
COMPLETED = {"is_complete": True, "completed_on": YESTERDAY}


@pytest.mark.parametrize(
    ("of", "wanted", "expected"),
    [
        pytest.param({"started_on": TOMORROW}, EXTENDED, None, id="joining"),
        pytest.param({"started_on": TODAY}, EXTENDED, None, id="started today"),
        pytest.param({}, EXTENDED, None, id="running"),
        pytest.param({"finished_on": TOMORROW}, EXTENDED, None, id="leaving"),
        pytest.param({"finished_on": TODAY}, EXTENDED, "left", id="left today"),
        pytest.param({"finished_on": YESTERDAY}, EXTENDED, "left", id="left"),
        pytest.param(
            {"finished_on": YESTERDAY, "status": "deferred"}, EXTENDED, "stopped", id="deferred"
        ),
        pytest.param(
            {"finished_on": YESTERDAY, "status": "withdrawn"}, EXTENDED, "stopped", id="withdrawn"
        ),
        pytest.param(
            {"finished_on": TOMORROW, "status": "withdrawn"},
            EXTENDED,
            "stopped",
            id="withdrawn while leaving",
        ),
        pytest.param(
            {"finished_on": TOMORROW, "status": "deferred"},
            EXTENDED,
            None,
            id="deferred while leaving",
        ),
        pytest.param(COMPLETED, EXTENDED, "ect_completed", id="completed"),
        pytest.param(COMPLETED, REDUCED, None, id="completed, to reduced"),
        pytest.param(
            {**COMPLETED, "finished_on": YESTERDAY}, REDUCED, None, id="completed and ended"
        ),
        pytest.param(
            {**COMPLETED, "finished_on": YESTERDAY - timedelta(days=1)},
            REDUCED,
            "left",
            id="left before completing",
        ),
        pytest.param(
            {**COMPLETED, "finished_on": YESTERDAY, "status": "withdrawn"},
            REDUCED,
            "stopped",
            id="withdrawn, then completed",
        ),
        pytest.param(
            {**COMPLETED, "role": "mentor"}, REPLACEMENT, "mentor_completed", id="mentor completed"
        ),
        pytest.param(
            {"completed_on": YESTERDAY, "finished_on": YESTERDAY}, EXTENDED, None, id="only in TRS"
        ),
        pytest.param({"later": LATER}, EXTENDED, "later_training", id="later training"),
        pytest.param(
            {"later": LaterTraining(TOMORROW, is_provider_led=False)},
            EXTENDED,
            "later_school_led_training",
            id="later school-led training",
        ),
        pytest.param(
            {"finished_on": YESTERDAY, "later": LATER}, EXTENDED, "left", id="left, trains on"
        ),
    ],
)
def test_whose_schedule_may_be_changed(of, wanted, expected):
    found = problems(training(**of), wanted=wanted)

    assert found == ([f"participant_id {expected}"] if expected else [])


def test_each_field_is_told_once_in_order():
    of = training(finished_on=YESTERDAY, status="withdrawn", later=LATER)

    found = problems(of, target(2021, is_frozen=True), wanted=REPLACEMENT, cohort="2021")

    assert found == [
        "schedule_identifier not_for_ects",
        "cohort payments_frozen",
        "participant_id stopped",
    ]


# -- What becomes of the training ------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "wanted", "in_place"),
    [
        pytest.param({}, EXTENDED, False, id="begun"),
        pytest.param({"started_on": YESTERDAY}, REDUCED, False, id="begun yesterday"),
        pytest.param({"started_on": TODAY}, EXTENDED, True, id="begun today"),
        pytest.param({"started_on": TOMORROW}, EXTENDED, True, id="joining"),
        pytest.param(COMPLETED, REDUCED, True, id="completed, to reduced"),
    ],
)
def test_what_is_changed_in_place(of, wanted, in_place):
    assert is_changed_in_place(wanted, training(**of), today=TODAY) is in_place


@pytest.mark.parametrize(
    ("finished_on", "placement_finished_on", "expected"),
    [
        pytest.param(None, None, None, id="open"),
        pytest.param(TOMORROW, None, TOMORROW, id="training's end"),
        pytest.param(None, TOMORROW, TOMORROW, id="placement's end"),
        pytest.param(TOMORROW, date(2026, 7, 20), TOMORROW, id="the earlier"),
        pytest.param(TODAY, None, TODAY, id="today is not past"),
        pytest.param(YESTERDAY, TOMORROW, TOMORROW, id="never in the past"),
        pytest.param(YESTERDAY, YESTERDAY, None, id="both in the past"),
    ],
)
def test_new_training_ends_when_the_old_was_to(finished_on, placement_finished_on, expected):
    of = training(finished_on=finished_on)

    found = last_day_of_new(of, placement_finished_on=placement_finished_on, today=TODAY)

    assert found == expected


@pytest.mark.parametrize(
    ("finished_on", "expected"),
    [(None, YESTERDAY), (TOMORROW, YESTERDAY), (date(2025, 12, 19), date(2025, 12, 19))],
)
def test_old_training_ends_yesterday_at_the_latest(finished_on, expected):
    assert last_day_of_old(training(finished_on=finished_on), today=TODAY) == expected


@pytest.mark.parametrize(
    ("recorded", "old", "new", "expected"),
    [
        pytest.param(None, 2022, 2024, 2022, id="out of a frozen one"),
        pytest.param(2022, 2024, 2022, None, id="back into it"),
        pytest.param(None, 2024, 2025, None, id="between open ones"),
        pytest.param(2022, 2024, 2025, 2022, id="on between open ones"),
        pytest.param(2021, 2022, 2021, 2022, id="from frozen to frozen"),
        pytest.param(2022, 2025, 2025, 2022, id="within one"),
        pytest.param(None, 2022, 2022, None, id="within a frozen one"),
    ],
)
def test_which_frozen_year_is_remembered(recorded, old, new, expected):
    frozen = {2021, 2022}

    found = frozen_year_after(
        recorded,
        old_year=old,
        old_is_frozen=old in frozen,
        new_year=new,
        new_is_frozen=new in frozen,
    )

    assert found == expected
