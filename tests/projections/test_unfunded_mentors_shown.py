"""What providers are shown of mentors who do not train with them."""

from datetime import date

import pytest

from register_ects.projections.unfunded_mentors import render
from tests.factories import (
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)

pytestmark = pytest.mark.day("2025-10-15")


def mentors(placement, provider, **mentorship):
    """Let this mentor placement mentor an ECT whom the provider trains."""
    training = TrainingPeriodFactory(
        lead_provider=provider, school=placement.school, started_on=placement.started_on
    )
    return MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period,
        mentor_at_school_period=placement,
        **mentorship,
    )


def providers_shown(teacher):
    return {each.lead_provider_id for each in render([teacher.pk])}


def test_a_mentor_is_shown_with_every_attribute(harbour):
    sam = TeacherFactory(trs_first_name="Gareth", trs_last_name="Mallory", trn="3902215")
    placement = MentorAtSchoolPeriodFactory(teacher=sam, email="g.mallory@larkhill.example")
    mentors(placement, harbour)

    (shown,) = render([sam.pk])

    assert shown.lead_provider_id == harbour.pk
    assert (shown.record_id, shown.api_id, shown.created_at) == (
        sam.pk,
        sam.api_id,
        sam.created_at,
    )
    assert shown.attributes == {
        "full_name": "Gareth Mallory",
        "email": "g.mallory@larkhill.example",
        "teacher_reference_number": "3902215",
        "created_at": sam.created_at,
    }


def test_scenario_24_a_mentor_who_trains_elsewhere_until_the_mentorship_ends(
    harbour, northgate, on
):
    placement = MentorAtSchoolPeriodFactory()
    TrainingPeriodFactory(mentor_at_school_period=placement, lead_provider=northgate)
    mentorship = mentors(placement, harbour)

    assert providers_shown(placement.teacher) == {harbour.pk}
    mentorship.finished_on = date(2025, 10, 15)
    mentorship.save()
    assert providers_shown(placement.teacher) == {harbour.pk}
    on("2025-10-16")
    assert providers_shown(placement.teacher) == set()


def test_a_mentor_who_trains_or_trained_with_the_provider_as_a_mentor_is_not_shown(harbour):
    placement = MentorAtSchoolPeriodFactory()
    TrainingPeriodFactory(
        mentor_at_school_period=placement, lead_provider=harbour, finished_on=date(2025, 9, 30)
    )
    mentors(placement, harbour)

    assert providers_shown(placement.teacher) == set()


def test_a_mentor_whom_the_provider_once_trained_as_an_ect_is_shown(harbour):
    training = TrainingPeriodFactory(lead_provider=harbour, year=2021, finished=True)
    placement = MentorAtSchoolPeriodFactory(teacher=training.teacher)
    mentors(placement, harbour)

    assert providers_shown(training.teacher) == {harbour.pk}


def test_a_provider_that_no_longer_trains_the_ect_does_not_see_the_mentor(harbour, northgate):
    mentorship = mentors(MentorAtSchoolPeriodFactory(), harbour)
    harbours = mentorship.ect_at_school_period.training_periods.get()
    harbours.finished_on = date(2025, 10, 14)
    harbours.save()
    TrainingPeriodFactory(
        ect_at_school_period=mentorship.ect_at_school_period,
        lead_provider=northgate,
        started_on=date(2025, 10, 15),
    )

    assert providers_shown(mentorship.mentor_at_school_period.teacher) == {northgate.pk}


def test_a_mentor_yet_to_begin_is_shown_unless_another_comes_first(harbour):
    placement = MentorAtSchoolPeriodFactory()
    mentorship = mentors(placement, harbour, started_on=date(2026, 1, 5))

    assert providers_shown(placement.teacher) == {harbour.pk}
    MentorshipPeriodFactory(
        ect_at_school_period=mentorship.ect_at_school_period, finished_on=date(2026, 1, 4)
    )
    assert providers_shown(placement.teacher) == set()


def test_providers_see_the_email_of_the_school_where_their_ects_are_mentored(harbour, northgate):
    sam = TeacherFactory()
    at_brook = MentorAtSchoolPeriodFactory(
        teacher=sam, email="sam@brook.example", started_on=date(2025, 9, 1)
    )
    at_ashby = MentorAtSchoolPeriodFactory(
        teacher=sam, email="sam@ashby.example", started_on=date(2025, 9, 8)
    )
    mentors(at_brook, harbour)
    mentors(at_ashby, northgate)

    emails = {each.lead_provider_id: each.attributes["email"] for each in render([sam.pk])}
    assert emails == {harbour.pk: "sam@brook.example", northgate.pk: "sam@ashby.example"}

    mentors(at_ashby, harbour)
    emails = {each.lead_provider_id: each.attributes["email"] for each in render([sam.pk])}
    assert emails[harbour.pk] == "sam@ashby.example", "of several the one that started latest"


def test_many_mentors_cost_as_many_queries_as_one(harbour, django_assert_num_queries):
    school = SchoolFactory()
    people = []
    for _ in range(3):
        placement = MentorAtSchoolPeriodFactory(school=school)
        mentors(placement, harbour)
        people.append(placement.teacher_id)

    for some in (people[:1], people):
        with django_assert_num_queries(5):
            assert len(render(some)) == len(some)
