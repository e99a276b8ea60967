"""Signing in through a school that leads several appropriate bodies: the person is asked which."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings

from register_ects.models import AppropriateBody
from register_ects.web import identity, personas
from tests.factories import (
    AppropriateBodyFactory,
    AppropriateBodyPeriodFactory,
    DfESignInOrganisationFactory,
    GIASSchoolFactory,
)

PATH = "/sign-in/appropriate-body"
TODAY = date(2026, 9, 10)


@pytest.fixture
def hubs():
    """Two hubs of one lead school, and a third that another school leads."""
    school, other = GIASSchoolFactory(urn=137289, name="Grammar"), GIASSchoolFactory(urn=136715)
    lead = DfESignInOrganisationFactory(urn=school.urn)
    return [
        hub("Salford Hub", school, lead),
        hub("Manchester Hub", school, lead),
        hub("Thornden Hub", other, DfESignInOrganisationFactory(urn=other.urn)),
    ]


def hub(name, school, organisation=None, **designation):
    body = AppropriateBodyFactory(name=name, dfe_sign_in_organisation=organisation)
    AppropriateBodyPeriodFactory(appropriate_body=body, lead_school=school, **designation)
    return body


@pytest.fixture
def people(tmp_path, settings, hubs):
    """Somebody at the school of two hubs, somebody at the school of one, one at a named hub."""
    rows = [
        {"key": key, "name": key.title(), "email": f"{key}@example.com",
         "kind": "appropriate_body", "organisation": organisation}
        for key, organisation in (("two", "137289"), ("one", "136715"), ("named", "Salford Hub"),
                                  ("lost", "999999"))
    ]  # fmt: skip
    (tmp_path / personas.FILE).parent.mkdir(parents=True)
    (tmp_path / personas.FILE).write_text(json.dumps(rows))
    settings.BASE_DIR = tmp_path


def radios(page):
    return [label.text.strip() for label in page.select(".govuk-radios__label")]


def organisation(browser):
    return browser.get("/cookies").select_one(".app-account__organisation").text


# -- Which bodies an organisation stands for ----------------------------------------------------


def signing_in(**organisation):
    return [body.name for body in AppropriateBody.objects.signing_in(TODAY, **organisation)]


def test_a_school_signs_in_for_every_body_that_it_leads(hubs):
    assert sorted(signing_in(urn=137289)) == ["Manchester Hub", "Salford Hub"]
    assert signing_in(urn=136715) == ["Thornden Hub"]
    assert signing_in(urn=999999) == []
    assert signing_in() == []


def test_an_organisation_is_known_by_its_id_too(hubs):
    lead = hubs[0].dfe_sign_in_organisation
    national = AppropriateBodyFactory(name="Panel", national=True, active=True)

    assert len(signing_in(uuid=lead.uuid)) == 2
    assert signing_in(uuid=national.dfe_sign_in_organisation.uuid) == ["Panel"]


def test_a_lead_school_signs_in_before_its_organisation_is_known():
    hub("New Hub", GIASSchoolFactory(urn=5))

    assert signing_in(urn=5) == ["New Hub"]


def test_a_body_whose_designation_has_ended_is_not_signed_in_for(hubs):
    school = GIASSchoolFactory(urn=5)
    organisation = DfESignInOrganisationFactory(urn=5)
    hub("Old Hub", school, organisation, finished_on=TODAY - timedelta(days=1))
    hub("Last day", school, organisation, finished_on=TODAY)

    assert signing_in(urn=5) == ["Last day"]


# -- Being asked --------------------------------------------------------------------------------


def test_somebody_at_a_school_of_several_bodies_is_asked_which(browse, people, hubs):
    assert browse.post("/personas/sign-in", {"persona": "two"}).location == PATH

    page = browse.get(PATH)
    assert page.h1 == "Which appropriate body are you acting for?"
    assert radios(page) == ["Manchester Hub", "Salford Hub"]
    assert not page.select_one(".app-account"), "not signed in before the answer"
    assert browse.get("/appropriate-body/teachers").location == PATH
    assert browse.get("/school/home/ects").location == "/"

    browse.get("/appropriate-body/teachers")
    answered = browse.post(PATH, {"body": hubs[1].pk})
    assert answered.location == "/appropriate-body/teachers"
    assert organisation(browse) == "Manchester Hub"


def test_nothing_is_stored_of_what_they_see_before_they_have_answered(browse, people, hubs):
    sent = browse.post("/personas/sign-in", {"persona": "two"})
    pages = [browse.get(path) for path in (PATH, "/", "/cookies", "/nope", "/sign-in")]
    refused = browse.post(PATH, {"body": "0"})
    answered = browse.post(PATH, {"body": hubs[1].pk})

    for page in (sent, *pages, refused, answered):
        assert page.response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("answer", ["", "0", "nonsense", "third"])
def test_only_a_body_that_was_offered_can_be_chosen(browse, people, hubs, answer):
    browse.post("/personas/sign-in", {"persona": "two"})

    page = browse.post(PATH, {"body": hubs[2].pk if answer == "third" else answer})

    assert page.status_code == 422
    assert "Select the appropriate body that you are acting for" in page.text
    assert browse.get("/appropriate-body/teachers").status_code == 302


def test_the_page_asked_for_before_is_shown_after_the_answer(browse, people, hubs):
    browse.get("/appropriate-body/teachers?q=ada")
    browse.post("/personas/sign-in", {"persona": "two"})

    assert browse.post(PATH, {"body": hubs[0].pk}).location == "/appropriate-body/teachers?q=ada"


@pytest.mark.parametrize(("key", "name"), [("one", "Thornden Hub"), ("named", "Salford Hub")])
def test_nobody_is_asked_when_there_is_one_answer(browse, people, key, name):
    assert browse.post("/personas/sign-in", {"persona": key}).location == ("/appropriate-body/home")
    assert organisation(browse) == name
    assert browse.get(PATH).location == "/appropriate-body/home"
    assert not browse.get("/cookies").select_one(".app-account a")


def test_the_list_of_personas_shows_the_school_that_one_signs_in_through(browse, people):
    page = browse.get("/personas")

    names = [each.text for each in page.select(".app-personas__organisation")]
    assert names[0] == "Grammar"
    assert len(names) == 3, "nobody at a school that leads no body"


def test_the_body_can_be_changed_while_signed_in(browse, people, hubs):
    browse.post("/personas/sign-in", {"persona": "two"})
    browse.post(PATH, {"body": hubs[0].pk})

    link = browse.get("/cookies").select_one(".app-account a")
    assert (link["href"], link.text) == (PATH, "Change appropriate body")
    key = browse.client.session.session_key
    assert browse.post(PATH, {"body": hubs[1].pk}).location == "/appropriate-body/home"

    assert organisation(browse) == "Manchester Hub"
    assert browse.client.session.session_key != key
    assert browse.get("/cookies").select_one(".app-account a")


def test_changing_the_body_gives_no_more_time(browse, people, hubs):
    noon = datetime(2026, 9, 10, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as traveller:
        browse.post("/personas/sign-in", {"persona": "two"})
        browse.post(PATH, {"body": hubs[0].pk})
        before = browse.client.session[identity.SESSION_KEY]["signed_in_at"]
        traveller.shift(timedelta(minutes=30))
        browse.post(PATH, {"body": hubs[1].pk})

    assert browse.client.session[identity.SESSION_KEY]["signed_in_at"] == before


def test_the_question_waits_no_longer_than_a_session_may_lie_idle(browse, people, hubs, settings):
    noon = datetime(2026, 9, 10, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False) as traveller:
        browse.post("/personas/sign-in", {"persona": "two"})
        traveller.shift(timedelta(seconds=settings.SESSION_IDLE_SECONDS + 1))

        assert browse.post(PATH, {"body": hubs[0].pk}).location == "/sign-in"


def test_nobody_is_asked_who_is_not_signing_in(browse):
    assert browse.get(PATH).location == "/sign-in"


def test_a_body_that_is_no_longer_designated_cannot_be_chosen(browse, people, hubs):
    browse.post("/personas/sign-in", {"persona": "two"})
    AppropriateBody.objects.get(pk=hubs[0].pk).designations.update(finished_on=date(2022, 1, 1))

    assert radios(browse.get(PATH)) == ["Manchester Hub"]
    assert browse.post(PATH, {"body": hubs[0].pk}).status_code == 422
    hubs[1].designations.update(finished_on=date(2022, 1, 1))
    assert browse.get(PATH).location == "/access-denied"


def test_a_persona_who_was_being_asked_is_nobody_in_production(browse, people, hubs):
    browse.post("/personas/sign-in", {"persona": "two"})

    with override_settings(PERSONAS_ENABLED=False):
        assert browse.post(PATH, {"body": hubs[0].pk}).location == "/sign-in"
