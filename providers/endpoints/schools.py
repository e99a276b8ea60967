"""Schools as one cohort and one provider see them: a list and one (spec 02 §2.16.4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, Func, Q, QuerySet, Subquery, TextField
from django.db.models.lookups import GreaterThanOrEqual
from django.http import HttpResponse

from providers import parameters
from providers.errors import not_found
from providers.items import one_item
from providers.listing import ordering_asked, page_response
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.parameters import Page, Value, rows_after
from providers.queries import NOTHING, PAGES, SORT, UPDATED_SINCE, condition_of, filtering
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.schools import School, SchoolResponse, SchoolsResponse
from register_ects.models import ContractPeriod, ShownSchool
from register_ects.models.shown_schools import ShownSchoolQuerySet
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.identifiers import uuid_text

router = Resource("/schools", "Schools", PathId("the school", base.SCHOOL_ID))

_IN_ORDER = ["created_at", "record_id"]
#: Beyond any URN that can exist; also keeps numbers within the database's integers.
_LARGEST_URN = 2**31 - 1


def _has_urn(values: Mapping[str, Value]) -> Q:
    sent = parameters.single(values, "urn")
    if sent is None:
        return Q()
    urn = parameters.integer_prefix(sent)
    return Q(urn=urn) if 0 < urn <= _LARGEST_URN else NOTHING


_EXAMPLE = example_of(School, created_at="2021-05-10T09:00:00Z", updated_at="2025-07-14T13:05:53Z")
_COHORT = filtering(
    "CohortOfSchools",
    "cohort",
    "The cohort whose partnerships and choices to show.",
    example="2025",
    schema={"pattern": "^[0-9]{4}$"},
    required=True,
)
#: What narrows the schools of a cohort, whoever asks.
_FILTERS = (
    filtering(
        "Urn",
        "urn",
        "Only the school with this unique reference number.",
        example="147203",
        schema={"pattern": "^[0-9]{1,7}$"},
        condition=_has_urn,
    ),
)
_QUERIES = (_COHORT, *_FILTERS, UPDATED_SINCE, *PAGES, SORT)


@router.lists("", "getSchools", SchoolsResponse, _EXAMPLE, _QUERIES, unreadable="BadSchoolsQuery")
def get_schools(request: ProviderRequest) -> HttpResponse:
    """List schools in a cohort.

    Every school that can have funded training in the cohort, and every other one with a
    partnership in it.
    """
    values = parameters.filters(request.GET)
    parameters.required(values, "cohort")
    year = _year(values)
    since = parameters.updated_since(values)
    page = parameters.page(request)
    ordering = ordering_asked(request, _QUERIES)
    listed = ShownSchool.objects.listed_in(year).filter(condition_of(_FILTERS, values))
    if since is None and ordering == _IN_ORDER and not page.wants_total:
        listed, page = _narrowed(listed, page)
    rows: QuerySet[Any] = listed.as_shown_to(request.auth, year).filter(_is_cohort(year))
    if since is not None:
        rows = rows.filter(last_changed_at__gte=since, updated_at__gte=since)
    return page_response(request, ResourceType.SCHOOL, rows, page, ordering)


def _narrowed(listed: ShownSchoolQuerySet, page: Page) -> tuple[ShownSchoolQuerySet, Page]:
    """Return the schools from the first of the page on, and the page as the first of those.

    Where the page begins is read from an index alone, and then that index is followed; so the
    payloads of no other schools are looked up.
    """
    beyond = listed if page.after is None else listed.filter(rows_after(_IN_ORDER, page.after))
    places = beyond.order_by(*_IN_ORDER).values(*_IN_ORDER)
    first = Subquery(places[page.offset : page.offset + 1], output_field=TextField())
    place = Func(*map(F, _IN_ORDER), function="ROW", output_field=TextField())
    return listed.filter(GreaterThanOrEqual(place, first)), replace(page, offset=0, after=None)


@router.shows(
    "/{school_id}",
    "getSchool",
    SchoolResponse,
    _EXAMPLE,
    queries=(_COHORT,),
    unreadable="BadSchoolsQuery",
)
def get_school(request: ProviderRequest, school_id: str) -> HttpResponse:
    """Get one school in a cohort.

    As in the list; not found for a cohort that does not exist.
    """
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
