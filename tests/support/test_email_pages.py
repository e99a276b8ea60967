"""Support sees the emails that did not arrive, and sends them again."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Event, OutgoingEmail
from tests.factories import OutgoingEmailFactory, SchoolFactory

HOME, EMAILS = "/admin/", "/admin/emails"
FAILED_AT = datetime(2026, 7, 10, 13, 5, tzinfo=UTC)


@pytest.fixture
def failed():
    email = OutgoingEmailFactory(state="failed", last_response="Notify refused it (status 400)")
    OutgoingEmail.objects.filter(pk=email.pk).update(updated_at=FAILED_AT)
    return email


def words(element):
    return " ".join(element.get_text(" ").split())


def test_nothing_needs_support_while_emails_arrive_or_schools_are_asked(officer):
    OutgoingEmailFactory(state="sent")
    OutgoingEmailFactory(state="returned", receipt="permanent-failure")
    OutgoingEmailFactory(state="queued")

    assert "Nothing needs you today" in officer.get(HOME).text
    page = words(officer.get(EMAILS).select_one("main"))
    assert "1 email waits to be sent" in page
    assert "Every email has arrived, or is on its way" in page


def test_the_home_page_counts_the_emails_that_failed_and_since_when(officer, failed):
    [task] = officer.get(HOME).select(".govuk-task-list__item")

    assert words(task) == ("Emails that did not arrive The oldest since 10 July 2026 at 2:05pm 1")
    assert task.select_one("a")["href"] == EMAILS


def test_the_list_says_which_email_to_whom_and_why(officer, failed):
    OutgoingEmailFactory(
        state="failed", receipt="temporary-failure", template="ect_registered_school_led"
    )

    refused, bounced = map(words, officer.get(EMAILS).select("tbody tr"))

    assert refused.startswith("tilda@school.example.com Mentor registered Notify refused it")
    assert "ECT registered, school-led The inbox did not take it for three days" in bounced


def test_an_email_may_be_sent_again_once(officer, failed):
    address = officer.get(EMAILS).select_one("tbody form")["action"]

    page = officer.post(address).follow()
    again = officer.post(address).follow()

    assert "We’ll send the email to tilda@school.example.com again" in page.text
    assert "is on its way already" in again.text
    failed.refresh_from_db()
    assert failed.state == "queued"
    assert Event.objects.get(event_type="support_task_closed").author_type == "dfe_staff_user"


def test_only_staff_see_it(browse, sign_in, failed):
    assert browse.get(EMAILS).location == "/sign-in"
    assert sign_in(SchoolFactory()).get(EMAILS).status_code == 401
    sign_in(SchoolFactory()).post(f"{EMAILS}/{failed.pk}/send-again")
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_an_email_that_is_not_there_is_not_found(officer):
    assert officer.post(f"{EMAILS}/{'9' * 30}/send-again").status_code == 404


def test_the_page_costs_the_same_however_much_there_is(officer, failed):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(EMAILS).status_code == 200
        return len(queries)

    few = cost()
    for _ in range(5):
        OutgoingEmailFactory(state="failed")

    assert cost() == few


def test_the_button_says_what_is_sent_again_to_who_cannot_see(officer, failed):
    button = officer.get(EMAILS).select_one("tbody form button")

    assert " ".join(button.text.split()) == "Send again the email to tilda@school.example.com"
    assert (
        button.select_one(".govuk-visually-hidden").text.strip()
        == "the email to tilda@school.example.com"
    )
