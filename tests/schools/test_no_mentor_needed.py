"""No mentor is assigned to an ECT whose induction is over, nor asked for (spec 05 §6.8, §5.2)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod, Teacher
from register_ects.operations.inductions.periods import pass_induction
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.rules.enumerations import InductionStatus
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
)
from tests.inductions import AUTHOR as BODY
from tests.registrations import AUTHOR, mentor
from tests.schools.ect_journey import TRN, address, answers_for, slug_of, walk
from tests.schools.mentor_journey import new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

OVER = [
    InductionStatus.PASSED,
    InductionStatus.FAILED,
    InductionStatus.FAILED_IN_WALES,
    InductionStatus.EXEMPT,
]


@pytest.fixture
def ben(world):
    return MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Ben Lowe", started_on=date(2026, 9, 1)
    )


@pytest.fixture
def passes(asha):
    """Let a body record that Asha passed, which ends her time at the school today."""

    def passes():
        induction = InductionPeriodFactory(teacher=asha.teacher, started_on=date(2024, 9, 2))
        pass_induction(
            induction, finished_on=date(2026, 9, 9), number_of_terms=Decimal(6), author=BODY
        )
        asha.refresh_from_db()
        assert asha.finished_on == date(2026, 9, 10)

    return passes


def becomes(placement, status):
    placement.teacher.trs_induction_status = status
    placement.teacher.save()


def choosing(placement):
    return f"/school/ects/{placement.pk}/mentorship/new"


@pytest.mark.parametrize("status", OVER)
def test_no_mentor_can_be_assigned_once_induction_is_over(asha, ben, status):
    becomes(asha, status)

    with pytest.raises(RuleBroken, match="mentor not_needed"):
        assign_mentor(asha, ben, author=AUTHOR)
    assert not MentorshipPeriod.objects.exists()


def test_nobody_is_registered_as_the_mentor_of_somebody_who_passed(world, asha):
    becomes(asha, InductionStatus.PASSED)

    with pytest.raises(RuleBroken, match="mentor not_needed"):
        register_mentor(world.oak, asha, mentor(), author=AUTHOR)
    assert not MentorAtSchoolPeriod.objects.exists()


def test_a_check_page_opened_before_the_outcome_assigns_nobody(oak, asha, ben, passes):
    page = oak.post(choosing(asha), {"mentor": str(ben.pk)}).follow()
    assert slug_of(page) == "review-mentor-eligibility"
    page = oak.post(address(page, slug_of(page)), {"use_ect_provider": "yes"}).follow()
    assert slug_of(page) == "check-answers"
    passes()

    refused = oak.submit(page)

    assert refused.status_code == 422
    assert refused.h1 == "Asha Rao does not need a mentor"
    assert "Asha Rao has completed their induction" in refused.text
    assert "Nothing was saved." in refused.text
    assert not MentorshipPeriod.objects.exists()


def test_a_mentor_is_not_registered_from_a_page_opened_before_the_outcome(oak, asha, passes):
    page = register(oak, asha, new_mentor())
    assert slug_of(page) == "check-answers"
    passes()

    refused = oak.submit(page)

    assert refused.status_code == 422
    assert refused.h1 == "Asha Rao does not need a mentor"
    assert not MentorAtSchoolPeriod.objects.exists()


def test_the_first_pages_say_that_no_mentor_is_needed(oak, asha, ben, passes):
    passes()

    for first in (choosing(asha), f"/school/register-mentor/find-mentor?ect_id={asha.pk}"):
        page = oak.get(first)
        assert page.status_code == 200
        assert page.h1 == "Asha Rao does not need a mentor"
        assert "you cannot assign a mentor to them" in page.text
        assert "Nothing was saved" not in page.text
        assert not page.select("main form")


def test_the_ects_page_and_the_list_ask_for_no_mentor_on_the_day_of_the_outcome(oak, asha, passes):
    passes()

    for page in (oak.get(f"/school/ects/{asha.pk}"), oak.get("/school/home/ects")):
        assert "Completed induction" in page.text
        for asked in ("No mentor assigned", "Assign a mentor", "Mentor needed", "Nobody yet"):
            assert asked not in page.text


def test_who_passed_is_not_registered_again_before_trs_has_heard(world, oak, asha, passes):
    passes()
    Teacher.objects.filter(pk=asha.teacher_id).update(trn=TRN)

    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "induction-completed"


@pytest.mark.parametrize("status", OVER)
def test_a_leavers_page_does_not_say_that_a_mentor_is_missing(world, oak, status):
    leaver = ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on=date(2026, 9, 1),
        finished_on=date(2026, 9, 30),
        reported_leaving_by_school=world.oak,
    )
    becomes(leaver, status)

    page = oak.get(f"/school/ects/{leaver.pk}")

    assert "Leaving school" in page.text
    assert "No mentor assigned" not in page.text
    assert "Assign a mentor" not in page.text
    assert "Nobody yet" not in page.text


def test_registering_somebody_exempt_who_is_here_asks_for_no_mentor(world, oak):
    ECTAtSchoolPeriodFactory(
        school=world.oak, teacher__trn="4000006", teacher__exempt=True, started_on=date(2026, 9, 1)
    )

    page = walk(oak, answers_for(world), to="check-answers")

    assert slug_of(page) == "already-active-at-school"
    assert "They need no mentor." in page.text
    assert "Assign a mentor" not in page.text


def test_an_unfinished_registration_of_their_mentor_is_offered_no_more(oak, asha, passes):
    register(oak, asha, new_mentor())
    assert "Continue registering Zofia Lis" in oak.get("/school/home/ects").text

    passes()

    assert "Continue registering" not in oak.get("/school/home/ects").text


def test_a_confirmation_stays_after_the_outcome(oak, asha, passes):
    page = register(oak, asha, new_mentor())
    done = oak.submit(page).follow()
    passes()

    assert slug_of(oak.get(address(done, "check-answers")).follow()) == "confirmation"
