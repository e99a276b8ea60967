"""Whoever registers an ECT sees that the same person may be registered already (spec 05 §20.5)."""

from datetime import date

import pytest

from tests.factories import ECTAtSchoolPeriodFactory
from tests.schools.ect_journey import answers_for, walk

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
