"""Lists and shows of what is stored for each provider: filters, order, page, ETag.

A page is one query of ready JSON (spec 02 §2.5 to §2.7, §2.22.1). Under the simulated clock the
same is read from what would be stored on that day (spec 00).
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from providers import parameters
from providers.errors import not_found
from providers.items import list_of_items, one_item
from providers.parameters import Page, link_to_next
from providers.queries import SORT, Query, condition_of
from providers.requests import ProviderRequest
from providers.responses import etag_of, unchanged
from register_ects.database.compiled import compiled
from register_ects.models import ShownResource
from register_ects.projections.feed import version_shown
from register_ects.projections.simulated import shown_as_simulated
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.identifiers import uuid_text

_SORTS = {"created_at": "created_at", "updated_at": "updated_at"}


def list_response(
    request: ProviderRequest, resource_type: ResourceType, queries: tuple[Query, ...]
) -> HttpResponse:
    """Return a page of what the provider is shown, narrowed by what is sent of ``queries``.

    ``sort`` counts if it is among them. Raises a 400 for an unreadable ``updated_since`` or page.
    """
    values = parameters.filters(request.GET)
    wanted = condition_of(queries, values)
    if resource_type == ResourceType.DECLARATION:
        wanted &= _of_one_year(parameters.years(values))
    page = parameters.page(request)
    ordering = ordering_asked(request, queries)
    with shown_as_simulated():
        rows = _visible(request, resource_type).filter(wanted)
        return page_response(request, resource_type, rows, page, ordering)


def ordering_asked(request: ProviderRequest, queries: tuple[Query, ...]) -> list[str]:
    """Return the order of a list: what ``sort`` asks for, if it is among ``queries``."""
    sorts = _SORTS if SORT in queries else {}
    return parameters.ordering(request.GET, sorts, default="created_at", tie_break="record_id")


def show_response(
    request: ProviderRequest, resource_type: ResourceType, api_id: str
) -> HttpResponse:
    """Return one resource with this id. Raises a 404 when the provider is not shown it."""
    with shown_as_simulated():
        return one_item(_one(request, resource_type, api_id)[0])


def record_shown(request: ProviderRequest, resource_type: ResourceType, api_id: str) -> int:
    """Return the key of the record with this public id. Raises a 404 as ``show_response``."""
    with shown_as_simulated():
        return _one(request, resource_type, api_id)[1]


def survivor_shown(request: ProviderRequest, retired_id: str) -> str | None:
    """Return the id of the participant that took a retired one's place, if it is shown."""
    known = uuid_text(retired_id)
    if known is None:
        return None
    with shown_as_simulated():
        rows = _visible(request, ResourceType.PARTICIPANT).filter(retired_ids__contains=[known])
        survivor = rows.values_list("api_id", flat=True).first()
    return str(survivor) if survivor else None


def payloads_shown(
    request: ProviderRequest, resource_type: ResourceType, record_ids: Collection[int]
) -> dict[int, str]:
    """Return the JSON of these records, by their keys, as far as the provider is shown them."""
    with shown_as_simulated():
        rows = _visible(request, resource_type).filter(record_id__in=record_ids)
        return dict(rows.values_list("record_id", "payload"))


def _of_one_year(years: Collection[int] | None) -> Q:
    """Say once more, as an index can be asked, which year each has: declarations have one."""
    return Q(years=list(years)) if years and len(years) == 1 else Q()


def _one(request: ProviderRequest, resource_type: ResourceType, api_id: str) -> tuple[str, int]:
    """Return the JSON of a resource and the key of its record."""
    known = uuid_text(api_id)
    found = _shown_as.first(known, request.auth.pk, resource_type) if known else None
    if found is None:
        raise not_found()
    return found


@compiled
def _shown_as(
    api_id: str, provider_id: int, resource_type: ResourceType
) -> QuerySet[ShownResource, tuple[str, int]]:
    shown = ShownResource.objects.filter(lead_provider=provider_id, resource_type=resource_type)
    return shown.filter(api_id=api_id).values_list("payload", "record_id")


def _visible(request: ProviderRequest, resource_type: ResourceType) -> QuerySet[ShownResource]:
    return ShownResource.objects.filter(lead_provider=request.auth, resource_type=resource_type)


def page_response(
    request: ProviderRequest,
    resource_type: ResourceType,
    rows: QuerySet[Any],
    page: Page,
    ordering: list[str],
) -> HttpResponse:
    """Return the page, or 304 without reading it when the client has it.

    ``rows`` have a ``payload`` of ready JSON; ``ordering`` is what ``parameters.ordering`` gave.
    The ETag stands for everything of this kind that the provider is shown: the change feed has
    moved when any of it has.
    """
    etag = etag_of([version_shown(request.auth, resource_type)])
    not_modified = unchanged(request, etag)
    if not_modified is not None:
        return not_modified
    total = rows.count() if page.wants_total else None
    # Where the page ends is needed for a cursor alone: to read it costs as much as the payloads.
    columns = [name.removeprefix("-") for name in ordering] if page.by_cursor else []
    found = list(page.rows_of(rows, ordering).values_list("payload", *columns))
    response = list_of_items([payload for payload, *_ in found], total=total)
    request.row_count = len(found)
    response["ETag"] = etag
    if found:
        link = link_to_next(request, page, count=len(found), last=found[-1][1:])
        if link:
            response["Link"] = link
    return response
