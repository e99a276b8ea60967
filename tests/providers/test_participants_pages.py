"""Pages of participants: filters, stable order, what moves updated_at, and what they cost."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from register_ects.models import Teacher
from register_ects.projections.participants import render
from register_ects.projections.refresh import catch_up
from tests.factories import (
    InductionPeriodFactory,
    SchoolFundingEligibilityFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.answers import ids
from tests.providers.participants_seen import enrolment, mentored, shown

pytestmark = pytest.mark.day("2025-10-15T09:30:15.999999+00:00")


# -- Lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "page[page]=0",
        "page[page]=0.8",
        "page[page]=-1",
        "page[page]=abc",
        "page[page]=",
        "page[page]",
        "page[per_page]=0",
        "page[page]=\u0662",
        "page=2",
        "page=",
        "page[]=2",
    ],
)
def test_a_page_that_is_no_positive_number_is_400(api, query):
    response = api.get(f"/participants?{query}")

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["title"] == "Bad request"
    assert "page[page]" in error["detail"]
    assert "page[per_page]" in error["detail"]


def test_cohort_matches_either_enrolment_shown(api, lead_provider):
    teacher = TeacherFactory()
    TrainingPeriodFactory(
        teacher=teacher, lead_provider=lead_provider, year=2023, finished_on=date(2024, 7, 1)
    )
    TrainingPeriodFactory(teacher=teacher, lead_provider=lead_provider, year=2025, for_mentor=True)

    for year, expected in ((2023, 1), (2024, 0), (2025, 1)):
        assert len(ids(api.get(f"/participants?filter[cohort]={year}"))) == expected


def test_training_status_matches_what_is_printed(api, lead_provider):
    TrainingPeriodFactory(
        lead_provider=lead_provider,
        finished_on=date(2025, 10, 1),
        withdrawn_at=noon(date(2025, 10, 2)),
        withdrawal_reason="other",
        deferred_at=noon(date(2025, 10, 1)),
        deferral_reason="other",
    )

    counts = {
        status: len(ids(api.get(f"/participants?filter[training_status]={status}")))
        for status in ("active", "deferred", "withdrawn")
    }

    assert counts == {"active": 0, "deferred": 0, "withdrawn": 1}


def test_pages_are_stable_when_timestamps_are_equal(api, lead_provider):
    people = [TrainingPeriodFactory(lead_provider=lead_provider).teacher for _ in range(4)]
    expected = [str(person.api_id) for person in people]

    def walk(sort):
        return [
            found
            for number in (1, 2)
            for found in ids(
                api.get(f"/participants?sort={sort}&page[per_page]=2&page[page]={number}")
            )
        ]

    assert walk("updated_at") == expected
    assert walk("-updated_at") == expected[::-1]


def _change_email(training):
    training.ect_at_school_period.email = f"{uuid4()}@school.example.com"
    training.ect_at_school_period.save()


def _change_name(training):
    training.teacher.corrected_name = "Someone Else"
    training.teacher.save()


def _add_induction(training):
    InductionPeriodFactory(teacher=training.teacher, started_on=date(2025, 9, 1))


def _give_mentor(training):
    mentored(training)


def _give_uplift(training):
    SchoolFundingEligibilityFactory(
        gias_school=training.school.gias_school, year=2024, sparsity_uplift=True
    )


def _merge(training):
    TeacherIdChangeFactory(teacher=training.teacher, to_teacher=training.teacher)


@pytest.mark.parametrize(
    "change", [_change_email, _change_name, _add_induction, _give_mentor, _give_uplift, _merge]
)
def test_updated_at_moves_with_what_is_shown(api, lead_provider, on, change):
    training = TrainingPeriodFactory(lead_provider=lead_provider, year=2024)
    other = TrainingPeriodFactory(lead_provider=lead_provider, year=2024)
    catch_up()
    on("2025-10-20T08:00:00+00:00")

    change(training)

    assert shown(api, training.teacher)["attributes"]["updated_at"] == "2025-10-20T08:00:00Z"
    assert shown(api, other.teacher)["attributes"]["updated_at"] == "2025-10-15T09:30:15Z"
    assert ids(api.get("/participants?filter[updated_since]=2025-10-20T08:00:00Z")) == [
        str(training.teacher.api_id)
    ]


# -- What it costs ---------------------------------------------------------------------------


def _populate(lead_provider, count):
    for _ in range(count):
        training = TrainingPeriodFactory(lead_provider=lead_provider, year=2024)
        TrainingPeriodFactory(
            teacher=training.teacher, lead_provider=lead_provider, year=2024, for_mentor=True
        )
        mentored(training)
        _give_uplift(training)
        _add_induction(training)
        _merge(training)


@pytest.mark.parametrize("count", [1, 4])
def test_rendering_costs_the_same_for_many(lead_provider, count, django_assert_num_queries):
    _populate(lead_provider, count)
    keys = list(Teacher.objects.filter(training_periods__isnull=False).distinct())

    with django_assert_num_queries(11):
        views = render([key.pk for key in keys])

    assert len(views) == count


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_costs_three_queries(api, lead_provider, count, django_assert_num_queries):
    _populate(lead_provider, count)
    api.get("/participants")
    api.catches_up = False

    with django_assert_num_queries(3):  # the token, how far the feed is, the page
        assert len(ids(api.get("/participants?filter[updated_since]=2020-01-01"))) == count


def test_london_days_decide_the_status_around_midnight(api, lead_provider, on):
    training = TrainingPeriodFactory(
        lead_provider=lead_provider, started_on=date(2025, 7, 1), year=2025
    )

    seen = []
    for minutes in (-1, 1):
        on(datetime(2025, 6, 30, 23, tzinfo=UTC) + timedelta(minutes=minutes))
        seen.append(enrolment(api, training)["participant_status"])

    assert seen == ["joining", "active"]
