"""Partnerships, tokens and limits of lead providers."""

from collections.abc import Iterator
from typing import Any

from register_ects.models import APIToken
from register_ects.operations.lead_providers import api_limits, api_tokens, partnerships
from register_ects.rules.partnerships import Proposal
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def propose(subject: Any) -> None:
    pairing, school = subject
    partnerships.propose_partnership(
        pairing.lead_provider,
        Proposal(
            str(pairing.contract_period_id),
            str(school.api_id),
            str(pairing.delivery_partner.api_id),
        ),
        author=AUTHOR,
    )


def correct(subject: Any) -> None:
    partnership, partner = subject
    partnerships.correct_delivery_partner(partnership.pk, partner, author=AUTHOR)


def providers() -> Iterator[Any]:
    yield subjects.largest_provider()


def issue(provider: Any) -> None:
    api_tokens.issue_api_token(provider, description="Benchmark", author=AUTHOR)


def revoke(provider: Any) -> None:
    issue(provider)
    token = APIToken.objects.filter(lead_provider=provider).latest("pk")
    api_tokens.revoke_api_token(token, author=AUTHOR)


def limit(provider: Any) -> None:
    api_limits.set_api_request_limit(provider, limit=4321, author=AUTHOR)


OPERATIONS = [
    MeasuredOperation(
        "Begin a partnership",
        partnerships.propose_partnership,
        subjects.schools_without_partnership,
        propose,
    ),
    MeasuredOperation(
        "Correct a delivery partner",
        partnerships.correct_delivery_partner,
        subjects.partnerships_with_another_pairing,
        correct,
    ),
    MeasuredOperation("Issue a token", api_tokens.issue_api_token, providers, issue),
    MeasuredOperation("Revoke a token", api_tokens.revoke_api_token, providers, revoke),
    MeasuredOperation("Set a request limit", api_limits.set_api_request_limit, providers, limit),
]
