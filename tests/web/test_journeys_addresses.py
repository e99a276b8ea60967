"""A journey's pages may have addresses of their own, which name their draft or share one."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey, Leave, Step
from schools.access import school_required
from tests.factories import SchoolFactory
from tests.web.toy_journeys import own_school

pytestmark = pytest.mark.urls(__name__)

saved: list[str] = []
meanwhile: list = []


class NameForm(forms.GovukForm):
    name = forms.TextField(label="Name")


class ColourForm(forms.GovukForm):
    colour = forms.TextField(label="Colour")


def save(answers, request):
    saved.append(f"{answers['name']} in {answers['colour']}")


placed = Journey(
    name="placed",
    guard=school_required,
    complete=save,
    addresses={
        "name": "people/new",
        "colour": "people/{draft}/colour",
        "check": "people/{draft}/edit",
        "done": "people/{draft}",
    },
    steps=[
        Step("name", NameForm),
        Step("colour", ColourForm),
        Step("check", completes=True),
        Step("done", confirmation=True),
    ],
)


def take_turns(answers, request):
    """Let a colleague do something after the draft was read, before it is locked."""
    while meanwhile:
        meanwhile.pop()()


def what_was_saved(run):
    if not saved:
        raise Leave("/school/home/ects")
    return {"heading": f"Saved {saved[0]}"}


shared = Journey(
    name="shared",
    guard=school_required,
    complete=save,
    subject=own_school,
    instead=lambda request: HttpResponse(f"There is {saved[0]}", status=422) if saved else None,
    addresses={"name": "paint/name", "colour": "paint/colour", "done": "paint"},
    steps=[
        Step("name", NameForm),
        Step("colour", ColourForm, on_submit=take_turns, completes=True, shows=None),
        Step("done", confirmation=True, context=what_was_saved),
    ],
)
urlpatterns = [
    path("placed/", include(journey_urls(placed))),
    path("schools/<int:subject_id>/", include(journey_urls(shared))),
    *service,
]


@pytest.fixture
def browser(school, sign_in):
    saved.clear()
    meanwhile.clear()
    return sign_in(school)


@pytest.fixture
def url(school):
    return lambda rest: f"/schools/{school.pk}/{rest}"


# -- Addresses that name the draft -------------------------------------------------------------


def test_every_page_is_at_its_address(browser):
    begun = browser.post("/placed/people/new", {"name": "Ada"})
    base = f"/placed/people/{JourneyDraft.objects.get().pk}"
    asked = browser.post(begun.location, {"colour": "red"})

    assert (begun.location, asked.location) == (f"{base}/colour", f"{base}/edit")
    assert browser.confirm(asked.location).location == base
    assert browser.get(base).status_code == 200
    assert saved == ["Ada in red"]


def test_links_back_and_to_what_is_missing_lead_to_these_addresses(browser):
    colour = browser.post("/placed/people/new", {"name": "Ada"}).location
    check = colour.replace("/colour", "/edit")

    assert browser.get(colour).select_one(".govuk-back-link")["href"] == "/placed/people/new"
    assert browser.get(check).location == colour


def test_the_usual_address_of_a_page_is_not_found(browser):
    browser.post("/placed/people/new", {"name": "Ada"})

    assert browser.get(f"/placed/{JourneyDraft.objects.get().pk}/colour").status_code == 404


def test_the_first_address_always_begins_another_draft(browser):
    first = browser.post("/placed/people/new", {"name": "Ada"}).location

    assert not browser.get("/placed/people/new").select_one("#name").get("value")
    assert browser.post("/placed/people/new", {"name": "Bola"}).location != first


def test_a_lost_draft_offers_the_first_address(browser):
    page = browser.get(f"/placed/people/{uuid.uuid4()}/colour")

    assert page.status_code == 404
    assert page.select_one("a.govuk-button")["href"] == "/placed/people/new"


# -- Addresses of one draft for each subject ---------------------------------------------------


def test_a_colleague_goes_on_in_the_draft_that_was_begun(browser, url, school, sign_in):
    assert browser.post(url("paint/name"), {"name": "Ada"}).location == url("paint/colour")
    colleague = sign_in(school)

    assert colleague.get(url("paint/name")).select_one("#name")["value"] == "Ada"
    assert colleague.post(url("paint/colour"), {"colour": "red"}).location == url("paint")
    assert JourneyDraft.objects.count() == 1
    assert saved == ["Ada in red"]


def test_a_page_too_far_ahead_leads_to_the_first_and_begins_nothing(browser, url):
    assert browser.get(url("paint/colour")).location == url("paint/name")
    assert browser.post(url("paint/colour"), {"colour": "red"}).location == url("paint/name")
    assert not JourneyDraft.objects.exists()


def test_another_schools_subject_has_no_pages(browser, url, sign_in):
    browser.post(url("paint/name"), {"name": "Ada"})
    stranger = sign_in(SchoolFactory())

    for rest in ("paint/name", "paint/colour", "paint"):
        assert stranger.get(url(rest)).status_code == 404


def test_the_confirmation_is_about_the_subject(browser, url):
    assert browser.get(url("paint")).location == "/school/home/ects"
    saved.append("Bola in blue")

    assert browser.get(url("paint")).h1 == "Saved Bola in blue"


def test_what_came_of_the_subject_is_said_on_every_other_page(browser, url):
    browser.post(url("paint/name"), {"name": "Ada"})
    saved.append("Bola in blue")

    for rest in ("paint/name", "paint/colour"):
        assert browser.get(url(rest)).status_code == 422
        assert "There is Bola in blue" in browser.post(url(rest), {"colour": "red"}).text
    assert saved == ["Bola in blue"]


def test_who_completes_the_draft_second_hears_what_came_of_the_subject(
    browser, url, school, sign_in
):
    browser.post(url("paint/name"), {"name": "Ada"})
    colleague = sign_in(school)
    meanwhile.append(lambda: colleague.post(url("paint/colour"), {"colour": "blue"}))

    page = browser.post(url("paint/colour"), {"colour": "red"})

    assert "There is Ada in blue" in page.text
    assert saved == ["Ada in blue"]


def test_once_completed_another_draft_begins_with_nothing(browser, url):
    browser.post(url("paint/name"), {"name": "Ada"})
    browser.post(url("paint/colour"), {"colour": "red"})
    saved.clear()

    assert not browser.get(url("paint/name")).select_one("#name").get("value")
    assert browser.get(url("paint/colour")).location == url("paint/name")


def test_a_draft_that_cannot_be_read_any_more_makes_way_for_another(browser, url):
    browser.post(url("paint/name"), {"name": "Ada"})

    with override_settings(DRAFT_ENCRYPTION_SECRET="another" * 10):
        assert browser.get(url("paint/colour")).location == url("paint/name")
        browser.post(url("paint/name"), {"name": "Bola"})
        assert browser.get(url("paint/colour")).status_code == 200
        latest = JourneyDraft.objects.latest("updated_at")
        assert drafts.read(latest).all_answers == {"name": "Bola"}
