"""The change feed: what was created, updated or removed, in order (spec 02 §2.22.6)."""

import re
from typing import Any

from django.http import HttpResponse
from ninja import Router

from providers import parameters
from providers.errors import ApiError, ErrorItem, bad_request
from providers.requests import ProviderRequest
from providers.responses import data_response
from register_ects.models import ShownChange
from register_ects.projections.feed import TooOld, changes_after, newest_place

router = Router(tags=["Changes"])


@router.get("", operation_id="getChanges")
def get_changes(request: ProviderRequest) -> HttpResponse:
    """List what changed after a place in the feed, oldest first.

    The ``Link`` header says where to go on, whether or not more is there now.
    ``after=latest`` gives the place to go on from after a full sync.
    """
    page = parameters.page(request)
    place = _place(request)
    try:
        changes = changes_after(request.auth, place, offset=page.offset, size=page.size)
    except TooOld:
        raise gone() from None
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


def gone() -> ApiError:
    """Return the 410 for a place in the feed whose changes are no longer kept."""
    detail = (
        "Changes after this place are no longer kept. Sync everything again, then go on from"
        " after=latest."
    )
    return ApiError(410, [ErrorItem("Gone", detail, "changes.too_old")])
