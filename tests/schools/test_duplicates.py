"""Whoever registers somebody sees that they may be registered already (spec 05 §20.5)."""

from datetime import date

import pytest

from register_ects.models import Teacher
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import answers_for, walk
from tests.schools.mentor_journey import new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

BEGUN = "has begun to register this person"


def named_zofia(school, **changes):
    return ECTAtSchoolPeriodFactory(
        school=school, teacher__corrected_name="Zofia  LIS", teacher__trn="7654321", **changes
    )


def test_a_colleagues_registration_is_offered_before_more_is_typed(world, oak, colleague):
    begun = walk(oak, answers_for(world), to="check-answers")

    review = walk(colleague, answers_for(world), to="review-ect-details")

    assert BEGUN in review.text
    link = next(a for a in review.select("main a") if "Go on with" in a.get_text())
    assert colleague.get(link["href"]).h1 == begun.h1


def test_another_schools_registration_is_not_offered(world, oak, sign_in):
    walk(oak, answers_for(world), to="check-answers")

    assert BEGUN not in walk(sign_in(world.elm), answers_for(world), to="review-ect-details").text


def test_what_got_no_further_is_not_offered(world, oak, colleague):
    walk(oak, answers_for(world), to="review-ect-details")

    assert BEGUN not in walk(colleague, answers_for(world), to="review-ect-details").text


def test_an_ect_of_the_same_name_who_starts_about_then_is_shown_with_their_trn(world, oak):
    named_zofia(world.oak, started_on=date(2026, 9, 1))

    check = walk(oak, answers_for(world), to="check-answers")

    assert "Another ECT with this name" in check.text
    assert "(TRN 7654321), at your school from 1 September 2026" in check.text


@pytest.mark.parametrize("where", ["at another school", "a year before"])
def test_other_people_of_the_same_name_are_nobodys_concern(world, oak, where):
    if where == "at another school":
        named_zofia(world.elm, started_on=date(2026, 9, 1))
    else:
        named_zofia(world.oak, started_on=date(2025, 9, 1))

    check = walk(oak, answers_for(world), to="check-answers")

    assert "Another ECT with this name" not in check.text


def test_a_colleagues_registration_of_a_mentor_is_offered_with_whose_mentor_it_is(
    world, oak, colleague, asha
):
    other = ECTAtSchoolPeriodFactory(school=world.oak)
    begun = register(oak, asha, new_mentor())

    for placement in (asha, other):
        review = register(colleague, placement, new_mentor(), to="review-mentor-details")
        assert f"{BEGUN} as the mentor of Asha Rao" in review.text
        link = next(a for a in review.select("main a") if "Go on with" in a.get_text())
        assert colleague.get(link["href"]).h1 == begun.h1


def test_a_mentor_whose_ect_needs_none_any_more_is_not_gone_on_with(world, oak, colleague, asha):
    register(oak, asha, new_mentor())
    Teacher.objects.filter(pk=asha.teacher_id).update(trs_induction_status="Passed")
    other = ECTAtSchoolPeriodFactory(school=world.oak)

    review = register(colleague, other, new_mentor(), to="review-mentor-details")

    assert review.h1 == "Check the mentor’s details"
    assert BEGUN not in review.text


@pytest.mark.parametrize("where", ["here", "at another school"])
def test_a_mentor_of_the_same_name_who_is_here_is_shown_with_their_trn(world, oak, asha, where):
    MentorAtSchoolPeriodFactory(
        school=world.oak if where == "here" else world.elm,
        teacher__corrected_name="Zofia  LIS",
        teacher__trn="7654321",
        started_on=date(2024, 9, 1),
    )

    check = register(oak, asha, new_mentor())

    assert check.h1 == "Check your answers before registering Zofia Lis"
    told = "(TRN 7654321), at your school from 1 September 2024"
    assert (told in check.text) == (where == "here")
