"""What clients are told in advance: planned downtime, and a token that is about to expire."""

from datetime import timedelta

import pytest
from django.test import Client

from register_ects import clock
from register_ects.models import APIToken


@pytest.mark.parametrize("path", ["/api/v3/participants", "/api/v3/nothing", "/api/guidance"])
def test_in_planned_downtime_everything_below_api_is_503_json(settings, path):
    settings.MAINTENANCE_UNTIL = clock.real_now() + timedelta(seconds=90)

    response = Client().get(path, headers={"X-Request-Id": "find-me"})

    assert response.status_code == 503
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert 85 <= int(response["Retry-After"]) <= 90
    assert response.json()["errors"][0]["title"] == "Service unavailable"
    assert response.json()["errors"][0]["code"] == "service.unavailable"
    assert response["X-Request-Id"] == "find-me"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert not response.cookies


def test_downtime_is_told_as_a_problem_too(settings):
    settings.MAINTENANCE_UNTIL = clock.real_now() + timedelta(seconds=90)

    response = Client().get("/api/v3/participants", headers={"Accept": "application/problem+json"})

    assert (response.status_code, response.json()["status"]) == (503, 503)


def test_pages_go_on_and_so_does_the_api_when_the_time_is_up(settings, api):
    settings.MAINTENANCE_UNTIL = clock.real_now() + timedelta(seconds=90)
    assert Client().get("/cookies").status_code == 200

    settings.MAINTENANCE_UNTIL = clock.real_now() - timedelta(seconds=1)
    assert api.get("/participants").status_code == 200


@pytest.mark.parametrize(
    ("days", "told"), [(None, False), (31, False), (29, True), (1, True)], ids=str
)
def test_a_token_says_in_its_last_30_days_when_it_expires(api, on, days, told):
    on("2025-10-01T10:00:00+00:00")
    expires_at = None if days is None else clock.now() + timedelta(days=days, microseconds=7)
    APIToken.objects.update(expires_at=expires_at)

    response = api.get("/nothing-here")

    assert ("Token-Expires-At" in response) is told
    if told:
        assert response["Token-Expires-At"] == expires_at.strftime("%Y-%m-%dT10:00:00Z")
