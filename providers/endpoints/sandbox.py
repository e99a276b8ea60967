"""The sandbox: see what you were given to try your system on, and start afresh.

Only outside production; there these paths are unknown. Source: spec 02 §2.17.3 Improve.
"""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from providers.errors import not_found
from providers.openapi.examples import example_of
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.responses import data_response
from providers.sandbox import sandbox
from providers.schemas.sandbox import SandboxScenario as ScenarioShown
from providers.schemas.sandbox import SandboxScenariosResponse
from register_ects.models import LeadProvider, SandboxScenario
from register_ects.rules.problems import Problem

router = Resource("/sandbox", "Sandbox")

_EXAMPLE = {"data": [example_of(ScenarioShown, group="special")]}


@router.operation(
    "get",
    "/scenarios",
    "getSandboxScenarios",
    response=SandboxScenariosResponse,
    example=_EXAMPLE,
)
def get_scenarios(request: ProviderRequest) -> HttpResponse:
    """List what your sandbox was seeded with.

    Situations to try your system on, with the ids of what plays in them, all on one page. Not in
    production: there the address does not exist.
    """
    _outside_production()
    return _scenarios(request.auth)


@router.operation(
    "post",
    "/reset",
    "resetSandbox",
    response=SandboxScenariosResponse,
    example=_EXAMPLE,
    problems={"no_delivery_partner": Problem("lead_provider", "no_delivery_partner")},
)
def reset(request: ProviderRequest) -> HttpResponse:
    """Start your sandbox afresh.

    Takes away what your sandbox was seeded with and all that was done to it, and seeds it again
    under the same ids. The body is ignored. Not in production: there the address does not exist.
    """
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
