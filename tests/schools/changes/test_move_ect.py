"""An ECT moves to another school of the user's in one journey (spec 05 §20.6)."""

from datetime import date

import pytest

from register_ects.models import ECTAtSchoolPeriod, Event, OutgoingEmail, School
from register_ects.operations.placements.leaving import report_leaving
from tests.factories import (
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolPartnershipFactory,
)
from tests.registrations import AUTHOR
from tests.schools.change_journey import rows
from tests.schools.ect_journey import change_answers, slug_of
from tests.schools.moving import (
    answers_to,
    record_of,
    start_of,
    walk,
    zofia_at_oak,
)
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

LAST_DAY, FIRST_DAY = date(2026, 10, 31), date(2026, 11, 1)


@pytest.fixture
def zofia(world):
    return zofia_at_oak(world)


def test_the_ect_leaves_one_school_and_is_registered_at_the_other(world, denise, zofia):
    page = walk(denise, zofia, answers_to(world.elm))
    assert page.h1 == "Check your answers before moving Zofia Lis"
    assert rows(page)["Lead provider"].startswith("Larch Learning")
    assert rows(page)["Appropriate body"].startswith("Hub A")

    done = denise.submit(page).follow()

    assert done.h1 == "Zofia Lis is moving to Elm School"
    zofia.refresh_from_db()
    moved = ECTAtSchoolPeriod.objects.get(school=world.elm)
    assert (zofia.finished_on, moved.started_on) == (LAST_DAY, FIRST_DAY)
    assert zofia.reported_leaving_by_school == world.oak
    assert (moved.email, moved.working_pattern) == ("zofia@elm.example.com", "part_time")
    assert moved.training_periods.get().lead_provider == world.larch
    assert zofia.training_periods.get().finished_on == LAST_DAY
    assert denise.get(record_of(moved)).h1 == "Zofia Lis"
    assert record_of(moved) in [link["href"] for link in done.select("main a")]


def test_days_between_the_two_are_nobodys(world, denise, zofia):
    later = {"details": date_parts("started_on", "2027-01-04")}

    denise.submit(walk(denise, zofia, answers_to(world.elm, **later)))

    zofia.refresh_from_db()
    moved = ECTAtSchoolPeriod.objects.get(school=world.elm)
    assert (zofia.finished_on, moved.started_on) == (LAST_DAY, date(2027, 1, 4))


def test_each_is_told_once(world, denise, zofia):
    before = OutgoingEmail.objects.count()

    denise.submit(walk(denise, zofia, answers_to(world.elm)))

    sent = OutgoingEmail.objects.order_by("pk")[before:]
    assert sorted(each.template for each in sent) == [
        "ect_moved_away",
        "ect_registered_provider_led",
        "ect_registered_summary",
    ]


def test_both_schools_timelines_tell_of_it(world, denise, zofia):
    denise.submit(walk(denise, zofia, answers_to(world.elm)))

    told = Event.objects.filter(
        event_type__in=["teacher_left_school_as_ect", "teacher_registered_as_ect"]
    ).order_by("pk")
    assert [(each.school, each.author_name) for each in told][1:] == [
        (world.oak, "Denise Marlow"),
        (world.elm, "Denise Marlow"),
    ]


def test_a_mentor_of_the_new_school_is_given_at_once(world, denise, zofia):
    mentor = MentorAtSchoolPeriodFactory(school=world.elm, started_on="2026-09-01")
    answers = answers_to(world.elm, mentor={"mentor": str(mentor.pk)})

    page = walk(denise, zofia, answers)
    assert rows(page)["Mentor at Elm School"].startswith(mentor.teacher.name)
    assert rows(page)[f"Training of {mentor.teacher.name}"] == "Larch Learning"
    denise.submit(page)

    moved = ECTAtSchoolPeriod.objects.get(school=world.elm)
    mentorship = moved.mentorship_periods.get()
    assert (mentorship.mentor_at_school_period, mentorship.started_on) == (mentor, FIRST_DAY)
    assert mentor.training_periods.get().lead_provider == world.larch


