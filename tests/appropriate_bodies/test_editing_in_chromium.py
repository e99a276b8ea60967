"""A body corrects its own periods in a real browser, with and without JavaScript."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects import clock
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.periods import release_ect
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.inductions import AUTHOR
from tests.support.chromium import WCAG, chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
@pytest.mark.parametrize("is_released", [False, True])
def test_a_period_is_corrected(live_server, chromium, width, has_javascript, is_released, on):
    on(clock.real_now().date().isoformat())  # as for the server, whose clock nobody sets
    hub = AppropriateBodyFactory(active=True)
    period = InductionPeriodFactory(appropriate_body=hub, started_on=date(2024, 9, 2))
    if is_released:
        terms, today = Decimal(3), clock.today()
        release_ect(period, author=AUTHOR, finished_on=today, number_of_terms=terms)
    link, part = ("Correct", "finished_on-day") if is_released else ("Change", "started_on-day")

    with chromium_page(chromium, width=width, javascript=has_javascript) as page:

        def check():
            if has_javascript:
                assert violations(page, *WCAG) == []
                assert overflow(page) == []

        sign_in_as(page, live_server.url, hub)
        page.goto(f"{live_server.url}/appropriate-body/teachers/{period.teacher_id}")
        check()
        page.get_by_role("link", name=link).first.click()
        check()
        page.fill(f"[name='{part}']", "")
        page.get_by_role("button", name="Save changes").click()
        assert page.locator(".govuk-error-summary a").count() == 1
        check()
        page.fill(f"[name='{part}']", "3")
        page.fill(f"[name='{part.replace('day', 'month')}']", "9")
        page.fill(f"[name='{part.replace('day', 'year')}']", "2025" if is_released else "2024")
        page.get_by_role("button", name="Save changes").click()
        assert "The induction period was corrected." in page.locator("body").inner_text()
        assert page.complaints == []
    corrected = InductionPeriod.objects.get()
    if is_released:
        assert corrected.finished_on == date(2025, 9, 3)
    else:
        assert corrected.started_on == date(2024, 9, 3)
