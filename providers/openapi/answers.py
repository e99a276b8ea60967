"""The headers of every response, and the responses that are no success.

The examples are what the service says: they are made by the code that answers.
"""

from collections.abc import Iterable
from typing import Any, Final, cast

from django.http import HttpRequest, QueryDict

from providers import errors, parameters
from providers.errors import ApiError
from providers.problem_details import problem_details
from providers.requests import ProviderRequest

_REQUEST_ID = "0b8f9c1e-4d2a-4f6b-9a7c-5e3d1f0b2a10"


def _header(description: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"description": description, "required": required, "schema": schema}


#: Headers of responses, by the name they have among the file's components.
HEADERS: Final[dict[str, dict[str, Any]]] = {
    "RequestId": _header(
        "The id of the request: yours if you sent one. Quote it when you contact us.",
        {"type": "string", "examples": [_REQUEST_ID]},
        required=True,
    ),
    "RateLimitLimit": _header(
        "How many requests you may make in five minutes.", {"type": "integer", "examples": [1000]}
    ),
    "RateLimitRemaining": _header(
        "How many of them are left.", {"type": "integer", "minimum": 0, "examples": [987]}
    ),
    "RateLimitReset": _header(
        "In how many seconds some of them come back.", {"type": "integer", "examples": [212]}
    ),
    "TokenExpiresAt": _header(
        "When your token stops working. Sent in the 30 days before.",
        {"type": "string", "format": "date-time", "examples": ["2026-09-01T00:00:00Z"]},
    ),
    "ETag": _header(
        "Stands for what was returned. Send it as `If-None-Match` the next time.",
        {"type": "string", "examples": ['W/"9d5ed678fe57bcca610140957afab571"']},
        required=True,
    ),
    "CacheControl": _header(
        "Ask again each time; shared caches must not keep the response.",
        {"type": "string", "examples": ["max-age=0, private, must-revalidate"]},
        required=True,
    ),
    "Link": _header(
        'Where to go on: an address with `rel="next"`. Absent after the last page of a list, and'
        " when pages are asked for by number.",
        {
            "type": "string",
            "examples": ['<https://example.com/api/v3/participants?page[after]=eyJ0>; rel="next"'],
        },
    ),
    "IdempotentReplayed": _header(
        "`true` when this is the first answer to a request with the same `Idempotency-Key`.",
        {"type": "string", "enum": ["true"]},
    ),
    "DryRun": _header(
        "`true` when nothing was written, because the request said `dry_run=true`.",
        {"type": "string", "enum": ["true"]},
    ),
    "RetryAfter": _header(
        "Send the request again after this many seconds.",
        {"type": "integer", "examples": [42]},
        required=True,
    ),
    "WWWAuthenticate": _header(
        "How to show who you are.", {"type": "string", "examples": ["Bearer"]}, required=True
    ),
    "Allow": _header(
        "The methods of this address.", {"type": "string", "examples": ["GET, HEAD"]}, required=True
    ),
}

#: What every response carries; limits only where they are counted.
ALWAYS: Final = {
    "X-Request-Id": "RequestId",
    "RateLimit-Limit": "RateLimitLimit",
    "RateLimit-Remaining": "RateLimitRemaining",
    "RateLimit-Reset": "RateLimitReset",
    "Token-Expires-At": "TokenExpiresAt",
}
READING: Final = {"ETag": "ETag", "Cache-Control": "CacheControl"}
GOING_ON: Final = {"Link": "Link"}
WRITING: Final = {"Idempotent-Replayed": "IdempotentReplayed"}
TRYING: Final = {"Dry-Run": "DryRun"}


def headers(*names: dict[str, str]) -> dict[str, Any]:
    """Return references to headers, those of every response first."""
    wanted = ALWAYS.copy()
    for each in names:
        wanted.update(each)
    return {
        header: {"$ref": f"#/components/headers/{component}"}
        for header, component in wanted.items()
    }


