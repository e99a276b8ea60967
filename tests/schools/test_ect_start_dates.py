"""When an ECT may start here: told on the date page, with school, record and date (05 §6.6)."""

import pytest

from register_ects.models import ContractPeriod, ECTAtSchoolPeriod, MentorshipPeriod
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import TRN, answers_for, slug_of, walk
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")


def starting(world, day):
    return answers_for(world, review_ect_details=date_parts("started_on", day))


def refusal(world, oak, day):
    page = walk(oak, starting(world, day), to="check-answers")
    assert (page.status_code, slug_of(page)) == (422, "review-ect-details")
    [text] = page.errors.values()
    return text


def test_teaching_that_began_elsewhere_is_named_with_the_first_day_accepted(world, oak):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-02")

    assert refusal(world, oak, "2026-09-02") == (
        "Our records show that Zofia Lis started teaching at Elm School on 2 September 2026. "
        "The start date must be 3 September 2026 or later"
    )
    page = walk(oak, starting(world, "2026-09-03"), to="check-answers")
    assert slug_of(oak.submit(page).follow()) == "confirmation"


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [("2026-09-10", "check-answers"), ("2026-09-11", "cannot-register-ect-yet")],
)
def test_today_counts_as_begun_in_a_year_that_is_not_open_for_registration(
    world, oak, day, leads_to
):
    ContractPeriod.objects.filter(year=2026).update(enabled=False)

    page = walk(oak, starting(world, day), to="check-answers")

    assert slug_of(page) == leads_to
    if leads_to == "check-answers":
        assert slug_of(oak.submit(page).follow()) == "confirmation"


def test_a_placement_that_lies_ahead_is_not_said_to_have_started(world, oak):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-10-01")

    assert refusal(world, oak, "2026-09-14") == (
        "Elm School has registered Zofia Lis from 1 October 2026. The start date must be 2 October "
        "2026 or later. If that is wrong, ask Elm School to correct it or contact support"
    )


def test_time_here_that_is_over_is_named_with_the_first_day_accepted(world, oak):
    ECTAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.oak, started_on="2025-09-01", finished_on="2026-03-27"
    )

    assert refusal(world, oak, "2025-09-02") == (
        "Zofia Lis was an ECT at your school from 1 September 2025 to 27 March 2026. The start "
        "date must be 28 March 2026 or later. If that is wrong, contact support"
    )
    page = walk(oak, starting(world, "2026-03-28"), to="check-answers")
    assert slug_of(oak.submit(page).follow()) == "confirmation"
    first = ECTAtSchoolPeriod.objects.earliest("started_on")
    assert str(first.finished_on) == "2026-03-27"


def test_a_start_may_be_written_with_a_year_of_two_numbers(world, oak):
    typed = {"started_on-day": "1", "started_on-month": "9", "started_on-year": "26"}

    page = walk(oak, answers_for(world, review_ect_details=typed), to="check-answers")

    assert "1 September 2026" in page.select_one("main").get_text()


@pytest.mark.parametrize("started", ["2025-09-01", "2027-01-04"])
def test_a_move_too_far_ahead_names_the_school_and_since_when_or_from_when(world, oak, started):
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on=started)
    since = {"2025-09-01": "1 September 2025", "2027-01-04": "4 January 2027"}[started]

    assert refusal(world, oak, "2027-04-01") == (
        f"Elm School has registered Zofia Lis from {since}, so the start date must be "
        "10 January 2027 or earlier: a move can be registered up to 4 months ahead"
    )


def told_to_end(page):
    """Return what the check page says of earlier time that ends."""
    return " ".join(page.select_one(".govuk-inset-text").get_text().split())


def test_the_check_page_says_what_ends_at_the_other_school(world, oak):
    old = TrainingPeriodFactory(
        teacher__trn=TRN, school=world.elm, lead_provider=world.larch, year=2025
    )
    MentorshipPeriodFactory(ect_at_school_period=old.ect_at_school_period, started_on="2026-01-12")

    page = walk(oak, starting(world, "2026-09-14"), to="check-answers")

    assert told_to_end(page) == (
        "Zofia Lis’s time at Elm School ends on 13 September 2026. Their training there with "
        f"{world.larch.name} ends that day too. They have no mentor there after that day."
    )


def test_the_check_page_says_that_training_is_removed(world, oak):
    TrainingPeriodFactory(
        teacher__trn=TRN,
        school=world.elm,
        lead_provider=world.larch,
        year=2025,
        started_on="2026-09-09",
        finished_on="2026-12-18",
        ect_at_school_period__started_on="2025-09-01",
        ect_at_school_period__finished_on="2026-12-18",
    )

    page = walk(oak, starting(world, "2026-09-10"), to="check-answers")

    assert told_to_end(page) == (
        "Zofia Lis’s time at Elm School ends on 9 September 2026 instead of 18 December 2026. "
        f"Their training there with {world.larch.name} from 9 September 2026 is removed from our "
        "records, because no more than a day of it would be left."
    )


def test_the_check_page_says_that_a_last_day_here_comes_sooner(world, oak):
    ECTAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.oak, started_on="2025-09-01", finished_on="2026-12-18"
    )

    page = walk(oak, starting(world, "2026-10-01"), to="check-answers")

    assert told_to_end(page) == (
        "Zofia Lis’s time at your school ends on 30 September 2026 instead of 18 December 2026."
    )


@pytest.mark.parametrize(("day", "is_said"), [("2026-09-01", True), ("2026-09-10", False)])
def test_the_check_page_says_that_training_is_not_back_dated(world, oak, day, is_said):
    page = walk(oak, starting(world, day), to="check-answers")

    shown = " ".join(page.select_one("main").get_text().split())
    said = "Training start date 10 September 2026, the day you register them" in shown
    assert said is is_said


def test_the_check_page_says_nothing_of_a_placement_that_ends_before(world, oak):
    ECTAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.elm, started_on="2025-09-01", finished_on="2026-07-17"
    )

    page = walk(oak, starting(world, "2026-09-14"), to="check-answers")

    assert not page.select(".govuk-inset-text")


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
    assert slug_of(oak.submit(page).follow()) == "confirmation"
    assert str(MentorshipPeriod.objects.get().finished_on) == "2026-01-12"


def test_a_start_that_another_schools_record_overtakes_leads_back_to_the_date(world, oak):
    page = walk(oak, starting(world, "2026-09-07"), to="check-answers")
    ECTAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-08")

    refused = oak.submit(page)

    [(link, text)] = refused.errors.items()
    assert "started teaching at Elm School on 8 September 2026" in text
    assert slug_of(oak.get(link)) == "review-ect-details"
    assert ECTAtSchoolPeriod.objects.count() == 1
