"""The parameters of path and headers; those of the query are declared in ``providers/queries``."""

from typing import Any, Final

_DATE_OR_TIME = (
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
)


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
