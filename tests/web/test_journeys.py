"""Journeys: from page to page, back and changed on the way, to one save at the end."""

from datetime import date

import pytest

from register_ects.models import JourneyDraft
from register_ects.web import drafts
from tests.factories import SchoolFactory
from tests.web.toy_journeys import (
    ADA,
    answer_all,
    as_at_the_start,
    begin,
    draft,
    refusals,
    saved,
    trs,
)

pytestmark = pytest.mark.urls("tests.web.toy_journeys")


@pytest.fixture
def browser(sign_in):
    as_at_the_start()
    return sign_in(SchoolFactory())


# -- Going through -----------------------------------------------------------------------------


def test_showing_the_first_page_creates_no_draft(browser):
    assert browser.get("/toy/start").status_code == 200
    assert not JourneyDraft.objects.exists()


def test_goes_from_page_to_page_and_saves_once_at_the_end(browser):
    url = answer_all(browser, programme="led")

    assert browser.get(url("programme")).status_code == 200
    assert browser.post(url("provider"), {"provider": "b"}).location == url("check")
    assert browser.confirm(url("check")).location == url("done")
    assert [(s["name"], s["provider"], s["author"]) for s in saved] == [
        ("Ada Okafor", "b", "priya@example.com")
    ]


def test_skips_the_steps_that_the_answers_make_needless(browser):
    url = answer_all(browser, programme="own")

    assert browser.get(url("check")).status_code == 200
    assert browser.get(url("provider")).location == url("check")


def test_two_drafts_do_not_share_answers(browser):
    first, second = begin(browser), begin(browser)
    browser.post(first("find"), ADA)
    browser.post(second("find"), {**ADA, "trn": "2222222"})

    assert "Ada Okafor" in browser.get(first("email")).h1
    assert "Bola Thistle" in browser.get(second("email")).h1


def test_a_stop_page_ends_the_way_and_leads_back(browser):
    url = begin(browser)

    assert browser.post(url("find"), {**ADA, "trn": "9999999"}).location == url("stop")
    page = browser.get(url("stop"))
    assert page.status_code == 200
    assert page.select_one(".govuk-back-link")["href"] == url("find")
    assert browser.get(url("email")).location == url("stop")
    assert browser.post(url("stop")).status_code == 200


# -- Reaching ----------------------------------------------------------------------------------


def test_a_page_too_far_ahead_leads_to_the_last_reachable_one(browser):
    url = begin(browser)
    browser.post(url("find"), ADA)

    for slug in ("programme", "provider", "check", "done"):
        assert browser.get(url(slug)).location == url("email")
        assert browser.post(url(slug), {"provider": "a"}).location == url("email")
    assert saved == []


def test_an_unknown_step_is_not_found(browser):
    url = begin(browser)
    assert browser.get(url("nonsense")).status_code == 404


def test_back_links_retrace_the_way(browser):
    url = answer_all(browser, programme="led")
    browser.post(url("provider"), {"provider": "a"})
    back = {
        slug: browser.get(url(slug)).select_one(".govuk-back-link")["href"]
        for slug in ("start", "find", "email", "programme", "provider", "check")
    }
    assert back == {
        "start": "/school/home/ects",
        "find": url("start"),
        "email": url("find"),
        "programme": url("email"),
        "provider": url("programme"),
        "check": url("provider"),
    }


def test_earlier_pages_show_what_was_answered(browser):
    url = answer_all(browser)

    assert browser.get(url("email")).select_one("#email")["value"] == "ada@example.com"
    assert browser.get(url("find")).select_one("#born_on-year")["value"] == "1998"
    assert browser.get(url("programme")).select_one("input[value=own]").has_attr("checked")


# -- Errors ------------------------------------------------------------------------------------


def test_an_invalid_answer_is_422_and_keeps_what_was_typed(browser):
    url = begin(browser)
    page = browser.post(url("find"), {**ADA, "trn": "12", "born_on-month": "Smarch"})

    assert page.status_code == 422
    assert page.title.startswith("Error: ")
    assert page.select_one("#trn")["value"] == "12"
    assert page.select_one("#born_on-month")["value"] == "Smarch"
    assert list(page.errors) == ["#trn", "#born_on-month"]
    assert "trn" not in drafts.read(draft()).answers


def test_a_service_that_is_down_keeps_the_answers_and_says_so(browser):
    url = begin(browser)
    trs["down"] = True
    page = browser.post(url("find"), ADA)

    assert page.status_code == 422
    assert "Try again in a few minutes" in page.select_one(".govuk-error-summary").text
    assert browser.get(url("email")).location == url("find")
    assert browser.get(url("find")).select_one("#trn")["value"] == "1111111"

    trs["down"] = False
    assert browser.post(url("find"), ADA).location == url("email")


