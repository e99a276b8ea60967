"""Support may grant a lead provider another number of requests."""

import pytest
from django.core.management import CommandError, call_command

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_limits import set_api_request_limit
from register_ects.rules.problems import RuleBroken
from tests.factories import LeadProviderFactory


def test_a_limit_is_set_and_told_of_once():
    provider = LeadProviderFactory(name="Harbour Learning")

    for _ in range(2):
        set_api_request_limit(provider, limit=5000, author=Author.system())

    provider.refresh_from_db()
    assert provider.api_request_limit == 5000
    event = Event.objects.get(event_type="lead_provider_api_limit_changed")
    assert event.heading == "API request limit of Harbour Learning changed"
    assert event.modifications == ["API request limit set to '5000'"]


def test_the_usual_limit_can_be_given_back():
    provider = LeadProviderFactory(api_request_limit=5000)

    set_api_request_limit(provider, limit=None, author=Author.system())

    provider.refresh_from_db()
    assert provider.api_request_limit is None


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(RuleBroken, match="limit not_positive"):
        set_api_request_limit(LeadProviderFactory(), limit=0, author=Author.system())


def test_the_command_sets_the_limit_and_takes_it_back(capsys):
    provider = LeadProviderFactory(name="Harbour Learning")

    call_command("set_api_request_limit", lead_provider="Harbour Learning", limit=5000)
    provider.refresh_from_db()
    assert provider.api_request_limit == 5000
    assert "Harbour Learning may make 5000 requests" in capsys.readouterr().out

    call_command("set_api_request_limit", "--lead-provider=Harbour Learning", "--usual")
    provider.refresh_from_db()
    assert provider.api_request_limit is None
    assert "the usual number" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "limit", "told"), [("Nobody", 5, "Harbour Learning"), ("Harbour Learning", 0, "1 or")]
)
def test_the_command_says_what_is_wrong(name, limit, told):
    LeadProviderFactory(name="Harbour Learning")

    with pytest.raises(CommandError, match=told):
        call_command("set_api_request_limit", lead_provider=name, limit=limit)
