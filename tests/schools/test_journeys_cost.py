"""Pages of the journeys cost the same number of queries however much there is to offer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolPartnershipFactory,
)
from tests.schools.change_journey import ask, first_page
from tests.schools.ect_journey import address, answers_for, walk

pytestmark = pytest.mark.usefixtures("trs")


def more_to_offer(world, *, many: int) -> None:
    """Add hubs, lead providers, partnerships and mentors who mentor somebody."""
    AppropriateBodyFactory.create_batch(many, active=True)
    for active in ActiveLeadProviderFactory.create_batch(many, year=2026):
        SchoolPartnershipFactory(school=world.oak, lead_provider=active.lead_provider, year=2026)
    for mentor in MentorAtSchoolPeriodFactory.create_batch(many, school=world.oak):
        MentorshipPeriodFactory(mentor_at_school_period=mentor)


def cost(browser, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("slug", ["review-ect-details", "training", "check-answers"])
def test_pages_that_offer_choices_when_registering_an_ect(world, sign_in, slug):
    browser = sign_in(world.oak)
    page = walk(browser, answers_for(world), to=slug)
    url = page.response.request["PATH_INFO"]
    few = cost(browser, url)

    more_to_offer(world, many=12)

    assert cost(browser, url) == few
    assert few <= 20


def test_choosing_a_mentor(world, asha, sign_in):
    browser, url = sign_in(world.oak), f"/school/ects/{asha.pk}/mentorship/new"
    more_to_offer(world, many=1)
    few = cost(browser, url)

    more_to_offer(world, many=12)

    assert cost(browser, url) == few
    assert few <= 12


@pytest.mark.parametrize("slug", ["edit", "check-answers"])
def test_changing_an_appropriate_body(world, asha, sign_in, slug):
    another = AppropriateBodyFactory(active=True)
    browser = sign_in(world.oak)
    page = ask(browser, asha, "appropriate-body", {"appropriate_body": str(another.pk)})
    url = address(page, slug)
    few = cost(browser, url)

    more_to_offer(world, many=12)

    assert cost(browser, url) == few
    assert few <= 15


@pytest.mark.parametrize("what", ["name", "email-address", "working-pattern", "start-date"])
def test_the_other_changes_ask_little(asha, sign_in, what):
    assert cost(sign_in(asha.school), first_page(asha, what)) <= 6