def test_a_hook_may_refuse_in_the_words_of_the_rules(browser):
    url = begin(browser)
    page = browser.post(url("find"), {**ADA, "trn": "0000000"})

    assert (page.status_code, list(page.errors)) == (422, ["#trn"])


def test_a_refusal_while_saving_leaves_the_draft_open(browser):
    url = answer_all(browser)
    refusals.append("already_registered")
    page = browser.confirm(url("check"))

    assert page.status_code == 422
    assert "already registered" in page.select_one(".govuk-error-summary").text
    assert draft().completed_at is None

    refusals.clear()
    assert browser.confirm(url("check")).location == url("done")
    assert len(saved) == 1


# -- Changing ----------------------------------------------------------------------------------


def test_a_change_comes_back_to_the_check_page(browser):
    url = answer_all(browser)
    page = browser.get(url("email") + "?change=yes")

    assert page.select_one(".govuk-back-link")["href"] == url("check")
    response = browser.post(url("email") + "?change=yes", {"email": "new@example.com"})
    assert response.location == url("check")


def test_a_change_asks_only_what_is_now_missing_then_comes_back(browser):
    url = answer_all(browser, programme="own")

    response = browser.post(url("programme") + "?change=yes", {"programme": "led"})
    assert response.location == url("provider") + "?change=yes"
    assert browser.get(url("check")).location == url("provider")
    response = browser.post(url("provider") + "?change=yes", {"provider": "a"})
    assert response.location == url("check")


def test_a_change_forgets_what_depended_on_the_old_answer(browser):
    url = answer_all(browser, programme="led")
    browser.post(url("provider"), {"provider": "a"})

    browser.post(url("programme") + "?change=yes", {"programme": "own"})
    browser.post(url("programme") + "?change=yes", {"programme": "led"})

    assert browser.get(url("check")).location == url("provider")
    assert not browser.get(url("provider")).select("input[checked]")


def test_submitting_the_same_answer_again_forgets_nothing(browser):
    url = answer_all(browser)

    assert browser.post(url("find"), ADA).location == url("email")
    assert browser.get(url("check")).status_code == 200


def test_another_person_forgets_everything_about_the_first(browser):
    url = answer_all(browser)
    browser.post(url("find") + "?change=yes", {**ADA, "trn": "2222222"})

    assert browser.get(url("check")).location == url("email")
    page = browser.get(url("email"))
    assert "Bola Thistle" in page.h1
    assert not page.select_one("#email")["value"]


def test_a_choice_that_no_longer_holds_is_asked_again(browser):
    url = answer_all(browser, programme="led")
    browser.post(url("provider"), {"provider": "a"})
    row = draft()
    state = drafts.read(row)
    state.answers["provider"] = "gone"
    drafts.write(row, state)

    assert browser.get(url("check")).location == url("provider")


# -- Completing once ---------------------------------------------------------------------------


def test_a_repeated_submit_saves_nothing_more(browser):
    url = answer_all(browser)
    browser.confirm(url("check"))

    assert browser.confirm(url("check")).location == url("done")
    assert len(saved) == 1


def test_only_what_the_page_showed_is_saved(browser):
    url = answer_all(browser, programme="led")
    browser.post(url("provider"), {"provider": "a"})
    opened = browser.get(url("check"))
    browser.post(url("email") + "?change=yes", {"email": "new@example.com"})

    refused = browser.submit(opened)

    assert refused.status_code == 422
    assert refused.changes == {"email": ("ada@example.com", "new@example.com")}
    assert saved == []
    assert draft().completed_at is None
    assert browser.submit(refused).location == url("done")
    assert [one["email"] for one in saved] == ["new@example.com"]


def test_a_page_that_does_not_say_what_it_showed_saves_nothing(browser):
    url = answer_all(browser)

    refused = browser.post(url("check"))

    assert refused.status_code == 422
    assert "part of this page was missing" in refused.text
    assert saved == []
    assert browser.submit(refused).location == url("done")


def test_a_completed_draft_shows_only_its_confirmation(browser):
    url = answer_all(browser)
    browser.confirm(url("check"))

    assert browser.get(url("done")).status_code == 200
    for slug in ("start", "find", "email", "check"):
        assert browser.get(url(slug)).location == url("done")
    assert browser.post(url("email"), {"email": "new@example.com"}).location == url("done")
    assert drafts.read(draft()).answers["person_id"] == 7


def test_completing_drops_the_sensitive_answers(browser):
    url = answer_all(browser)
    assert drafts.read(draft()).sensitive == {"born_on": date(1998, 3, 31)}

    browser.confirm(url("check"))

    assert saved[0]["born_on"] == date(1998, 3, 31)
    assert "born_on" not in drafts.read(draft()).all_answers
