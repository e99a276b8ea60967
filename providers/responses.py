"""JSON responses: compact, UTC, whole seconds, with the headers every answer carries."""

from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

CONTENT_TYPE = "application/json; charset=utf-8"
#: Date-times end in Z and have no fraction, whatever the stored precision (spec 02 §2.4).
_ENCODING = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def json_response(
    body: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    """Return ``body`` as JSON; dates, date-times and UUIDs may be in it."""
    encoded = orjson.dumps(body, option=_ENCODING)
    return HttpResponse(encoded, status=status, content_type=CONTENT_TYPE, headers=headers)


def data_response(data: Any) -> HttpResponse:
    """Return the envelope of every success: one object or a list under ``data``."""
    return json_response({"data": data})


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Give a successful read its weak ETag, or 304 when the client has it (spec 02 §2.17.2)."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        response["Cache-Control"] = "no-store"
        return response
    response["Cache-Control"] = "max-age=0, private, must-revalidate"
    response["ETag"] = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer if answer is not None else response
