"""Errors as RFC 9457 problem details, for clients that ask for them.

Source: spec 02 §2.22.3. The default shape (``providers/errors.py``) is unchanged by this.
"""

from django.http import HttpRequest, HttpResponse

from providers.errors import ApiError
from providers.negotiation import qualities, quality_of
from providers.responses import json_response

CONTENT_TYPE = "application/problem+json; charset=utf-8"
#: The page that explains every code; each has an anchor there.
ERROR_CATALOGUE = "/api/guidance/guidance-for-lead-providers/error-codes"

_TITLES = {
    400: "The request cannot be read",
    401: "Access denied",
    404: "Resource not found",
    405: "Method not allowed",
    409: "The first request is still being answered",
    410: "The changes are no longer kept",
    413: "Payload too large",
    422: "The change is not allowed",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
}


def error_response(request: HttpRequest, error: ApiError, *, request_id: str) -> HttpResponse:
    """Return an error in the shape that the client asks for."""
    if not wants_problem_details(request):
        return json_response(error.body, status=error.status, headers=error.headers)
    return json_response(
        problem_details(error, request_id=request_id),
        status=error.status,
        headers=error.headers,
        content_type=CONTENT_TYPE,
    )


def wants_problem_details(request: HttpRequest) -> bool:
    """Whether ``Accept`` names application/problem+json, and does not like plain JSON more.

    ``*/*`` does not name it.
    """
    accepted = qualities(request.headers.get("Accept", ""))
    wanted = accepted.get("application/problem+json", 0.0)
    return wanted > 0 and wanted >= quality_of("application/json", accepted)


def problem_details(error: ApiError, *, request_id: str) -> dict[str, object]:
    """Return the problem that an error is; its type is that of the first item."""
    first = error.items[0]
    count = len(error.items)
    return {
        "type": f"{ERROR_CATALOGUE}#{first.code}",
        "title": _TITLES.get(error.status, "The request failed"),
        "status": error.status,
        "detail": first.detail if count == 1 else f"{count} things need to be put right.",
        "instance": request_id,
        "errors": [
            {
                "code": item.code,
                "title": item.title,
                "detail": item.detail,
                **({"pointer": item.pointer} if item.pointer else {}),
            }
            for item in error.items
        ],
    }
