"""What holds for every operation of the API, those of tomorrow included (spec 02 §2.1 to §2.9)."""

import pytest
from django.http import Http404
from django.test import Client
from ninja.errors import ValidationError

from providers.api import api as operations
from tests.factories import SchoolFactory
from tests.support.pages import Browser

ID = "5dd4a467-1d9a-4d33-bc28-8950d223962f"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

PATHS = {
    path.replace("//", "/"): {method.upper() for method in methods}
    for path, methods in operations.get_openapi_schema(path_prefix="/")["paths"].items()
}
ROUTES = sorted((method, path) for path, methods in PATHS.items() for method in methods)
READS = [path for method, path in ROUTES if method == "GET"]


@pytest.fixture(autouse=True)
def _whatever_is_described(api):
    """Look at the wire alone: what the description says has tests of its own."""
    api.is_held_to_it = False


def addressed(path):
    return "/".join(ID if part.startswith("{") else part for part in path.split("/"))


def meets_the_contract(response):
    """Check what no answer may lack or have, whatever its status."""
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["X-Request-Id"]
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Permitted-Cross-Domain-Policies"] == "none"
    assert response["X-Robots-Tag"] == "none"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "usb=()" in response["Permissions-Policy"]
    assert response["Vary"] == "Accept, Accept-Encoding, Authorization"
    assert not [name for name in response.headers if name.startswith("Access-Control")]
    assert not response.cookies
    assert "Location" not in response
    assert not 300 <= response.status_code < 400
    return response


@pytest.mark.parametrize("suffix", ["", "/", ".json"])
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_answer_is_json_without_cookie_or_redirect(api, method, path, suffix):
    response = meets_the_contract(api.request(method, addressed(path) + suffix))

    assert response.status_code in (200, 400, 404, 422)
    assert response.status_code == api.request(method, addressed(path)).status_code


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_a_token_everything_is_401(method, path):
    response = meets_the_contract(Client().generic(method, f"/api/v3{addressed(path)}?filter=x"))

    assert (response.status_code, list(response.json())) == (401, ["error"])
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", sorted(PATHS))
def test_other_methods_are_405_and_told_which_are_not(api, path):
    refused = meets_the_contract(api.request("DELETE", addressed(path)))
    assert refused.json()["errors"][0]["title"] == "Method not allowed"
    allowed = set(refused["Allow"].split(", "))

    # PATCH of a partnership works, but is not described.
    assert allowed - {"HEAD", "PATCH"} == PATHS[path] - {"PATCH"}
    assert ("HEAD" in allowed) is ("GET" in allowed)
    for method in METHODS:
        status = api.request(method, addressed(path)).status_code
        assert (status == 405) is (method not in allowed), method


@pytest.mark.parametrize("path", READS)
def test_head_has_the_headers_of_get_alone(api, path):
    read, head = (api.request(method, addressed(path)) for method in ("GET", "HEAD"))

    assert (head.status_code, head.content) == (read.status_code, b"")
    assert head["Content-Length"] == read["Content-Length"] == str(len(read.content))
    assert head.get("ETag") == read.get("ETag")


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("query", ["filter=x", "filter=", "filter[]=x", "filter%5B%5D=x"])
def test_a_filter_that_is_not_keyed_is_400_on_every_read(api, path, query):
    response = meets_the_contract(api.get(f"{addressed(path)}?{query}"))

    assert response.status_code == 400
    assert [error["title"] for error in response.json()["errors"]] == ["Bad parameter"]


@pytest.mark.parametrize("path", READS)
def test_what_is_not_known_in_a_query_is_ignored(api, path):
    base = f"{addressed(path)}?filter[cohort]=2025"
    plain = api.get(base)
    strange = api.get(f"{base}&filter[unknown]=x&page[unknown]=x&unknown=x&sort=unknown&sort[]=x")

    assert (strange.status_code, strange.json()) == (plain.status_code, plain.json())


@pytest.mark.parametrize("path", [path for path in READS if "{" not in path])
def test_a_list_that_has_not_changed_is_304_without_a_body(api, path):
    address = f"{path}?filter[cohort]=2025"
    first = api.get(address)
    again = api.get(address, **{"If-None-Match": f'"other", {first["ETag"]}'})
    changed = api.get(address, **{"If-None-Match": 'W/"other"'})

    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "max-age=0, private, must-revalidate"
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    assert changed.status_code == 200


def test_other_preconditions_than_if_none_match_count_for_nothing(api):
    for name in ("If-Match", "If-Modified-Since", "If-Unmodified-Since"):
        assert (
            api.get("/participants", **{name: "Thu, 01 Jan 2026 00:00:00 GMT"}).status_code == 200
        )


def test_errors_are_never_stored_by_a_cache(api):
    assert api.get("/nothing-here")["Cache-Control"] == "no-store"
    assert api.post("/participant-declarations", b"")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("cookie", ["gone", "signed in"])
def test_a_browsers_session_is_neither_read_nor_renewed(api, settings, cookie):
    browser = Browser().sign_in(SchoolFactory()) if cookie == "signed in" else None
    value = browser.client.cookies[settings.SESSION_COOKIE_NAME].value if browser else "gone"
    api._client.cookies[settings.SESSION_COOKIE_NAME] = value

    meets_the_contract(api.get("/participants"))


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [(Http404(), 404, "request.not_found"), (ValidationError([]), 400, "request.unreadable")],
)
def test_the_frameworks_own_errors_have_our_shape(api, monkeypatch, raised, status, code):
    def endpoint(*_args, **_kwargs):
        raise raised

    monkeypatch.setattr("providers.endpoints.participants.show_response", endpoint)

    response = meets_the_contract(api.get(f"/participants/{ID}"))

    assert response.status_code == status
    assert response.json()["errors"][0]["code"] == code


def test_writes_need_no_csrf_token(api):
    api._client.handler.enforce_csrf_checks = True

    assert api.post("/participant-declarations", b"").status_code == 400


def test_a_host_that_is_not_ours_is_400_json(api, settings):
    settings.ALLOWED_HOSTS = ["service.example.com"]

    response = meets_the_contract(api.get("/participants"))

    assert response.status_code == 400


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*;q=0.1", "*/*", ""])
def test_accept_is_never_negotiated(api, accept):
    for path in ("/participants", "/nothing-here"):
        meets_the_contract(api.get(path, Accept=accept))


def test_reading_a_page_costs_three_queries(api, django_assert_num_queries):
    api.get("/participants")
    api.catches_up = False

    with django_assert_num_queries(3):  # the token, how far the feed is, the page
        api.get("/participants")
