"""Somebody who is here already: who they are, how they stand, what to do (spec 05 §7.2, §20.5)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod
from register_ects.operations.placements.mentoring import assign_mentor
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
)
from tests.registrations import AUTHOR
from tests.schools import mentor_journey
from tests.schools.ect_journey import TRN, address, answers_for, slug_of, walk

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def zofia(world):
    return ECTAtSchoolPeriodFactory(
        teacher__trn=TRN, teacher__corrected_name="Zofia Lis", school=world.oak
    )


def test_an_ect_without_a_mentor_leads_to_one(world, oak, zofia):
    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "already-active-at-school"
    assert page.h1 == "Zofia Lis is already registered at your school"
    assert "Mentor needed" in page.text
    assert "You do not need" not in page.text
    button = page.select_one("a.govuk-button")
    assert button.get_text(strip=True) == "Assign a mentor"
    assert button["href"] == f"/school/register-mentor/find-mentor?ect_id={zofia.pk}"
    assert page.select_one(f'main a[href="/school/ects/{zofia.pk}"]')


def test_with_mentors_to_choose_from_the_way_leads_to_the_choice(world, oak, zofia):
    MentorAtSchoolPeriodFactory(school=world.oak)

    page = walk(oak, answers_for(world), to="check-answers")

    href = page.select_one("a.govuk-button")["href"]
    assert href == f"/school/ects/{zofia.pk}/mentorship/new"


def test_an_ect_with_a_mentor_needs_nothing(world, oak, zofia):
    MentorshipPeriodFactory(
        ect_at_school_period=zofia,
        mentor_at_school_period__teacher__corrected_name="Ben Lowe",
    )

    page = walk(oak, answers_for(world), to="check-answers")

    assert "Registered" in page.select_one("main .govuk-tag").text
    assert "Ben Lowe is their mentor. You do not need to register them again." in page.text
    assert "Register another ECT" in page.select_one("a.govuk-button").text


def test_a_second_registration_of_an_ect_leads_to_the_first(world, oak):
    first = walk(oak, answers_for(world), to="check-answers")
    second = walk(oak, answers_for(world), to="check-answers")
    oak.submit(first)
    [placement] = ECTAtSchoolPeriod.objects.all()

    already = oak.submit(second).follow()

    assert slug_of(already) == "already-active-at-school"
    assert already.select_one(f'main a[href="/school/ects/{placement.pk}"]')


def test_the_ects_own_mentor_is_not_offered_to_be_assigned_again(world, oak, asha):
    here = MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, teacher__corrected_name="Zofia Lis", school=world.oak
    )
    assign_mentor(asha, here, author=AUTHOR)

    page = mentor_journey.register(oak, asha, mentor_journey.new_mentor())

    assert page.status_code == 200
    assert (
        page.h1
        == page.title.split(" - ")[0]
        == f"Zofia Lis is already {asha.teacher.name}’s mentor"
    )
    assert "You do not need to do anything." in page.text
    assert page.select("main button, main form") == []
    assert page.select_one(f'main a[href="/school/ects/{asha.pk}"]')
    assert page.select_one(f'main a[href="/school/mentors/{here.pk}"]')


def test_a_mentor_whom_a_colleague_has_assigned_meanwhile_is_not_assigned_again(
    world, oak, school_led
):
    here = MentorAtSchoolPeriodFactory(
        teacher__corrected_name="Ben Lowe", school=world.oak, started_on="2026-09-01"
    )
    check = oak.post(
        f"/school/ects/{school_led.pk}/mentorship/new", {"mentor": str(here.pk)}
    ).follow()
    assert check.h1 == "Check your answers"
    assign_mentor(school_led, here, author=AUTHOR)

    page = oak.get(address(check, "check-answers"))

    assert page.h1 == f"Ben Lowe is already {school_led.teacher.name}’s mentor"
    assert page.select("main button, main form") == []
    assert page.select_one(f'main a[href="/school/ects/{school_led.pk}"]')


def test_a_mentor_who_is_here_is_linked_and_may_be_assigned(world, oak, asha):
    here = MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.oak, started_on="2026-10-01")

    page = mentor_journey.register(oak, asha, mentor_journey.new_mentor())

    assert slug_of(page) == "already-active-at-school"
    assert "Their time at your school starts on 1 October 2026" in page.text
    assert page.select_one(f'main a[href="/school/mentors/{here.pk}"]')
