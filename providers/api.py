"""The operations of the lead provider API, version 3: a module of endpoints for each resource.

The gateway has let the caller in and read the clock before anything here runs; errors are raised
and worded there. What is returned is ready: nothing is coerced on the way out.
"""

from typing import Final

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import HttpBearer

from providers.endpoints import (
    changes,
    declarations,
    delivery_partners,
    participant_actions,
    participants,
    partnerships,
    sandbox,
    schools,
    statements,
    transfers,
    unfunded_mentors,
)
from providers.version import API_VERSION, DESCRIPTION_VERSION
from register_ects.models import LeadProvider


class GatewayToken(HttpBearer):
    """The token, which the gateway has checked; here it only describes the API."""

    def __call__(self, request: HttpRequest) -> LeadProvider:
        """Return the provider that the gateway found."""
        provider: LeadProvider = request.auth  # type: ignore[attr-defined]
        return provider

    def authenticate(self, request: HttpRequest, token: str) -> LeadProvider:
        """Return the provider that the gateway found, whatever the token."""
        return self(request)


api = NinjaAPI(
    title="Register early career teachers: lead provider API",
    version=DESCRIPTION_VERSION,
    urls_namespace=f"lead-provider-api-{API_VERSION}",
    auth=GatewayToken(),
    docs_url=None,
    openapi_url=None,
)
#: Every resource. The first route that fits is taken: "transfers" is no participant's id.
RESOURCES: Final = (
    schools.router,
    transfers.router,
    participants.router,
    participant_actions.router,
    declarations.router,
    statements.router,
    delivery_partners.router,
    partnerships.router,
    changes.router,
    unfunded_mentors.router,
    sandbox.router,
)
for resource in RESOURCES:
    api.add_router(resource.address, resource)
#: Every operation with what is said of it.
OPERATIONS: Final = tuple(each for resource in RESOURCES for each in resource.described)
