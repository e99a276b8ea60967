"""What the pages of the register-ECT journey say, by what is known (spec 05 §7)."""

from datetime import date

import pytest

from tests.factories import ECTAtSchoolPeriodFactory
from tests.schools.ect_journey import TRN, answers_for, slug_of, walk
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

ENDS_THERE = "ends their time there"
CHECK_SERVICE = "https://check-a-teachers-record.education.gov.uk/"


@pytest.fixture
def oak(world, sign_in):
    return sign_in(world.oak)


@pytest.mark.parametrize(("school", "warned"), [("elm", True), ("oak", False)])
def test_only_an_earlier_placement_elsewhere_would_end(world, oak, school, warned):
    ECTAtSchoolPeriodFactory(
        school=getattr(world, school),
        teacher__trn=TRN,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 20),
    )

    page = walk(oak, {**answers_for(world), "registered-before": None}, to="email-address")

    assert slug_of(page) == "registered-before"
    assert (ENDS_THERE in page.text) is warned


@pytest.mark.parametrize(
    ("trn", "slug", "links_to_the_record"),
    [("7000003", "cannot-register-ect", True), ("7000002", "trn-not-found", False)],
)
def test_a_stop_page_leads_to_the_record_when_it_is_the_reason(
    world, oak, trn, slug, links_to_the_record
):
    found = {"trn": trn, **date_parts("date_of_birth", "1977-02-03")}

    page = walk(oak, answers_for(world, find_ect=found), to="review-ect-details")

    assert slug_of(page) == slug
    assert bool(page.select(f"a[href='{CHECK_SERVICE}']")) is links_to_the_record
