"""The operations of the lead provider API, version 3: a module of endpoints for each resource.

The gateway has let the caller in and read the clock before anything here runs; errors are raised
and worded there. What is returned is ready: nothing is coerced on the way out.
"""

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
api.add_router("/participants", transfers.router)  # before: "transfers" is no participant's id
api.add_router("/participants", participants.router)
api.add_router("/participants", participant_actions.router)
api.add_router("/participant-declarations", declarations.router)
api.add_router("/statements", statements.router)
api.add_router("/delivery-partners", delivery_partners.router)
api.add_router("/partnerships", partnerships.router)
api.add_router("/schools", schools.router)
api.add_router("/changes", changes.router)
api.add_router("/unfunded-mentors", unfunded_mentors.router)
api.add_router("/sandbox", sandbox.router)
