"""What may be sent in the query, each declared once: its name, what it asks, how it is described.

Lists filter by these declarations, the log keeps what they allow, and the OpenAPI file describes
them. Values are read leniently (``parameters.py``): what is described is what a client should
send. A filter of one resource stands beside its endpoint. Source: spec 02 §2.5 to §2.7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from providers import parameters
from providers.parameters import MOST_PER_PAGE, PER_PAGE, Value
from providers.schemas import base
from register_ects.rules.identifiers import uuid_text

Json = dict[str, Any]
#: What the filters that were sent ask of a stored row.
Condition = Callable[[Mapping[str, Value]], Q]

NOTHING: Final = Q(pk__in=[])
UUIDS: Final = {
    "pattern": "^ *[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    "( *, *[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})* *$"
}


@dataclass(frozen=True, eq=False)
class Query:
    """A parameter of the query.

    ``component`` is its name among the file's components, ``more`` what the file says besides
    description and schema. ``condition`` is None where an endpoint asks for itself. Values that
    may be any text reach the log only if they are ``checked`` by it.
    """

    component: str
    name: str
    description: str
    schema: Json
    more: Json = field(default_factory=dict)
    condition: Condition | None = None
    checked: bool = False

    @property
    def described(self) -> Json:
        """Return the parameter object of the file."""
        said = {"name": self.name, "in": "query", "description": self.description}
        return {**said, "schema": self.schema, **self.more}


def filtering(
    component: str,
    key: str,
    description: str,
    *,
    example: str,
    schema: Json,
    condition: Condition | None = None,
    **more: Any,
) -> Query:
    """Declare ``filter[key]``; its values are text, of which ``schema`` says more."""
    described = {"type": "string", "examples": [example], **schema}
    return Query(component, f"filter[{key}]", description, described, more, condition)


def condition_of(queries: tuple[Query, ...], values: Mapping[str, Value]) -> Q:
    """Return what the filters among ``queries`` ask of a stored row, given what was sent."""
    wanted = Q()
    for query in queries:
        if query.condition is not None:
            wanted &= query.condition(values)
    return wanted


def one_of_ids(column: str) -> Condition:
    """Return the condition that ``column`` is one of the ids in the filter of the same name."""

    def condition(values: Mapping[str, Value]) -> Q:
        sent = parameters.scalars(values, column)
        if sent is None:
            return Q()
        known: list[Any] = [text for text in map(uuid_text, sent) if text]
        return Q(**{f"{column}__in": known}) if known else NOTHING

    return condition


def _since(values: Mapping[str, Value]) -> Q:
    since = parameters.updated_since(values)
    return Q() if since is None else Q(updated_at__gte=since)


def _of_years(values: Mapping[str, Value]) -> Q:
    years = parameters.years(values)
    return Q() if years is None else Q(years__overlap=years) if years else NOTHING


PAGE_NUMBER: Final = Query(
    "PageNumber",
    "page[page]",
    "Which page, from 1. A page past the end is empty. Not together with `page[after]`.",
    {"type": "integer", "minimum": 1, "default": 1},
)
PAGE_SIZE: Final = Query(
    "PageSize",
    "page[per_page]",
    f"How many items a page holds. More than {MOST_PER_PAGE:,} is read as {MOST_PER_PAGE:,}.",
    {"type": "integer", "minimum": 1, "default": PER_PAGE},
)
PAGE_AFTER: Final = Query(
    "PageAfter",
    "page[after]",
    "Go through the list by cursor: begin with an empty value, then follow the `Link` header"
    " until a page has none. Faster than page numbers, and steady while the list changes.",
    {"type": "string"},
    {"allowEmptyValue": True},
    checked=True,
)
WANTS_META: Final = Query(
    "WantsMeta",
    "meta",
    "`1` adds `meta.total`, the number of items on all pages, to the response.",
    {"type": "integer", "minimum": 0, "maximum": 1},
)
#: What every list takes.
PAGES: Final = (PAGE_NUMBER, PAGE_SIZE, PAGE_AFTER, WANTS_META)
SORT: Final = Query(
    "Sort",
    "sort",
    "What to sort by: `created_at` or `updated_at`, descending with `-` in front; `+` in front"
    " changes nothing. Several keys are separated by commas. Other keys are left out; oldest"
    " first when none is left.",
    {"type": "string", "default": "created_at", "examples": ["-updated_at"]},
    checked=True,
)
UPDATED_SINCE: Final = filtering(
    "UpdatedSince",
    "updated_since",
    "Only what changed at this time or later: an ISO 8601 date, for its midnight UTC, or a"
    " date-time, in London time unless it has a zone. Pass the latest `updated_at` you hold:"
    " you get that item again, and miss none.",
    example="2026-01-06T09:15:27Z",
    schema={"format": "date-time"},
    condition=_since,
)
COHORTS: Final = filtering(
    "Cohorts",
    "cohort",
    "Only these cohorts: years separated by commas. What is no year is left out.",
    example="2025,2026",
    schema={"pattern": "^[0-9]{4}( *, *[0-9]{4})*$"},
    condition=_of_years,
)
DELIVERY_PARTNER_IDS: Final = filtering(
    "DeliveryPartnerIds",
    "delivery_partner_id",
    "Only what these delivery partners deliver: ids separated by commas.",
    example=base.DELIVERY_PARTNER_ID,
    schema=UUIDS,
    condition=one_of_ids("delivery_partner_id"),
)
DRY_RUN: Final = Query(
    "DryRun",
    "dry_run",
    "`true` checks everything and answers as if it were done, and changes nothing.",
    {"type": "boolean", "default": False},
)
