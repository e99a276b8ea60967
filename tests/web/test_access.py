"""Who may open a page."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from register_ects.rules.permissions import Permission
from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import identity
from register_ects.web.access import (
    appropriate_body_required,
    is_rememberable,
    staff_required,
)
from register_ects.web.school_addresses import school_area
from schools.access import school_required
from tests.factories import AppropriateBodyFactory, SchoolFactory, StaffUserFactory

pytestmark = pytest.mark.urls(__name__)


@school_required
def for_schools(request):
    return HttpResponse(f"{request.school.name} {request.author.email}")


@appropriate_body_required(Permission.INDUCTION_VIEW)
def for_bodies(request):
    return HttpResponse(f"{request.appropriate_body.name} {request.author.email}")


@staff_required(Permission.CONSOLE_VIEW)
def for_staff(request):
    return HttpResponse(f"{request.user.name} {request.author.email}")


@staff_required(Permission.FINANCE_VIEW)
def for_finance(request):
    return HttpResponse("money")


@staff_required(Permission.USERS_MANAGE)
def for_managers(request):
    return HttpResponse("users")


urlpatterns = [
    school_area(include([path("toy", for_schools)])),
    path("appropriate-body/toy", for_bodies),
    path("admin/toy", for_staff),
    path("finance/toy", for_finance),
    path("admin/users-toy", for_managers),
    *service,
]

PAGES = {
    "school": "/school/toy",
    "appropriate_body": "/appropriate-body/toy",
    "staff": "/admin/toy",
}


@pytest.fixture
def people():
    return {
        "school": SchoolFactory(),
        "appropriate_body": AppropriateBodyFactory(),
        "staff": StaffUserFactory(),
    }


@pytest.mark.parametrize("kind", PAGES)
def test_each_kind_of_user_opens_its_own_pages_only(people, sign_in, kind):
    browser = sign_in(people[kind])
    for other, url in PAGES.items():
        page = browser.get(url)
        assert page.status_code == (200 if other == kind else 401)
        if other != kind:
            assert page.h1 == "You are not authorised to see this page"
            assert page.select_one("main a.govuk-link")["href"] != url


def test_the_view_gets_the_organisation_and_the_author(people, sign_in):
    assert sign_in(people["school"]).get("/school/toy").text == (
        f"{people['school'].name} priya@example.com"
    )
    assert (
        people["appropriate_body"].name
        in sign_in(people["appropriate_body"]).get("/appropriate-body/toy").text
    )
    assert people["staff"].email in sign_in(people["staff"]).get("/admin/toy").text


@pytest.mark.parametrize(
    ("traits", "finance", "users"),
    [
        ({}, 403, 403),
        ({"user_manager": True}, 403, 200),
        ({"finance": True}, 200, 200),
        ({"product_team": True}, 200, 200),
    ],
    ids=str,
)
def test_staff_open_what_their_role_allows(sign_in, traits, finance, users):
    browser = sign_in(StaffUserFactory(**traits))

    assert browser.get("/finance/toy").status_code == finance
    assert browser.get("/admin/users-toy").status_code == users


def test_the_refusal_says_what_the_pages_hold_and_whom_to_ask(sign_in):
    browser = sign_in(StaffUserFactory())
    assert "financial information" in browser.get("/finance/toy").text
    assert "internal users" in browser.get("/admin/users-toy").text
    assert "Ask the product team" in browser.get("/finance/toy").text


def test_navigation_hides_what_a_role_cannot_use(sign_in):
    def links(**traits):
        page = sign_in(StaffUserFactory(**traits)).get("/admin/toy-nowhere")
        return [a.text.strip() for a in page.select(".govuk-service-navigation__list a")]

    assert links() == ["Home", "Teachers"]
    assert "Finance" in links(finance=True)
    assert links(user_manager=True) == ["Home", "Teachers"]


@pytest.mark.parametrize(
    ("url", "sign_in_page"),
    [
        ("/school/toy", "/"),
        ("/appropriate-body/toy", "/"),
        ("/admin/toy", "/sign-in"),
        ("/finance/toy", "/sign-in"),
    ],
)
def test_visitors_are_asked_to_sign_in(browse, url, sign_in_page):
    assert browse.get(url).location == sign_in_page
    assert browse.post(url).location == sign_in_page


def test_a_page_is_remembered_with_its_query(browse):
    browse.get("/school/toy?q=ada&page=2")
    assert browse.client.session["return_to"] == "/school/toy?q=ada&page=2"


@pytest.mark.parametrize(
    ("referer", "remembered"),
    [
        ("http://testserver/school/toy?change=yes", "/school/toy?change=yes"),
        ("http://elsewhere.example/school/toy", None),
        ("http://testserver//elsewhere.example/school", None),
        ("http://testserver/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(browse, referer, remembered):
    browse.post("/school/toy", headers={"Referer": referer})
    assert browse.client.session.get("return_to") == remembered


def test_somebody_signed_out_while_filling_in_a_form_is_told_that_it_was_not_saved(browse):
    assert "they were not saved" in browse.post("/school/toy").follow().text
    assert "not saved" not in browse.get("/school/toy").follow().text


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/school/home/ects", True),
        ("/school/home/ects?q=https://elsewhere.example", True),
        ("/appropriate-body", True),
        ("/admin/teachers", True),
        ("/", False),
        ("/sign-out", False),
        ("/schools", False),
        ("//elsewhere.example/school", False),
        ("/\\elsewhere.example", False),
        ("/school\\..\\elsewhere", False),
        ("https://elsewhere.example/school", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_our_own_pages_are_remembered(path, ours):
    assert is_rememberable(path) is ours


def test_the_other_role_of_a_person_with_two_leads_to_the_active_one(people, sign_in):
    data = identity.appropriate_body_data(
        people["appropriate_body"].pk,
        name="Ada",
        email="ada@example.com",
        provider="dfe_sign_in",
        kinds=["school", "appropriate_body"],
    )
    assert sign_in(data).get("/school/toy").location == "/appropriate-body/home"
