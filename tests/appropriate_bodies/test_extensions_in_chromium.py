"""An extension from the ECT's page and back in a real browser, with and without JavaScript."""

import pytest

from register_ects.models import InductionExtension
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.support.chromium import WCAG, chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page, **answers):
    for name, value in answers.items():
        page.fill(f"[name='{name.replace('__', '-')}']", value)


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_an_extension_is_added_changed_and_withdrawn(live_server, chromium, width, has_javascript):
    period = InductionPeriodFactory(appropriate_body=AppropriateBodyFactory(active=True))

    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        if has_javascript:

            def check():
                assert violations(page, *WCAG) == []
                assert overflow(page) == []

        else:

            def check():
                pass

        sign_in_as(page, live_server.url, period.appropriate_body)
        page.goto(f"{live_server.url}/appropriate-body/teachers/{period.teacher_id}")
        check()
        page.get_by_role("link", name="Add an extension").click()
        check()
        page.get_by_role("button", name="Add extension").click()
        assert page.locator(".govuk-error-summary a").count() == 4
        check()
        days = {"day": "1", "month": "10", "year": "2025"}
        fill_in(page, number_of_terms="13", reason="Too little evidence")
        for name in ("decided_on", "told_on"):
            fill_in(page, **{f"{name}__{part}": value for part, value in days.items()})
        page.get_by_role("button", name="Add extension").click()
        page.get_by_label("Yes, this number of terms is right").check()
        page.get_by_role("button", name="Add extension").click()
        assert "13 terms" in page.locator("main").inner_text()
        check()
        page.get_by_role("link", name="Change").last.click()
        fill_in(page, number_of_terms="1")
        check()
        page.get_by_role("button", name="Save extension").click()
        page.get_by_role("link", name="Withdraw").click()
        check()
        fill_in(page, reason="Wrong ECT")
        page.get_by_role("button", name="Withdraw extension").click()
        assert "No extension is recorded." in page.locator("main").inner_text()
        page.goto(f"{live_server.url}/appropriate-body/terms-calculator")
        check()
        assert page.complaints == []
    assert not InductionExtension.objects.exists()
