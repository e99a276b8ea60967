"""When a mentor may start here: told on the date page, with school, record and date (05 §6.6)."""

import pytest

from register_ects.models import MentorAtSchoolPeriod
from tests.factories import (
    DeclarationFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import TRN, address, slug_of
from tests.schools.mentor_journey import confirm, new_mentor, register
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

ALSO_ELSEWHERE = {"only_here": "no"}
#: The training pages of somebody who mentored before.
LATER = {"programme_choices": {"use_ect_provider": "yes"}}


def from_day(day, **changes):
    date = date_parts("started_on", day)
    return new_mentor(started_on=date, mentoring_at_new_school_only=date, **changes)


def refusal(browser, placement, answers):
    """Return the one message of the date page."""
    page = register(browser, placement, answers)
    assert page.status_code == 422
    assert slug_of(page) in ("started-on", "mentoring-at-new-school-only")
    [(link, text)] = page.errors.items()
    assert link.startswith("#started_on")
    return text


@pytest.mark.parametrize("day", ["2028-09-01", "9999-09-01"])
def test_a_year_far_off_is_refused_at_its_field(world, oak, asha, day):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, finished=True)

    told = "The start date must be 31 May 2028 or earlier. Check the year"
    assert refusal(oak, asha, from_day(day)) == told


@pytest.mark.parametrize("elsewhere_from", ["2026-09-10", "2026-10-01"])
def test_who_starts_at_another_school_today_or_later_may_also_mentor_here_from_today(
    world, oak, asha, elsewhere_from
):
    elsewhere = TrainingPeriodFactory(
        for_mentor=True,
        teacher__trn=TRN,
        school=world.elm,
        year=2026,
        started_on=elsewhere_from,
        mentor_at_school_period__started_on=elsewhere_from,
    )

    page = register(oak, asha, new_mentor(mentoring_at_new_school_only=ALSO_ELSEWHERE))
    assert slug_of(page) == "check-answers"
    done = confirm(oak, page)

    assert slug_of(done) == "confirmation"
    here = MentorAtSchoolPeriod.objects.get(school=world.oak)
    assert str(here.started_on) == "2026-09-10"
    assert not here.training_periods.exists()
    elsewhere.refresh_from_db()
    assert elsewhere.finished_on is None


def test_who_comes_here_only_must_start_after_the_placement_that_ends(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-10")

    assert refusal(oak, asha, from_day("2026-09-10")) == (
        "Our records show that Zofia Lis started mentoring at Elm School on 10 September 2026. "
        "The start date must be 11 September 2026 or later"
    )
    page = register(oak, asha, from_day("2026-09-11", **LATER))
    assert slug_of(confirm(oak, page)) == "confirmation"


def test_the_check_page_says_what_ends_at_other_schools(world, oak, asha):
    elm = MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2025-09-01")
    TrainingPeriodFactory(
        mentor_at_school_period=elm, started_on="2025-09-01", lead_provider=world.larch, year=2025
    )
    MentorshipPeriodFactory(mentor_at_school_period=elm, started_on="2026-01-12")

    page = register(oak, asha, from_day("2026-09-14", **LATER))

    told = page.select_one(".govuk-inset-text").get_text()
    assert " ".join(told.split()) == (
        "Zofia Lis’s time as a mentor at Elm School ends on 13 September 2026. Their training "
        f"there with {world.larch.name} ends that day too. The ECTs they mentor there need "
        "another mentor."
    )


def row_of(page, key):
    """Return the value of a row to check, or None."""
    found = [
        row for row in page.select(".govuk-summary-list__row") if row.dt.get_text(strip=True) == key
    ]
    return found[0].dd.get_text(strip=True) if found else None


@pytest.mark.parametrize(
    ("day", "training_starts"),
    [("2026-09-07", "10 September 2026, the day you register them"), ("2026-09-14", None)],
)
def test_the_check_page_says_that_training_is_not_back_dated(
    world, oak, asha, day, training_starts
):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2025-09-01")

    page = register(oak, asha, from_day(day, **LATER))

    assert row_of(page, "Mentor training start date") == training_starts
    confirm(oak, page)
    here = MentorAtSchoolPeriod.objects.get(school=world.oak)
    assert str(here.started_on) == day
    assert str(here.training_periods.get().started_on) == max(day, "2026-09-10")


def test_the_check_page_ends_nothing_for_who_stays_at_another_school_too(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2025-09-01")

    page = register(oak, asha, new_mentor(mentoring_at_new_school_only=ALSO_ELSEWHERE))

    assert slug_of(page) == "check-answers"
    assert not page.select(".govuk-inset-text")


def test_a_move_too_far_ahead_names_the_school_and_from_when(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2025-09-01")

    assert refusal(oak, asha, from_day("2027-04-01")) == (
        "Elm School has registered Zofia Lis as a mentor from 1 September 2025, so the start date "
        "must be 10 January 2027 or earlier: a move can be registered up to 4 months ahead"
    )


def test_a_placement_that_lies_ahead_is_not_said_to_have_started(world, oak, asha):
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-10-01")

    assert refusal(oak, asha, from_day("2026-09-14")) == (
        "Elm School has registered Zofia Lis as a mentor from 1 October 2026. The start date must "
        "be 2 October 2026 or later. If that is wrong, ask Elm School to correct it or contact "
        "support"
    )


def test_training_that_began_later_is_named(world, oak, asha):
    placement = MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.elm, started_on="2025-09-01"
    )
    TrainingPeriodFactory(mentor_at_school_period=placement, started_on="2026-09-02")

    assert refusal(oak, asha, from_day("2026-09-02")) == (
        "Our records show that Zofia Lis started their latest training at Elm School on "
        "2 September 2026. The start date must be 3 September 2026 or later"
    )


def test_mentoring_that_was_declared_is_not_cut_off(world, oak, asha):
    placement = MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.elm, started_on="2025-09-01"
    )
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=placement, started_on="2026-01-12")
    training = TrainingPeriodFactory(ect_at_school_period=mentorship.ect_at_school_period)
    DeclarationFactory(
        training_period=training,
        declaration_date="2026-02-02T10:00:00Z",
        mentorship_period=mentorship,
    )

    assert "at Elm School from 12 January 2026. The start date must be 13 January" in (
        refusal(oak, asha, from_day("2026-01-12"))
    )


