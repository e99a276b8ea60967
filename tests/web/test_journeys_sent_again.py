"""The page that completes a journey, sent again: what it says is held against what was saved."""

import pytest
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.rules.problems import refuse
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey, Step
from schools.access import school_required
from tests.factories import SchoolFactory

pytestmark = pytest.mark.urls(__name__)

saved: list[dict] = []
compared: list[tuple] = []
meanwhile: list = []


class ColourForm(forms.GovukForm):
    wording = {"another": "It is {colour} already"}
    colour = forms.TextField(label="Colour")


def take_turns(answers, request):
    """Let another tab do something after the draft was read, before it is locked."""
    while meanwhile:
        meanwhile.pop()()


def compare(made, sent, request):
    compared.append((made["colour"], sent["colour"], request.school))
    if made["colour"] != sent["colour"]:
        refuse("", "another", colour=made["colour"])


def journey_named(name, **options):
    return Journey(
        name=name,
        guard=school_required,
        complete=lambda answers, request: saved.append(answers),
        steps=[
            Step("start"),
            Step("colour", ColourForm, on_submit=take_turns, completes=True, shows=None),
            Step("done", confirmation=True),
        ],
        **options,
    )


urlpatterns = [
    path("told/", include(journey_urls(journey_named("told", sent_again=compare)))),
    path("quiet/", include(journey_urls(journey_named("quiet")))),
    *service,
]


@pytest.fixture
def school():
    for each in (saved, compared, meanwhile):
        each.clear()
    return SchoolFactory()


@pytest.fixture
def browser(school, sign_in):
    return sign_in(school)


@pytest.fixture
def form(browser):
    """The address of the page that completes."""
    return browser.post("/told/start").location


def done(form):
    return form.replace("/colour", "/done")


def test_nothing_is_compared_the_first_time(browser, form):
    assert browser.post(form, {"colour": "red"}).location == done(form)
    assert compared == []


def test_the_same_answers_lead_to_the_same_confirmation(browser, form, school):
    browser.post(form, {"colour": "red"})

    assert browser.post(form, {"colour": "red"}).location == done(form)
    assert compared == [("red", "red", school)]
    assert len(saved) == 1


def test_other_answers_are_refused_in_words_and_stay_on_the_page(browser, form):
    browser.post(form, {"colour": "red"})

    page = browser.post(form, {"colour": "blue"})

    assert page.status_code == 422
    assert list(page.errors.values()) == ["It is red already"]
    assert page.select_one("#colour")["value"] == "blue"
    assert [one["colour"] for one in saved] == ["red"]


def test_what_cannot_be_read_is_said_and_not_compared(browser, form):
    browser.post(form, {"colour": "red"})

    page = browser.post(form, {"colour": ""})

    assert (page.status_code, list(page.errors)) == (422, ["#colour"])
    assert compared == []


def test_who_only_opens_the_page_again_sees_the_confirmation(browser, form):
    browser.post(form, {"colour": "red"})

    assert browser.get(form).location == done(form)
    assert compared == []


def test_another_page_of_the_draft_is_not_compared(browser, form):
    browser.post(form, {"colour": "red"})

    assert browser.post(form.replace("/colour", "/start")).location == done(form)
    assert compared == []


@pytest.mark.parametrize(("colour", "status"), [("red", 302), ("blue", 422)])
def test_what_another_tab_completed_in_between_is_compared_too(browser, form, colour, status):
    meanwhile.append(lambda: browser.post(form, {"colour": "red"}))

    assert browser.post(form, {"colour": colour}).status_code == status
    assert [one["colour"] for one in saved] == ["red"]


def test_without_a_comparison_everybody_sees_the_confirmation(browser, school):
    form = browser.post("/quiet/start").location
    browser.post(form, {"colour": "red"})

    assert browser.post(form, {"colour": "blue"}).location == done(form)
    assert [one["colour"] for one in saved] == ["red"]
    assert JourneyDraft.objects.get().completed_at
