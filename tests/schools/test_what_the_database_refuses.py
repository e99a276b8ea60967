"""A school reads why the database refused what every rule had allowed."""

from datetime import date

import pytest

from tests.factories import ECTAtSchoolPeriodFactory
from tests.races import answer_while
from tests.registrations import DAY, make_world
from tests.schools.ect_journey import TRN, answers_for, walk

pytestmark = pytest.mark.django_db(transaction=True)


def lasting_until(placement, last_day):
    placement.finished_on = last_day
    placement.save()


@pytest.mark.usefixtures("trs")
def test_the_check_page_tells_of_a_placement_that_was_made_longer_meanwhile(on, sign_in):
    on(DAY)
    world = make_world()
    at_elm = ECTAtSchoolPeriodFactory(
        teacher__trn=TRN,
        school=world.elm,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 31),
    )
    browser = sign_in(world.oak)
    check = walk(browser, answers_for(world), to="check-answers")

    page = answer_while(
        lambda: lasting_until(at_elm, date(2026, 12, 31)),
        lambda: browser.submit(check),
    )

    assert page.status_code == 422
    assert list(page.errors.values()) == [
        "This ECT is registered at a school on some of these days. Choose a start date after that "
        "registration ends"
    ]
    (link,) = page.errors
    assert link.endswith("/review-ect-details?change=yes")
