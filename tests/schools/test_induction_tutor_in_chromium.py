"""Confirming and changing the induction tutor in a real browser, with scripts and without."""

import pytest

from register_ects.models import School
from tests.factories import ContractPeriodFactory, SchoolFactory
from tests.support.chromium import WCAG, chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTINUE = "main button[type=submit]"


@pytest.mark.parametrize(
    ("width", "javascript"), [(1280, True), (375, True), (1280, False), (375, False)]
)
def test_a_school_corrects_its_tutor_and_later_replaces_them(
    live_server, chromium, width, javascript
):
    for year in (2026, 2027):
        ContractPeriodFactory(year=year)
    school = SchoolFactory(with_tutor=True)
    with chromium_page(chromium, width=width, javascript=javascript) as page:
        sign_in_as(page, live_server.url, school, tutor_due=True)

        def looks_right(heading):
            assert page.inner_text("h1").strip() == heading
            if javascript:
                assert (heading, violations(page, *WCAG)) == (heading, [])
                assert (heading, overflow(page)) == (heading, [])

        page.goto(f"{live_server.url}/school/home/induction-tutor")
        looks_right("Induction tutor")
        page.click("text=Confirm induction tutor")
        looks_right("Confirm your induction tutor")
        assert page.is_visible("#induction_tutor_name") is not javascript
        page.click(CONTINUE)
        looks_right("Confirm your induction tutor")
        assert page.title().startswith("Error: ")
        page.click(".govuk-error-summary a")
        page.check("input[value=no]")
        page.fill("#induction_tutor_name", "Noor Haddad")
        page.click(CONTINUE)
        looks_right("Check the induction tutor’s details")
        page.click(CONTINUE)
        looks_right("You’ve saved your induction tutor’s details")

        page.click("text=See your induction tutor’s details")
        page.click("text=Change induction tutor")
        looks_right("Change your induction tutor")
        page.fill("#induction_tutor_email", "noor@oak.example.com")
        page.press("#induction_tutor_email", "Enter")
        looks_right("Check the induction tutor’s details")
        page.press(CONTINUE, "Enter")
        looks_right("You’ve saved your induction tutor’s details")

    found = School.objects.get()
    assert (found.induction_tutor_name, found.induction_tutor_email) == (
        "Noor Haddad",
        "noor@oak.example.com",
    )
