"""Limits of the API: by provider, by address as a backstop, and by what support has granted."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from redis import ConnectionError as RedisConnectionError

from register_ects import rate_limits
from register_ects.models import LeadProvider
from register_ects.rate_limits import Bucket, spend_request
from tests.factories import LeadProviderFactory


@pytest.fixture(autouse=True)
def _morning(on, settings):
    settings.API_RATE_LIMIT = 4
    on("2025-10-01T10:00:00+00:00")


def statuses(client, times, **headers):
    return [client.get("/participants", **headers).status_code for _ in range(times)]


def from_address(address, times):
    return [
        Client().get("/api/v3/participants", REMOTE_ADDR=address).status_code for _ in range(times)
    ]


def test_two_tokens_behind_one_address_share_the_backstop(api, api_client):
    other = api_client(LeadProviderFactory())

    assert statuses(api, 4) == [200] * 4
    assert statuses(other, 3) == [200, 200, 429]


def test_another_address_has_a_backstop_of_its_own():
    assert from_address("10.0.0.1", 5) == [401] * 4 + [429]
    assert from_address("10.0.0.2", 1) == [401]


def test_the_address_is_what_our_proxy_saw(settings):
    settings.TRUSTED_PROXIES = 1
    seen = [
        Client()
        .get("/api/v3/participants", headers={"X-Forwarded-For": f"10.0.0.{number}"})
        .status_code
        for number in range(8)
    ]

    assert seen == [401] * 8


def test_support_can_grant_more_whatever_the_address(api):
    LeadProvider.objects.update(api_request_limit=8)

    assert statuses(api, 9) == [200] * 8 + [429]
    assert api.get("/participants")["RateLimit-Limit"] == "8"


def test_support_can_grant_less(api):
    LeadProvider.objects.update(api_request_limit=1)

    assert statuses(api, 2) == [200, 429]


def test_headers_tell_what_is_left_and_when_more_comes(api):
    first = api.get("/participants")
    statuses(api, 3)
    refused = api.get("/participants")

    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("4", "3")
    assert 0 < int(first["RateLimit-Reset"]) <= 300
    assert refused["RateLimit-Remaining"] == "0"
    assert refused["Retry-After"] == refused["RateLimit-Reset"] == "300"
    assert refused.json()["errors"][0]["code"] == "request.too_many_requests"


def test_a_refused_request_is_counted_nowhere(api):
    statuses(api, 10)

    assert from_address("127.0.0.1", 3) == [401, 401, 429]


def test_waiting_as_long_as_was_asked_is_enough(on):
    bucket = Bucket("x", 3)
    for second in ("00", "05", "20"):
        on(f"2025-10-01T10:00:{second}+00:00")
        assert not spend_request([bucket]).exceeded
    refused = spend_request([bucket])
    assert (refused.exceeded, refused.reset) == (True, 285)  # until the second has left

    on("2025-10-01T10:05:04.999+00:00")
    assert spend_request([bucket]).exceeded
    on("2025-10-01T10:05:05+00:00")
    quotas = [spend_request([bucket]) for _ in range(3)]
    assert [quota.exceeded for quota in quotas] == [False, False, True]
    assert quotas[1].remaining == 0


def test_a_limit_that_was_lowered_is_waited_for_in_full(on):
    for second in ("00", "10", "20"):
        on(f"2025-10-01T10:00:{second}+00:00")
        spend_request([Bucket("x", 9)])

    assert spend_request([Bucket("x", 1)]).reset == 300


def test_nobody_waits_longer_than_the_window_and_no_window_holds_more_than_the_limit(on):
    bucket, begins = Bucket("x", 5), datetime(2025, 10, 1, 10, tzinfo=UTC)
    spent: list[datetime] = []
    for tenths in range(0, 14_000, 7):
        now = begins + timedelta(seconds=tenths / 10)
        on(now)
        quota = spend_request([bucket])
        assert 1 <= quota.reset <= 300
        if not quota.exceeded:
            spent.append(now)

    assert len(spent) >= 20
    window = timedelta(seconds=300)
    assert all(later - earlier >= window for earlier, later in zip(spent, spent[5:], strict=False))


def test_what_a_server_whose_clock_is_ahead_has_counted_counts(on):
    bucket = Bucket("x", 2)
    on("2025-10-01T10:00:05.300+00:00")
    spend_request([bucket])
    on("2025-10-01T10:00:05+00:00")

    assert spend_request([bucket]).remaining == 0
    assert (spend_request([bucket]).exceeded, spend_request([bucket]).reset) == (True, 300)


def test_all_buckets_are_counted_in_one_round_trip(monkeypatch):
    trips = []
    counted = rate_limits._run

    def counting(*arguments):
        trips.append(arguments)
        return counted(*arguments)

    monkeypatch.setattr(rate_limits, "_run", counting)
    spend_request([Bucket("a", 2), Bucket("b", 2)])

    assert len(trips) == 1
    assert spend_request([Bucket("b", 2)]).remaining == 0


def test_nobody_is_refused_while_redis_is_down(api, monkeypatch):
    def down():
        def script(**_kwargs):
            raise RedisConnectionError

        return SimpleNamespace(register_script=lambda _source: script)

    monkeypatch.setattr(rate_limits, "redis_client", down)

    assert statuses(api, 9) == [200] * 9
    assert "RateLimit-Limit" not in api.get("/participants")


def test_a_refusal_is_logged_with_who_asked_from_where(api, lead_provider, caplog):
    statuses(api, 5, **{"X-Request-Id": "find-me"})

    (line,) = [each.msg for each in caplog.records if "throttled" in each.msg["event"]]
    assert (line["level"], line["request_id"]) == ("warning", "find-me")
    assert (line["provider_id"], line["address"]) == (lead_provider.pk, "127.0.0.1")
    assert line["path"] == "/api/v3/participants"
