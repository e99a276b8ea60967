"""Registrations begun and not finished can be taken up again from the list (spec 05 §20.4)."""

from datetime import date

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    RegistrationClosureFactory,
)
from tests.schools.ect_journey import TRN, answers_for, begin, slug_of, walk
from tests.schools.mentor_journey import new_mentor, register

LIST, MENTORS = "/school/home/ects", "/school/home/mentors"

pytestmark = pytest.mark.usefixtures("trs")


def offered(browser, url=LIST):
    page = browser.get(url)
    links = page.select("ul.govuk-list a:not([href$='/delete'])")
    return {link.get_text(strip=True): link["href"] for link in links}


def test_a_colleague_continues_at_the_first_page_without_an_answer(world, oak, sign_in):
    walk(oak, answers_for(world), to="training")
    colleague = sign_in(world.oak)

    [(text, address)] = offered(colleague).items()

    assert text == "Continue registering Zofia Lis"
    assert "until 8 October 2026" in colleague.get(LIST).text
    assert slug_of(colleague.get(address).follow()) == "training"


def test_whoever_has_to_stop_reads_how_long_it_is_kept_and_is_led_to_where_it_is_listed(world, oak):
    pages = [begin(oak), walk(oak, answers_for(world), to="review-ect-details")]
    assert all("Save and come back later" not in page.text for page in pages)

    for slug in ("training", "check-answers"):
        page = walk(oak, answers_for(world), to=slug)
        assert "is kept for 28 days after your last change" in page.text
        assert ("This page is kept once you continue" in page.text) is (slug == "training")
        [link] = [each for each in page.select("main a") if each.text == "Save and come back later"]
        assert "Continue registering Zofia Lis" in oak.get(link["href"]).text


def test_a_mentor_begun_leads_back_from_home_too(oak, asha):
    page = register(oak, asha, new_mentor(), to="check-answers")

    [link] = [each for each in page.select("main a") if each.text == "Save and come back later"]
    assert f"as {asha.teacher.name}’s mentor" in oak.get(link["href"]).text


def test_what_to_gather_can_be_printed_before_anything_is_begun(oak):
    first = begin(oak)
    [link] = [each for each in first.select("main a") if each.text == "Print this list"]

    page = oak.get(link["href"])

    assert page.h1 == "What you need to register an ECT and a mentor"
    for needed in ("date of birth", "working pattern", "appropriate body", "28 days"):
        assert needed in page.text
    assert "govuk-!-display-none-print" in str(page.select_one(".govuk-back-link").parent)
    assert "What you need to register" in oak.get("/school/home").text


def test_a_person_begun_twice_is_offered_once_with_the_latest_answers(world, oak, on):
    walk(oak, answers_for(world), to="check-answers")
    on("2026-09-10T12:30:00+01:00")
    walk(oak, answers_for(world), to="training")

    [address] = offered(oak).values()

    assert slug_of(oak.get(address).follow()) == "training"


def test_nobody_is_offered_before_they_were_confirmed(world, oak):
    begin(oak)
    walk(oak, answers_for(world), to="review-ect-details")

    assert not offered(oak)


def test_another_school_is_offered_nothing(world, oak, sign_in):
    walk(oak, answers_for(world), to="training")

    assert not offered(sign_in(world.elm))


def test_someone_registered_here_since_is_not_offered(world, oak):
    walk(oak, answers_for(world), to="training")
    ECTAtSchoolPeriodFactory(school=world.oak, teacher__trn=TRN)

    assert not offered(oak)


def test_a_search_shows_what_was_searched_for_alone(world, oak):
    walk(oak, answers_for(world), to="training")

    assert not offered(oak, f"{LIST}?q=zofia")


@pytest.mark.parametrize("where", [LIST, MENTORS])
def test_a_mentors_registration_is_continued_by_a_colleague(world, oak, asha, sign_in, where):
    register(oak, asha, new_mentor(), to="check-answers")
    colleague = sign_in(world.oak)

    [(text, address)] = offered(colleague, where).items()

    assert text == "Continue registering Zofia Lis as Asha Rao’s mentor"
    assert slug_of(colleague.get(address)) == "check-answers"
    assert not offered(sign_in(world.elm), where)


@pytest.mark.parametrize("why_not", ["not confirmed", "here by now", "the ECT has left"])
def test_a_mentor_who_cannot_be_registered_any_more_is_not_offered(world, oak, asha, why_not):
    to = "review-mentor-details" if why_not == "not confirmed" else "check-answers"
    register(oak, asha, new_mentor(), to=to)
    if why_not == "here by now":
        MentorAtSchoolPeriodFactory(school=world.oak, teacher__trn=TRN)
    elif why_not == "the ECT has left":
        asha.training_periods.all().delete()
        type(asha).objects.filter(pk=asha.pk).update(finished_on="2026-09-09")

    assert not [text for text in offered(oak) if "mentor" in text]


@pytest.mark.parametrize("where", [LIST, MENTORS])
def test_what_was_begun_is_kept_through_a_closure_and_leads_nowhere_until_it_ends(oak, asha, where):
    register(oak, asha, new_mentor(), to="check-answers")
    closure = RegistrationClosureFactory(starts_on=date(2026, 9, 10), ends_on=date(2026, 9, 10))

    assert "Zofia Lis as Asha Rao’s mentor, kept until 8 October 2026" in oak.get(where).text
    assert not offered(oak, where)
    closure.delete()
    assert offered(oak, where)
