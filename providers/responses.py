"""JSON responses: compact, UTC, whole seconds, with the headers every answer carries."""

import gzip
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from providers.negotiation import wants_gzip

CONTENT_TYPE = "application/json; charset=utf-8"
#: Date-times end in Z and have no fraction, whatever the stored precision (spec 02 §2.4).
_ENCODING = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
#: Bytes from which an answer is worth compressing, and how hard: the lowest level makes a page of
#: 3,000 participants an eighth of its size, in a third of the time that higher ones take.
_LARGE, _LEVEL = 8_192, 1


def json_response(
    body: Any,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    content_type: str = CONTENT_TYPE,
) -> HttpResponse:
    """Return ``body`` as JSON; dates, date-times and UUIDs may be in it."""
    encoded = orjson.dumps(body, option=_ENCODING)
    return HttpResponse(encoded, status=status, content_type=content_type, headers=headers)


def data_response(data: Any) -> HttpResponse:
    """Return the envelope of every success: one object or a list under ``data``."""
    return json_response({"data": data})


def etag_of(parts: Iterable[bytes | str]) -> str:
    """Return a weak ETag that stands for ``parts`` in their order."""
    digest = sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return f'W/"{digest.hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """Return the 304 when the client already has what ``etag`` stands for, else None.

    For reads that are dear to render: ask before rendering, and give the same ``etag`` to the
    response. Only If-None-Match is looked at (spec 02 §2.22.1).
    """
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if held == ["*"] or etag.removeprefix("W/") in {known.removeprefix("W/") for known in held}:
        return HttpResponseNotModified(headers={"ETag": etag})
    return None


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a successful read a weak ETag over its body, or 304 when the client has it.

    An ETag that is set already is left alone. Source: spec 02 §2.17.2.
    """
    if request.method not in ("GET", "HEAD") or response.status_code not in (200, 304):
        response["Cache-Control"] = "no-store"
        return response
    if "ETag" not in response:
        response["ETag"] = etag_of([response.content])
    response = unchanged(request, response["ETag"]) or response
    response["Cache-Control"] = "max-age=0, private, must-revalidate"
    return response


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress a large answer for a client that accepts gzip."""
    if response.streaming or len(response.content) < _LARGE or "Content-Encoding" in response:
        return response
    if wants_gzip(request.headers.get("Accept-Encoding", "")):
        # Without a time in it the same answer is the same bytes.
        response.content = gzip.compress(response.content, compresslevel=_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response
