"""What holds for every change of a record (spec 05 §5.3, §9, §13, §14)."""

import pytest

from register_ects.models import Event, JourneyDraft
from schools.changes.roles import ECT
from schools.changes.urls import CHANGES
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    RegistrationClosureFactory,
    TrainingPeriodFactory,
)
from tests.schools.change_journey import ask, change_links, confirm, first_page
from tests.schools.ect_journey import address, slug_of

EVERY = [
    pytest.param(role, path.removeprefix("change-"), id=f"{role.name} {path}")
    for role, path, _ in CHANGES
]


def placement(role, school, **values):
    """Return a placement of which everything may be changed: trained, beside another mentor."""
    factory = ECTAtSchoolPeriodFactory if role is ECT else MentorAtSchoolPeriodFactory
    here = factory(school=school, **{"started_on": "2026-06-01", **values})
    MentorAtSchoolPeriodFactory(school=school, started_on=here.started_on)
    days = {"started_on": here.started_on, "finished_on": here.finished_on}
    trainee = {"ect_at_school_period": here} if role is ECT else {"mentor_at_school_period": here}
    TrainingPeriodFactory(**{"for_mentor": role is not ECT, "school": school, **trainee, **days})
    return here


@pytest.mark.parametrize(("role", "what"), EVERY)
def test_another_schools_record_is_not_found(world, oak, role, what):
    page = oak.get(first_page(placement(role, world.elm), what))

    assert page.status_code == 404


@pytest.mark.parametrize(("role", "what"), EVERY)
def test_a_record_that_is_over_is_not_found(world, oak, role, what):
    left = placement(role, world.oak, finished_on="2026-09-09")

    page = oak.get(first_page(left, what))

    assert page.status_code == 404


@pytest.mark.parametrize(("role", "what"), EVERY)
def test_on_the_last_day_it_can_still_be_changed(world, oak, role, what):
    leaving = placement(role, world.oak, finished_on="2026-09-10")

    assert oak.get(first_page(leaving, what)).status_code == 200


@pytest.mark.parametrize("what", ["name", "email-address", "working-pattern", "appropriate-body"])
def test_details_can_be_changed_while_registration_is_closed(world, oak, what):
    RegistrationClosureFactory(starts_on="2026-09-01", ends_on="2026-09-30")

    assert oak.get(first_page(placement(ECT, world.oak), what)).status_code == 200


@pytest.mark.parametrize(("role", "what"), EVERY)
def test_the_way_out_leads_to_the_record(world, oak, role, what):
    here = placement(role, world.oak)

    page = oak.get(first_page(here, what))

    record = f"/school/{role.path}/{here.pk}"
    (cancel,) = (link for link in page.select("main a") if link.text.startswith("Cancel"))
    assert cancel["href"] == record
    assert page.select_one(".govuk-back-link")["href"] == record
    assert page.select_one(".govuk-caption-l").text == here.teacher.name


@pytest.mark.parametrize(("role", "what"), EVERY)
def test_no_later_page_opens_before_the_first_is_answered(world, oak, role, what):
    here = placement(role, world.oak)
    first = first_page(here, what)

    later = oak.get(first.replace("/edit", "/check-answers"))

    assert later.location == first


def test_a_record_leads_to_its_changes_while_it_is_not_over(world, oak):
    here, left = placement(ECT, world.oak), placement(ECT, world.oak, finished_on="2026-09-09")

    assert change_links(oak.get(f"/school/ects/{here.pk}"))["name"] == first_page(here, "name")
    assert change_links(oak.get(f"/school/ects/{left.pk}")) == {}


def test_a_mentors_record_leads_to_its_changes(world, oak):
    here = MentorAtSchoolPeriodFactory(school=world.oak)

    assert change_links(oak.get(f"/school/mentors/{here.pk}"))["name"] == first_page(here, "name")


def test_two_tabs_do_not_mix(world, oak):
    here = placement(ECT, world.oak, teacher__corrected_name="Ada Okafor")
    one, other = (ask(oak, here, "name", {"name": f"Ada {last}"}) for last in ("Cole", "Diaz"))

    confirm(oak, one)

    assert "Ada Diaz" in oak.get(address(other, "check-answers")).text
    assert JourneyDraft.objects.count() == 2


def test_a_check_page_sent_twice_saves_once(world, oak):
    here = placement(ECT, world.oak, teacher__corrected_name="Ada Okafor")
    check = ask(oak, here, "name", {"name": "Ada Cole"})

    first, second = oak.submit(check), oak.submit(check)

    assert first.location == second.location
    assert slug_of(second.follow()) == "confirmation"
    assert "Nothing was saved" not in second.follow().text
    assert Event.objects.filter(event_type="teacher_name_updated_by_user").count() == 1


def test_somebody_who_left_meanwhile_is_not_changed(world, oak):
    here = placement(ECT, world.oak, teacher__corrected_name="Ada Okafor")
    check = ask(oak, here, "name", {"name": "Ada Cole"})
    here.training_periods.update(finished_on="2026-09-09")
    here.finished_on = "2026-09-09"
    here.save()

    assert oak.submit(check).status_code == 404
    here.teacher.refresh_from_db()
    assert here.teacher.name == "Ada Okafor"
