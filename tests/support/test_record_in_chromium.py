"""A person's record in a real browser: nothing cut off, nothing that axe finds."""

import pytest

from tests.factories import (
    DeclarationFactory,
    EventFactory,
    InductionPeriodFactory,
    StaffUserFactory,
)
from tests.support.chromium import chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_part_fits_every_screen(live_server, chromium):
    teacher = DeclarationFactory(eligible=True).training_period.teacher
    InductionPeriodFactory(teacher=teacher)
    EventFactory(teacher=teacher, body="Terms served: 6\nThe ECT was told in writing")

    with chromium_page(chromium) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        for part in ("", "/training", "/induction", "/payments", "/history"):
            page.goto(f"{live_server.url}/admin/teachers/{teacher.api_id}{part}")
            assert page.locator(".app-parts a[aria-current=page]").count() == 1
            assert overflow(page) == []
            assert violations(page, "wcag2a", "wcag2aa", "wcag22aa") == []
        assert page.complaints == []
