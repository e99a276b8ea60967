"""The parameters of the query, the path and the headers, each described once (spec 02 §2.5-2.7).

Values are read leniently: what is described here is what a client should send.
"""

from typing import Any, Final

from providers.parameters import MOST_PER_PAGE, PER_PAGE
from providers.schemas import base


def _query(name: str, description: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _filter(name: str, description: str, **more: Any) -> dict[str, Any]:
    example = more.pop("example")
    schema = {"type": "string", "examples": [example], **more.pop("schema", {})}
    return _query(f"filter[{name}]", description, schema, **more)


_UUIDS = (
    "^ *[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
    "( *, *[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})* *$"
)
_DATE_OR_TIME = (
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
)
_YEARS = {"pattern": "^[0-9]{4}( *, *[0-9]{4})*$"}

#: Queries, by the name they have among the file's components.
QUERIES: Final[dict[str, dict[str, Any]]] = {
    "PageNumber": _query(
        "page[page]",
        "Which page, from 1. A page past the end is empty. Not together with `page[after]`.",
        {"type": "integer", "minimum": 1, "default": 1},
    ),
    "PageSize": _query(
        "page[per_page]",
        f"How many items a page holds. More than {MOST_PER_PAGE:,} is read as {MOST_PER_PAGE:,}.",
        {"type": "integer", "minimum": 1, "default": PER_PAGE},
    ),
    "PageAfter": _query(
        "page[after]",
        "Go through the list by cursor: begin with an empty value, then follow the `Link` header"
        " until a page has none. Faster than page numbers, and steady while the list changes.",
        {"type": "string"},
        allowEmptyValue=True,
    ),
    "WantsMeta": _query(
        "meta",
        "`1` adds `meta.total`, the number of items on all pages, to the response.",
        {"type": "integer", "minimum": 0, "maximum": 1},
    ),
    "Sort": _query(
        "sort",
        "What to sort by: `created_at` or `updated_at`, descending with `-` in front; `+` in front"
        " changes nothing. Several keys are separated by commas. Other keys are left out; oldest"
        " first when none is left.",
        {"type": "string", "default": "created_at", "examples": ["-updated_at"]},
    ),
    "UpdatedSince": _filter(
        "updated_since",
        "Only what changed at this time or later: an ISO 8601 date, for its midnight UTC, or a"
        " date-time, in London time unless it has a zone. Pass the latest `updated_at` you hold:"
        " you get that item again, and miss none.",
        example="2026-01-06T09:15:27Z",
        schema={"format": "date-time"},
    ),
    "Cohorts": _filter(
        "cohort",
        "Only these cohorts: years separated by commas. What is no year is left out.",
        example="2025,2026",
        schema=_YEARS,
    ),
    "CohortOfSchools": _filter(
        "cohort",
        "The cohort whose partnerships and choices to show.",
        example="2025",
        schema={"pattern": "^[0-9]{4}$"},
        required=True,
    ),
    "Urn": _filter(
        "urn",
        "Only the school with this unique reference number.",
        example="147203",
        schema={"pattern": "^[0-9]{1,7}$"},
    ),
    "TrainingStatusFilter": _filter(
        "training_status",
        "Only participants with this `training_status` in one of their enrolments.",
        example="active",
        schema={"$ref": "#/components/schemas/TrainingStatus"},
    ),
    "FromParticipantId": _filter(
        "from_participant_id",
        "Only the participant who took over this id when two records were merged.",
        example=base.RETIRED_ID,
        schema={"format": "uuid"},
    ),
    "ParticipantIds": _filter(
        "participant_id",
        "Only declarations for these participants: ids separated by commas.",
        example=base.PARTICIPANT_ID,
        schema={"pattern": _UUIDS},
    ),
    "DeliveryPartnerIds": _filter(
        "delivery_partner_id",
        "Only what these delivery partners deliver: ids separated by commas.",
        example=base.DELIVERY_PARTNER_ID,
        schema={"pattern": _UUIDS},
    ),
    "ChangesAfter": _query(
        "after",
        "The `sequence` of the last change that you have: what came later is returned. Without it"
        " the feed begins with the oldest change that is kept. `latest` returns none and gives the"
        " place to go on from, in the `Link` header.",
        {"type": "string", "pattern": "^([0-9]{1,18}|latest)$", "examples": ["48213"]},
    ),
    "DryRun": _query(
        "dry_run",
        "`true` checks everything and answers as if it were done, and changes nothing.",
        {"type": "boolean", "default": False},
    ),
}


def _header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": description, "schema": schema}


#: Headers that may be sent, by the name they have among the file's components.
HEADERS: Final[dict[str, dict[str, Any]]] = {
    "RequestId": _header(
        "X-Request-Id",
        "Your own id for the request, which comes back in the response. Letters, digits, `-`, `_`"
        " and `@`; the rest is left out.",
        {"type": "string", "maxLength": 255},
    ),
    "IfNoneMatch": _header(
        "If-None-Match",
        "The `ETag` of the response that you hold: 304 without a body when nothing changed.",
        {"type": "string", "examples": ['W/"9d5ed678fe57bcca610140957afab571"']},
    ),
    "IdempotencyKey": _header(
        "Idempotency-Key",
        "A new key, such as a UUID, for each write. If you get no answer, send the write again"
        " with the same key: it is done once, and you get the first answer. Kept for 24 hours.",
        {
            "type": "string",
            "pattern": "^[!-~]{1,255}$",
            "examples": ["5d0f4f6e-7a1b-4c52-9b0d-3f8a7c6e5d41"],
        },
    ),
    "ServerDate": _header(
        "X-With-Server-Date",
        "Sandbox only; production ignores it. The request runs as if this were now: an ISO 8601"
        " date-time, or a date, which means midnight in London.",
        {"type": "string", "pattern": _DATE_OR_TIME, "examples": ["2026-01-06T09:00:00Z"]},
    ),
}


#: What the id in a path is called, in every operation.
PATH_ID: Final = "id"


def path_id(description: str, example: str) -> dict[str, Any]:
    """Return the parameter of an id in the path."""
    return {
        "name": PATH_ID,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "format": "uuid", "examples": [example]},
    }


def components() -> dict[str, dict[str, Any]]:
    """Return all of them by name."""
    return {**QUERIES, **HEADERS}
