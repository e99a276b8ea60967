"""The parts of an ECT's record, and what TRS did not accept, in a real browser."""

import pytest

from register_ects.operations.base import record_event
from tests.factories import (
    AppropriateBodyFactory,
    InductionPeriodFactory,
    TRSInductionUpdateFactory,
)
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
    TRSInductionUpdateFactory(teacher=period.teacher, state="rejected")
    area = f"{live_server.url}/appropriate-body"
    record = f"{area}/teachers/{period.teacher_id}"
    shown = {
        f"{record}/itt-data": "Northmoor SCITT",
        f"{record}/history": "claimed them",
        f"{area}/home": "1 induction that",
        f"{area}/home/not-accepted": period.teacher.name,
    }

    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, hub)
        for address, said in shown.items():
            open_page(page, address)
            assert said in page.locator("main").inner_text()
            assert violations(page, *WCAG) == []
            assert overflow(page) == []
        assert page.complaints == []
