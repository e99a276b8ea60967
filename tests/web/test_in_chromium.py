"""What only a real browser can show: scripts, the content policy, focus, small screens."""

import pytest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import forms
from register_ects.web.forms import data_of, status_of
from tests.factories import SchoolFactory
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
]


class Toy(forms.GovukForm):
    born_on = forms.DateOfBirthField()
    body = forms.SelectField(
        label="Which appropriate body?",
        hint="Start typing its name",
        autocomplete=True,
        required_message="Select a body",
        items=[
            ("1", "Alder Hub"),
            forms.Choice("2", "Birch Hub", also=("Silver Hub", "Old <Hub>")),
            ("3", "Cedar Hub"),
        ],
    )
    pattern = forms.RadiosField(
        label="Working pattern",
        items=[("full", "Full time"), forms.Choice("other", "Another", conditional="why")],
    )
    why = forms.TextField(label="Which pattern?", required_message="Say which")


def toy(request):
    form = Toy(data_of(request))
    if form.is_valid():
        return HttpResponse(f"Chose {form.cleaned_data['body']}")
    context = {"form": form, "heading": "A toy", "back": "/"}
    response = render(request, "layouts/form.jinja", context, status=status_of(form))
    response["Cache-Control"] = "no-store"  # as behind sign-in
    return response


urlpatterns = [path("toy", toy), *service]

PAGES = [
    *("/", "/school-requirements", "/support", "/cookies", "/accessibility", "/privacy"),
    *("/sign-in", "/personas", "/access-denied", "/nowhere", "/toy"),
    *("/feedback", "/feedback/sent"),
]


@pytest.fixture(params=[1280, 375])
def page(request, live_server, chromium):
    with chromium_page(chromium, width=request.param) as page:
        page.address = live_server.url
        yield page


def fill_the_rest(page):
    page.fill("#born_on-day", "31")
    page.fill("#born_on-month", "3")
    page.fill("#born_on-year", "1998")
    page.check("#pattern")


def test_pages_are_accessible_fit_the_screen_and_break_no_policy(page):
    for url in PAGES:
        open_page(page, page.address + url)

        assert (url, violations(page, *WCAG)) == (url, [])
        assert (url, overflow(page)) == (url, [])
        assert (url, page.complaints) == (url, [])


def test_a_page_with_errors_is_accessible_and_leads_to_the_faulty_input(page):
    page.goto(page.address + "/toy")
    page.click("text=Continue")

    page.wait_for_selector(".govuk-error-summary:focus")
    assert page.title().startswith("Error: ")
    assert violations(page, *WCAG) == []
    page.click("text=Enter their date of birth >> nth=0")
    page.wait_for_selector("#born_on-day:focus")
    page.click(".govuk-error-summary a[href='#body']")
    page.wait_for_selector("#body:focus")
    assert page.complaints == []


def test_going_back_past_a_corrected_error_shows_the_page(page):
    page.goto(page.address + "/toy")
    page.click("text=Continue")
    page.wait_for_selector(".govuk-error-summary:focus")
    fill_the_rest(page)
    page.fill("#body", "Birch Hub")
    page.press("#body", "Escape")
    page.click("text=Continue")
    page.wait_for_selector("text=Chose 2")

    page.go_back()

    assert page.text_content("h1") == "A toy"
    assert page.locator(".govuk-error-summary").count() == 0


def test_the_autocomplete_keeps_its_hint_and_error(page):
    page.goto(page.address + "/toy")
    page.click("text=Continue")
    page.wait_for_selector("input#body")

    for typed in ("", "Bir"):
        page.fill("#body", typed)
        page.wait_for_timeout(100)
        described = page.get_attribute("#body", "aria-describedby").split()
        assert described[:2] == ["body-hint", "body-error"]


@pytest.mark.parametrize("typed", ["birch", "silver", "old <h"])
def test_typing_a_name_or_another_name_of_it_finds_an_option(page, typed):
    page.goto(page.address + "/toy")
    page.wait_for_selector("input#body")
    page.type("#body", typed)
    page.press("#body", "ArrowDown")
    page.press("#body", "Enter")
    fill_the_rest(page)
    page.click("text=Continue")

    page.wait_for_selector("text=Chose 2")


def test_a_choice_replaced_by_nonsense_is_not_sent(page):
    page.goto(page.address + "/toy")
    page.wait_for_selector("input#body")
    page.type("#body", "birch")
    page.press("#body", "ArrowDown")
    page.press("#body", "Enter")
    page.fill("#body", "Brich Hub")
    fill_the_rest(page)
    page.press("#body", "Escape")
    page.click("text=Continue")

    assert "nothing matches what you typed" in page.text_content("#body-error")
    page.wait_for_selector("input#body")
    assert page.input_value("#body") == "Brich Hub"


def test_a_choice_whose_text_is_cleared_is_not_sent(page):
    page.goto(page.address + "/toy")
    page.wait_for_selector("input#body")
    page.type("#body", "birch")
    page.press("#body", "ArrowDown")
    page.press("#body", "Enter")
    page.fill("#body", "")
    fill_the_rest(page)
    page.press("#body", "Escape")
    page.click("text=Continue")

    assert "Select a body" in page.text_content("#body-error")
    page.wait_for_selector("input#body")
    assert page.input_value("#body") == ""


def test_conditional_questions_show_when_chosen(page):
    page.goto(page.address + "/toy")
    page.wait_for_selector(".govuk-frontend-supported")
    assert not page.is_visible("#why")
    page.check("#pattern-2")
    page.wait_for_selector("#why", state="visible")


def test_signing_out_works_with_the_keyboard_on_any_screen(page):
    sign_in_as(page, page.address, SchoolFactory())
    page.goto(page.address + "/cookies")
    assert violations(page, *WCAG) == []
    button = page.locator(".app-account button")
    box = button.bounding_box()
    assert box["height"] >= 24

    button.focus()
    page.keyboard.press("Enter")

    page.wait_for_url(page.address + "/")
    assert page.locator(".app-account").count() == 0


def test_an_idle_session_warns_in_time_and_can_be_kept(page):
    page.clock.install()
    sign_in_as(page, page.address, SchoolFactory())
    page.goto(page.address + "/cookies")
    page.wait_for_selector(".govuk-frontend-supported")

    page.clock.fast_forward("01:54:00")
    assert not page.is_visible("dialog")
    page.clock.fast_forward("00:01:30")
    page.wait_for_selector("dialog[open]")
    assert violations(page, *WCAG) == []

    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="hidden")
    assert page.complaints == []
    page.clock.fast_forward("01:56:00")
    page.wait_for_selector("dialog[open]")


def test_without_javascript_a_form_says_when_an_idle_session_ends(live_server, chromium):
    said = "We sign you out 120 minutes after you last opened or sent a page."
    for javascript in (False, True):
        with chromium_page(chromium, javascript=javascript) as page:
            sign_in_as(page, live_server.url, SchoolFactory())
            page.goto(live_server.url + "/toy")
            assert said in page.content()
            assert page.locator("noscript p").is_visible() is not javascript


def test_forms_work_without_javascript(live_server, chromium):
    with chromium_page(chromium, javascript=False) as page:
        page.goto(live_server.url + "/toy")
        page.select_option("select#body", "3")
        fill_the_rest(page)
        page.click("text=Continue")
        page.wait_for_selector("text=Chose 3")
