"""A school gives an ECT another mentor on its pages: every row of spec 05 §9.4."""

from datetime import date

import pytest

from register_ects.models import MentorshipPeriod, TrainingPeriod
from tests.factories import (
    ActiveLeadProviderFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.registrations import DAY
from tests.schools.change_journey import ask, confirm, first_page, rows
from tests.schools.ect_journey import slug_of

WHAT = "mentor"


@pytest.fixture
def zed(world, asha):
    """Zed Abel, who mentors Asha since she came."""
    zed = MentorAtSchoolPeriodFactory(
        school=world.oak, started_on=date(2025, 9, 1), teacher__corrected_name="Zed Abel"
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=zed, started_on=asha.started_on
    )
    return zed


@pytest.fixture
def amy(world):
    """Amy Berg, a mentor at Oak who has never been trained."""
    return MentorAtSchoolPeriodFactory(
        school=world.oak, started_on=date(2025, 9, 1), teacher__corrected_name="Amy Berg"
    )


def choose(browser, ect, mentor):
    return ask(browser, ect, WHAT, {"mentor": str(getattr(mentor, "pk", mentor))})


def mentor_of(ect):
    return ect.mentorship_periods.get(finished_on=None).mentor_at_school_period


def already_trained(world, mentor):
    return TrainingPeriodFactory(
        mentor_at_school_period=mentor,
        for_mentor=True,
        lead_provider=world.larch,
        school=world.oak,
        started_on=mentor.started_on,
    )


def test_without_another_mentor_a_new_one_is_registered(oak, asha, zed):
    page = oak.get(first_page(asha, WHAT))

    assert page.location == (
        f"/school/register-mentor/find-mentor?ect_id={asha.pk}&new_mentor_requested=true"
    )
    back = page.follow().select_one(".govuk-back-link")["href"]
    assert back == f"/school/ects/{asha.pk}"


def test_a_new_mentor_is_registered_and_the_way_back_leads_here(oak, asha, zed, amy):
    page = oak.post(first_page(asha, WHAT), {"mentor": "0"})

    assert page.location == (
        f"/school/register-mentor/find-mentor?ect_id={asha.pk}&new_mentor_requested=true"
    )
    back = page.follow().select_one(".govuk-back-link")["href"]
    assert back == first_page(asha, WHAT)


def test_the_present_mentor_is_not_on_offer(oak, asha, zed, amy):
    page = oak.get(first_page(asha, WHAT))

    labels = [tag.get_text(strip=True) for tag in page.select(".govuk-radios__label")]
    assert labels == ["Amy Berg", "Register a new mentor"]


def test_who_has_been_trained_is_checked_at_once(world, oak, asha, zed, amy):
    already_trained(world, amy)

    check = choose(oak, asha, amy)

    assert slug_of(check) == "check-answers"
    confirm(oak, check)
    assert mentor_of(asha) == amy
    assert TrainingPeriod.objects.filter(mentor_at_school_period=amy).count() == 1


def test_first_training_with_the_ects_provider(world, oak, asha, zed, amy):
    question = choose(oak, asha, amy)
    assert slug_of(question) == "review-mentor-eligibility"

    check = oak.submit(question, {"use_ect_provider": "yes"}).follow()

    assert rows(check)["Mentor’s lead provider"] == "Larch Learning"
    assert not MentorshipPeriod.objects.filter(mentor_at_school_period=amy).exists()
    done = confirm(oak, check)
    assert slug_of(done) == "confirmation"
    training = amy.training_periods.get()
    assert (training.lead_provider, training.started_on) == (world.larch, DAY)


@pytest.fixture
def birch(world):
    birch = LeadProviderFactory(name="Birch")
    ActiveLeadProviderFactory(lead_provider=birch, year=2026)
    return birch


def test_another_provider_is_chosen_among_all_but_the_ects(world, oak, asha, zed, amy, birch):
    question = choose(oak, asha, amy)

    which = oak.submit(question, {"use_ect_provider": "no"}).follow()

    labels = [tag.get_text(strip=True) for tag in which.select(".govuk-radios__label")]
    assert labels == ["Birch"]
    confirm(oak, oak.submit(which, {"lead_provider": str(birch.pk)}).follow())
    assert amy.training_periods.get().lead_provider == birch


def test_choosing_another_provider_after_first_accepting_clears_the_acceptance(
    oak, asha, zed, amy, birch
):
    """Spec 05 §9.4 Improve, §19 (5)."""
    check = oak.submit(choose(oak, asha, amy), {"use_ect_provider": "yes"}).follow()
    change = next(
        link["href"]
        for link in check.select(".govuk-summary-list__actions a")
        if "lead provider" in link.text
    )

    which = oak.post(change, {"use_ect_provider": "no"}).follow()
    check = oak.submit(which, {"lead_provider": str(birch.pk)}).follow()

    assert rows(check)["Mentor’s lead provider"] == "Birch"
    confirm(oak, check)
    assert amy.training_periods.get().lead_provider == birch


def test_the_check_page_says_that_the_old_mentors_training_goes_on(world, oak, asha, zed, amy):
    """Spec 05 §9.4 Improve."""
    trains = already_trained(world, zed)
    already_trained(world, amy)

    check = choose(oak, asha, amy)

    assert "Zed Abel’s own mentor training goes on, even if they now mentor no ECT." in check.text
    confirm(oak, check)
    trains.refresh_from_db()
    assert trains.finished_on is None


def test_it_says_nothing_of_training_that_there_is_none(world, oak, asha, zed, amy):
    already_trained(world, amy)

    assert "mentor training goes on" not in choose(oak, asha, amy).text


def test_each_page_has_a_way_out_to_the_ect(oak, asha, zed, amy, birch):
    first = oak.get(first_page(asha, WHAT))
    question = choose(oak, asha, amy)
    which = oak.submit(question, {"use_ect_provider": "no"}).follow()
    check = oak.submit(which, {"lead_provider": str(birch.pk)}).follow()

    for page in (first, question, which, check):
        (cancel,) = (a for a in page.select("main a") if a.text.startswith("Cancel"))
        assert cancel["href"] == f"/school/ects/{asha.pk}"
