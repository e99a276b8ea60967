"""Placements and mentorships: what the database refuses (spec 01 §3 and §6, 1, 3 to 5, 17, 18)."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    AppropriateBodyPeriodFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.raw_sql import changed, copied

ONE_DAY = timedelta(days=1)

PERIODS = {
    "appropriatebodyperiod": AppropriateBodyPeriodFactory,
    "ectatschoolperiod": ECTAtSchoolPeriodFactory,
    "inductionperiod": InductionPeriodFactory,
    "mentoratschoolperiod": MentorAtSchoolPeriodFactory,
    "mentorshipperiod": MentorshipPeriodFactory,
    "trainingperiod": TrainingPeriodFactory,
}


# -- 1: a period finishes on or after its start ------------------------------------------------


@pytest.mark.parametrize("name", PERIODS)
def test_a_period_cannot_finish_before_its_start(refused, name):
    period = PERIODS[name](finished=True)

    problem = refused(
        f"{name}_finishes_on_or_after_start",
        *changed(period, started_on=period.finished_on + ONE_DAY),
    )

    assert (problem.field, problem.code) == ("finished_on", "before_start")


@pytest.mark.parametrize("name", PERIODS)
def test_a_period_may_last_one_day(name):
    assert PERIODS[name](one_day=True).pk


def test_a_contract_period_cannot_finish_before_its_start(refused):
    year = ContractPeriodFactory()
    refused("contract_period_finishes_after_start", *changed(year, finished_on=year.started_on))


# -- 2: contract periods do not overlap --------------------------------------------------------


def test_contract_periods_cannot_share_a_day(refused):
    year = ContractPeriodFactory(year=2025)
    later = ContractPeriodFactory(year=2026)
    problem = refused(
        "contract_periods_never_overlap", *changed(later, started_on=year.finished_on)
    )
    assert problem.code == "overlaps"


# -- 3: one ECT placement at a time ------------------------------------------------------------


def test_an_ect_cannot_be_at_two_schools_at_once(refused):
    placement = ECTAtSchoolPeriodFactory()
    elsewhere = copied(placement, school_id=SchoolFactory().pk, started_on=date(2026, 1, 5))

    problem = refused("ect_placements_never_overlap", *elsewhere)

    assert "registered at a school" in problem.details["message"]


def test_an_ect_may_move_the_day_after_leaving(execute):
    placement = ECTAtSchoolPeriodFactory(finished=True)
    execute(*copied(placement, started_on=placement.finished_on + ONE_DAY, finished_on=None))


# -- 4: one mentor placement at a time in a school ---------------------------------------------


def test_a_mentor_cannot_be_at_a_school_twice_at_once(refused):
    placement = MentorAtSchoolPeriodFactory(finished=True)
    refused(
        "mentor_placements_at_a_school_never_overlap",
        *copied(placement, started_on=placement.finished_on, finished_on=None),
    )


def test_a_mentor_may_be_at_two_schools_at_once(execute):
    placement = MentorAtSchoolPeriodFactory()
    execute(*copied(placement, school_id=SchoolFactory().pk))


# -- 5: one mentor at a time for an ECT --------------------------------------------------------


def test_an_ect_cannot_have_two_mentors_at_once(refused):
    mentorship = MentorshipPeriodFactory()
    other = MentorAtSchoolPeriodFactory(school=mentorship.school)

    problem = refused(
        "one_mentor_at_a_time_per_ect",
        *copied(
            mentorship, mentor_at_school_period_id=other.pk, mentor_teacher_id=other.teacher_id
        ),
    )

    assert "another mentor" in problem.details["message"]


def test_a_mentor_may_have_two_ects_at_once():
    mentorship = MentorshipPeriodFactory()
    assert MentorshipPeriodFactory(
        mentor_at_school_period=mentorship.mentor_at_school_period,
        started_on=mentorship.started_on,
    ).pk


# -- 17: a child lies inside its parents -------------------------------------------------------


@pytest.mark.parametrize("role", ["ect", "mentor"])
@pytest.mark.parametrize(
    "days",
    [
        pytest.param({"started_on": date(2025, 8, 31)}, id="starts before"),
        pytest.param({"finished_on": date(2025, 12, 21)}, id="ends after"),
        pytest.param({"finished_on": None}, id="stays open"),
    ],
)
def test_training_cannot_stick_out_of_its_placement(refused, role, days):
    factory = {"ect": ECTAtSchoolPeriodFactory, "mentor": MentorAtSchoolPeriodFactory}[role]
    placement = factory(finished_on=date(2025, 12, 20))
    training = TrainingPeriodFactory(
        **{f"{role}_at_school_period": placement}, finished_on=placement.finished_on
    )

    problem = refused("training_lies_within_its_placement", *changed(training, **days))

    assert problem.code == "outside_placement"


@pytest.mark.parametrize("factory", [ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory])
def test_training_may_fill_its_placement_exactly(factory):
    role = "ect" if factory is ECTAtSchoolPeriodFactory else "mentor"
    placement = factory(finished=True)
    assert TrainingPeriodFactory(
        **{f"{role}_at_school_period": placement}, finished_on=placement.finished_on
    ).pk


@pytest.mark.parametrize("side", ["ect_at_school_period", "mentor_at_school_period"])
def test_a_mentorship_cannot_stick_out_of_either_placement(refused, side):
    school = SchoolFactory()
    factories = {
        "ect_at_school_period": ECTAtSchoolPeriodFactory,
        "mentor_at_school_period": MentorAtSchoolPeriodFactory,
    }
    short = factories[side](school=school, finished=True)
    mentorship = MentorshipPeriodFactory(**{side: short}, finished_on=short.finished_on)

    refused(
        "mentorship_lies_within_both_placements",
        *changed(mentorship, finished_on=short.finished_on + ONE_DAY),
    )


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({"finished_on": date(2025, 12, 1)}, id="ends earlier"),
        pytest.param({"started_on": date(2025, 9, 2)}, id="starts later"),
    ],
)
@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_a_placement_cannot_shrink_past_its_training(refused, role, days):
    training = TrainingPeriodFactory(**{f"for_{role}": True})

    problem = refused(f"{role}_placement_holds_its_periods", *changed(training.placement, **days))

    assert "End or change it first" in problem.details["message"]


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_a_placement_cannot_shrink_past_its_mentorship(refused, role):
    mentorship = MentorshipPeriodFactory()
    placement = getattr(mentorship, f"{role}_at_school_period")
    refused(
        f"{role}_placement_holds_its_periods",
        *changed(placement, finished_on=date(2025, 12, 1)),
    )


def test_a_placement_may_shrink_before_its_training_does_once_deferred(execute):
    training = TrainingPeriodFactory()
    last_day = {"finished_on": date(2025, 12, 1)}

    # In one statement both change, so the check at its end finds them in agreement.
    shrink, *values = changed(training.placement, **last_day)
    close, *more = changed(training, **last_day)
    execute(f"WITH child AS ({close}) {shrink}", *more, *values)

    training.refresh_from_db()
    assert training.finished_on == date(2025, 12, 1)


# -- 18: two people at one school --------------------------------------------------------------


def test_nobody_mentors_themselves(refused):
    mentorship = MentorshipPeriodFactory()
    own = MentorAtSchoolPeriodFactory(teacher=mentorship.ect_teacher, school=mentorship.school)

    problem = refused(
        "mentor_and_mentee_are_different_people",
        *changed(mentorship, mentor_at_school_period_id=own.pk, mentor_teacher_id=own.teacher_id),
    )

    assert "own mentor" in problem.details["message"]


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_mentoring_names_the_people_of_its_placements(refused, role):
    mentorship = MentorshipPeriodFactory()
    refused(
        f"mentorship_agrees_with_its_{role}_placement",
        *changed(mentorship, **{f"{role}_teacher_id": TeacherFactory().pk}),
    )


def test_a_mentor_of_another_school_cannot_mentor(refused):
    mentorship = MentorshipPeriodFactory()
    elsewhere = MentorAtSchoolPeriodFactory()

    problem = refused(
        "mentorship_agrees_with_its_mentor_placement",
        *changed(
            mentorship,
            mentor_at_school_period_id=elsewhere.pk,
            mentor_teacher_id=elsewhere.teacher_id,
        ),
    )

    assert (problem.field, problem.code) == ("", "stale")


def test_an_ect_of_another_school_cannot_be_mentored(refused):
    mentorship = MentorshipPeriodFactory()
    refused(
        "mentorship_agrees_with_its_ect_placement",
        *changed(mentorship, school_id=SchoolFactory().pk),
    )


def test_a_placement_that_changes_person_takes_its_mentorship_and_training_along(execute):
    mentorship = MentorshipPeriodFactory()
    training = TrainingPeriodFactory(ect_at_school_period=mentorship.ect_at_school_period)
    survivor = TeacherFactory()

    execute(*changed(mentorship.ect_at_school_period, teacher_id=survivor.pk))

    mentorship.refresh_from_db()
    training.refresh_from_db()
    assert (mentorship.ect_teacher, training.teacher) == (survivor, survivor)
