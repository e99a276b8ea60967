"""Personas, signing in and out."""

import json

import pytest
from django.test import Client, override_settings

from register_ects.rules.permissions import PERMISSIONS, Permission
from register_ects.web import personas
from tests.factories import AppropriateBodyFactory, SchoolFactory, StaffUserFactory


@pytest.fixture
def people(tmp_path, settings):
    """Three personas whose organisations exist, one whose school does not."""
    school, body = SchoolFactory(), AppropriateBodyFactory(name="Hub A")
    finance = StaffUserFactory(finance=True)
    rows = [
        {"key": "ada", "name": "Ada", "email": "ada@example.com", "kind": "school",
         "organisation": school.urn, "shows": "Everything"},
        {"key": "bola", "name": "Bola", "email": "bola@example.com", "kind": "appropriate_body",
         "organisation": body.name},
        {"key": "cerys", "name": "Cerys", "email": finance.email, "kind": "staff"},
        {"key": "lost", "name": "Lost", "email": "lost@example.com", "kind": "school",
         "organisation": "999999"},
        {"key": "odd", "name": "Odd", "email": "odd@example.com", "kind": "provider"},
    ]  # fmt: skip
    (tmp_path / personas.FILE).parent.mkdir(parents=True)
    (tmp_path / personas.FILE).write_text(json.dumps(rows))
    settings.BASE_DIR = tmp_path
    return {"school": school, "body": body, "finance": finance}


def test_lists_the_personas_that_can_sign_in_by_group(browse, people):
    page = browse.get("/personas")

    assert [h.text for h in page.select("main h2")] == [
        "Schools",
        "Appropriate bodies",
        "DfE finance",
        "Any other school",
    ]
    assert [h.text for h in page.select("main h3")] == ["Ada", "Bola", "Cerys"]
    assert people["school"].name in page.text
    assert page.select_one("main button").text == "Sign in as Ada"


def test_any_school_can_be_found_and_signed_in_at(browse, people):
    school = people["school"]
    found = browse.get("/personas", {"school": str(school.urn)})

    assert f"URN {school.urn}" in found.text
    assert "1 school found" in found.text

    browse.post("/personas/sign-in", {"school": str(school.urn)})
    page = browse.get("/school/home/ects")
    assert page.status_code == 200
    assert school.name in page.text


@pytest.mark.parametrize("urn", ["999999", "0", "-1", "1e5", "٣٤٥", "9" * 30])
def test_nobody_signs_in_at_a_school_that_we_do_not_have(browse, people, urn):
    assert browse.post("/personas/sign-in", {"school": urn}).status_code == 422


def test_says_so_when_there_are_none(browse, tmp_path, settings):
    settings.BASE_DIR = tmp_path
    assert "There are no personas" in browse.get("/personas").text


@pytest.mark.parametrize(
    ("key", "home"),
    [
        ("ada", "/school/home"),
        ("bola", "/appropriate-body/home"),
        ("cerys", "/admin/"),
    ],
)
def test_signs_in_and_goes_to_the_personas_own_area(browse, people, key, home):
    page = browse.post("/personas/sign-in", {"persona": key})
    assert page.location == home
    assert browse.get("/").location == home
    assert browse.get("/sign-in").location == home


def test_goes_to_the_remembered_page_once(browse, people):
    browse.get("/school/home/mentors?q=ada")
    assert browse.post("/personas/sign-in", {"persona": "ada"}).location == (
        "/school/home/mentors?q=ada"
    )
    assert browse.post("/personas/sign-in", {"persona": "ada"}).location == "/school/home"


@pytest.mark.parametrize("key", ["", "lost", "odd", "nobody", "<script>", "a\x00"])
def test_an_unknown_persona_signs_nobody_in(browse, people, key):
    page = browse.post("/personas/sign-in", {"persona": key})
    assert page.status_code == 422
    assert browse.get("/").status_code == 200


def test_personas_do_not_exist_in_production(browse, people):
    with override_settings(PERSONAS_ENABLED=False):
        assert browse.get("/personas").status_code == 404
        assert browse.post("/personas/sign-in", {"persona": "ada"}).status_code == 404
        assert "persona" not in browse.get("/sign-in").text.lower()


def test_signing_in_needs_a_csrf_token(people):
    response = Client(enforce_csrf_checks=True).post("/personas/sign-in", {"persona": "ada"})
    assert response.status_code == 403
    assert "Your changes were not saved" in response.content.decode()


def test_signing_in_changes_the_csrf_token(browse, people):
    browse.get("/personas")
    before = browse.client.cookies["register_ects_csrf"].value
    browse.post("/personas/sign-in", {"persona": "ada"})
    assert browse.client.cookies["register_ects_csrf"].value != before


def test_signing_out_ends_the_session(sign_in):
    browser = sign_in(SchoolFactory())
    key = browser.client.session.session_key

    answer = browser.post("/sign-out")
    assert answer.location == "/"
    assert answer.response.cookies["register_ects_session"]["max-age"] == 0
    assert browser.get("/").status_code == 200
    assert browser.client.session.session_key != key


def test_a_link_to_sign_out_asks_first(sign_in):
    browser = sign_in(SchoolFactory())

    page = browser.get("/sign-out")
    assert page.h1 == "Do you want to sign out?"
    assert page.select_one("main form[method=post] button")
    assert browser.get("/").status_code == 302


def test_a_session_can_be_extended_while_it_lasts(sign_in, browse):
    assert sign_in(SchoolFactory()).post("/session/extend").status_code == 204
    assert browse.post("/session/extend").status_code == 401


@pytest.mark.parametrize(("role", "may_claim"), [("", True), ("reader", False)])
def test_a_persona_may_have_another_role_than_the_usual_one(
    browse, people, tmp_path, monkeypatch, role, may_claim
):
    monkeypatch.setitem(PERMISSIONS, "reader", frozenset({Permission.INDUCTION_VIEW}))
    rhys = {"key": "rhys", "name": "Rhys", "email": "rhys@example.com", "role": role,
            "kind": "appropriate_body", "organisation": people["body"].name}  # fmt: skip
    (tmp_path / personas.FILE).write_text(json.dumps([rhys]))
    browse.post("/personas/sign-in", {"persona": "rhys"})

    page = browse.get("/appropriate-body/teachers")

    assert page.status_code == 200
    assert ("Find and claim an ECT" in page.text) == may_claim
