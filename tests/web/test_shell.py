"""The page that everything stands on, the public pages and the error pages."""

import re

import pytest
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from register_ects.urls import *  # noqa: F403  handlers of errors
from register_ects.urls import urlpatterns as service
from register_ects.web import errors, health
from tests.factories import AppropriateBodyFactory, SchoolFactory, StaffUserFactory

pytestmark = pytest.mark.urls(__name__)


def broken(request):
    raise RuntimeError("broken")


def unreadable(request):
    raise BadRequest


def tell(request):
    messages.success(request, "<b>Saved</b>")
    return HttpResponse()


urlpatterns = [path("tell", tell), path("broken", broken), path("unreadable", unreadable), *service]

PUBLIC = [
    "/",
    "/school-requirements",
    "/support",
    "/cookies",
    "/accessibility",
    "/privacy",
    "/sign-in",
    "/personas",
]


@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages_open_to_anyone(browse, url):
    page = browse.get(url)

    assert page.status_code == 200
    assert len(page.select("h1")) == 1
    assert re.fullmatch(r".+ - Register early career teachers - GOV\.UK", page.title)
    assert browse.post(url).status_code == 405


@pytest.mark.parametrize("url", [*PUBLIC, "/access-denied", "/nowhere"])
def test_pages_need_no_inline_script_or_style(browse, url):
    page = browse.get(url)
    policy = page.response.headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert all(script.has_attr("src") and not script.text for script in page.select("script"))
    assert not page.select("style, [style], [onclick], [onload]")


def test_every_page_has_the_furniture(browse):
    page = browse.get("/cookies")

    assert page.select_one("a.govuk-skip-link")["href"] == "#main-content"
    assert page.select_one("main#main-content")
    assert page.select_one(".govuk-service-navigation__service-name a")["href"] == "/"
    links = [a["href"] for a in page.select(".govuk-footer__inline-list a")]
    assert links == ["/accessibility", "/cookies", "/privacy", "/support"]
    assert "not the live service" in page.select_one(".govuk-phase-banner").text


def test_production_shows_beta(browse, settings):
    settings.PRODUCTION = True
    banner = browse.get("/cookies").select_one(".govuk-phase-banner").text
    assert "Beta" in banner
    assert "invented" not in banner


def test_school_users_contact_support_through_their_own_form(sign_in):
    page = sign_in(SchoolFactory()).get("/cookies")
    assert page.select(".govuk-footer__inline-list a")[-1]["href"] == (
        "/school/support/new?from=/cookies"
    )


@pytest.mark.parametrize(
    ("path_", "current"),
    [
        ("/school/home", "Home"),
        ("/school/home/ects", "ECTs"),
        ("/school/ects/5", "ECTs"),
        ("/school/home/mentors", "Mentors"),
        ("/school/mentors/5/change-name/edit", "Mentors"),
        ("/school/home/induction-tutor", "Induction tutor"),
        ("/school/mentorship", None),
    ],
)
def test_navigation_marks_the_current_section(sign_in, path_, current):
    from register_ects.web.identity import _find, school_data
    from register_ects.web.navigation import items_for

    request = RequestFactory().get(path_)
    request.identity = _find(
        school_data(SchoolFactory().urn, name="A", email="a@example.com", provider="persona")
    )
    marked = [item["text"] for item in items_for(request) if item["active"]]
    assert marked == ([current] if current else [])


def test_flash_messages_are_banners_shown_once(browse):
    browse.get("/tell")

    banner = browse.get("/cookies").select_one(".govuk-notification-banner--success")
    assert "<b>Saved</b>" in banner.text
    assert not browse.get("/cookies").select(".govuk-notification-banner")


@pytest.mark.parametrize(
    "old",
    ["/users/sign_in", "/users/confirm_sign_in", "/check-account", "/nominations/resend-email"],
)
def test_old_addresses_lead_to_the_landing_page(browse, old):
    assert (browse.get(old).status_code, browse.get(old).location) == (301, "/")


def test_access_denied_names_the_organisation_that_was_chosen(browse):
    assert "not connected to an organisation" in browse.get("/access-denied").text
    session = browse.client.session
    session["refused_organisation"] = "Hillside <School>"
    session.save()
    browse.client.cookies["register_ects_session"] = session.session_key

    page = browse.get("/access-denied")
    assert page.status_code == 403
    assert "Hillside <School>" in page.text