def refusal(
    description: str,
    examples: dict[str, ApiError],
    *,
    schema: str = "ErrorsResponse",
    more: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Describe a response that is no success, in both shapes that a client may ask for."""
    return {
        "description": description,
        "headers": headers(more or {}),
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{schema}"},
                "examples": {name: {"value": error.body} for name, error in examples.items()},
            },
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                "examples": {
                    name: {"value": problem_details(error, request_id=_REQUEST_ID)}
                    for name, error in examples.items()
                },
            },
        },
    }


def _unreadable(query: str) -> ApiError:
    """Return the error that a query for a page of a list gives."""
    request = cast("ProviderRequest", HttpRequest())
    request.GET = QueryDict(query)
    try:
        parameters.page(request)
        parameters.updated_since(parameters.filters(request.GET))
    except ApiError as error:
        return error
    raise ValueError(f"{query} can be read")


def _refusals() -> dict[str, dict[str, Any]]:
    waits = {"Retry-After": "RetryAfter"}
    return {
        "BadQuery": refusal(
            "The query cannot be read.",
            {
                "filter_without_key": _unreadable("filter=2025"),
                "bad_page": _unreadable("page[page]=0"),
                "bad_updated_since": _unreadable("filter[updated_since]=yesterday"),
            },
        ),
        "BadSchoolsQuery": refusal(
            "The query cannot be read, or the cohort is missing.",
            {
                "missing_cohort": errors.missing_filters(["cohort"]),
                "bad_page": _unreadable("page[page]=0"),
            },
        ),
        "BadFilter": refusal(
            "The query cannot be read.", {"filter_without_key": errors.bad_filter()}
        ),
        "BadChangesQuery": refusal(
            "The query cannot be read.", {"bad_page": _unreadable("page[per_page]=0")}
        ),
        "ChangesGone": refusal(
            "Changes after this place are no longer kept.", {"too_old": errors.changes_gone()}
        ),
        "BadBody": refusal(
            "The body or a header cannot be read.",
            {"bad_envelope": errors.bad_envelope()},
            more=WRITING,
        ),
        "AccessDenied": refusal(
            "The token is missing, unknown, revoked or expired.",
            {"access_denied": errors.Unauthorised()},
            schema="UnauthorisedResponse",
            more={"WWW-Authenticate": "WWWAuthenticate"},
        ),
        "NotFound": refusal(
            "There is no such thing, or it is another provider's.",
            {"not_found": errors.not_found()},
            more=WRITING,
        ),
        "MethodNotAllowed": refusal(
            "The address does not take this method.",
            {"method_not_allowed": errors.method_not_allowed("GET, HEAD")},
            more={"Allow": "Allow"},
        ),
        "StillRunning": refusal(
            "The first request with this `Idempotency-Key` is still being answered.",
            {"still_running": errors.still_running()},
            more=waits,
        ),
        "PayloadTooLarge": refusal(
            "The body is larger than 2 megabytes.",
            {"payload_too_large": errors.payload_too_large()},
        ),
        "TooManyRequests": refusal(
            "You have made all the requests that you may make in five minutes.",
            {"too_many_requests": errors.too_many_requests(42)},
            more=waits,
        ),
        "InternalServerError": refusal(
            "Something went wrong on our side. Nothing was changed.",
            {"failed": errors.internal_server_error(_REQUEST_ID)},
        ),
        "ServiceUnavailable": refusal(
            "The service is down for planned work.",
            {"unavailable": errors.service_unavailable(1800)},
            more=waits,
        ),
        "NotModified": {
            "description": "Nothing changed since the response that you hold.",
            "headers": headers(READING),
        },
    }


def components() -> dict[str, dict[str, Any]]:
    """Return the responses by name."""
    return _refusals()


def references(names: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """Return references to responses by status."""
    return {str(status): {"$ref": f"#/components/responses/{name}"} for status, name in names}
