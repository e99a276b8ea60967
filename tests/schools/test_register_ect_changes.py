"""A school takes its last choices again, and changes answers before it registers an ECT."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, JourneyDraft, School
from register_ects.web.drafts import purge_drafts
from tests.factories import (
    AppropriateBodyFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolPartnershipFactory,
)
from tests.schools.ect_journey import (
    BORN,
    TRN,
    address,
    answers_for,
    change_answers,
    filled,
    find,
    slug_of,
    walk,
)
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")


def registered_once(world, oak) -> None:
    """Register somebody else, so that the school has choices to use again."""
    page = walk(
        oak,
        answers_for(
            world,
            find_ect=find("4000002", "1980-03-10"),
            review_ect_details={"email": "struan@oak.example.com"},
        ),
        to="check-answers",
    )
    oak.submit(page)


def test_the_last_choices_are_offered_and_taken(world, oak):
    registered_once(world, oak)

    page = walk(oak, answers_for(world), to="check-answers")
    oak.submit(page)

    today = govuk_date(clock.today())
    assert f"We used the choices of your school’s last registration, on {today}." in page.text
    training = ECTAtSchoolPeriod.objects.get(teacher__trn=TRN).training_periods.get()
    assert training.lead_provider == world.larch


def test_other_choices_take_the_place_of_the_last_ones(world, oak):
    registered_once(world, oak)
    other = AppropriateBodyFactory(active=True, name="Hub B")
    page = walk(oak, answers_for(world), to="check-answers")

    changed = change_answers(oak, page, "training", {"appropriate_body": str(other.pk)}).follow()
    oak.submit(changed)

    assert slug_of(changed) == "check-answers"
    assert "last registration" not in changed.text
    placement = ECTAtSchoolPeriod.objects.get(teacher__trn=TRN)
    assert placement.school_reported_appropriate_body == other
    assert placement.training_periods.get().lead_provider == world.larch


def test_the_choices_saved_are_those_agreed_to_whatever_a_colleague_does_meanwhile(world, oak):
    registered_once(world, oak)
    page = walk(oak, answers_for(world), to="check-answers")
    other = AppropriateBodyFactory(active=True, name="Hub B")
    School.objects.filter(pk=world.oak.pk).update(
        last_chosen_appropriate_body=other,
        last_chosen_training_programme="school_led",
        last_chosen_lead_provider=None,
    )

    oak.submit(page)

    placement = ECTAtSchoolPeriod.objects.get(teacher__trn=TRN)
    assert placement.school_reported_appropriate_body == world.hub
    assert placement.training_periods.get().lead_provider == world.larch


def test_agreed_choices_that_ended_are_refused_at_the_check_page(world, oak):
    registered_once(world, oak)
    page = walk(oak, answers_for(world), to="check-answers")
    world.hub.designations.update(finished_on="2026-09-09")

    assert oak.get(address(page, "check-answers")).status_code == 200
    refused = oak.submit(page)

    assert "no longer available" in refused.text
    assert ECTAtSchoolPeriod.objects.count() == 1


def test_agreed_choices_are_asked_again_when_a_new_start_changes_them(world, oak):
    registered_once(world, oak)
    ContractPeriodFactory(year=2027, enabled=True)
    page = walk(oak, answers_for(world), to="check-answers")

    changed = change_answers(
        oak, page, "review-ect-details", date_parts("started_on", "2027-09-01")
    ).follow()

    assert slug_of(changed) == "training"
    assert not changed.select("option[selected][value]:not([value=''])")


def test_other_choices_stand_when_the_start_changes(world, oak):
    registered_once(world, oak)
    other = AppropriateBodyFactory(active=True, name="Hub B")
    page = walk(oak, answers_for(world), to="check-answers")
    change_answers(oak, page, "training", {"appropriate_body": str(other.pk)})

    changed = change_answers(
        oak, page, "review-ect-details", date_parts("started_on", "2026-09-07")
    ).follow()

    assert changed.summary["Appropriate body"].startswith("Hub B")


def test_the_delivery_partner_shown_is_that_of_the_partnership_used(world, oak):
    registered_once(world, oak)
    earliest = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )
    SchoolPartnershipFactory(school=world.oak, lead_provider=world.larch, year=2026)

    page = walk(oak, answers_for(world), to="check-answers")
    oak.submit(page)

    assert "Tern Trust" in page.text
    training = ECTAtSchoolPeriod.objects.get(teacher__trn=TRN).training_periods.get()
    assert training.school_partnership == earliest


def test_a_change_to_provider_led_asks_for_the_provider_again(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")
    change_answers(oak, page, "training", {"training_programme": "school_led"})

    asked = change_answers(oak, page, "training", {"training_programme": "provider_led"})

    assert asked.errors == {"#lead_provider": "Select the lead provider"}


def test_a_change_to_a_taken_email_comes_back_to_the_check_page_once_mended(world, oak):
    MentorAtSchoolPeriodFactory(school=world.elm, email="taken@oak.example.com")
    page = walk(oak, answers_for(world), to="check-answers")

    taken = {"email": "Taken@oak.example.com"}
    stopped = change_answers(oak, page, "review-ect-details", taken).follow()
    assert slug_of(stopped) == "cant-use-email"
    [again] = [a["href"] for a in stopped.select("a.govuk-button")]
    opened = oak.get(again)
    mended = oak.submit(opened, {**filled(opened), "email": "mine@oak.example.com"}).follow()

    assert slug_of(mended) == "check-answers"


def test_a_change_to_a_taken_email_leaves_the_accepted_one(world, oak):
    MentorAtSchoolPeriodFactory(school=world.elm, email="taken@oak.example.com")
    page = walk(oak, answers_for(world), to="check-answers")

    taken = {"email": "taken@oak.example.com"}
    stopped = change_answers(oak, page, "review-ect-details", taken).follow()
    assert "taken@oak.example.com belongs to another teacher" in stopped.text
    check = oak.get(stopped.select_one(".govuk-back-link")["href"])

    assert slug_of(check) == "check-answers"
    assert "zofia@oak.example.com" in check.text
    assert slug_of(oak.submit(page).follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.get(teacher__trn=TRN).email == "zofia@oak.example.com"


def test_a_search_for_somebody_else_who_is_not_found_leaves_the_first_person(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")
    review = oak.get(address(page, "review-ect-details") + "?change=yes")
    [again] = [a["href"] for a in review.select("a") if "find-ect" in a.get("href", "")]

    wrong = find("4000002", "1999-01-01")
    mismatch = oak.post(again, wrong)
    assert list(mismatch.errors) == ["#national_insurance_number"]
    stopped = oak.post(again, {**wrong, "national_insurance_number": "AB123456D"}).follow()

    assert slug_of(stopped) == "not-found"
    check = oak.get(stopped.select_one(".govuk-back-link")["href"])
    assert slug_of(check) == "check-answers"
    assert slug_of(oak.submit(page).follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.get().teacher.trn == TRN


@pytest.mark.parametrize(
    ("email", "warned"), [("office@oak.example.com", True), ("zofia@oak.example.com", False)]
)
def test_an_email_that_looks_shared_is_warned_of_but_allowed(world, oak, email, warned):
    page = walk(oak, answers_for(world, review_ect_details={"email": email}), to="check-answers")

    assert ("looks as if several people use it" in page.text) is warned
    assert slug_of(oak.submit(page).follow()) == "confirmation"


def test_an_ect_keeps_the_email_of_their_earlier_school(world, oak):
    ECTAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.elm, email="zofia@oak.example.com", started_on="2026-02-02"
    )

    assert slug_of(walk(oak, answers_for(world), to="training")) == "training"


def test_after_a_day_without_a_change_the_person_is_found_again(world, oak, on):
    page = walk(oak, answers_for(world), to="check-answers")
    JourneyDraft.objects.update(updated_at=clock.now() - timedelta(hours=25))
    purge_drafts()

    asked = oak.submit(page).follow()
    assert slug_of(asked) == "find-ect"
    back = oak.post(address(page, "find-ect"), find(TRN, BORN)).follow()

    assert slug_of(back) == "review-ect-details"
    assert not ECTAtSchoolPeriod.objects.exists()


def test_changing_an_answer_returns_to_the_check_page(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")

    new = {"email": "new@oak.example.com"}
    changed = change_answers(oak, page, "review-ect-details", new).follow()

    assert slug_of(changed) == "check-answers"
    assert "new@oak.example.com" in changed.text


def test_changing_to_school_led_drops_the_provider_question(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")

    led = {"training_programme": "school_led"}
    changed = change_answers(oak, page, "training", led).follow()

    assert slug_of(changed) == "check-answers"
    assert "Lead provider" not in [tag.get_text(strip=True) for tag in changed.select("dt")]


def test_a_new_start_that_the_provider_cannot_serve_asks_for_the_provider_again(world, oak):
    ContractPeriodFactory(year=2027, enabled=True)
    page = walk(oak, answers_for(world), to="check-answers")

    changed = change_answers(
        oak, page, "review-ect-details", date_parts("started_on", "2027-09-01")
    ).follow()

    assert slug_of(changed) == "training"
    assert "No lead provider has a contract" in changed.text
