"""How often one visitor may ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory
from redis import ConnectionError as RedisConnectionError

from register_ects.web import limits
from tests.factories import SchoolFactory


@pytest.fixture(autouse=True)
def traveller(settings):
    settings.RATE_LIMITS_ENABLED = True
    with time_machine.travel(datetime(2026, 9, 10, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def ask(browser, url="/sign-in", times=1, **headers):
    return [browser.get(url, **headers).status_code for _ in range(times)]


def test_the_sixth_visit_to_sign_in_within_20_seconds_is_refused(browse, traveller):
    assert ask(browse, times=6) == [200] * 5 + [429]

    page = browse.get("/sign-in")
    assert 0 < int(page.response.headers["Retry-After"]) <= 20
    assert page.h1 == "Too many requests"

    traveller.shift(timedelta(seconds=20))
    assert ask(browse) == [200]


def test_other_pages_do_not_fill_the_sign_in_bucket(browse):
    assert ask(browse, "/cookies", times=10) == [200] * 10
    assert ask(browse, times=5) == [200] * 5


def test_everything_together_has_a_limit(browse, monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", (limits.Limit("everything", ("/",), 3, 300),))
    assert ask(browse, "/cookies", times=2) + ask(browse, "/privacy", times=2) == [200] * 3 + [429]


def test_people_who_are_signed_in_are_counted_by_session(sign_in, browse, monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", (limits.Limit("everything", ("/",), 3, 300),))
    school = SchoolFactory()
    assert ask(sign_in(school), "/cookies", times=3) == [200] * 3
    assert ask(sign_in(school), "/cookies", times=4) == [200] * 3 + [429]
    assert ask(browse, "/cookies") == [200]


def test_each_address_has_its_own_bucket(browse):
    assert ask(browse, times=6, REMOTE_ADDR="10.0.0.1")[-1] == 429
    assert ask(browse, REMOTE_ADDR="10.0.0.2") == [200]


def test_the_addresses_of_one_ipv6_network_share_a_bucket(browse):
    first, second, other = "2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"
    assert ask(browse, times=5, REMOTE_ADDR=first)[-1] == 200
    assert ask(browse, REMOTE_ADDR=second) == [429]
    assert ask(browse, REMOTE_ADDR=other) == [200]


def test_the_lead_provider_api_counts_for_itself(browse, monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", (limits.Limit("everything", ("/",), 3, 300),))
    assert ask(browse, "/api/v3/participants", times=5) == [401] * 5


@pytest.mark.parametrize("url", ["/api/guidance/x", "/api/docs/x"])
def test_pages_about_the_api_tell_every_address_what_is_left(browse, sign_in, monkeypatch, url):
    who = {"REMOTE_ADDR": "10.0.0.1"}
    first = browse.get(url, **who).response.headers
    signed_in = sign_in(SchoolFactory()).get(url, **who).response.headers
    guidance, others = limits.LIMITS[1], limits.LIMITS[2]
    monkeypatch.setattr(limits, "LIMITS", (replace(guidance, requests=2), others))
    refused = browse.get(url, **who).response

    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("300", "299")
    assert signed_in["RateLimit-Remaining"] == "298"
    assert 0 < int(first["RateLimit-Reset"]) <= 300
    assert (refused.status_code, refused.headers["RateLimit-Remaining"]) == (429, "0")
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"]


def test_other_pages_tell_nothing(browse):
    assert "RateLimit-Limit" not in browse.get("/cookies").response.headers


def test_nobody_is_refused_while_redis_is_down(browse, monkeypatch):
    def down(*_args, **_kwargs):
        raise RedisConnectionError

    monkeypatch.setattr("register_ects.rate_limits._run", down)
    assert ask(browse, "/cookies", times=3) == [200] * 3


def test_can_be_switched_off(browse, settings):
    settings.RATE_LIMITS_ENABLED = False
    assert ask(browse, times=9) == [200] * 9


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_believes_only_what_our_own_proxies_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    assert limits.client_address(request) == address
