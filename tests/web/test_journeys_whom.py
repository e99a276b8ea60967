"""A journey's question page says whom it was drawn for; what is kept is of nobody else."""

import pytest
from django.urls import include, path

from register_ects.models import JourneyDraft
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import ALL_LATER, Journey, Step
from schools.access import school_required
from tests.factories import SchoolFactory

pytestmark = pytest.mark.urls(__name__)

meanwhile: list = []


class FindForm(forms.GovukForm):
    trn = forms.TRNField()


class EmailForm(forms.GovukForm):
    email = forms.EmailField(label="Email")


def wait(answers, request):
    """Let a colleague do something after the draft was read, before it is locked."""
    for action in meanwhile:
        action()


journey = Journey(
    name="whom",
    guard=school_required,
    complete=lambda answers, request: None,
    about="trn",
    named=lambda answers: f"number {answers['trn']}",
    called="order",
    steps=[
        Step("find", FindForm, on_submit=wait, resets=ALL_LATER, keep_if_same="trn"),
        Step("email", EmailForm, on_submit=wait),
        Step("check", completes=True),
        Step("done", confirmation=True),
    ],
)
urlpatterns = [path("whom/", include(journey_urls(journey))), *service]

TOLD = (
    "Someone changed this order to another person after you opened the page, so your answer was "
    "not kept. It is about number 2222222 now."
)


@pytest.fixture
def browser(sign_in):
    meanwhile.clear()
    return sign_in(SchoolFactory())


def begin(browser):
    return browser.submit(browser.get("/whom/find"), {"trn": "1111111"}).follow()


def kept():
    return drafts.read(JourneyDraft.objects.get()).all_answers


def put(trn):
    row = JourneyDraft.objects.get()
    state = drafts.read(row)
    state.answers["trn"] = trn
    drafts.write(row, state)


def page_base(page):
    return page.response.request["PATH_INFO"].rsplit("/", 1)[0] + "/"


def test_whom_a_page_is_about_is_not_known_before_they_are_found(browser):
    assert browser.get("/whom/find").select_one("input[name=whom]")["value"] == ""


def test_an_answer_is_kept_of_whom_its_page_was_about(browser):
    landed = browser.submit(begin(browser), {"email": "ada@example.com"}).follow()

    assert "Someone changed" not in landed.text
    assert kept()["email"] == "ada@example.com"


def test_an_answer_is_not_kept_when_another_is_put_there_while_it_is_taken(browser):
    page = begin(browser)
    meanwhile.append(lambda: put("2222222"))

    landed = browser.submit(page, {"email": "ada@example.com"}).follow()

    assert TOLD in landed.text
    assert kept() == {"trn": "2222222"}


def test_a_search_does_not_replace_whom_another_put_there_while_it_was_made(browser):
    page = begin(browser)
    opened = browser.get(page_base(page) + "find")
    meanwhile.append(lambda: put("2222222"))

    landed = browser.submit(opened, {"trn": "3333333"}).follow()

    assert TOLD in landed.text
    assert kept() == {"trn": "2222222"}


@pytest.mark.parametrize("whom", [{}, {"whom": ""}, {"whom": "x"}, {"whom": "\x00"}])
def test_a_page_that_does_not_say_whom_it_is_about_keeps_nothing(browser, whom):
    page = begin(browser)
    put("2222222")
    address = page_base(page) + "email"

    landed = browser.post(address, {"email": "ada@example.com", **whom}).follow()

    assert TOLD in landed.text
    assert kept() == {"trn": "2222222"}
    assert browser.submit(landed, {"email": "bola@example.com"}).status_code == 302
    assert kept()["email"] == "bola@example.com"


def test_a_page_with_an_error_stays_about_the_same_person(browser):
    refused = browser.submit(begin(browser), {"email": "ada"})
    assert refused.status_code == 422

    assert browser.submit(refused, {"email": "ada@example.com"}).status_code == 302
    assert kept()["email"] == "ada@example.com"
