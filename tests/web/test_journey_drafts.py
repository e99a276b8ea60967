"""Whose a journey's draft is, how long it lasts, and who can read it."""

import uuid
from datetime import timedelta

import pytest
from django.test import override_settings

from register_ects import clock
from register_ects.models import JourneyDraft
from register_ects.web import drafts
from register_ects.web.drafts import purge_drafts, unfinished_drafts
from tests.factories import SchoolFactory
from tests.web.toy_journeys import ADA, answer_all, as_at_the_start, begin, draft, saved

pytestmark = pytest.mark.urls("tests.web.toy_journeys")


@pytest.fixture
def browser(school, sign_in):
    as_at_the_start()
    return sign_in(school)


# -- Whose draft -------------------------------------------------------------------------------


def test_another_school_cannot_see_the_draft(browser, sign_in):
    url = answer_all(browser)
    stranger = sign_in(SchoolFactory())

    assert stranger.get(url("check")).status_code == 404
    assert stranger.confirm(url("check")).status_code == 404
    assert saved == []


def test_a_colleague_may_take_the_draft_up_again(browser, school, sign_in):
    url = answer_all(browser)
    colleague = sign_in(school)

    assert colleague.confirm(url("check")).location == url("done")


def test_a_draft_of_another_journey_is_not_found(browser, school):
    url = begin(browser)
    assert browser.get(url("find").replace("/toy/", "/asked/")).status_code == 404


def test_a_visitor_is_sent_to_sign_in(browse):
    assert browse.get("/toy/start").location == "/"
    assert browse.get(f"/toy/{uuid.uuid4()}/find").location == "/"


def test_lists_the_drafts_that_can_be_taken_up_again(browser, school, rf):
    begin(browser)
    request = rf.get("/")
    request.school = school
    assert list(unfinished_drafts(request, "toy")) == [draft()]

    request.school = SchoolFactory()
    assert not unfinished_drafts(request, "toy")


# -- Lost and expired --------------------------------------------------------------------------


def test_an_unknown_draft_explains_and_offers_to_start_again(browser):
    page = browser.get(f"/toy/{uuid.uuid4()}/check")

    assert page.status_code == 404
    assert "no longer have these answers" in page.h1
    assert page.select_one("a.govuk-button")["href"] == "/toy/start"


def test_a_draft_expires_28_days_after_its_last_change(browser, on):
    url = begin(browser)
    begun = clock.now()

    on(begun + timedelta(days=27, hours=23))
    assert browser.get(url("find")).status_code == 200
    on(begun + timedelta(days=28, minutes=1))
    page = browser.post(url("find"), ADA)
    assert page.status_code == 404
    assert "no longer have these answers" in page.h1


def test_a_draft_written_with_another_secret_counts_as_lost(browser):
    url = answer_all(browser)
    with override_settings(DRAFT_ENCRYPTION_SECRET="another" * 10):
        assert "no longer have these answers" in browser.get(url("check")).h1


def test_answers_are_not_readable_in_the_database(browser):
    answer_all(browser)
    stored = bytes(draft().answers)

    assert b"Okafor" not in stored
    assert b"1998" not in stored


def test_purging_deletes_what_has_expired(browser):
    begin(browser)

    assert purge_drafts(clock.now() + timedelta(days=27)) == (0, 0)
    assert purge_drafts(clock.now() + timedelta(days=29)) == (1, 0)
    assert not JourneyDraft.objects.exists()


def test_purging_drops_sensitive_answers_after_a_day_without_a_change(browser):
    url = answer_all(browser)

    assert purge_drafts(clock.now() + timedelta(hours=23)) == (0, 0)
    assert purge_drafts(clock.now() + timedelta(hours=25)) == (0, 1)
    assert purge_drafts(clock.now() + timedelta(hours=26)) == (0, 0)
    assert drafts.read(draft()).sensitive == {}
    assert browser.get(url("check")).status_code == 200
