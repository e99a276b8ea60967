"""A mentor who is never at the school together with the ECT is not offered (spec 05 §6.8)."""

from datetime import date

import pytest

from register_ects.models import MentorshipPeriod
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, address, slug_of
from tests.schools.mentor_journey import new_mentor, register

pytestmark = pytest.mark.usefixtures("trs")

STARTS = date(2027, 1, 18)
DAY_BEFORE = date(2027, 1, 17)
WHY = "Zofia Lis leaves your school on 17 January 2027, before Ann Bell starts on 18 January 2027"


@pytest.fixture
def ann(world):
    return ECTAtSchoolPeriodFactory(
        school=world.oak, teacher__corrected_name="Ann Bell", started_on=STARTS
    )


@pytest.fixture
def zofia(world):
    """A mentor at Oak who leaves on the day before Ann starts."""
    return MentorAtSchoolPeriodFactory(
        school=world.oak,
        teacher__trn=TRN,
        teacher__corrected_name="Zofia Lis",
        started_on=date(2026, 9, 1),
        finished_on=DAY_BEFORE,
    )


def choosing(ect):
    return f"/school/ects/{ect.pk}/mentorship/new"


def offered(page):
    return [label.get_text(strip=True) for label in page.select(".govuk-radios__label")]


def test_the_choice_leaves_them_out_and_says_why(oak, ann, zofia):
    page = oak.get(choosing(ann))
    refused = oak.post(choosing(ann), {"mentor": str(zofia.pk)})

    assert offered(page) == ["Register a new mentor"]
    assert f"Not on offer: {WHY}." in page.text
    assert refused.errors == {"#mentor": "Select who will mentor Ann Bell"}


def test_who_leaves_on_the_ects_first_day_is_offered(oak, ann, zofia):
    zofia.finished_on = STARTS
    zofia.save()

    page = oak.get(choosing(ann))

    assert offered(page) == ["Zofia Lis", "Register a new mentor"]
    assert "Not on offer" not in page.text


def test_registering_them_again_says_that_they_leave_first_and_offers_no_button(oak, ann, zofia):
    page = register(oak, ann, new_mentor())

    assert slug_of(page) == "already-active-at-school"
    assert page.h1 == "Zofia Lis is already a mentor at your school"
    assert f"{WHY}. So they cannot mentor Ann Bell." in page.text
    assert "mentors Ann Bell from" not in page.text
    assert page.select("main button, main form") == []
    assert page.select_one(f"main a[href='{choosing(ann)}']")
    assert page.select_one(f"main a[href='/school/mentors/{zofia.pk}']")


def test_who_leaves_first_since_they_were_chosen_is_refused_by_name(oak, ann, zofia):
    zofia.finished_on = None
    zofia.save()
    page = oak.post(choosing(ann), {"mentor": str(zofia.pk)}).follow()
    assert slug_of(page) == "check-answers"
    zofia.finished_on = DAY_BEFORE
    zofia.save()

    again = oak.get(address(page, "check-answers"))
    refused = oak.submit(page)

    assert again.h1 == "Zofia Lis cannot mentor Ann Bell"
    assert again.select("main button, main form") == []
    assert refused.status_code in (409, 422)
    assert WHY in refused.text
    assert not MentorshipPeriod.objects.exists()
