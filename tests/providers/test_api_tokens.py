"""Tokens: who gets in, and what is kept of a token."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from register_ects import clock
from register_ects.models import APIToken, Event
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import (
    ALPHABET,
    issue_api_token,
    revoke_api_token,
    token_digest,
    usable_api_token,
)
from register_ects.rules.problems import RuleBroken
from tests.factories import LeadProviderFactory


def issued(lead_provider):
    return issue_api_token(lead_provider, description="Main", author=Author.system())


def answer(authorisation, path="/api/v3/participants", method="GET"):
    headers = {} if authorisation is None else {"Authorization": authorisation}
    return Client().generic(method, path, headers=headers)


def test_a_token_is_32_base_58_characters(lead_provider):
    raw = issued(lead_provider)

    assert len(raw) == 32
    assert set(raw) <= set(ALPHABET)
    assert len(ALPHABET) == 58


def test_only_a_digest_and_a_prefix_are_stored(lead_provider):
    raw = issued(lead_provider)

    token = APIToken.objects.get()
    assert (token.prefix, len(token.digest)) == (raw[:6], 32)
    assert raw not in str(APIToken.objects.values())
    assert raw not in str(Event.objects.values())


def test_issuing_and_revoking_are_recorded(lead_provider):
    issued(lead_provider)
    revoke_api_token(APIToken.objects.get(), author=Author.system())

    events = Event.objects.order_by("pk").values_list("event_type", "metadata__description")
    assert list(events) == [
        ("lead_provider_api_token_created", "Main"),
        ("lead_provider_api_token_revoked", "Main"),
    ]


def test_a_token_cannot_be_revoked_twice(lead_provider):
    issued(lead_provider)
    revoke_api_token(APIToken.objects.get(), author=Author.system())

    with pytest.raises(RuleBroken, match="already_revoked"):
        revoke_api_token(APIToken.objects.get(), author=Author.system())


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Token", "token"])
def test_either_scheme_in_any_case_lets_in(lead_provider, scheme):
    assert answer(f"{scheme} {issued(lead_provider)}").status_code == 200


@pytest.mark.parametrize(
    "authorisation",
    [
        pytest.param(None, id="no header"),
        pytest.param("", id="empty header"),
        pytest.param("Bearer", id="no token"),
        pytest.param("Bearer unknown", id="unknown token"),
        pytest.param("Basic {token}", id="unknown scheme"),
        pytest.param("{token}", id="no scheme"),
        pytest.param("Bearer {token} more", id="something after the token"),
        pytest.param("Bearer tök\u00e9n", id="not ASCII"),
    ],
)
def test_anything_else_is_refused_with_the_single_key_error(lead_provider, authorisation):
    sent = authorisation and authorisation.format(token=issued(lead_provider))

    response = answer(sent)

    assert response.status_code == 401
    assert list(response.json()) == ["error"]
    assert isinstance(response.json()["error"], str)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["WWW-Authenticate"] == "Bearer"


def test_revoked_and_expired_tokens_are_refused(lead_provider):
    raw = issued(lead_provider)
    APIToken.objects.update(expires_at=clock.now())
    assert answer(f"Bearer {raw}").status_code == 401

    APIToken.objects.update(expires_at=clock.now() + timedelta(days=1))
    assert answer(f"Bearer {raw}").status_code == 200

    revoke_api_token(APIToken.objects.get(), author=Author.system())
    assert answer(f"Bearer {raw}").status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v3"),
        ("GET", "/api/v3/nothing-here"),
        ("DELETE", "/api/v3/participants"),
        ("GET", "/api/v3/participants?filter=x"),
        ("POST", "/api/v3/participant-declarations"),
    ],
)
def test_401_comes_before_everything_else(method, path):
    assert answer(None, path, method).status_code == 401


def test_a_token_in_the_query_is_ignored(lead_provider):
    raw = issued(lead_provider)

    assert answer(None, f"/api/v3/participants?token={raw}").status_code == 401


def test_use_is_noted_at_most_once_a_minute_and_leaves_updated_at_alone(lead_provider, on):
    on("2025-10-01T10:00:00+00:00")
    raw = issued(lead_provider)
    before = APIToken.objects.get().updated_at

    seen = []
    for moment in ("10:05:00", "10:05:59", "10:06:00"):
        on(f"2025-10-01T{moment}+00:00")
        answer(f"Bearer {raw}")
        seen.append(APIToken.objects.get().last_used_at.strftime("%H:%M:%S"))

    assert seen == ["10:05:00", "10:05:00", "10:06:00"]
    assert APIToken.objects.get().updated_at == before


def test_the_command_prints_the_token_alone_on_the_last_line(capsys):
    LeadProviderFactory(name="Harbour Learning")

    call_command("create_api_token", lead_provider="Harbour Learning", description="New system")

    raw = capsys.readouterr().out.rstrip("\n").splitlines()[-1]
    assert answer(f"Bearer {raw}").status_code == 200
    assert APIToken.objects.get().description == "New system"


def test_the_command_takes_a_key_and_a_day_of_expiry(capsys):
    provider = LeadProviderFactory()

    call_command("create_api_token", lead_provider=str(provider.pk), expires_on=date(2026, 7, 1))

    token = APIToken.objects.get()
    assert token.lead_provider == provider
    assert token.expires_at == datetime(2026, 6, 30, 23, tzinfo=UTC)  # midnight in London


def test_the_command_issues_one_token_for_each_provider(capsys):
    providers = {LeadProviderFactory(), LeadProviderFactory()}

    call_command("create_api_token", all=True)

    printed = capsys.readouterr().out.splitlines()[1::2]
    assert {usable_api_token(raw).lead_provider for raw in printed} == providers


def test_a_token_may_be_chosen_outside_production(lead_provider, settings):
    def choose(token):
        call_command("create_api_token", lead_provider="Harbour Learning", token=token)

    choose("harbour-learning")
    assert answer("Bearer harbour-learning").status_code == 200

    with pytest.raises(CommandError, match="exists already"):
        choose("harbour-learning")
    with pytest.raises(CommandError, match="no spaces"):
        choose("harbour learning")
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="in production"):
        choose("harbour-learning-2")


def test_nobody_shares_a_chosen_token():
    with pytest.raises(CommandError, match="of its own"):
        call_command("create_api_token", all=True, token="one-for-all")


def test_a_token_is_revoked_by_how_it_begins_and_the_others_go_on(lead_provider, capsys):
    old, new = issued(lead_provider), issued(lead_provider)

    call_command("revoke_api_token", old[:6])

    assert [answer(f"Bearer {raw}").status_code for raw in (old, new)] == [401, 200]
    assert "Harbour Learning: Main" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No working token"):
        call_command("revoke_api_token", old[:6])


def test_of_tokens_that_begin_alike_it_must_be_said_which(lead_provider):
    for provider, chosen in (
        (lead_provider, "harbour-old"),
        (lead_provider, "harbour-new"),
        (LeadProviderFactory(name="Northgate Teach"), "harbour-bar"),
    ):
        issue_api_token(provider, description="Main", author=Author.system(), chosen=chosen)

    with pytest.raises(CommandError, match=r"Harbour Learning.*Northgate Teach"):
        call_command("revoke_api_token", "harbou")
    call_command("revoke_api_token", "harbou", lead_provider="Northgate Teach")
    call_command("revoke_api_token", "harbour-old")

    in_use = APIToken.objects.filter(revoked_at=None)
    assert [token.digest for token in in_use] == [token_digest("harbour-new")]


def test_the_command_names_the_known_providers_when_there_is_no_such_one():
    LeadProviderFactory(name="Harbour Learning")

    with pytest.raises(CommandError, match="Harbour Learning"):
        call_command("create_api_token", lead_provider="Nobody")
