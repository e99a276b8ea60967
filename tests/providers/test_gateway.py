"""What holds for every request: shapes of errors, headers, addresses, clock and limits."""

import pytest
import structlog
from django.test import Client, override_settings
from structlog.testing import capture_logs

from register_ects.rate_limits import Bucket, spend_request
from tests.factories import LeadProviderFactory, TrainingPeriodFactory

ITEM_KEYS = {"title", "detail", "code"}


def titles(response):
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert all(set(item) == ITEM_KEYS for item in response.json()["errors"])
    return [item["title"] for item in response.json()["errors"]]


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "", 404, "Resource not found"),
        ("GET", "/", 404, "Resource not found"),
        ("GET", "/nothing-here", 404, "Resource not found"),
        ("GET", "/participants/ecf", 404, "Resource not found"),
        ("GET", "/participants/not-a-uuid", 404, "Resource not found"),
        ("GET", "/participants/5dd4a4671d9a4d33bc288950d223962f", 404, "Resource not found"),
        ("GET", "/participants/5dd4a467-1d9a-4d33-bc28-8950d223962f", 404, "Resource not found"),
        ("POST", "/participants", 405, "Method not allowed"),
        ("DELETE", "/participant-declarations", 405, "Method not allowed"),
        ("OPTIONS", "/participants", 405, "Method not allowed"),
        ("GET", "/participants?filter=x", 400, "Bad parameter"),
        ("GET", "/participants?filter=", 400, "Bad parameter"),
        ("GET", "/participants?filter[]=x", 400, "Bad parameter"),
        ("GET", "/participants/not-a-uuid?filter=x", 400, "Bad parameter"),
        ("POST", "/participant-declarations?filter=x", 400, "Bad request"),
    ],
)
def test_errors_have_the_shape_that_clients_know(api, method, path, status, title):
    response = api.request(method, path)

    assert (response.status_code, titles(response)) == (status, [title])


def test_405_says_what_is_allowed(api):
    assert api.request("PUT", "/participants")["Allow"] == "GET, HEAD"
    assert "POST" in api.request("PUT", "/participant-declarations")["Allow"].split(", ")


@pytest.mark.parametrize("suffix", ["", "/", ".json"])
def test_a_trailing_slash_or_json_suffix_makes_no_difference(api, lead_provider, suffix):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    path = f"/participants/{training.teacher.api_id}"

    assert api.get(f"/participants{suffix}").json() == api.get("/participants").json()
    assert api.get(path + suffix).json() == api.get(path).json()


def test_ids_are_accepted_in_upper_case(api, lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)

    assert api.get(f"/participants/{str(training.teacher.api_id).upper()}").status_code == 200


def test_head_works_on_every_get(api):
    response = api.request("HEAD", "/participants")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    ("sent", "returned"),
    [("abc-123", "abc-123"), ("a b\u00e9<c>@", "abc@"), ("x" * 300, "x" * 255)],
)
def test_the_request_id_is_echoed_made_harmless(api, sent, returned):
    assert api.get("/participants", **{"X-Request-Id": sent})["X-Request-Id"] == returned


def test_a_request_id_is_made_when_none_was_sent(api):
    assert len(api.get("/participants")["X-Request-Id"]) == 36
    assert len(Client().get("/api/v3/participants")["X-Request-Id"]) == 36


def test_every_log_line_of_a_request_has_the_request_id(api):
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        response = api.get("/participants")

    logged = {line["request_id"] for line in lines if line["event"].startswith("request_")}
    assert logged == {response["X-Request-Id"]}


def test_the_log_line_of_a_request_names_it_the_provider_and_how_long_it_took(
    api, lead_provider, caplog
):
    def line_of(client, **headers):
        caplog.clear()
        response = client.get("/api/v3/nothing-here", headers=headers)
        (line,) = [each.msg for each in caplog.records if each.msg["event"] == "request_finished"]
        assert line["request_id"] == response["X-Request-Id"]
        assert line["duration_ms"] >= 0
        return line["request"], line["code"], line.get("provider_id")

    request = "GET /api/v3/nothing-here"
    known = line_of(Client(), Authorization=f"Bearer {api.token}")
    assert known == (request, 404, lead_provider.pk)
    assert line_of(Client()) == (request, 401, None)


