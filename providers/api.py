"""The operations of the lead provider API, version 3.

The gateway has let the caller in and read the clock before anything here runs; errors are raised
and worded there. What is returned is ready: nothing is coerced on the way out.
"""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.security import HttpBearer

from providers import parameters
from providers.bodies import attributes
from providers.declarations import RELATED, render_declarations
from providers.errors import not_found
from providers.participants import participants_page, render_participants, visible_participant
from providers.requests import ProviderRequest
from providers.responses import data_response
from providers.visibility import readable_declarations
from register_ects.models import Declaration, LeadProvider
from register_ects.operations.base import Author
from register_ects.operations.declarations import create_declaration as create
from register_ects.rules.declarations import Claim
from register_ects.rules.identifiers import uuid_text


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
    version="3.0.0",
    urls_namespace="lead-provider-api-v3",
    auth=GatewayToken(),
    docs_url=None,
    openapi_url=None,
)
participants = Router(tags=["Participants"])
declarations = Router(tags=["Declarations"])


@participants.get("", operation_id="getParticipants")
def get_participants(request: ProviderRequest) -> HttpResponse:
    """List the participants that you train or have trained, oldest record first."""
    filters = parameters.filters(request.GET)
    since = parameters.updated_since(filters)
    page = parameters.page(request.GET)
    keys = participants_page(
        request.auth,
        filters=filters,
        updated_since=since,
        ordering=parameters.ordering(
            request.GET,
            {"created_at": "created_at", "updated_at": "shown_updated_at"},
            default="created_at",
        ),
        page=page,
    )
    return data_response(render_participants(request.auth, keys))


@participants.get("/{participant_id}", operation_id="getParticipant")
def get_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Return one participant; another provider's is not found."""
    key = visible_participant(request.auth, uuid_text(participant_id))
    if key is None:
        raise not_found()
    return data_response(render_participants(request.auth, [key])[0])


@declarations.post("", operation_id="createDeclaration")
def create_declaration(request: ProviderRequest) -> HttpResponse:
    """Declare that a participant reached a training point.

    Declaring the same again is refused with 422 while the first declaration is live.
    """
    sent = attributes(request, known=_DECLARATION_ATTRIBUTES)
    claim = Claim(**{_DECLARATION_ATTRIBUTES[name]: value for name, value in sent.items()})
    declaration = create(
        request.auth,
        claim,
        received_at=request.received_at,
        author=Author.lead_provider(request.auth),
    )
    return data_response(_declaration_payload(request.auth, str(declaration.api_id)))


@declarations.get("/{declaration_id}", operation_id="getDeclaration")
def get_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Return one declaration: yours, or a live one that affects your participant."""
    api_id = uuid_text(declaration_id)
    if api_id is None:
        raise not_found()
    return data_response(_declaration_payload(request.auth, api_id))


#: What may be sent, and what the claim calls it.
_DECLARATION_ATTRIBUTES = {
    "participant_id": "participant_id",
    "course_identifier": "course_identifier",
    "declaration_type": "declaration_type",
    "declaration_date": "declaration_date",
    "evidence_held": "evidence_type",
}


def _declaration_payload(lead_provider: LeadProvider, api_id: str) -> dict[str, object]:
    readable = readable_declarations(lead_provider).select_related(*RELATED)
    try:
        declaration = readable.get(api_id=api_id)
    except Declaration.DoesNotExist:
        raise not_found() from None
    return render_declarations(lead_provider, [declaration])[0]


api.add_router("/participants", participants)
api.add_router("/participant-declarations", declarations)
