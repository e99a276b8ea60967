"""Journeys: a toy one that uses every rule of the engine."""

import uuid
from datetime import date, timedelta

import pytest
from django.http import Http404
from django.test import override_settings
from django.urls import include, path

from register_ects import clock
from register_ects.models import JourneyDraft
from register_ects.rules.problems import refuse
from register_ects.urls import *  # noqa: F403  the whole service, plus the toy below
from register_ects.urls import urlpatterns as service
from register_ects.web import drafts, forms
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import (
    ALL_LATER,
    Journey,
    Retry,
    Step,
    purge_drafts,
    unfinished_drafts,
)
from schools.access import school_required
from tests.factories import SchoolFactory
from tests.support.pages import date_parts

pytestmark = pytest.mark.urls(__name__)

saved: list[dict] = []
trs = {"down": False}
refusals: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_saved():
    saved.clear()
    refusals.clear()
    trs["down"] = False


class FindForm(forms.GovukForm):
    trn = forms.TRNField()
    born_on = forms.DateOfBirthField()


class EmailForm(forms.GovukForm):
    question = "email"
    email = forms.EmailField(label="What is {name}’s email address?", called="email address")


class ProgrammeForm(forms.GovukForm):
    question = "programme"
    programme = forms.RadiosField(
        label="Which programme?", items=[("led", "Provider-led"), ("own", "School-led")]
    )


class ProviderForm(forms.GovukForm):
    question = "provider"
    provider = forms.RadiosField(label="Which provider?", items=[("a", "A"), ("b", "B")])


def look_up(answers, request):
    if trs["down"]:
        raise Retry("We cannot reach teacher records. Try again in a few minutes.")
    if answers["trn"] == "0000000":
        refuse("trn", "unlucky")
    answers["name"] = {"1111111": "Ada Okafor"}.get(answers["trn"], "Bola Thistle")


def save(answers, request):
    if refusals:
        refuse("", refusals[0], message="They are already registered")
    saved.append({**answers, "author": request.author.email})
    return {"person_id": 7}


toy = Journey(
    name="toy",
    guard=school_required,
    home="/school/home/ects",
    sensitive={"born_on"},
    complete=save,
    steps=[
        Step("start"),
        Step(
            "find",
            FindForm,
            on_submit=look_up,
            resets=ALL_LATER,
            next=lambda answers: "stop" if answers["trn"] == "9999999" else "email",
        ),
        Step("stop", stop=True),
        Step("email", EmailForm, form_options=lambda run: {"words": run.answers}),
        Step(
            "programme",
            ProgrammeForm,
            next=lambda answers: "provider" if answers["programme"] == "led" else "check",
            resets=["provider"],
        ),
        Step("provider", ProviderForm, answered=lambda answers: answers["provider"] != "gone"),
        Step("check", completes=True),
        Step("done", confirmation=True),
    ],
)


def own_school(request, school_id):
    if request.school.pk != school_id:
        raise Http404
    return request.school


rename = Journey(
    name="rename",
    guard=school_required,
    complete=lambda answers, request: saved.append({**answers, "about": request.subject}),
    subject=own_school,
    steps=[Step("edit", EmailForm), Step("check", completes=True), Step("done", confirmation=True)],
)
asked = Journey(
    name="asked",
    guard=school_required,
    complete=lambda answers, request: None,
    subject=own_school,
    subject_parameter="school_id",
    steps=[Step("start"), Step("check", completes=True), Step("done", confirmation=True)],
)

urlpatterns = [
    *service,
    path("toy/", include(journey_urls(toy))),
    path("schools/<int:subject_id>/rename/", include(journey_urls(rename))),
    path("asked/", include(journey_urls(asked))),
]

ADA = {"trn": "1111111", **date_parts("born_on", "1998-03-31")}


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def browser(school, sign_in):
    return sign_in(school)


