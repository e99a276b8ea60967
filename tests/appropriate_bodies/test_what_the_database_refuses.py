"""An appropriate body reads why the database refused what every rule had allowed."""

from datetime import date

import pytest

from tests.appropriate_bodies.test_claim_pages import FIND, details, who
from tests.factories import InductionPeriodFactory
from tests.races import answer_while

pytestmark = pytest.mark.django_db(transaction=True)


def lasting_until(period, last_day):
    period.finished_on = last_day
    period.save()


@pytest.mark.usefixtures("trs")
def test_the_claim_tells_of_an_induction_period_that_was_made_longer_meanwhile(user):
    earlier = InductionPeriodFactory(
        teacher__trn="3000101",
        started_on=date(2024, 9, 1),
        finished_on=date(2025, 7, 31),
        number_of_terms=3,
    )
    register = user.post(user.post(FIND, who()).location).location

    page = answer_while(
        lambda: lasting_until(earlier, date(2025, 12, 31)),
        lambda: user.post(register, details()),
    )

    assert page.status_code == 422
    assert page.errors == {
        "#started_on-day": "This ECT has another induction period on some of these days. Choose "
        "dates outside it"
    }
