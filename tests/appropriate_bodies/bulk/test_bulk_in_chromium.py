"""Files of a body in a browser: upload, progress, errors, correction, confirmation."""

import pytest

from appropriate_bodies import tasks
from register_ects.models import InductionPeriod
from tests.appropriate_bodies.bulk.files import BORN, CLAIM_HEAD, batch, claim, of
from tests.factories import AppropriateBodyFactory
from tests.support.chromium import WCAG, chromium_page, overflow, sign_in_as, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("trs"),
]


@pytest.fixture(autouse=True)
def _today():
    """The day itself: the server that the browser asks has no other."""


@pytest.mark.parametrize(
    ("width", "has_javascript"), [(1280, True), (375, True), (320, True), (375, False)]
)
def test_claims_are_uploaded_corrected_and_confirmed(
    live_server, chromium, tmp_path, width, has_javascript
):
    first, second = tmp_path / "claims.csv", tmp_path / "corrected.csv"
    first.write_text(of(CLAIM_HEAD, claim(programme="cip")))

    def check():
        if has_javascript:
            assert (page.url, violations(page, *WCAG)) == (page.url, [])
            assert (page.url, overflow(page)) == (page.url, [])
            assert (page.url, page.complaints) == (page.url, [])

    def press(button):
        page.get_by_role("button", name=button).click()
        check()

    def upload(file):
        page.get_by_label("File", exact=True).set_input_files(file)
        press("Upload and check")
        assert page.get_by_role("heading", name="We are checking your file").is_visible()
        tasks.check_submissions(str(batch().pk))
        page.get_by_role("link", name="Refresh this page").click()
        check()

    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        sign_in_as(page, live_server.url, AppropriateBodyFactory(active=True, name="Hub A"))
        page.goto(f"{live_server.url}/appropriate-body/home")
        page.get_by_role("link", name="Claim several").click()
        check()
        press("Upload a file")
        press("Upload and check")
        assert page.title().startswith("Error: ")
        upload(first)
        assert page.get_by_text("No line can be recorded").is_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="or as CSV").click()
        second.write_text(download.value.path().read_text().replace("cip", "school-led"))
        page.get_by_role("link", name="Discard it now").click()
        press("Discard this file")
        batch().delete()
        press("Upload a file")
        upload(second)
        press("Confirm and claim")
        tasks.record_submissions(str(batch().pk))
        page.get_by_role("link", name="Refresh this page").click()
        check()

        assert page.get_by_text("1 ECT claimed").first.is_visible()
        assert InductionPeriod.objects.get().teacher.trn == "3000101"
        assert BORN not in page.content()
