"""What waits for support on a phone: every message with its button, nothing off the screen."""

import pytest

from tests.factories import (
    InductionPeriodFactory,
    OutgoingEmailFactory,
    StaffUserFactory,
    SupportQueryFactory,
    TeacherFactory,
    TRSInductionUpdateFactory,
)
from tests.support.chromium import chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_every_message_can_be_sent_again(live_server, chromium, width):
    OutgoingEmailFactory(state="failed", last_response="Notify refused it (status 400)")
    SupportQueryFactory(state="failed", last_response="The help desk answered 403")
    TRSInductionUpdateFactory(teacher=InductionPeriodFactory().teacher, state="rejected")
    TeacherFactory(trs_response="not_found")

    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        for address in ("emails", "questions", "trs"):
            page.goto(f"{live_server.url}/admin/{address}")
            button = page.get_by_role("button", name="Send again").bounding_box()
            assert button["x"] + button["width"] <= width
            assert overflow(page) == []
            assert violations(page, "wcag2a", "wcag2aa", "wcag22aa") == []
        assert page.complaints == []
