"""A journey may lead to another page of the service, or ask to try again later."""

import pytest
from django.urls import include, path

from register_ects.models import JourneyDraft, School
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey, Leave, Retry, Step
from schools.access import school_required
from tests.factories import SchoolFactory

pytestmark = pytest.mark.urls(__name__)

world: dict = {}
saved: list[dict] = []


class NameForm(forms.GovukForm):
    name = forms.TextField(label="Name")


class ColourForm(forms.GovukForm):
    colour = forms.TextField(label="Colour")


def act(place):
    """Return a hook that raises what the world has for a place."""

    def hook(*_args):
        if place in world:
            raise world[place]
        return {}

    return hook


def save(answers, request):
    saved.append(answers)
    SchoolFactory()
    act("complete")()


interrupted = Journey(
    name="interrupted",
    guard=school_required,
    complete=save,
    steps=[
        Step("name", NameForm, on_submit=act("name")),
        Step("colour", ColourForm, on_submit=act("colour"), context=act("page")),
        Step("check", on_submit=act("check"), completes=True),
        Step("done", confirmation=True),
    ],
)
urlpatterns = [path("interrupted/", include(journey_urls(interrupted))), *service]

FIRST = "/interrupted/name"


@pytest.fixture
def browser(sign_in):
    world.clear()
    saved.clear()
    return sign_in(SchoolFactory())


@pytest.fixture
def colour(browser):
    """The address of the second page of a draft."""
    return browser.post(FIRST, {"name": "Ada"}).location


@pytest.fixture
def check(browser, colour):
    """The address of the check page of a draft with every answer."""
    return browser.post(colour, {"colour": "red"}).location


def kept():
    return drafts.read(JourneyDraft.objects.get()).all_answers


# -- Leave -------------------------------------------------------------------------------------


def test_who_leaves_the_first_page_leaves_no_draft_behind(browser):
    world["name"] = Leave("/support")

    assert browser.post(FIRST, {"name": "Ada"}).location == "/support"
    assert not JourneyDraft.objects.exists()


def test_who_leaves_a_later_page_leaves_the_draft_as_it_was(browser, colour):
    world["colour"] = Leave("/support")

    assert browser.post(colour, {"colour": "red"}).location == "/support"
    assert kept() == {"name": "Ada"}
    del world["colour"]
    assert browser.post(colour, {"colour": "red"}).status_code == 302


def test_who_leaves_while_all_is_saved_saves_nothing(browser, check):
    world["complete"] = Leave("/support")

    assert browser.confirm(check).location == "/support"
    assert School.objects.count() == 1
    assert JourneyDraft.objects.get().completed_at is None


def test_a_page_that_is_opened_may_lead_elsewhere_too(browser, colour):
    world["page"] = Leave("/support")

    assert browser.get(colour).location == "/support"


# -- Retry -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [422, 429, 503])
def test_a_page_to_try_again_has_the_status_of_its_reason_and_keeps_what_was_typed(
    browser, colour, status
):
    world["colour"] = Retry("Not now", status=status)

    page = browser.post(colour, {"colour": "red"})

    assert page.status_code == status
    assert page.title.startswith("Error: ")
    assert list(page.errors.values()) == ["Not now"]
    assert browser.get(colour).select_one("#colour")["value"] == "red"
    assert browser.get(colour.replace("/colour", "/check")).location == colour


def test_a_first_page_to_try_again_begins_no_draft(browser):
    world["name"] = Retry("Not now", status=503)

    page = browser.post(FIRST, {"name": "Ada"})

    assert page.status_code == 503
    assert page.select_one("#name")["value"] == "Ada"
    assert not JourneyDraft.objects.exists()


@pytest.mark.parametrize("place", ["check", "complete"])
def test_a_journey_that_cannot_be_completed_just_now_is_completed_later(browser, check, place):
    world[place] = Retry("Not now", status=503)

    page = browser.confirm(check)

    assert page.status_code == 503
    assert list(page.errors.values()) == ["Not now"]
    assert JourneyDraft.objects.get().completed_at is None
    del world[place]
    assert browser.confirm(check).location == check.replace("/check", "/done")
    assert saved[-1] == {"name": "Ada", "colour": "red"}