def test_no_cookie_no_redirect_and_a_policy_that_loads_nothing(api):
    response = api.get("/participants/")

    assert response.status_code == 200
    assert not response.cookies
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_read_that_has_not_changed_is_304(api):
    first = api.get("/participants")
    assert first["Cache-Control"] == "max-age=0, private, must-revalidate"

    second = api.get("/participants", **{"If-None-Match": first["ETag"]})

    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])


def test_the_simulated_clock_holds_for_one_request(api, lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    path = f"/participants/{training.teacher.api_id}"

    def status(**headers):
        return api.get(path, **headers).json()["data"]["attributes"]["ecf_enrolments"][0][
            "participant_status"
        ]

    assert status(**{"x-with-server-date": "2025-08-31"}) == "joining"
    assert status(**{"X-With-Server-Date": "2025-08-31T23:00:00Z"}) == "active"
    assert status() == "active"


def test_an_unreadable_simulated_clock_is_400(api):
    response = api.get("/participants", **{"X-With-Server-Date": "tomorrow"})

    assert (response.status_code, titles(response)) == (400, ["Bad request"])


@override_settings(PRODUCTION=True, SECURE_SSL_REDIRECT=False)
def test_production_ignores_the_simulated_clock(api):
    assert api.get("/participants", **{"X-With-Server-Date": "tomorrow"}).status_code == 200


@override_settings(API_RATE_LIMIT=3)
def test_one_request_too_many_is_429_and_other_providers_go_on(api, api_client, on):
    on("2025-10-01T10:00:00+00:00")
    left = [api.get("/participants")["RateLimit-Remaining"] for _ in range(3)]
    refused = api.get("/participants")

    assert left == ["2", "1", "0"]
    assert (refused.status_code, titles(refused)) == (429, ["Too many requests"])
    assert 0 < int(refused["Retry-After"]) <= 300
    assert api_client(LeadProviderFactory()).get("/participants").status_code == 200


def test_the_1001st_request_in_five_minutes_is_429_and_another_token_is_not(api, api_client, on):
    on("2025-10-01T10:00:00+00:00")
    bucket = f"provider-{api.lead_provider.pk}"
    spend_request([Bucket(bucket, limit=1000, amount=999)])
    on("2025-10-01T10:04:59+00:00")

    allowed, refused = api.get("/participants"), api.get("/participants")

    assert (allowed.status_code, allowed["RateLimit-Limit"]) == (200, "1000")
    assert (allowed["RateLimit-Remaining"], refused.status_code) == ("0", 429)
    assert api_client(LeadProviderFactory()).get("/participants").status_code == 200


@override_settings(API_RATE_LIMIT=3)
def test_the_window_slides(api, on):
    statuses = []
    for moment in ("10:00:00", "10:04:00", "10:04:00", "10:04:59", "10:05:10", "10:05:10"):
        on(f"2025-10-01T{moment}+00:00")
        statuses.append(api.get("/participants").status_code)

    assert statuses == [200, 200, 200, 429, 200, 429]


@override_settings(API_RATE_LIMIT=2)
def test_two_tokens_of_one_provider_share_its_requests(api, api_client, lead_provider):
    other = api_client(lead_provider)

    assert [c.get("/participants").status_code for c in (api, other, api)] == [200, 200, 429]


@override_settings(API_RATE_LIMIT=2)
def test_requests_without_a_valid_token_are_limited_by_address(api):
    refused = [Client().get("/api/v3/participants").status_code for _ in range(3)]

    assert refused == [401, 401, 429]
    assert api.get("/participants").status_code == 200


@override_settings(API_RATE_LIMIT=None)
def test_limits_can_be_switched_off(api):
    assert "RateLimit-Limit" not in api.get("/participants")


def test_a_fault_is_500_json_with_the_request_id(api, monkeypatch):
    monkeypatch.setattr("providers.gateway._called", lambda *a: 1 / 0)
    api._client.raise_request_exception = False

    response = api.get("/participants", **{"X-Request-Id": "find-me"})

    assert (response.status_code, titles(response)) == (500, ["Internal server error"])
    assert "find-me" in response.json()["errors"][0]["detail"]


def test_a_body_beyond_two_megabytes_is_413(api):
    response = api.post("/participant-declarations", b"{" + b" " * 3_000_000 + b"}")

    assert (response.status_code, titles(response)) == (413, ["Payload too large"])
