"""A registration continued after a day: only the proof of who it is goes (spec 05 §13)."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, JourneyDraft
from register_ects.web import drafts
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.schools import mentor_journey
from tests.schools.ect_journey import (
    BORN,
    NI_NUMBER,
    TRN,
    address,
    answers_for,
    find,
    slug_of,
    walk,
)

pytestmark = pytest.mark.usefixtures("trs")

WHY = "We delete dates of birth, National Insurance numbers and what TRS said after a day"


@pytest.fixture
def a_day_passes(on):
    def passes():
        on(clock.now() + timedelta(hours=25))
        drafts.purge_drafts()

    return passes


def test_the_same_person_proved_again_leads_back_to_the_check_page(world, oak, a_day_passes):
    answers = answers_for(
        world, review_ect_details={"name_is_correct": "no", "corrected_name": "Zofia Nowak"}
    )
    page = walk(oak, answers, to="check-answers")
    a_day_passes()

    asked = oak.submit(page).follow()
    assert slug_of(asked) == "find-ect"
    assert WHY in asked.text
    assert "You found Zofia Nowak before" in asked.text
    assert asked.select_one("#trn")["value"] == TRN
    assert not asked.select_one("#date_of_birth-year").get("value")

    oak.post(address(page, "find-ect"), find(TRN, BORN))
    checked = oak.get(address(page, "check-answers"))
    assert slug_of(checked) == "check-answers"
    assert "Zofia Nowak" in checked.text
    assert "zofia@oak.example.com" in checked.text
    assert slug_of(oak.submit(checked).follow()) == "confirmation"
    assert ECTAtSchoolPeriod.objects.get().teacher.corrected_name == "Zofia Nowak"


def test_another_person_is_asked_about_from_the_beginning(world, oak, a_day_passes):
    page = walk(oak, answers_for(world), to="check-answers")
    a_day_passes()

    other = oak.post(address(page, "find-ect"), find("4000002", "1980-03-10")).follow()

    assert slug_of(other) == "review-ect-details"
    assert slug_of(oak.get(address(page, "check-answers")).follow()) == "review-ect-details"
    assert not other.select_one("#email").get("value")


def test_a_wrong_birth_date_is_no_proof_and_asks_for_the_number(world, oak, a_day_passes):
    page = walk(oak, answers_for(world), to="check-answers")
    a_day_passes()

    wrong = find(TRN, "1990-01-01")
    asked = oak.post(address(page, "find-ect"), wrong)
    assert list(asked.errors) == ["#national_insurance_number"]
    assert slug_of(oak.get(address(page, "check-answers")).follow()) == "find-ect"

    oak.post(address(page, "find-ect"), {**wrong, "national_insurance_number": NI_NUMBER})
    assert oak.get(address(page, "check-answers")).status_code == 200


def test_a_wrong_birth_date_within_the_day_keeps_nothing_and_leaves_the_proof(world, oak):
    page = walk(oak, answers_for(world), to="check-answers")
    before = drafts.read(JourneyDraft.objects.get()).all_answers

    oak.post(address(page, "find-ect"), find(TRN, "1990-01-01"))

    assert slug_of(oak.get(address(page, "check-answers"))) == "check-answers"
    assert drafts.read(JourneyDraft.objects.get()).all_answers == before


def test_a_number_that_proved_it_is_asked_for_again_with_the_reason(world, oak, a_day_passes):
    proof = {**find(TRN, "1990-01-01"), "national_insurance_number": NI_NUMBER}
    by_number = answers_for(world, find_ect=proof)
    page = walk(oak, by_number, to="check-answers")
    a_day_passes()

    asked = oak.get(address(page, "check-answers")).follow()

    assert slug_of(asked) == "find-ect"
    assert WHY in asked.text
    assert not asked.select_one("#national_insurance_number").get("value")
    oak.post(address(page, "find-ect"), proof)
    assert oak.get(address(page, "check-answers")).status_code == 200


def test_trs_being_down_loses_nothing(world, oak, a_day_passes, trs):
    page = walk(oak, answers_for(world), to="check-answers")
    a_day_passes()
    trs.fault("down")

    assert oak.post(address(page, "find-ect"), find(TRN, BORN)).status_code == 422
    trs.clear_faults()
    oak.post(address(page, "find-ect"), find(TRN, BORN))

    assert oak.get(address(page, "check-answers")).status_code == 200


def test_what_has_changed_meanwhile_is_noted_when_the_person_is_proved_again(
    world, oak, a_day_passes
):
    page = walk(oak, answers_for(world), to="check-answers")
    a_day_passes()
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-01-05")

    oak.post(address(page, "find-ect"), find(TRN, BORN))

    assert "Zofia Lis’s time" in oak.get(address(page, "check-answers")).text


def test_a_mentors_registration_stands_too(world, oak, asha, a_day_passes):
    answers = mentor_journey.new_mentor(
        review_mentor_details={"name_is_correct": "no", "corrected_name": "Zofia Nowak"}
    )
    page = mentor_journey.register(oak, asha, answers)
    a_day_passes()

    asked = oak.get(address(page, "check-answers")).follow()
    assert slug_of(asked) == "find-mentor"
    assert WHY in asked.text
    assert "You found Zofia Nowak before" in asked.text

    oak.post(address(page, "find-mentor"), find(TRN, BORN))
    checked = oak.get(address(page, "check-answers"))
    assert "Zofia Nowak" in checked.text
    assert slug_of(mentor_journey.confirm(oak, checked)) == "confirmation"


def test_a_mentor_registered_here_meanwhile_is_assigned_instead(world, oak, asha, a_day_passes):
    page = mentor_journey.register(oak, asha, mentor_journey.new_mentor())
    a_day_passes()
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak)

    found = oak.post(address(page, "find-mentor"), find(TRN, BORN)).follow()

    assert slug_of(found) == "already-active-at-school"


def test_nothing_secret_is_read_after_a_day_even_before_it_is_deleted(world, oak, on):
    walk(oak, answers_for(world), to="check-answers")
    draft = JourneyDraft.objects.get()
    assert drafts.read(draft).sensitive

    on(clock.now() + timedelta(hours=24))

    assert drafts.read(draft).sensitive == {}


def test_a_page_sent_after_a_day_says_why_nothing_was_saved(world, oak, a_day_passes):
    page = walk(oak, answers_for(world), to="check-answers")
    a_day_passes()

    landed = oak.submit(page).follow()

    assert slug_of(landed) == "find-ect"
    assert "Nothing was saved, because we delete some answers after a day" in landed.text
    assert "someone changed" not in landed.text
