"""Declarations: make one, read one (spec 02 §2.15)."""

from django.http import HttpResponse
from ninja import Router

from providers.bodies import attributes
from providers.declarations import RELATED, render_declarations
from providers.errors import not_found
from providers.requests import ProviderRequest
from providers.responses import data_response
from providers.visibility import readable_declarations
from register_ects.models import Declaration, LeadProvider
from register_ects.operations.base import Author
from register_ects.operations.declarations import create_declaration as create
from register_ects.rules.declarations import Claim
from register_ects.rules.identifiers import uuid_text

router = Router(tags=["Declarations"])


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
    return data_response(_declaration_payload(request.auth, str(declaration.api_id)))


@router.get("/{declaration_id}", operation_id="getDeclaration")
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
