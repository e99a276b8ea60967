"""What the mentor journeys offer and say, by what is known of the two people (spec 05 §8)."""

import pytest

from register_ects.models import MentorshipPeriod
from register_ects.operations.placements.mentoring import assign_mentor
from register_ects.rules.enumerations import MentorFundingEndReason
from tests.factories import (
    ActiveLeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR
from tests.schools.ect_journey import address, slug_of
from tests.schools.mentor_journey import new_mentor, register
from tests.support.pages import date_parts

TRN, BORN = "4000006", "1999-02-11"  # Zofia Lis


@pytest.fixture
def ben(world):
    return MentorAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name="Ben Lowe")


def choose(browser, placement, mentor):
    url = f"/school/ects/{placement.pk}/mentorship/new"
    return browser.post(url, {"mentor": str(mentor.pk)}).follow()


def test_the_present_mentor_is_not_offered_again(oak, asha, ben):
    assign_mentor(asha, ben, author=AUTHOR)
    cleo = MentorAtSchoolPeriodFactory(school=asha.school, teacher__trs_first_name="Cleo")

    page = oak.get(f"/school/ects/{asha.pk}/change-mentor/edit")

    labels = [tag.get_text(strip=True) for tag in page.select(".govuk-radios__label")]
    assert labels == [cleo.teacher.name, "Register a new mentor"]
    assert "Ben Lowe" in page.text


def test_a_mentor_assigned_in_another_tab_meanwhile_changes_nothing(oak, asha, ben):
    TrainingPeriodFactory(mentor_at_school_period=ben)
    first, second = choose(oak, asha, ben), choose(oak, asha, ben)
    oak.submit(first)
    [before] = MentorshipPeriod.objects.values()

    done = oak.submit(second).follow()

    assert slug_of(done) == "confirmation"
    assert list(MentorshipPeriod.objects.values()) == [before]


def test_without_provider_led_training_the_check_page_says_so(oak, school_led, ben):
    assert "is not in provider-led training" in choose(oak, school_led, ben).text


def test_a_mentor_who_cannot_be_funded_is_told_of(oak, asha, ben):
    ben.teacher.mentor_became_ineligible_for_funding_on = "2025-07-01"
    ben.teacher.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
    )
    ben.teacher.save()

    assert "cannot have funded mentor training" in choose(oak, asha, ben).text


def test_training_that_a_mentor_has_already_goes_on(oak, asha, ben):
    TrainingPeriodFactory(mentor_at_school_period=ben)

    assert "has been registered for mentor training before" in choose(oak, asha, ben).text


def test_the_link_to_change_the_provider_leads_to_the_question_that_holds(world, oak, asha, ben):
    other = ActiveLeadProviderFactory(year=2026).lead_provider
    page = choose(oak, asha, ben)
    eligibility = address(page, "review-mentor-eligibility")
    oak.post(eligibility, {"use_ect_provider": "no"})
    oak.post(address(page, "lead-provider"), {"lead_provider": str(other.pk)})

    checked = oak.post(eligibility, {"use_ect_provider": "yes"}).follow()
    changed = oak.get(checked.select("a[href*='change=yes']")[-1]["href"])

    assert slug_of(changed) == "review-mentor-eligibility"


@pytest.mark.parametrize(("training", "named"), [("provider_led", True), ("school_led", False)])
def test_a_lead_provider_is_to_be_gathered_for_provider_led_training_only(
    oak, request, training, named
):
    placement = request.getfixturevalue("asha" if training == "provider_led" else "school_led")

    page = oak.get(f"/school/register-mentor/find-mentor?ect_id={placement.pk}")

    assert ("lead provider" in page.text) is named


@pytest.mark.usefixtures("trs")
def test_somebody_new_to_mentoring_is_told_when_they_start_and_what_the_address_is_for(oak, asha):
    start = f"/school/register-mentor/find-mentor?ect_id={asha.pk}"
    assert "starts on the day you register them" in oak.get(start).text

    asked = register(oak, asha, new_mentor(), to="review-mentor-details")
    checked = register(oak, asha, new_mentor())

    assert "We write to them there" in asked.select_one("#email-hint").get_text()
    rows = {row.dt.get_text(strip=True): row for row in checked.select(".govuk-summary-list__row")}
    row = rows["Mentoring start date"]
    assert row.dd.get_text(strip=True) == "10 September 2026, the day you register them"
    assert row.select("a") == []


@pytest.mark.usefixtures("trs")
def test_no_provider_is_shown_for_a_mentor_who_trains_at_another_school(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm)
    start = f"/school/register-mentor/find-mentor?ect_id={asha.pk}"
    page = oak.get(start)
    for answer in [
        {"trn": TRN, **date_parts("date_of_birth", BORN)},
        {"name_is_correct": "yes", "email": "zofia@oak.example.com"},
        {"only_here": "no"},
    ]:
        page = oak.submit(page, answer).follow()

    assert slug_of(page) == "check-answers"
    assert "Lead provider" not in page.text
    assert "No mentor training is set up at your school" in page.text
