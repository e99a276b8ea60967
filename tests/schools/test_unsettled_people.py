"""The home page reads only people about whom there may be anything to tell."""

from datetime import UTC, date, datetime

import pytest

from schools.queries.unsettled import unsettled_at
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    OutgoingEmailFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)

START, LATER = date(2025, 9, 1), date(2026, 7, 20)

pytestmark = pytest.mark.day("2026-02-02")


def ect_at(school, *, placement=(), mentoring=(), training=(), induction=()):
    """Make an ECT who has all they need, but for what is given."""
    ect = ECTAtSchoolPeriodFactory(
        school=school, started_on=START, email="ect@example.com", **dict(placement)
    )
    until = {"finished_on": ect.finished_on}
    mentor = MentorAtSchoolPeriodFactory(school=school, started_on=START)
    if mentoring is not None:
        MentorshipPeriodFactory(
            ect_at_school_period=ect,
            mentor_at_school_period=mentor,
            **{"started_on": START, **until, **dict(mentoring)},
        )
    if training is not None:
        TrainingPeriodFactory(
            ect_at_school_period=ect, **{"started_on": START, **until, **dict(training)}
        )
    if induction is not None:
        InductionPeriodFactory(
            teacher=ect.teacher, **{"started_on": START, "finished_on": None, **dict(induction)}
        )
    return ect


def bounced(address):
    OutgoingEmailFactory(
        recipient=address, receipt="permanent-failure", receipt_at=datetime(2026, 2, 1, tzinfo=UTC)
    )


def test_who_has_all_they_need_is_not_read():
    school = SchoolFactory()
    ect_at(school)
    ect_at(school, training={"school_led": True})

    assert unsettled_at([school]).ects == {}
    assert unsettled_at([school]).mentors == {}


@pytest.mark.parametrize(
    "change",
    [
        {"placement": {"finished_on": LATER}},
        {"mentoring": None},
        {"mentoring": {"finished_on": LATER}},
        {"mentoring": {"started_on": date(2026, 3, 1)}},
        {"training": None},
        {"training": {"withdrawn": True, "finished_on": date(2026, 1, 9)}},
        {"training": {"deferred": True, "finished_on": date(2026, 1, 9)}},
        {"training": {"eoi_only": True}},
        {"training": {"finished_on": LATER}},
        {"induction": None},
        {"induction": {"started_on": date(2025, 1, 6)}},
        {"induction": {"finished_on": date(2026, 1, 5), "number_of_terms": 1}},
    ],
    ids=str,
)
def test_an_ect_without_any_of_it_is_read(change):
    school = SchoolFactory()
    ect = ect_at(school, **change)

    (read,) = unsettled_at([school]).ects[school.pk]
    assert read.id == ect.pk


@pytest.mark.parametrize("training", [{"withdrawn": True}, {"deferred": True}, {"eoi_only": True}])
def test_a_mentor_whose_training_was_stopped_or_is_not_confirmed_is_read(training):
    school = SchoolFactory()
    mentor = MentorAtSchoolPeriodFactory(school=school, started_on=START)
    TrainingPeriodFactory(
        ect_at_school_period=None, mentor_at_school_period=mentor, started_on=START, **training
    )

    (read,) = unsettled_at([school]).mentors[school.pk]
    assert read.id == mentor.pk


def test_who_leaves_or_whose_emails_are_returned_is_read():
    school = SchoolFactory()
    ect = ect_at(school)
    MentorAtSchoolPeriodFactory(school=school, started_on=START, finished_on=LATER)
    MentorAtSchoolPeriodFactory(school=school, started_on=START, email="Back@example.com")
    bounced("ECT@example.com")
    bounced("back@example.com")

    found = unsettled_at([school])

    assert [each.id for each in found.ects[school.pk]] == [ect.pk]
    assert len(found.mentors[school.pk]) == 2
