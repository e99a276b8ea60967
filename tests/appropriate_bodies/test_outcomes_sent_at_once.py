"""The same outcome sent twice at the same time: both see the confirmation, one is recorded."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from register_ects.models import Event
from tests.factories import InductionPeriodFactory
from tests.support.pages import date_parts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("record-passed-outcome", "teacher_passes_induction"),
        ("release", "induction_period_closed"),
    ],
)
def test_both_are_led_to_the_confirmation(hub, sign_in, page, kind):
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 2))
    url = f"/appropriate-body/teachers/{period.teacher_id}/{page}"
    answers = {**date_parts("finished_on", "2026-07-10"), "number_of_terms": "6"}
    browsers = [sign_in(hub), sign_in(hub)]
    together = Barrier(2)

    def send(browser):
        together.wait()
        try:
            return browser.post(f"{url}/new", answers).location
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(send, browsers))

    assert places == [url, url]
    assert Event.objects.filter(event_type=kind).count() == 1
