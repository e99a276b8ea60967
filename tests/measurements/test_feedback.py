"""Anybody can say how it went, once, and stays unknown."""

import pytest

from register_ects.models import FeedbackResponse
from tests.factories import SchoolFactory
from tests.support.pages import Browser
from tests.web.toy_journeys import ADA, answer_all, as_at_the_start, begin

pytestmark = pytest.mark.django_db

GIVEN = {"score": "4", "clarity": "2", "comment": "Too many pages"}


def html(page):
    return page.response.content.decode()


def test_a_visitor_says_how_it_went():
    browser = Browser()
    sent = browser.submit(browser.get("/feedback?about=register-ect"), GIVEN)
    assert sent.location == "/feedback/sent"
    assert "Thank you for your feedback" in browser.get(sent.location).text
    kept = FeedbackResponse.objects.values("page", "actor_type", "score", "clarity", "comment")
    assert kept.get() == {
        "page": "register-ect",
        "actor_type": "visitor",
        "score": 4,
        "clarity": 2,
        "comment": "Too many pages",
    }


def test_only_the_satisfaction_must_be_told():
    browser = Browser().sign_in(SchoolFactory())
    page = browser.submit(browser.get("/feedback"), {})
    assert page.status_code == 422
    assert "Select how satisfied you were" in page.text
    browser.submit(page, {"score": "1"})
    kept = FeedbackResponse.objects.get()
    assert (kept.score, kept.clarity, kept.comment, kept.page) == (1, None, None, None)
    assert kept.actor_type == "school"


def test_feedback_sent_twice_is_kept_once():
    browser = Browser()
    page = browser.get("/feedback")
    browser.submit(page, GIVEN)
    assert browser.submit(page, GIVEN).location == "/feedback/sent"
    assert FeedbackResponse.objects.count() == 1


def test_a_comment_has_1200_characters_at_most():
    browser = Browser()
    page = browser.submit(browser.get("/feedback"), {**GIVEN, "comment": "x" * 1201})
    assert page.status_code == 422
    assert not FeedbackResponse.objects.exists()


@pytest.mark.parametrize("about", ["1234567", "someone@example.com", "x" * 81, "A name"])
def test_what_no_address_is_called_is_not_kept(about):
    browser = Browser()
    browser.submit(browser.get("/feedback", {"about": about}), GIVEN)
    assert FeedbackResponse.objects.get().page is None


def test_the_banner_says_which_page_it_is_about():
    assert 'href="/feedback?about=accessibility"' in html(Browser().get("/accessibility"))


@pytest.mark.urls("tests.web.toy_journeys")
def test_the_end_of_a_journey_asks_how_it_went():
    as_at_the_start()
    browser = Browser().sign_in(SchoolFactory())
    url = answer_all(browser)
    assert "What did you think of this service?" not in browser.get(url("check")).text
    browser.submit(browser.get(url("check")))
    done = html(browser.get(url("done")))
    assert 'href="/feedback?about=toy">What did you think of this service?' in done


@pytest.mark.urls("tests.web.toy_journeys")
def test_a_stop_asks_too():
    as_at_the_start()
    browser = Browser().sign_in(SchoolFactory())
    url = begin(browser)
    stop = browser.post(url("find"), {**ADA, "trn": "9999999"}).follow()
    assert "What did you think of this service?" in stop.text