def test_mentoring_at_the_old_school_ends(world, denise, zofia):
    mentorship = MentorshipPeriodFactory(
        school=world.oak,
        ect_at_school_period=zofia,
        started_on="2026-09-10",
    )

    page = walk(denise, zofia, answers_to(world.elm))
    name = mentorship.mentor_at_school_period.teacher.name
    assert rows(page)[f"Mentoring by {name}"] == "Ends on 31 October 2026"
    denise.submit(page)

    mentorship.refresh_from_db()
    assert mentorship.finished_on == LAST_DAY


@pytest.mark.parametrize("year", [2025, 2026])
def test_training_is_told_to_go_on_where_a_partnership_is_kept(world, denise, zofia, year):
    SchoolPartnershipFactory(
        school=world.elm, lead_provider=world.larch, delivery_partner=world.tern, year=year
    )
    School.objects.filter(pk=world.elm.pk).update(
        last_chosen_appropriate_body=world.hub,
        last_chosen_training_programme="provider_led",
        last_chosen_lead_provider=world.larch,
    )

    page = walk(denise, zofia, answers_to(world.elm))
    done = denise.submit(page).follow()

    assert rows(page)["Delivery partner"] == "Tern Trust"
    assert "Larch Learning goes on with Zofia Lis’s training at Elm School" in done.text
    moved = ECTAtSchoolPeriod.objects.get(school=world.elm)
    assert moved.training_periods.get().school_partnership.delivery_partner == world.tern


def test_a_provider_without_a_partnership_is_told_to_confirm(world, denise, zofia):
    page = walk(denise, zofia, answers_to(world.elm))

    assert (
        "Larch Learning has to confirm that they work with Elm" in denise.submit(page).follow().text
    )


def test_what_goes_on_can_be_changed(world, denise, zofia):
    page = walk(denise, zofia, answers_to(world.elm))

    changed = change_answers(denise, page, "training", {"training_programme": "school_led"})
    denise.submit(changed.follow())

    moved = ECTAtSchoolPeriod.objects.get(school=world.elm)
    assert moved.training_periods.get().lead_provider is None


def test_the_record_leads_to_it(denise, zofia):
    assert start_of(zofia) in [link["href"] for link in denise.get(record_of(zofia)).select("a")]


def test_a_record_does_not_lead_to_it_for_somebody_at_one_school(oak, zofia):
    page = oak.get(f"/school/ects/{zofia.pk}")

    assert "move-to-another-school" not in str(page.select("main"))


def test_sent_twice_it_is_saved_once(world, denise, zofia):
    check = walk(denise, zofia, answers_to(world.elm))

    first, second = denise.submit(check), denise.submit(check)

    assert first.location == second.location
    assert slug_of(second.follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.filter(school=world.elm).count() == 1


# -- Refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "first_day", "told"),
    [
        ("2026-10-31", "2026-10-31", "Their first day at Elm School must be 1 November 2026"),
        ("2026-08-31", "2026-11-01", "Their last day must be"),
        ("2027-01-11", "2027-02-01", "Their last day must be 10 January 2027 or earlier"),
        ("2026-10-31", "2027-01-11", "the start date must be 10 January 2027 or earlier"),
    ],
)
def test_days_that_cannot_be_are_refused_on_their_page(
    world, denise, zofia, last_day, first_day, told
):
    days = {**date_parts("leaving_on", last_day), **date_parts("started_on", first_day)}

    page = walk(denise, zofia, answers_to(world.elm, details=days))

    assert (page.status_code, slug_of(page)) == (422, "details")
    assert told in page.text


def test_whose_leaving_is_reported_already_is_not_moved(world, denise, zofia):
    report_leaving(zofia, last_day=LAST_DAY, author=AUTHOR)

    page = denise.get(start_of(zofia))

    assert page.h1 == "You cannot move Zofia Lis to another school"
    assert "leaving on 31 October 2026. Cancel that first" in page.text


def test_a_leaving_that_a_colleague_reported_meanwhile_stops_it(world, denise, zofia):
    page = walk(denise, zofia, answers_to(world.elm))
    report_leaving(zofia, last_day=LAST_DAY, author=AUTHOR)

    refused = denise.submit(page)

    assert refused.status_code == 422
    assert "Nothing was saved" in refused.text
    assert not ECTAtSchoolPeriod.objects.filter(school=world.elm).exists()
