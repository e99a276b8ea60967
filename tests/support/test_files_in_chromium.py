"""Files of appropriate bodies on wide and small screens: nothing off the screen, axe content."""

import pytest

from register_ects.models import PendingInductionSubmission
from tests.factories import AppropriateBodyFactory, BatchFactory, StaffUserFactory
from tests.support.chromium import WCAG, chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_list_and_a_file_fit(live_server, chromium, width):
    body = AppropriateBodyFactory(active=True, name="Northumberland Teaching School Hub")
    file = BatchFactory(
        appropriate_body=body,
        state="processed",
        uploaded_count=4999,
        errored_count=1,
        file_name=f"{'claims-of-the-summer-term' * 4}.csv",
    )
    PendingInductionSubmission.objects.create(
        batch=file, number=4, state="error", problems=[["trn", "Check both"]]
    )

    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        for address in ("files", f"files/{file.pk}"):
            page.goto(f"{live_server.url}/admin/{address}")
            assert overflow(page) == []
            assert violations(page, *WCAG) == []
        assert page.complaints == []