def begin(browser):
    """Start a draft; return the function that gives its addresses."""
    location = browser.post("/toy/start").location
    base = location.removesuffix("find")
    return lambda slug: base + slug


def answer_all(browser, programme="own"):
    url = begin(browser)
    browser.post(url("find"), ADA)
    browser.post(url("email"), {"email": "ada@example.com"})
    browser.post(url("programme"), {"programme": programme})
    return url


def draft():
    return JourneyDraft.objects.get()


# -- Going through -----------------------------------------------------------------------------


def test_showing_the_first_page_creates_no_draft(browser):
    assert browser.get("/toy/start").status_code == 200
    assert not JourneyDraft.objects.exists()


def test_goes_from_page_to_page_and_saves_once_at_the_end(browser):
    url = answer_all(browser, programme="led")

    assert browser.get(url("programme")).status_code == 200
    assert browser.post(url("provider"), {"provider": "b"}).location == url("check")
    assert browser.post(url("check")).location == url("done")
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
    page = browser.post(url("check"))

    assert page.status_code == 422
    assert "already registered" in page.select_one(".govuk-error-summary").text
    assert draft().completed_at is None

    refusals.clear()
    assert browser.post(url("check")).location == url("done")
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
    browser.post(url("check"))

    assert browser.post(url("check")).location == url("done")
    assert len(saved) == 1


def test_a_completed_draft_shows_only_its_confirmation(browser):
    url = answer_all(browser)
    browser.post(url("check"))

    assert browser.get(url("done")).status_code == 200
    for slug in ("start", "find", "email", "check"):
        assert browser.get(url(slug)).location == url("done")
    assert browser.post(url("email"), {"email": "new@example.com"}).location == url("done")
    assert drafts.read(draft()).answers["person_id"] == 7


def test_completing_drops_the_sensitive_answers(browser):
    url = answer_all(browser)
    assert drafts.read(draft()).sensitive == {"born_on": date(1998, 3, 31)}

    browser.post(url("check"))

    assert saved[0]["born_on"] == date(1998, 3, 31)
    assert "born_on" not in drafts.read(draft()).all_answers


# -- Whose draft -------------------------------------------------------------------------------


def test_another_school_cannot_see_the_draft(browser, sign_in):
    url = answer_all(browser)
    stranger = sign_in(SchoolFactory())

    assert stranger.get(url("check")).status_code == 404
    assert stranger.post(url("check")).status_code == 404
    assert saved == []


def test_a_colleague_may_take_the_draft_up_again(browser, school, sign_in):
    url = answer_all(browser)
    colleague = sign_in(school)

    assert colleague.post(url("check")).location == url("done")


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


# -- A record that the journey is about --------------------------------------------------------


def test_a_subject_in_the_address_is_found_within_the_school(browser, school, sign_in):
    begun = browser.post(f"/schools/{school.pk}/rename/edit", {"email": "a@example.com"})
    assert begun.location.startswith(f"/schools/{school.pk}/rename/")

    assert browser.post(begun.location).status_code == 302
    assert saved[0]["about"] == school
    assert sign_in(SchoolFactory()).get(f"/schools/{school.pk}/rename/edit").status_code == 404


def test_a_draft_belongs_to_the_subject_in_its_address(browser, school):
    begun = browser.post(f"/schools/{school.pk}/rename/edit", {"email": "a@example.com"})
    elsewhere = begun.location.replace(f"/schools/{school.pk}/", "/schools/1234567/")

    assert browser.get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?school_id=", "?school_id=x", "?school_id=99999999999999999999"]
)
def test_a_missing_subject_is_not_found(browser, query):
    assert browser.get(f"/asked/start{query}").status_code == 404


def test_a_subject_in_the_query_is_kept_with_the_draft(browser, school):
    begun = browser.post(f"/asked/start?school_id={school.pk}")

    assert browser.get(begun.location).status_code == 200
    assert (draft().subject_type, draft().subject_id) == ("School", school.pk)
