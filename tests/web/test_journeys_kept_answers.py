"""What a draft keeps, notes again and leads to: a toy journey about one person."""

import uuid

import pytest
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.rules.problems import refuse
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import ALL_LATER, Journey, Retry, Step
from schools.access import school_required
from tests.factories import SchoolFactory

pytestmark = pytest.mark.urls(__name__)

world: dict = {}
saved: list[dict] = []


@pytest.fixture(autouse=True)
def _as_at_the_start():
    saved.clear()
    world.clear()
    world.update(down=False, asks_colour=False, refuses="")


class FindForm(forms.GovukForm):
    trn = forms.TRNField()
    secret = forms.TextField(label="Secret")


class NameForm(forms.GovukForm):
    name = forms.TextField(label="Name")


class ColourForm(forms.GovukForm):
    colour = forms.TextField(label="Colour")


class CheckForm(forms.GovukForm):
    wording = {"taken": "{person} has this name already"}


def look_up(answers, request):
    if world["down"]:
        raise Retry("Not now")
    answers["proof"] = f"of {answers['trn']}"


def note_again(answers, request):
    answers["asks_colour"] = world["asks_colour"]


def save(answers, request):
    if world["refuses"]:
        refuse("name", world["refuses"])
    saved.append(answers)


kept = Journey(
    name="kept",
    guard=school_required,
    sensitive={"secret", "proof"},
    refresh=note_again,
    complete=save,
    steps=[
        Step("start"),
        Step(
            "find",
            FindForm,
            on_submit=look_up,
            answered=lambda answers: "proof" in answers,
            resets=ALL_LATER,
            keep_if_same="trn",
        ),
        Step(
            "name",
            NameForm,
            next=lambda answers: "colour" if answers.get("asks_colour") else "check",
        ),
        Step("colour", ColourForm),
        Step(
            "check", CheckForm, completes=True, form_options=lambda run: {"words": {"person": "Bo"}}
        ),
        Step("done", confirmation=True),
    ],
)
urlpatterns = [path("kept/", include(journey_urls(kept))), *service]


@pytest.fixture
def browser(sign_in):
    return sign_in(SchoolFactory())


@pytest.fixture
def url(browser):
    """A draft with every answer; the function gives its addresses."""
    base = browser.post("/kept/start").location.removesuffix("find")
    browser.post(base + "find", {"trn": "1111111", "secret": "x"})
    browser.post(base + "name", {"name": "Bola"})
    return lambda slug: base + slug


def state():
    return drafts.read(JourneyDraft.objects.get())


def lose_what_is_secret():
    draft, kept_state = JourneyDraft.objects.get(), state()
    kept_state.sensitive = {}
    drafts.write(draft, kept_state)


def test_the_same_answer_again_keeps_the_rest(browser, url):
    lose_what_is_secret()
    assert browser.get(url("check")).location == url("find")

    browser.post(url("find"), {"trn": "1111111", "secret": "y"})

    assert browser.get(url("check")).status_code == 200
    assert state().all_answers["name"] == "Bola"
    assert state().sensitive == {"secret": "y", "proof": "of 1111111"}


def test_another_answer_forgets_the_rest(browser, url):
    browser.post(url("find"), {"trn": "2222222", "secret": "x"})

    assert browser.get(url("check")).location == url("name")
    assert "name" not in state().all_answers


def test_a_failed_try_with_the_same_answer_keeps_the_rest(browser, url):
    lose_what_is_secret()
    world["down"] = True
    assert browser.post(url("find"), {"trn": "1111111", "secret": "y"}).status_code == 422
    world["down"] = False
    browser.post(url("find"), {"trn": "1111111", "secret": "y"})

    assert browser.get(url("check")).status_code == 200


def test_a_failed_try_with_another_answer_keeps_nothing_of_the_first(browser, url):
    world["down"] = True
    browser.post(url("find"), {"trn": "2222222", "secret": "y"})

    assert state().all_answers.keys() == {"trn", "secret"}


def test_a_question_that_others_have_opened_is_asked_before_the_check_page(browser, url):
    world["asks_colour"] = True

    assert browser.get(url("check")).location == url("colour")
    assert "Something has changed since you gave these answers" in browser.get(url("colour")).text
    browser.post(url("colour"), {"colour": "red"})
    browser.confirm(url("check"))
    assert [one["colour"] for one in saved] == ["red"]


def test_it_is_asked_even_when_the_check_page_was_open_already(browser, url):
    assert browser.get(url("check")).status_code == 200
    world["asks_colour"] = True

    assert browser.confirm(url("check")).location == url("colour")
    assert saved == []


def test_facts_noted_again_do_not_lengthen_the_drafts_life(browser, url):
    before = JourneyDraft.objects.values("updated_at", "expires_at").get()
    world["asks_colour"] = True
    browser.get(url("check"))

    assert JourneyDraft.objects.values("updated_at", "expires_at").get() == before
    assert state().answers["asks_colour"] is True


def test_a_refusal_at_the_end_leads_to_the_question_to_mend(browser, url):
    world["refuses"] = "taken"

    page = browser.confirm(url("check"))

    assert page.errors == {url("name") + "?change=yes": "Bo has this name already"}


@pytest.mark.parametrize("slug", ["find", "check", "done"])
def test_a_step_without_a_draft_leads_to_the_start(browser, slug):
    assert browser.get(f"/kept/{slug}").location == "/kept/start"
    assert browser.get("/kept/nonsense").status_code == 404


def test_a_step_without_a_draft_is_guarded(browse):
    assert browse.get("/kept/find").location == "/"
    assert browse.get(f"/kept/{uuid.uuid4()}/find").location == "/"
