"""The sandbox: see what you were given to try your system on, and start afresh.

Only outside production; there these paths are unknown. Source: spec 02 §2.17.3 Improve.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Router

from providers.errors import not_found
from providers.requests import ProviderRequest
from providers.responses import data_response
from providers.sandbox import sandbox
from register_ects.models import LeadProvider, SandboxScenario

router = Router(tags=["Sandbox"])


@router.get("/scenarios", operation_id="getSandboxScenarios")
def get_scenarios(request: ProviderRequest) -> HttpResponse:
    """List the situations that your sandbox was seeded with, and the ids of what plays in them."""
    _outside_production()
    return _scenarios(request.auth)


@router.post("/reset", operation_id="resetSandbox")
def reset(request: ProviderRequest) -> HttpResponse:
    """Remove what your sandbox was seeded with and build it anew, under the same ids."""
    _outside_production()
    sandbox().reset_sandbox(request.auth)
    return _scenarios(request.auth)


def _outside_production() -> None:
    if settings.PRODUCTION:
        raise not_found()


def _scenarios(lead_provider: LeadProvider) -> HttpResponse:
    return data_response([_item(each) for each in SandboxScenario.objects.of(lead_provider)])


def _item(scenario: SandboxScenario) -> dict[str, Any]:
    return {
        "id": scenario.key,
        "type": "sandbox-scenario",
        "attributes": {
            "group": scenario.group,
            "title": scenario.title,
            "shared": scenario.lead_provider_id is None,
            "participant_ids": scenario.participant_ids,
            "school_ids": scenario.school_ids,
            "partnership_ids": scenario.partnership_ids,
        },
    }
