"""What is refused of actions on participants, and how it is said (spec 03 §9)."""

from datetime import date

import pytest

from providers.wording.participant_actions import PARTICIPANTS
from register_ects.models import Event, Milestone, Schedule
from tests.factories import (
    DeclarationFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.acting import ACTIONS, act, enrolment, refused
from tests.providers.acting import published_years as published_years
from tests.providers.acting import train as train

YESTERDAY, TODAY, TOMORROW = date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3)


pytestmark = [pytest.mark.usefixtures("published_years"), pytest.mark.day(TODAY)]


DEFER, WITHDRAW = ("defer", {"reason": "other"}), ("withdraw", {"reason": "other"})
RESUME, MOVE = ("resume", {}), ("change-schedule", ACTIONS["change-schedule"])
ENDED = {"finished_on": YESTERDAY}
STOPPED = {"deferred": True}


def to(**attributes):
    return ("change-schedule", {**ACTIONS["change-schedule"], **attributes})


def passed(of):
    InductionPeriodFactory(
        teacher=of.teacher,
        started_on=of.started_on,
        finished_on=YESTERDAY,
        number_of_terms=3,
        outcome="pass",
    )


def also_here(**changes):
    return lambda of: TrainingPeriodFactory(
        ect_at_school_period=of.ect_at_school_period,
        lead_provider=LeadProviderFactory(),
        **changes,
    )


def leaves(day):
    def leave(of):
        of.ect_at_school_period.finished_on = day
        of.ect_at_school_period.save()

    return leave


def elsewhere(of):
    placement = MentorAtSchoolPeriodFactory(teacher=of.teacher, started_on=YESTERDAY)
    TrainingPeriodFactory(
        mentor_at_school_period=placement, lead_provider=LeadProviderFactory(), year=2025
    )


def declared(**changes):
    return lambda of: DeclarationFactory(
        training_period=of, **{"declaration_date": noon(YESTERDAY), **changes}
    )


def completed(of):
    of.teacher.mentor_became_ineligible_for_funding_on = YESTERDAY
    of.teacher.mentor_became_ineligible_for_funding_reason = "completed_declaration_received"
    of.teacher.save()


def without_extended_schedules(of):
    offered = Schedule.objects.filter(contract_period=2025, kind="extended")
    Milestone.objects.filter(schedule__in=offered).delete()
    offered.delete()


MENTOR = {"for_mentor": True}

