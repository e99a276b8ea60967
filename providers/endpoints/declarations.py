"""Declarations: list, read and make them (spec 02 §2.15)."""

from django.http import HttpResponse
from ninja import Router

from providers.bodies import attributes
from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.operations.base import Author
from register_ects.operations.declarations import create_declaration as create
from register_ects.rules.declarations import Claim
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Declarations"])

_FILTERS = ("cohort", "updated_since", "participant_id", "delivery_partner_id")


@router.get("", operation_id="getDeclarations")
def get_declarations(request: ProviderRequest) -> HttpResponse:
    """List your declarations and the live ones of others for your participants, oldest first."""
    return list_response(request, ResourceType.DECLARATION, filters=_FILTERS, sortable=False)


@router.post("", operation_id="createDeclaration")
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
    return show_response(request, ResourceType.DECLARATION, str(declaration.api_id))


@router.get("/{declaration_id}", operation_id="getDeclaration")
def get_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Return one declaration: yours, or a live one that affects your participant."""
    return show_response(request, ResourceType.DECLARATION, declaration_id)


#: What may be sent, and what the claim calls it.
_DECLARATION_ATTRIBUTES = {
    "participant_id": "participant_id",
    "course_identifier": "course_identifier",
    "declaration_type": "declaration_type",
    "declaration_date": "declaration_date",
    "evidence_held": "evidence_type",
}
