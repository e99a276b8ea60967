"""Schools as one cohort and one provider see them: a list and one (spec 02 §2.16.4)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.http import HttpResponse
from ninja import Router

from providers import parameters
from providers.errors import not_found
from providers.items import one_item
from providers.listing import page_response
from providers.parameters import Value
from providers.requests import ProviderRequest
from register_ects.models import ContractPeriod, ShownSchool
from register_ects.rules.identifiers import uuid_text

router = Router(tags=["Schools"])

_SORTS = {"created_at": "created_at", "updated_at": "updated_at"}
#: Beyond any URN that can exist; also keeps numbers within the database's integers.
_LARGEST_URN = 2**31 - 1


@router.get("", operation_id="getSchools")
def get_schools(request: ProviderRequest) -> HttpResponse:
    """List the schools that may train or already train with anyone in a cohort.

    ``filter[cohort]`` is required: everything shown is for that cohort and for you.
    """
    values = parameters.filters(request.GET)
    parameters.required(values, "cohort")
    wanted = _urn(values) & _updated_since(values)
    page = parameters.page(request)
    ordering = parameters.ordering(request.GET, _SORTS, default="created_at", tie_break="record_id")
    return page_response(request, _listed(request, values).filter(wanted), page, ordering)


@router.get("/{school_id}", operation_id="getSchool")
def get_school(request: ProviderRequest, school_id: str) -> HttpResponse:
    """Return one school as it is in the cohort that ``filter[cohort]`` names."""
    values = parameters.filters(request.GET)
    parameters.required(values, "cohort")
    known = uuid_text(school_id)
    row = _listed(request, values).filter(api_id=known).first() if known else None
    if row is None:
        raise not_found()
    return one_item(row.payload)


def _listed(request: ProviderRequest, values: Mapping[str, Value]) -> QuerySet[Any]:
    """Return the schools of the cohort asked for; none when there is no such cohort."""
    year = parameters.integer_prefix(parameters.single(values, "cohort") or "")
    if not 0 < year < 10_000:
        return ShownSchool.objects.listed(request.auth, 0).none()
    is_cohort = Exists(ContractPeriod.objects.filter(year=year))
    return ShownSchool.objects.listed(request.auth, year).filter(is_cohort)


def _urn(values: Mapping[str, Value]) -> Q:
    sent = parameters.single(values, "urn")
    if sent is None:
        return Q()
    urn = parameters.integer_prefix(sent)
    return Q(urn=urn) if 0 < urn <= _LARGEST_URN else Q(pk__in=[])


def _updated_since(values: Mapping[str, Value]) -> Q:
    """Return the condition; the first half of it is answered by an index."""
    since = parameters.updated_since(values)
    return Q() if since is None else Q(last_changed_at__gte=since, updated_at__gte=since)