# -- Search engines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "production", "tag"),
    [
        ("/", True, "all"),
        ("/", False, "none"),
        ("/cookies", True, "none"),
        ("/nowhere", True, "none"),
        ("/school/home/ects", True, "none"),
    ],
)
def test_search_engines_may_show_the_start_page_of_production_only(
    browse, settings, url, production, tag
):
    settings.PRODUCTION = production
    assert browse.get(url).response.headers["X-Robots-Tag"] == tag


# -- Errors ------------------------------------------------------------------------------------


def test_an_unknown_address_is_404(browse):
    page = browse.get("/nowhere")
    assert (page.status_code, page.h1) == (404, "Page not found")
    assert page.title.startswith("Page not found - ")


def test_a_request_that_cannot_be_read_is_400(browse):
    page = browse.get("/unreadable")
    assert (page.status_code, page.h1) == (400, "There is a problem with that request")


def test_a_form_without_a_token_is_403():
    response = Client(enforce_csrf_checks=True).post("/sign-out")
    assert response.status_code == 403
    assert b"Go back, reload the page, and send it again" in response.content


@pytest.mark.parametrize(
    ("factory", "address"),
    [
        (SchoolFactory, "continuing-professional-development@digital.education.gov.uk"),
        (AppropriateBodyFactory, "teacher.induction@education.gov.uk"),
        (StaffUserFactory, "product team"),
    ],
)
def test_error_pages_give_the_right_address_for_help(sign_in, factory, address):
    assert address in sign_in(factory()).get("/nowhere").text


def test_a_crash_is_500_and_needs_no_database(browse, django_assert_num_queries):
    browse.client.raise_request_exception = False
    with django_assert_num_queries(0):
        page = browse.get("/broken")
    assert (page.status_code, page.h1) == (500, "Sorry, there is a problem with the service")
    assert "continuing-professional-development@" in page.text


def test_the_500_page_survives_a_missing_list_of_assets(monkeypatch):
    def missing(path_):
        raise ValueError(path_)

    monkeypatch.setattr("django.templatetags.static.static", missing)
    assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_the_page_for_too_many_requests_says_how_long_to_wait():
    response = errors.too_many_requests(RequestFactory().get("/"), retry_after=7)
    assert (response.status_code, response["Retry-After"]) == (429, "7")
    assert "Wait 7 seconds" in response.content.decode()


# -- Health ------------------------------------------------------------------------------------


def test_healthcheck_needs_nothing(browse, django_assert_num_queries, monkeypatch):
    def down(*_args):
        raise ConnectionError

    monkeypatch.setattr("django.core.cache.cache.get", down)
    with django_assert_num_queries(0):
        page = browse.get("/healthcheck")
    assert page.response.json() == {"status": "ok", "commit_sha": "unknown"}


@pytest.fixture
def _look_again():
    health._newest.forget()
    yield
    health._newest.forget()


@pytest.mark.usefixtures("_look_again")
def test_readiness_lists_what_it_depends_on(browse):
    page = browse.get("/readiness")
    facts = page.response.json()
    assert page.status_code == 200
    assert [facts[name] for name in ("status", "database", "redis", "queue")] == [
        "ready",
        "ok",
        "ok",
        "ok",
    ]
    assert (facts["pending_migrations"], facts["trs_last_answered_at"]) == (0, None)


@pytest.mark.usefixtures("_look_again")
def test_readiness_is_looked_for_once_a_second_however_often_it_is_asked(
    browse, settings, django_assert_num_queries
):
    settings.RATE_LIMITS_ENABLED = True
    browse.get("/readiness")

    with django_assert_num_queries(0):
        pages = [browse.get("/readiness") for _ in range(50)]

    assert {page.status_code for page in pages} == {200}
    assert {page.response.headers["Content-Type"] for page in pages} == {"application/json"}


@pytest.mark.usefixtures("_look_again")
def test_a_version_whose_migrations_have_not_run_is_not_ready(browse):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations WHERE app = 'register_ects')"
        )
    page = browse.get("/readiness")
    assert (page.status_code, page.response.json()["status"]) == (503, "unavailable")


@pytest.mark.django_db
def test_an_address_with_too_many_parameters_is_refused_readably(client):
    response = client.get("/cookies?" + "&".join(["ects=0"] * 600))

    assert response.status_code == 400
    assert "There is a problem with that request" in response.content.decode()
