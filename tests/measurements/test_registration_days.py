"""At night the ECTs registered on each day are counted, and who had a mentor within 14 days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorshipPeriod,
    RegistrationDay,
    SupportQuery,
)
from register_ects.operations.registration_days import MOST_DAYS, count_registrations
from register_ects.tasks import count_registered_days
from support.reporting_queries import registrations
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    StaffUserFactory,
    SupportQueryFactory,
)
from tests.support.pages import Browser

TODAY = date(2026, 2, 2)
SETTLED = date(2026, 1, 18)  # the last day whose 14 days have passed
pytestmark = [pytest.mark.django_db, pytest.mark.day(str(TODAY))]


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def registered(at, *, mentor_after=None):
    ect = ECTAtSchoolPeriodFactory()
    ECTAtSchoolPeriod.objects.filter(pk=ect.pk).update(created_at=at)
    if mentor_after is not None:
        mentorship = MentorshipPeriodFactory(
            ect_at_school_period=ect,
            mentor_at_school_period=MentorAtSchoolPeriodFactory(school=ect.school),
        )
        MentorshipPeriod.objects.filter(pk=mentorship.pk).update(created_at=at + mentor_after)


def asked(at):
    SupportQuery.objects.filter(pk=SupportQueryFactory().pk).update(created_at=at)


def counted(day):
    return RegistrationDay.objects.values_list("registered", "with_mentor", "questions").get(
        day=day
    )


@pytest.mark.parametrize(
    ("mentor_after", "counts"),
    [
        (None, False),
        (timedelta(0), True),
        (timedelta(days=14), True),
        (timedelta(days=14, seconds=1), False),
    ],
)
def test_a_mentor_counts_until_14_days_after_the_registration(mentor_after, counts):
    registered(noon(SETTLED), mentor_after=mentor_after)

    count_registrations()

    assert counted(SETTLED) == (1, int(counts), 0)


def test_days_are_those_of_london_and_today_is_not_counted_yet():
    asked(datetime(2025, 10, 24, 23, 30, tzinfo=UTC))  # summer: half past midnight
    asked(datetime(2026, 2, 1, 23, 59, tzinfo=UTC))
    registered(noon(TODAY))

    count_registrations()

    assert counted(date(2025, 10, 25)) == (0, 0, 1)
    assert counted(date(2026, 2, 1)) == (0, 0, 1)
    assert RegistrationDay.objects.count() == MOST_DAYS
    assert not RegistrationDay.objects.filter(day=TODAY).exists()


def test_a_day_is_counted_again_until_its_14_days_have_passed_and_the_job_may_run_twice(on):
    registered(noon(date(2026, 2, 1)), mentor_after=timedelta(days=13, hours=12))

    MentorshipPeriod.objects.update(created_at=noon(date(2026, 3, 1)))
    count_registered_days()
    assert counted(date(2026, 2, 1)) == (1, 0, 0)

    MentorshipPeriod.objects.update(created_at=noon(date(2026, 2, 14)))
    for night in ("2026-02-15", "2026-02-16", "2026-02-16"):
        on(night)
        count_registered_days()
    assert counted(date(2026, 2, 1)) == (1, 1, 0)


def test_nights_that_were_missed_are_made_up_for(on):
    count_registrations()
    on("2026-04-20")
    asked(noon(date(2026, 2, 20)))

    count_registrations()

    days = RegistrationDay.objects.order_by("day").values_list("day", flat=True)
    assert len(days) == (days[len(days) - 1] - days[0]).days + 1
    assert counted(date(2026, 2, 20)) == (0, 0, 1)


def test_the_share_is_of_days_whose_14_days_have_passed():
    for day, registered_then, with_mentor, questions in [
        (SETTLED, 6, 3, 1),
        (TODAY - timedelta(days=90), 2, 2, 0),
        (SETTLED + timedelta(days=1), 12, 0, 1),  # not settled
        (TODAY - timedelta(days=91), 99, 0, 99),  # before
    ]:
        RegistrationDay.objects.create(
            day=day, registered=registered_then, with_mentor=with_mentor, questions=questions
        )

    found = registrations(TODAY, days=90)

    assert (found.registered, found.share, found.questions) == (20, 62.5, 10)


def test_nobody_registered_is_no_share():
    found = registrations(TODAY, days=90)

    assert (found.registered, found.share, found.questions) == (0, None, None)


def test_staff_read_both_measures():
    RegistrationDay.objects.create(day=SETTLED, registered=3, with_mentor=2, questions=1)

    page = Browser().sign_in(StaffUserFactory()).get("/admin/reporting/journeys")

    assert page.summary["Had a mentor within 14 days"].startswith("66.7% of those registered")
    assert page.summary["Questions to support for each 100 registered"] == "33.3"


def test_more_people_cost_no_more_queries():
    def cost():
        with CaptureQueriesContext(connection) as queries:
            count_registrations()
        return len(queries)

    count_registrations()
    few = cost()
    for day in (SETTLED, date(2026, 2, 1)):
        registered(noon(day), mentor_after=timedelta(days=1))
        asked(noon(day))
    assert cost() == few
