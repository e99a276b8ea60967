"""Who runs a command reads why the database refused what every rule had allowed."""

import pytest
from django.core.management import CommandError, call_command

from register_ects.models import APIToken, LeadProvider
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token
from tests.factories import LeadProviderFactory
from tests.races import answer_while

pytestmark = pytest.mark.django_db(transaction=True)


def issue(**options):
    with pytest.raises(CommandError) as ended:
        call_command("create_api_token", lead_provider="Harbour Learning", **options)
    return str(ended.value)


def test_a_lead_provider_that_was_just_removed_is_told_of_in_words():
    harbour = LeadProviderFactory(name="Harbour Learning")

    said = answer_while(LeadProvider.objects.filter(pk=harbour.pk).delete, issue)

    assert said == "A record that this needs no longer exists. Choose again"
    assert not APIToken.objects.exists()


def test_a_token_that_somebody_else_takes_meanwhile_is_told_in_the_command_s_words():
    harbour, other = LeadProviderFactory(name="Harbour Learning"), LeadProviderFactory()

    said = answer_while(
        lambda: issue_api_token(
            other, description="Theirs", author=Author.system(), chosen="chosen-by-two"
        ),
        lambda: issue(token="chosen-by-two"),
    )

    assert said == "This token exists already. Choose another"
    assert not harbour.api_tokens.exists()
