"""Declarations: list, read, make and void them, one or many (spec 02 §2.15, §2.22.5)."""

from collections.abc import Sequence

import orjson
from django.http import HttpResponse
from ninja import Router

from providers.bodies import attributes, items
from providers.bulk import ATTRIBUTES, Item, claim_from, items_from, spend_items
from providers.dry_runs import written_unless_dry_run
from providers.errors import ApiError, not_found
from providers.listing import list_response, payloads_shown, show_response
from providers.requests import ProviderRequest
from providers.responses import json_response
from register_ects.models import Declaration
from register_ects.operations.base import Author
from register_ects.operations.bulk_declarations import create_declarations as create_many
from register_ects.operations.declarations import create_declaration as create
from register_ects.operations.voiding import void_declaration as void
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.identifiers import uuid_text
from register_ects.rules.problems import RuleBroken

router = Router(tags=["Declarations"])

_FILTERS = ("cohort", "updated_since", "participant_id", "delivery_partner_id")


@router.get("", operation_id="getDeclarations")
def get_declarations(request: ProviderRequest) -> HttpResponse:
    """List your declarations and the live ones of others for your participants, oldest first."""
    return list_response(request, ResourceType.DECLARATION, filters=_FILTERS, sortable=False)


@router.post("", operation_id="createDeclaration")
def create_declaration(request: ProviderRequest) -> HttpResponse:
    """Declare that a participant reached a training point.

    Declaring the same again is refused with 422 while the first declaration is live. With
    ``dry_run=true`` nothing is written.
    """
    claim = claim_from(attributes(request, known=ATTRIBUTES))

    def write() -> HttpResponse:
        declaration = create(
            request.auth,
            claim,
            received_at=request.received_at,
            author=Author.lead_provider(request.auth),
        )
        return _shown(request, declaration)

    return written_unless_dry_run(request, write)


@router.post("/bulk", operation_id="createDeclarations")
def create_declarations(request: ProviderRequest) -> HttpResponse:
    """Make up to 500 declarations, each as if it were sent alone, and tell what became of each.

    One that is refused does not stop the others. With ``dry_run=true`` nothing is written.
    """
    listed = items_from(items(request))
    spend_items(request.auth, len(listed))
    request.row_count = len(listed)
    return written_unless_dry_run(request, lambda: _bulk_response(request, listed))


@router.get("/{declaration_id}", operation_id="getDeclaration")
def get_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Return one declaration: yours, or a live one that affects your participant."""
    return show_response(request, ResourceType.DECLARATION, declaration_id)


@router.put("/{declaration_id}/void", operation_id="voidDeclaration")
def void_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Void a declaration of yours, or start clawing it back if it was paid.

    Another provider's is not found, even where you can read it. A body is ignored. With
    ``dry_run=true`` nothing is written.
    """
    known = uuid_text(declaration_id)
    declaration = known and request.auth.declarations.filter(api_id=known).first()
    if not declaration:
        raise not_found()

    def write() -> HttpResponse:
        voided = void(declaration, author=Author.lead_provider(request.auth))
        return _shown(request, voided)

    return written_unless_dry_run(request, write)


def _shown(request: ProviderRequest, declaration: Declaration) -> HttpResponse:
    return show_response(request, ResourceType.DECLARATION, str(declaration.api_id))


def _bulk_response(request: ProviderRequest, listed: Sequence[Item]) -> HttpResponse:
    readable = {item.place: item.claim for item in listed if not isinstance(item.claim, ApiError)}
    created = create_many(
        request.auth,
        list(readable.values()),
        received_at=request.received_at,
        author=Author.lead_provider(request.auth),
    )
    outcomes = dict(zip(readable, created, strict=True))
    made = [each.pk for each in created if isinstance(each, Declaration)]
    payloads = payloads_shown(request, ResourceType.DECLARATION, made)
    results = []
    for item in listed:
        outcome = outcomes.get(item.place, item.claim)
        if isinstance(outcome, Declaration):
            results.append(item.made(orjson.Fragment(payloads[outcome.pk])))
        elif isinstance(outcome, RuleBroken | ApiError):
            results.append(item.refused(outcome))
    counts = {"succeeded": len(made), "failed": len(listed) - len(made)}
    return json_response({"data": results, "meta": counts})
