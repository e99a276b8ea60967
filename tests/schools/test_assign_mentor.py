"""A school gives an ECT one of its mentors (spec 05 §8.1, §8.2)."""

import pytest

from register_ects.models import JourneyDraft, MentorshipPeriod, Teacher, TrainingPeriod
from register_ects.web import drafts
from tests.factories import (
    ActiveLeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
)
from tests.schools.ect_journey import address, slug_of

pytestmark = pytest.mark.usefixtures("trs")

TRN, BORN = "4000006", "1999-02-11"  # Zofia Lis


def choose(browser, placement, mentor):
    """Choose a mentor on the ECT's choose page and follow."""
    url = f"/school/ects/{placement.pk}/mentorship/new"
    return browser.post(url, {"mentor": str(getattr(mentor, "pk", mentor))}).follow()


def confirm(browser, page):
    return browser.submit(page).follow()


def test_mentors_are_listed_with_their_ects_and_leaving_date_the_one_chosen_last_first(
    world, oak, asha
):
    zed = MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name="Zed Abel")
    MentorshipPeriodFactory(mentor_at_school_period=zed)
    MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Amy Abel", finished_on="2026-12-18"
    )

    page = oak.get(f"/school/ects/{asha.pk}/mentorship/new")

    labels = [tag.get_text(strip=True) for tag in page.select(".govuk-radios__label")]
    assert labels == ["Zed Abel", "Amy Abel", "Register a new mentor"]
    assert "Mentors 1 ECT" in page.text
    assert "Leaves on 18 Dec 2026" in page.text


def test_two_mentors_of_one_name_are_told_apart_by_trn_and_other_schools(world, oak, asha):
    for trn in ("4000011", "4000012"):
        MentorAtSchoolPeriodFactory(
            school=world.oak, teacher__trn=trn, teacher__corrected_name="Amy Abel"
        )
    MentorAtSchoolPeriodFactory(school=world.elm, teacher=Teacher.objects.get(trn="4000012"))
    MentorAtSchoolPeriodFactory(  # left, so it says nothing
        school__gias_school__name="Fir School",
        teacher=Teacher.objects.get(trn="4000011"),
        finished_on="2026-07-20",
    )

    page = oak.get(f"/school/ects/{asha.pk}/mentorship/new")

    hints = [tag.get_text(strip=True) for tag in page.select(".govuk-radios__hint")]
    assert hints == [
        "TRN 4000011. Mentors no one here yet",
        "TRN 4000012. Mentors no one here yet. Also a mentor at Elm School",
    ]


def test_a_new_mentor_is_registered_and_what_was_chosen_before_stays(world, oak, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)
    registration = f"/school/register-mentor/find-mentor?ect_id={asha.pk}"
    first = f"/school/ects/{asha.pk}/mentorship/new"

    assert oak.post(first, {"mentor": "0"}).location == registration
    assert not JourneyDraft.objects.exists()
    choose(oak, asha, ben)
    draft = JourneyDraft.objects.get()
    again = f"/school/ects/{asha.pk}/mentorship/{draft.pk}/new"
    assert oak.post(again, {"mentor": "0"}).location == registration
    assert drafts.read(draft).answers["mentor"] == str(ben.pk)


def test_a_mentor_without_training_due_is_assigned(world, oak, school_led):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)

    page = choose(oak, school_led, ben)
    assert slug_of(page) == "check-answers"
    done = confirm(oak, page)

    assert "registration is complete" in done.text
    assert MentorshipPeriod.objects.get().mentor_at_school_period == ben
    assert not TrainingPeriod.objects.filter(trainee_role="mentor").exists()


def test_first_training_goes_to_the_ects_provider_when_accepted(world, oak, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)

    page = choose(oak, asha, ben)
    assert slug_of(page) == "review-mentor-eligibility"
    checked = oak.post(address(page, "review-mentor-eligibility"), {"use_ect_provider": "yes"})
    confirm(oak, checked.follow())

    assert ben.training_periods.get().lead_provider == world.larch


def test_first_training_goes_to_another_provider_even_after_accepting_first(world, oak, asha):
    ben = MentorAtSchoolPeriodFactory(school=world.oak)
    other = ActiveLeadProviderFactory(year=2026).lead_provider
    page = choose(oak, asha, ben)
    accept = address(page, "review-mentor-eligibility")
    oak.post(accept, {"use_ect_provider": "yes"})

    page = oak.post(accept, {"use_ect_provider": "no"}).follow()
    assert slug_of(page) == "lead-provider"
    checked = oak.post(address(page, "lead-provider"), {"lead_provider": str(other.pk)}).follow()
    confirm(oak, checked)

    assert ben.training_periods.get().lead_provider == other


def test_nothing_is_written_before_the_check_page(world, oak, asha):
    choose(oak, asha, MentorAtSchoolPeriodFactory(school=world.oak))

    assert not MentorshipPeriod.objects.exists()


@pytest.mark.parametrize("who", ["elsewhere", "the ECT", "nonsense"])
def test_people_who_are_not_offered_are_refused(world, oak, asha, who):
    mentor = {
        "elsewhere": lambda: MentorAtSchoolPeriodFactory(school=world.elm).pk,
        "the ECT": lambda: MentorAtSchoolPeriodFactory(school=world.oak, teacher=asha.teacher).pk,
        "nonsense": lambda: "nonsense",
    }[who]()

    page = oak.post(f"/school/ects/{asha.pk}/mentorship/new", {"mentor": str(mentor)})

    assert page.status_code == 422
    assert page.errors == {"#mentor": "Select who will mentor Asha Rao"}


@pytest.mark.parametrize("path", ["mentorship/new", "mentorship"])
def test_an_ect_of_another_school_is_not_found(world, sign_in, asha, path):
    assert sign_in(world.elm).get(f"/school/ects/{asha.pk}/{path}").status_code == 404


def test_a_new_mentor_leads_to_their_registration(oak, asha):
    page = choose(oak, asha, "0")

    assert page.h1 == "Find a mentor"
    assert "Mentor for Asha Rao" in page.text


def test_assigning_twice_assigns_once(world, oak, school_led):
    page = choose(oak, school_led, MentorAtSchoolPeriodFactory(school=world.oak))
    first, again = confirm(oak, page), confirm(oak, page)

    assert slug_of(first) == slug_of(again) == "confirmation"
    assert MentorshipPeriod.objects.count() == 1


@pytest.mark.parametrize("slug", ["lead-provider", "check-answers"])
def test_a_mentor_who_left_since_they_were_chosen_is_not_assigned(world, oak, asha, slug):
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")
    page = choose(oak, asha, ben)
    use = "no" if slug == "lead-provider" else "yes"
    oak.post(address(page, "review-mentor-eligibility"), {"use_ect_provider": use})
    ben.finished_on = "2026-09-09"
    ben.save()

    refused = oak.post(address(page, slug), {"lead_provider": str(world.larch.pk)})

    assert refused.status_code == 422
    assert not MentorshipPeriod.objects.exists()


def test_a_mentor_who_starts_after_the_ect_leaves_is_not_offered(world, oak, school_led):
    school_led.training_periods.update(finished_on="2026-09-30")
    type(school_led).objects.filter(pk=school_led.pk).update(finished_on="2026-09-30")
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-10-05")

    url = f"/school/ects/{school_led.pk}/mentorship/new"
    page = oak.post(url, {"mentor": str(ben.pk)})

    assert page.errors == {"#mentor": "Select who will mentor Asha Rao"}
    assert (
        f"Asha Rao leaves your school on 30 September 2026, before {ben.teacher.name} starts on "
        "5 October 2026." in page.text
    )
