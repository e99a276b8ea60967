"""A change that leads to a stop is refused, and what was accepted before stands."""

from datetime import timedelta

import pytest
from django.urls import include, path

from register_ects import clock
from register_ects.models import JourneyDraft
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import ALL_LATER, Journey, Step
from schools.access import school_required
from tests.factories import SchoolFactory

pytestmark = pytest.mark.urls(__name__)

saved: list[dict] = []
known = {"nobody": "stop-person", "doubtful": "proof"}


class PersonForm(forms.GovukForm):
    person = forms.TextField(label="Person")


class ProofForm(forms.GovukForm):
    proof = forms.TextField(label="Proof")


class ColourForm(forms.GovukForm):
    colour = forms.TextField(label="Colour")


class SizeForm(forms.GovukForm):
    size = forms.TextField(label="Size")


def look_up(answers, request):
    answers["then"] = known.get(answers["person"], "colour")


def save(answers, request):
    saved.append(answers)


changing = Journey(
    name="changing",
    guard=school_required,
    sensitive={"proof"},
    complete=save,
    steps=[
        Step("start"),
        Step(
            "person",
            PersonForm,
            resets=ALL_LATER,
            keep_if_same="person",
            on_submit=look_up,
            next=lambda answers: answers["then"],
        ),
        Step(
            "proof",
            ProofForm,
            decides=True,
            next=lambda answers: "stop-person" if answers["proof"] == "wrong" else "colour",
        ),
        Step(
            "colour",
            ColourForm,
            resets=["size"],
            next=lambda answers: "stop-colour" if answers["colour"] == "none" else "size",
        ),
        Step(
            "size",
            SizeForm,
            next=lambda answers: "stop-size" if answers["size"] == "none" else "check",
        ),
        Step("check", completes=True),
        Step("done", confirmation=True),
        Step("stop-person", stop=True),
        Step("stop-colour", stop=True),
        Step("stop-size", stop=True),
    ],
)
urlpatterns = [path("changing/", include(journey_urls(changing))), *service]

ACCEPTED = {"person": "Ada", "colour": "red", "size": "big"}
KEPT = {**ACCEPTED, "then": "colour"}


@pytest.fixture
def browser(sign_in):
    saved.clear()
    return sign_in(SchoolFactory())


@pytest.fixture
def url(browser):
    """A draft with every answer; the function gives its addresses."""
    base = browser.post("/changing/start").location.removesuffix("person")
    for name, value in ACCEPTED.items():
        browser.post(base + name, {name: value})
    return lambda slug: base + slug


def state():
    return drafts.read(JourneyDraft.objects.get())


def change(browser, url, name, value):
    return browser.post(f"{url(name)}?change=yes", {name: value})


def back_of(browser, address):
    return browser.get(address).select_one(".govuk-back-link")["href"]


@pytest.mark.parametrize(
    ("name", "refused", "stop"),
    [
        ("person", "nobody", "stop-person"),
        ("colour", "none", "stop-colour"),
        ("size", "none", "stop-size"),
    ],
)
def test_a_refused_change_leaves_every_accepted_answer_and_leads_back_to_the_check_page(
    browser, url, name, refused, stop
):
    stopped = change(browser, url, name, refused)

    assert stopped.location == f"{url(stop)}?change=yes"
    assert back_of(browser, stopped.location) == url("check")
    assert browser.get(url("check")).status_code == 200
    assert state().all_answers == KEPT

    assert browser.confirm(url("check")).location == url("done")
    assert saved == [KEPT]


def test_the_question_shows_the_accepted_answer_after_a_refused_change(browser, url):
    change(browser, url, "colour", "none")

    assert browser.get(url("colour")).select_one("#colour")["value"] == "red"


def test_another_change_is_taken_after_a_refused_one(browser, url):
    change(browser, url, "size", "none")

    assert change(browser, url, "size", "small").location == url("check")
    assert state().all_answers == {**KEPT, "size": "small"}
    assert browser.get(url("stop-size")).location == url("check")


def test_an_answer_given_again_on_the_way_is_refused_without_losing_what_stands(browser, url):
    stopped = browser.post(url("colour"), {"colour": "none"})

    assert stopped.location == url("stop-colour")
    assert back_of(browser, stopped.location) == url("colour")
    assert state().all_answers == KEPT


def test_a_first_answer_that_stops_is_kept_to_be_mended(browser):
    base = browser.post("/changing/start").location.removesuffix("person")
    browser.post(base + "person", {"person": "Ada"})
    browser.post(base + "colour", {"colour": "none"})

    assert state().all_answers == {"person": "Ada", "then": "colour", "colour": "none"}
    assert browser.get(base + "check").location == base + "stop-colour"
    assert browser.post(base + "person", {"person": "nobody"}).location == base + "stop-person"
    assert browser.get(base + "stop-colour").status_code == 200
    assert browser.post(base + "colour", {"colour": "red"}).location == base + "size"


def test_somebody_else_whose_proof_fails_leaves_the_first_person_with_all_answers(browser, url):
    asked = change(browser, url, "person", "doubtful")
    assert asked.location == f"{url('proof')}?change=yes"
    assert browser.get(url("check")).status_code == 200
    assert back_of(browser, asked.location) == url("check")

    stopped = browser.post(asked.location, {"proof": "wrong"})

    assert stopped.location == f"{url('stop-person')}?change=yes"
    assert back_of(browser, stopped.location) == url("check")
    assert state().all_answers == KEPT


def test_somebody_else_who_is_proved_takes_the_first_ones_place(browser, url):
    asked = change(browser, url, "person", "doubtful")

    assert (
        browser.post(asked.location, {"proof": "right"}).location == f"{url('colour')}?change=yes"
    )
    assert state().all_answers == {"person": "doubtful", "then": "proof", "proof": "right"}
    assert browser.get(url("check")).location == url("colour")


def test_the_same_person_found_in_doubt_now_must_be_proved_and_keeps_the_rest(
    browser, url, monkeypatch
):
    monkeypatch.setitem(known, "Ada", "proof")

    asked = change(browser, url, "person", "Ada")

    assert browser.get(url("check")).location == url("proof")
    assert browser.post(asked.location, {"proof": "right"}).location == url("check")
    assert state().all_answers == {**KEPT, "then": "proof", "proof": "right"}


def test_a_refused_change_is_forgotten_after_a_day(browser, url, on):
    change(browser, url, "size", "none")
    on(clock.now() + timedelta(hours=25))

    assert browser.get(url("stop-size")).location == url("check")
    assert drafts.purge_drafts() == (0, 1)
    assert browser.get(url("check")).status_code == 200
