"""Schools as one cohort and one provider see them: a list and one (spec 02 §2.16.4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.http import HttpResponse
from ninja import Router

from providers import parameters
from providers.errors import not_found
from providers.items import one_item
from providers.listing import page_response
from providers.parameters import Page, Value, rows_after
from providers.requests import ProviderRequest
from register_ects.models import ContractPeriod, ShownSchool
from register_ects.models.shown_schools import ShownSchoolQuerySet
from register_ects.rules.identifiers import uuid_text

router = Router(tags=["Schools"])

_SORTS = {"created_at": "created_at", "updated_at": "updated_at"}
_IN_ORDER = ["created_at", "record_id"]
#: Beyond any URN that can exist; also keeps numbers within the database's integers.
_LARGEST_URN = 2**31 - 1


@router.get("", operation_id="getSchools")
def get_schools(request: ProviderRequest) -> HttpResponse:
    """List the schools that may train or already train with anyone in a cohort.

    ``filter[cohort]`` is required: everything shown is for that cohort and for you.
    """
    values = parameters.filters(request.GET)
    parameters.required(values, "cohort")
    year = _year(values)
    since = parameters.updated_since(values)
    page = parameters.page(request)
    ordering = parameters.ordering(request.GET, _SORTS, default="created_at", tie_break="record_id")
    listed = ShownSchool.objects.listed_in(year).filter(_urn(values))
    if since is None and ordering == _IN_ORDER and not page.wants_total:
        listed, page = _narrowed(listed, page)
    rows: QuerySet[Any] = listed.as_shown_to(request.auth, year).filter(_is_cohort(year))
    if since is not None:
        rows = rows.filter(last_changed_at__gte=since, updated_at__gte=since)
    return page_response(request, rows, page, ordering, versioned=False)


def _narrowed(listed: ShownSchoolQuerySet, page: Page) -> tuple[ShownSchoolQuerySet, Page]:
    """Return the schools up to the last of the page, and the page as what follows a key.

    Both keys are read from an index alone; so the payloads of no other schools are looked up.
    """
    keys = listed.order_by(*_IN_ORDER).values_list(*_IN_ORDER)
    after = page.after
    if page.offset > 0:
        after = keys[page.offset - 1 : page.offset].first()
        if after is None:
            return listed.none(), page
    if after is not None:
        keys = keys.filter(rows_after(_IN_ORDER, after))
    last = keys[page.size - 1 : page.size].first()
    if last is not None:
        created_at, record_id = last
        listed = listed.filter(
            Q(created_at__lt=created_at) | Q(created_at=created_at, record_id__lte=record_id),
            created_at__lte=created_at,
        )
    return listed, replace(page, offset=0, after=after)


@router.get("/{school_id}", operation_id="getSchool")
def get_school(request: ProviderRequest, school_id: str) -> HttpResponse:
    """Return one school as it is in the cohort that ``filter[cohort]`` names."""
    values = parameters.filters(request.GET)
    parameters.required(values, "cohort")
    year, known = _year(values), uuid_text(school_id)
    listed: QuerySet[Any] = ShownSchool.objects.listed(request.auth, year)
    row = listed.filter(_is_cohort(year), api_id=known).first() if known else None
    if row is None:
        raise not_found()
    return one_item(row.payload)


def _year(values: Mapping[str, Value]) -> int:
    """Return the number that the cohort begins with; 0 is no cohort."""
    number = parameters.integer_prefix(parameters.single(values, "cohort") or "")
    return number if 0 < number < 10_000 else 0


def _is_cohort(year: int) -> Exists:
    """Return the condition that there is such a contract year."""
    return Exists(ContractPeriod.objects.filter(year=year))


def _urn(values: Mapping[str, Value]) -> Q:
    sent = parameters.single(values, "urn")
    if sent is None:
        return Q()
    urn = parameters.integer_prefix(sent)
    return Q(urn=urn) if 0 < urn <= _LARGEST_URN else Q(pk__in=[])
