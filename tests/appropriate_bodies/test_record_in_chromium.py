"""The parts of an ECT's record in a real browser, wide and narrow."""

import pytest

from register_ects.operations.base import record_event
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.inductions import AUTHOR
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_every_part_is_accessible_and_fits_the_screen(live_server, chromium, trs, width):
    hub = AppropriateBodyFactory(active=True)
    period = InductionPeriodFactory(appropriate_body=hub, teacher__trn="3000101")
    record_event(
        "induction_period_opened",
        f"{hub.name} claimed them",
        author=AUTHOR,
        about=[period.teacher, hub, period],
    )
    home = f"{live_server.url}/appropriate-body/teachers/{period.teacher_id}"

    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, hub)
        for part, said in (("itt-data", "Northmoor SCITT"), ("history", "claimed them")):
            open_page(page, f"{home}/{part}")
            assert said in page.locator("main").inner_text()
            assert violations(page, *WCAG) == []
            assert overflow(page) == []
        assert page.complaints == []