@pytest.mark.parametrize("day", ["2026-07-01", "2026-07-09", "2026-08-31"])
def test_time_here_before_is_refused_on_the_date_page_with_its_dates(world, oak, asha, day):
    MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.oak, started_on="2026-07-09", finished_on="2026-08-31"
    )

    assert refusal(oak, asha, from_day(day)) == (
        "Zofia Lis was a mentor at your school from 9 July 2026 to 31 August 2026. "
        "The start date must be 1 September 2026 or later"
    )


def test_who_was_here_before_may_start_again_the_day_after(world, oak, asha):
    MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.oak, started_on="2026-07-09", finished_on="2026-08-31"
    )

    page = register(oak, asha, from_day("2026-09-01", **LATER))

    assert slug_of(confirm(oak, page)) == "confirmation"
    assert MentorAtSchoolPeriod.objects.filter(school=world.oak).count() == 2


def test_a_start_after_the_ect_leaves_is_refused_on_the_date_page(world, oak, asha):
    MentorAtSchoolPeriodFactory(
        teacher__trn=TRN, school=world.elm, started_on="2025-09-01", finished_on="2026-08-31"
    )
    asha.training_periods.update(finished_on="2026-10-23")
    type(asha).objects.filter(pk=asha.pk).update(finished_on="2026-10-23")

    assert refusal(oak, asha, from_day("2026-11-02")) == (
        "Asha Rao leaves your school on 23 October 2026. The start date must be 23 October 2026 "
        "or earlier"
    )


def test_a_school_that_registers_them_meanwhile_is_asked_about_before_anything_is_saved(
    world, oak, asha
):
    page = register(oak, asha, new_mentor())
    MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2026-09-10")

    asked = oak.submit(page).follow()

    assert slug_of(asked) == "mentoring-at-new-school-only"
    assert "Something has changed since you gave these answers. Nothing was saved." in asked.text
    checked = oak.post(address(page, "mentoring-at-new-school-only"), ALSO_ELSEWHERE).follow()
    assert slug_of(confirm(oak, checked)) == "confirmation"


def test_a_start_that_another_schools_record_overtakes_leads_back_to_the_date(world, oak, asha):
    elm = MentorAtSchoolPeriodFactory(teacher__trn=TRN, school=world.elm, started_on="2025-09-01")
    page = register(oak, asha, from_day("2026-09-07", **LATER))
    MentorAtSchoolPeriodFactory(
        teacher=elm.teacher, school__gias_school__name="Fir School", started_on="2026-09-08"
    )

    refused = oak.submit(page)

    [(link, text)] = refused.errors.items()
    assert "started mentoring at Fir School on 8 September 2026" in text
    assert slug_of(oak.get(link)) == "mentoring-at-new-school-only"
