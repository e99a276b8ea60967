"""Declarations: list, read, make and void them, one or many (spec 02 §2.15, §2.22.5)."""

from collections.abc import Sequence
from typing import Final

import orjson
from django.http import HttpResponse

from providers.bodies import attributes_of_shape, items
from providers.bulk import MOST_ITEMS, Item, claim_from, items_from, spend_items
from providers.dry_runs import written_unless_dry_run
from providers.errors import ApiError, not_found
from providers.listing import list_response, payloads_shown, show_response
from providers.openapi.examples import example_of, sent
from providers.openapi.operation import PathId
from providers.queries import (
    COHORTS,
    DELIVERY_PARTNER_IDS,
    DRY_RUN,
    PAGES,
    UPDATED_SINCE,
    UUIDS,
    filtering,
    one_of_ids,
)
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.responses import json_response
from providers.schemas import base
from providers.schemas.declarations import (
    BulkDeclarationsRequest,
    BulkDeclarationsResponse,
    DeclarationCreateRequest,
    DeclarationResponse,
    DeclarationsResponse,
)
from providers.schemas.declarations import (
    Declaration as DeclarationShown,
)
from register_ects.models import Declaration
from register_ects.operations.declarations.bulk import create_declarations as create_many
from register_ects.operations.declarations.making import create_declaration as create
from register_ects.operations.declarations.voiding import void_declaration as void
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.identifiers import uuid_text
from register_ects.rules.problems import Problem, RuleBroken

router = Resource(
    "/participant-declarations", "Declarations", PathId("the declaration", base.DECLARATION_ID)
)

_QUERIES = (
    COHORTS,
    UPDATED_SINCE,
    filtering(
        "ParticipantIds",
        "participant_id",
        "Only declarations for these participants: ids separated by commas.",
        example=base.PARTICIPANT_ID,
        schema=UUIDS,
        condition=one_of_ids("participant_id"),
    ),
    DELIVERY_PARTNER_IDS,
    *PAGES,
)
_SENT: Final = sent(
    "participant-declaration",
    participant_id=base.PARTICIPANT_ID,
    declaration_type="started",
    declaration_date="2025-10-03T10:30:00+01:00",
    course_identifier="ecf-induction",
    evidence_held="training-event-attended",
)
_NEW: Final = {
    "state": "eligible",
    "evidence_held": "training-event-attended",
    "created_at": "2025-10-06T16:12:45Z",
    "updated_at": "2025-10-06T16:12:45Z",
}
_EXAMPLE: Final = example_of(DeclarationShown, **_NEW)
_VOIDED: Final = example_of(DeclarationShown, **{**_NEW, "state": "voided", "statement_id": None})
_CLAIM: Final = claim_from(_SENT["data"]["attributes"])
_TWICE: Final = Problem("declaration_type", "already_declared")
_IN_BULK: Final = {
    "data": [
        Item(0, "row 17", _CLAIM).made(_EXAMPLE),
        Item(1, None, _CLAIM).refused(RuleBroken([_TWICE])),
    ],
    "meta": {"succeeded": 1, "failed": 1},
}


@router.lists("", "getDeclarations", DeclarationsResponse, _EXAMPLE, _QUERIES)
def get_declarations(request: ProviderRequest) -> HttpResponse:
    """List declarations.

    All that you made; and those that other providers made for a participant of yours in the same
    role, while they count and up to the end of your training. Oldest first.
    """
    return list_response(request, ResourceType.DECLARATION, _QUERIES)


@router.operation(
    "post",
    "",
    "createDeclaration",
    response=DeclarationResponse,
    example={"data": _EXAMPLE},
    queries=(DRY_RUN,),
    body=DeclarationCreateRequest,
    body_examples={"started": _SENT},
    problems={
        "already_declared": _TWICE,
        "in_the_future": Problem("declaration_date", "in_the_future"),
    },
    leads_to=("getDeclaration", "voidDeclaration"),
)
def create_declaration(request: ProviderRequest) -> HttpResponse:
    """Declare that a participant reached a training point.

    Declares against the participant's latest training with you in the role. While a declaration
    counts, another of the same type for the same person and role is refused with 422, whoever made
    the first: also when the request is the same. To send a request again safely, use an
    `Idempotency-Key`.
    """
    claim = claim_from(attributes_of_shape(request, DeclarationCreateRequest))

    def write() -> HttpResponse:
        declaration = create(
            request.auth,
            claim,
            received_at=request.received_at,
            author=request.author,
        )
        return _shown(request, declaration)

    return written_unless_dry_run(request, write)


@router.operation(
    "post",
    "/bulk",
    "createDeclarations",
    response=BulkDeclarationsResponse,
    example=_IN_BULK,
    queries=(DRY_RUN,),
    body=BulkDeclarationsRequest,
    body_examples={
        "two": {"data": [{**_SENT["data"], "client_reference": "row 17"}, _SENT["data"]]}
    },
    problems={"too_many": Problem("data", "too_many_items", {"count": 501, "most": MOST_ITEMS})},
    takes_form=False,
)
def create_declarations(request: ProviderRequest) -> HttpResponse:
    """Make up to 500 declarations.

    Each item is made, or refused, as if it had been sent alone, in their order: a refused one does
    not stop the others. The response is 200 and tells for each item what would have been its
    status and body. A `client_reference` comes back with its item. The request counts as one;
    besides, 5,000 items may be sent in five minutes. With an `Idempotency-Key` the whole list is
    done once.
    """
    listed = items_from(items(request))
    spend_items(request.auth, len(listed))
    request.row_count = len(listed)
    return written_unless_dry_run(request, lambda: _bulk_response(request, listed))


@router.shows("/{declaration_id}", "getDeclaration", DeclarationResponse, _EXAMPLE)
def get_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Get one declaration.

    One that you made, or another provider's that the list shows you.
    """
    return show_response(request, ResourceType.DECLARATION, declaration_id)


@router.operation(
    "put",
    "/{declaration_id}/void",
    "voidDeclaration",
    response=DeclarationResponse,
    example={"data": _VOIDED},
    queries=(DRY_RUN,),
    problems={"already_voided": Problem("participant_declaration_id", "already_voided")},
)
def void_declaration(request: ProviderRequest, declaration_id: str) -> HttpResponse:
    """Void a declaration.

    One that has not been paid becomes `voided`; one that has been paid becomes
    `awaiting-clawback`, on your next statement of the cohort. Either way the same type can be
    declared again. You can void your own declarations only. No body is needed, and any body is
    ignored.
    """
    known = uuid_text(declaration_id)
    declaration = known and request.auth.declarations.filter(api_id=known).first()
    if not declaration:
        raise not_found()

    def write() -> HttpResponse:
        voided = void(declaration, author=request.author)
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
        author=request.author,
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