#: Training, what else is known, the action, the refusal, and a phrase of what is said.
REFUSALS = [
    ({}, None, ("resume", {"course_identifier": " "}), "course_identifier blank", "ecf-mentor"),
    (
        {},
        None,
        ("resume", {"course_identifier": "npq"}),
        "course_identifier unknown",
        "not recognised",
    ),
    (
        {},
        None,
        ("resume", {"course_identifier": "ecf-mentor"}),
        "course_identifier never_trained",
        "not on this course with you",
    ),
    ({}, None, ("defer", {}), "reason blank", "bereavement, long-term-sickness"),
    (
        {},
        None,
        ("withdraw", {"reason": "moved_school"}),
        "reason unknown",
        "left-teaching-profession, moved-school",
    ),
    (
        {},
        None,
        ("withdraw", {"reason": "mentor-no-longer-being-mentor"}),
        "reason not_for_ects",
        "for mentors only",
    ),
    (STOPPED, None, DEFER, "participant_id already_deferred", "deferred already"),
    ({"withdrawn": True}, None, DEFER, "participant_id already_withdrawn", "withdrawn already"),
    ({"started_on": TOMORROW}, None, WITHDRAW, "participant_id not_started", "2026-02-03"),
    ({"started_on": TODAY}, None, DEFER, "participant_id started_today", "on 2026-02-03 or later"),
    ({}, None, RESUME, "participant_id already_active", "no training to resume"),
    (
        STOPPED,
        also_here(started_on=YESTERDAY),
        RESUME,
        "participant_id already_training",
        "in other training at this school",
    ),
    (
        STOPPED,
        also_here(started_on=YESTERDAY, school_led=True),
        RESUME,
        "participant_id training_is_school_led",
        "leads their training itself",
    ),
    (
        {**STOPPED, "finished_on": TODAY},
        None,
        RESUME,
        "participant_id resumed_too_soon",
        "on 2026-02-03 or later",
    ),
    (STOPPED, leaves(TODAY), RESUME, "participant_id left_school", "2026-02-02"),
    (
        STOPPED,
        also_here(started_on=TOMORROW),
        RESUME,
        "participant_id later_training_here",
        "planned from 2026-02-03",
    ),
    (
        {**STOPPED, **MENTOR},
        elsewhere,
        RESUME,
        "participant_id trains_at_another_school",
        "another school from 2026-02-01",
    ),
    ({}, passed, MOVE, "participant_id ect_completed", "reduced schedule"),
    (MENTOR, completed, MOVE, "participant_id mentor_completed", "completed training"),
    (ENDED, None, MOVE, "participant_id left", "has left training with you"),
    (STOPPED, None, MOVE, "participant_id stopped", "Resume their training first"),
    (
        {"finished_on": TOMORROW},
        also_here(started_on=date(2026, 2, 4)),
        MOVE,
        "participant_id later_training",
        "from 2026-02-04",
    ),
    (
        {"finished_on": TOMORROW},
        also_here(started_on=date(2026, 2, 4), school_led=True),
        MOVE,
        "participant_id later_school_led_training",
        "leads their training itself from 2026-02-04",
    ),
    ({}, None, to(schedule_identifier=None), "schedule_identifier blank", "Enter"),
    (
        {},
        None,
        to(schedule_identifier="ecf-standard-june"),
        "schedule_identifier unknown",
        "not recognised",
    ),
    (
        {},
        without_extended_schedules,
        MOVE,
        "schedule_identifier not_offered",
        "in the 2025 cohort",
    ),
    (
        {},
        None,
        to(schedule_identifier="ecf-standard-september"),
        "schedule_identifier no_change",
        "already",
    ),
    (
        {},
        None,
        to(schedule_identifier="ecf-replacement-april"),
        "schedule_identifier not_for_ects",
        "for mentors only",
    ),
    (
        MENTOR,
        None,
        to(schedule_identifier="ecf-reduced-april"),
        "schedule_identifier not_for_mentors",
        "for ECTs only",
    ),
    (
        {"started_on": TODAY},
        declared(),
        to(schedule_identifier="ecf-standard-april"),
        "schedule_identifier declaration_outside_milestone",
        "The started declaration",
    ),
    (
        {"started_on": TODAY},
        declared(voided=True),
        to(cohort="2024"),
        "schedule_identifier declarations_in_old_cohort",
        "in the 2025 cohort",
    ),
    ({}, None, to(cohort="2099"), "cohort unknown", "not recognised"),
    ({}, None, to(cohort="2024"), "cohort no_partnership", "in the 2024 '#/cohort'"),
    (
        {"year": 2022},
        None,
        MOVE,
        "cohort payments_frozen",
        "2022 '#/cohort' is closed for payment",
    ),
]


@pytest.mark.parametrize(
    ("changes", "prepare", "action", "refusal", "said"),
    [pytest.param(*row, id=f"{row[3]} on {row[2][0]}") for row in REFUSALS],
)
def test_a_refusal_names_the_field_and_says_what_to_do(
    api, train, changes, prepare, action, refusal, said
):
    of = train(**changes)
    if prepare:
        prepare(of)
    name, sent = action

    response = act(api, of, name, **sent)

    first, *others = response.json()["errors"]
    field, code = refusal.split()
    assert (first["title"], first["code"]) == (field, f"participant.{code}")
    assert f"'#/{field}'" in first["detail"]
    assert said in first["detail"]
    assert {each["code"] for each in others} <= {"participant.no_partnership"}
    assert not Event.objects.filter(author_type="lead_provider_api").exists()


def test_every_sentence_is_said_somewhere():
    assert {tuple(row[3].split()) for row in REFUSALS} == PARTICIPANTS.keys()


def test_several_fields_are_told_at_once_each_once(api, train):
    deferred = train(deferred=True)

    response = act(
        api, deferred, "change-schedule", schedule_identifier="ecf-replacement-april", cohort="2021"
    )

    assert refused(response) == [
        "schedule_identifier not_for_ects",
        "cohort no_partnership",
        "participant_id stopped",
    ]


@pytest.mark.parametrize(
    ("cohort", "is_known"),
    [
        pytest.param("2025", True, id="year"),
        pytest.param(2025, True, id="number"),
        pytest.param(None, True, id="null"),
        pytest.param("", True, id="empty"),
        pytest.param("  ", False, id="spaces"),
        pytest.param("\u0662\u0660\u0662\u0665", False, id="other digits"),
        pytest.param("2025.0", False, id="decimal"),
        pytest.param(20250, False, id="long"),
        pytest.param(10**30, False, id="huge"),
        pytest.param(True, False, id="true"),
    ],
)
def test_which_cohorts_are_read(api, train, cohort, is_known):
    response = act(api, train(), "change-schedule", **to(cohort=cohort)[1])

    if is_known:
        assert enrolment(response)["cohort"] == "2025"
    else:
        assert refused(response) == ["cohort unknown"]
