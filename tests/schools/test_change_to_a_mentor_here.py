"""On a mentor's check page, somebody else may turn out to mentor here already (spec 05 §8.3)."""

import pytest

from register_ects.models import MentorAtSchoolPeriod
from tests.factories import MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, address, find, slug_of
from tests.schools.mentor_journey import new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

STRUAN = "4000002"


@pytest.fixture
def struan(world):
    return MentorAtSchoolPeriodFactory(
        school=world.oak, teacher__trn=STRUAN, started_on="2026-09-01"
    )


@pytest.fixture
def told(oak, asha, struan):
    """The page that says so, of a draft whose answers about Zofia Lis are complete."""
    page = register(oak, asha, new_mentor())
    found = oak.post(address(page, "find-mentor") + "?change=yes", find(STRUAN, "1980-03-10"))
    return found.follow()


def test_back_leads_to_the_check_page_where_the_first_persons_answers_stand(oak, told):
    assert slug_of(told) == "already-active-at-school"

    check = oak.get(told.select_one(".govuk-back-link")["href"])

    assert slug_of(check) == "check-answers"
    assert "Zofia Lis" in check.h1
    assert "zofia@oak.example.com" in check.text
    assert slug_of(oak.submit(check).follow()) == "confirmation"
    assert MentorAtSchoolPeriod.objects.filter(teacher__trn=TRN).exists()


def test_the_mentor_who_is_here_can_be_assigned_instead(oak, asha, struan, told):
    done = oak.submit(told).follow()

    assert slug_of(done) == "confirmation"
    assert asha.mentorship_periods.get().mentor_at_school_period == struan
    assert not MentorAtSchoolPeriod.objects.filter(teacher__trn=TRN).exists()


def test_opening_that_page_again_shows_the_mentor_who_is_here(oak, struan, told):
    MentorAtSchoolPeriod.objects.filter(pk=struan.pk).update(finished_on="2026-12-18")

    again = oak.get(address(told, "already-active-at-school") + "?change=yes")
    check = oak.get(address(told, "check-answers"))

    assert "18 December 2026" in again.text
    assert "Zofia Lis" in check.h1
    refused = oak.submit(told)
    assert refused.changes["Last day"] == ("None", "18 December 2026")
