"""The change feed: what was created, updated or removed, in order (spec 02 §2.22.6)."""

import re
from typing import Any

from django.http import HttpResponse

from providers import parameters
from providers.errors import bad_request, changes_gone
from providers.openapi.examples import example_of
from providers.queries import PAGE_SIZE, Query
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.responses import data_response
from providers.schemas.changes import Change, ChangesResponse
from register_ects.models import ShownChange
from register_ects.projections.feed import TooOld, changes_after, newest_place

router = Resource("/changes", "Changes")

_AFTER = Query(
    "ChangesAfter",
    "after",
    "The `sequence` of the last change that you have: what came later is returned. Without it"
    " the feed begins with the oldest change that is kept. `latest` returns none and gives the"
    " place to go on from, in the `Link` header.",
    {"type": "string", "pattern": "^([0-9]{1,18}|latest)$", "examples": ["48213"]},
)


@router.operation(
    "get",
    "",
    "getChanges",
    response=ChangesResponse,
    example={"data": [example_of(Change, change="updated", cohort=None)]},
    queries=(_AFTER, PAGE_SIZE),
    unreadable="BadChangesQuery",
    refusals=((410, "ChangesGone"),),
)
def get_changes(request: ProviderRequest) -> HttpResponse:
    """Follow what changes.

    What you came to see, see changed or see no more, in order and without gaps. The `Link` header
    says where to go on, even when nothing more is there now. Changes are kept for 90 days.
    """
    page = parameters.page(request)
    place = _place(request)
    try:
        changes = changes_after(request.auth, place, offset=page.offset, size=page.size)
    except TooOld:
        raise changes_gone() from None
    response = data_response([_item(each) for each in changes])
    going_on = changes[-1].pk if changes else place
    address = request.build_absolute_uri(f"{request.path}?after={going_on}")
    response["Link"] = f'<{address}>; rel="next"'
    return response


def _place(request: ProviderRequest) -> int:
    sent = request.GET.get("after", "").strip()
    if sent == "latest":
        return newest_place(request.auth)
    if not re.fullmatch(r"[0-9]{0,18}", sent, re.ASCII):
        raise bad_request(
            "after must be the sequence of the last change that you have, or latest.",
            code="changes.bad_place",
        )
    return int(sent or 0)


def _item(change: ShownChange) -> dict[str, Any]:
    return {
        "id": str(change.pk),
        "type": "change",
        "attributes": {
            "sequence": change.pk,
            "occurred_at": change.occurred_at,
            "resource_type": change.resource_type,
            "resource_id": change.resource_id,
            "cohort": None if change.year is None else str(change.year),
            "change": change.change,
            "changed_fields": change.changed_fields,
            "replaced_by": change.replaced_by,
        },
    }
