"""A person's record in a real browser: nothing cut off, nothing that axe finds."""

import pytest
from django.conf import settings

from tests.factories import (
    DeclarationFactory,
    EventFactory,
    InductionPeriodFactory,
    StaffUserFactory,
)
from tests.support.chromium import chromium_page, overflow, violations
from tests.support.pages import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_part_fits_every_screen(live_server, chromium):
    teacher = DeclarationFactory(eligible=True).training_period.teacher
    InductionPeriodFactory(teacher=teacher)
    EventFactory(teacher=teacher, body="Terms served: 6\nThe ECT was told in writing")
    session = Browser().sign_in(StaffUserFactory()).client.cookies[settings.SESSION_COOKIE_NAME]

    with chromium_page(chromium) as page:
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": live_server.url}]
        )
        for part in ("", "/training", "/induction", "/payments", "/history"):
            page.goto(f"{live_server.url}/admin/teachers/{teacher.api_id}{part}")
            assert page.locator(".app-parts a[aria-current=page]").count() == 1
            assert overflow(page) == []
            assert violations(page, "wcag2a", "wcag2aa", "wcag22aa") == []
        assert page.complaints == []
