"""An answer about one person is never kept of another whom a colleague put in their place."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, JourneyDraft
from register_ects.web import drafts
from tests.factories import MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import (
    TRN,
    address,
    answers_for,
    begin,
    find,
    slug_of,
    walk,
    walk_on,
)
from tests.schools.mentor_journey import new_mentor, register
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

CHECK, REVIEW = "check-answers", "review-ect-details"
STRUAN, STRUAN_BORN = "4000002", "1980-03-10"
CORRECTION = {"name_is_correct": "no", "corrected_name": "Zofia Nowak"}
TOLD = (
    "Someone changed this registration to another person after you opened the page, so your "
    "answer was not kept. It is about Struan Gillespie now."
)


def replaced(browser, page, *, find_slug="find-ect", trn=STRUAN, born=STRUAN_BORN):
    """Change whom a draft is about, as a colleague; return the page that follows."""
    opened = browser.get(address(page, find_slug))
    return browser.submit(opened, find(trn, born)).follow()


def kept():
    return drafts.read(JourneyDraft.objects.get()).all_answers


def without(page, data):
    """Send a page as it was before pages said whom they are about."""
    return page.browser.client.post(page.response.request["PATH_INFO"], data)


def test_a_corrected_name_is_not_kept_of_another_person(world, oak, colleague):
    review = walk(oak, answers_for(world), to=REVIEW)
    assert slug_of(replaced(colleague, review)) == REVIEW

    landed = oak.submit(review, CORRECTION).follow()

    assert slug_of(landed) == REVIEW
    assert TOLD in landed.text
    assert "corrected_name" not in kept()
    assert kept()["trn"] == STRUAN


QUESTIONS = {
    REVIEW: {
        "name_is_correct": "yes",
        "email": "zofia@oak.example.com",
        **date_parts("started_on", "2026-09-01"),
        "working_pattern": "full_time",
    },
    "training": {"training_programme": "school_led"},
}


@pytest.mark.parametrize("slug", QUESTIONS)
def test_no_answer_is_kept_of_another_person(world, oak, colleague, slug):
    page = walk(oak, answers_for(world), to=slug)
    reviewing = replaced(colleague, page)
    there = walk_on(colleague, reviewing, answers_for(world), to=slug)
    assert slug_of(there) == slug
    before = kept()

    landed = oak.submit(page, QUESTIONS[slug]).follow()

    assert (slug_of(landed), TOLD in landed.text) == (slug, True)
    assert kept() == before


def test_an_answer_to_what_is_not_asked_of_the_other_person_yet_is_told_of(world, oak, colleague):
    page = walk(oak, answers_for(world), to="training")
    replaced(colleague, page)

    landed = oak.submit(page, QUESTIONS["training"]).follow()

    assert (slug_of(landed), TOLD in landed.text) == (REVIEW, True)
    assert "training_programme" not in kept()


def test_a_wrong_answer_of_an_old_page_does_not_come_back_under_another_name(world, oak, colleague):
    page = walk(oak, answers_for(world), to=REVIEW)
    replaced(colleague, page)

    landed = oak.submit(page, {"email": "zofia at home"})

    assert landed.status_code == 302
    landed = landed.follow()
    assert TOLD in landed.text
    assert not landed.select_one("#email").get("value")


def test_an_old_search_does_not_replace_whom_a_colleague_found(world, oak, colleague):
    search = oak.get(address(walk(oak, answers_for(world), to=REVIEW), "find-ect"))
    found = colleague.submit(colleague.get(address(search, "find-ect")), find(STRUAN, STRUAN_BORN))
    assert slug_of(found.follow()) == REVIEW

    landed = oak.submit(search, find("7000002")).follow()

    assert (slug_of(landed), TOLD in landed.text) == (REVIEW, True)
    assert kept()["trn"] == STRUAN


def test_a_search_that_is_sent_twice_finds_the_person_once(world, oak):
    search = begin(oak)
    same = find(TRN, "1999-02-11")

    assert slug_of(oak.submit(search, same).follow()) == REVIEW
    again = oak.submit(search, same).follow()

    assert slug_of(again) == REVIEW
    assert "Someone changed" not in again.text


def test_a_page_that_does_not_say_whom_it_is_about_keeps_nothing(world, oak):
    review = walk(oak, answers_for(world), to=REVIEW)

    assert without(review, {"name_is_correct": "yes"}).status_code == 302
    landed = oak.get(address(review, REVIEW))

    assert "so your answer was not kept. It is about Zofia Lis now." in landed.text
    assert slug_of(oak.submit(landed, QUESTIONS[REVIEW]).follow()) == "training"


def test_nobody_is_named_before_they_are_proved_known(world, oak, colleague):
    stopped = oak.submit(begin(oak), find("7000002")).follow()
    search = oak.get(address(stopped, "find-ect"))
    unproved = {**find(STRUAN, "1990-01-01"), "national_insurance_number": "AB123456D"}
    colleague.submit(colleague.get(address(search, "find-ect")), unproved)

    landed = oak.submit(search, find("7000004")).follow()

    assert "It is about the person with TRN 4000002 now." in landed.text
    assert "Struan" not in landed.text


def test_a_mentors_email_address_is_not_kept_of_another_person(oak, asha, colleague):
    page = register(oak, asha, new_mentor(), to="review-mentor-details")
    replaced(colleague, page, find_slug="find-mentor")

    landed = oak.submit(page, new_mentor()["review-mentor-details"]).follow()

    assert (slug_of(landed), TOLD in landed.text) == ("review-mentor-details", True)
    assert "email" not in kept()


def test_an_answer_about_one_mentor_is_not_kept_of_another_who_was_chosen(
    world, oak, asha, colleague
):
    ben, carla = (
        MentorAtSchoolPeriodFactory(
            school=world.oak, teacher__corrected_name=name, started_on="2026-09-01"
        )
        for name in ("Ben Lowe", "Carla Diaz")
    )
    start = oak.get(f"/school/ects/{asha.pk}/mentorship/new")
    page = oak.submit(start, {"mentor": str(ben.pk)}).follow()
    chosen = colleague.get(address(page, "new") + "?change=yes")
    colleague.submit(chosen, {"mentor": str(carla.pk)})

    landed = oak.submit(page, {"use_ect_provider": "yes"}).follow()

    assert "Someone changed this assignment to another person" in landed.text
    assert "It is about Carla Diaz now." in landed.text
    assert "use_ect_provider" not in kept()


def test_a_name_corrected_for_one_person_is_not_saved_of_another(world, oak):
    """The mark beside the name is of the person too, whatever else a page carried."""
    review = walk(oak, answers_for(world), to=REVIEW)
    other = walk(oak, answers_for(world, find_ect=find(STRUAN, STRUAN_BORN)), to=REVIEW)
    held = review.select_one("input[name=seen]")["value"]
    answers = answers_for(world, review_ect_details={**CORRECTION, "seen": held})

    refused = oak.submit(walk_on(oak, other, answers, to=CHECK))

    assert refused.status_code == 422
    assert not ECTAtSchoolPeriod.objects.exists()
