"""When an ECT may start here: told on the date page, with school, record and date (05 §6.6)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, MentorshipPeriod
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import TRN, address, answers_for, slug_of, walk
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")


def starting(world, day):
    return answers_for(world, start_date=date_parts("started_on", day))


def refusal(world, oak, day):
    page = walk(oak, starting(world, day), to="check-answers")
    assert (page.status_code, slug_of(page)) == (422, "start-date")
    [text] = page.errors.values()
    return text


def test_teaching_that_began_elsewhere_is_named_with_the_first_day_accepted(world, oak):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-02")

    assert refusal(world, oak, "2026-09-02") == (
        "Our records show that Zofia Lis started teaching at Elm School on 2 September 2026. "
        "The start date must be 3 September 2026 or later"
    )
    page = walk(oak, starting(world, "2026-09-03"), to="check-answers")
    assert slug_of(oak.post(address(page, "check-answers")).follow()) == "confirmation"


def test_a_placement_that_lies_ahead_is_not_said_to_have_started(world, oak):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-10-01")

    assert refusal(world, oak, "2026-09-14") == (
        "Elm School has registered Zofia Lis from 1 October 2026. The start date must be 2 October "
        "2026 or later. If that is wrong, ask Elm School to correct it or contact support"
    )


def test_mentoring_that_was_declared_is_told_on_the_date_page(world, oak):
    training = TrainingPeriodFactory(teacher__trn=TRN, school=world.elm, year=2025)
    mentorship = MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period, started_on="2026-01-12"
    )
    DeclarationFactory(
        training_period=training,
        declaration_date="2026-02-02T10:00:00Z",
        mentorship_period=mentorship,
    )

    assert "at Elm School from 12 January 2026. The start date must be 13 January" in (
        refusal(world, oak, "2026-01-05")
    )
    page = walk(oak, starting(world, "2026-01-13"), to="check-answers")
    assert slug_of(oak.post(address(page, "check-answers")).follow()) == "confirmation"
    assert str(MentorshipPeriod.objects.get().finished_on) == "2026-01-12"


def test_a_start_that_another_schools_record_overtakes_leads_back_to_the_date(world, oak):
    page = walk(oak, starting(world, "2026-09-07"), to="check-answers")
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-08")

    asked = oak.post(address(page, "check-answers")).follow()
    assert slug_of(asked) == "registered-before"
    again = oak.post(address(page, "registered-before")).follow()
    refused = oak.post(address(page, "check-answers"))

    assert slug_of(again) == "email-address"
    [(link, text)] = refused.errors.items()
    assert "started teaching at Elm School on 8 September 2026" in text
    assert slug_of(oak.get(link)) == "start-date"
    assert ECTAtSchoolPeriod.objects.count() == 1
