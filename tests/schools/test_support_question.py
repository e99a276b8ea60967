"""A school asks support a question (spec 05 §12.4)."""

import uuid
from urllib.parse import urlencode

import pytest

from register_ects.models import SupportQuery
from tests.factories import SchoolFactory

URL = "/school/support/new"


def sent(message):
    """What a page that was opened just now sends."""
    return {"message": message, "once": str(uuid.uuid4())}


def test_the_question_is_kept_with_who_asked(sign_in):
    school = SchoolFactory()
    browser = sign_in(school)

    page = browser.post(f"{URL}?from=/school/home/ects", sent("  Who is my tutor?  "))

    assert page.follow().h1 == "We have your message"
    query = SupportQuery.objects.get()
    assert (query.message, query.school_urn) == ("Who is my tutor?", school.urn)
    assert (query.state, query.asked_from) == ("pending", "/school/home/ects")


def test_a_question_sent_twice_is_one_question(sign_in, on):
    browser = sign_in(SchoolFactory())
    on("2026-09-10T12:00:00+01:00")
    for _time in range(2):
        assert browser.post(URL, sent("Who?")).follow().h1 == "We have your message"
    assert SupportQuery.objects.count() == 1

    on("2026-09-10T13:00:00+01:00")
    browser.post(URL, sent("Who?"))

    assert SupportQuery.objects.count() == 2


def test_a_page_sent_twice_is_one_question_however_much_later(sign_in, on):
    browser = sign_in(SchoolFactory())
    key = browser.get(URL).select_one("input[name=once]")["value"]
    for minute in ("00", "30"):
        on(f"2026-09-10T12:{minute}:00+01:00")
        page = browser.post(URL, {"message": "Who?", "once": key})
        assert page.follow().h1 == "We have your message"

    assert SupportQuery.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "   ", "x" * 10_001, "a\x00b"])
def test_a_message_that_cannot_be_sent_is_an_error_to_mend(sign_in, typed):
    page = sign_in(SchoolFactory()).post(URL, sent(typed))

    assert page.status_code == 422
    assert page.title.startswith("Error: Contact support")
    assert not SupportQuery.objects.exists()


def test_the_old_address_leads_to_the_new_one(sign_in):
    assert sign_in(SchoolFactory()).get("/school/support_queries/new").location == URL


def test_the_page_they_came_from_is_shown_and_sent_with_the_question(sign_in):
    browser = sign_in(SchoolFactory())
    link = browser.get("/school/home/mentors?q=Ada").select_one("footer a[href*=support]")["href"]

    page = browser.get(link)
    assert "Page you came from /school/home/mentors" in " ".join(page.text.split())
    browser.post(link, sent("Who?"))

    assert SupportQuery.objects.get().asked_from == "/school/home/mentors"


@pytest.mark.parametrize(
    "before", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\x00b", "/" * 400]
)
def test_only_a_page_of_ours_is_one_that_they_came_from(sign_in, before):
    browser = sign_in(SchoolFactory())
    page = browser.client.post(URL + "?" + urlencode({"from": before}), sent("Who?"))

    assert page.status_code == 302
    assert SupportQuery.objects.get().asked_from is None
