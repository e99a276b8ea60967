"""What support needs to answer "what did they send us on Tuesday", without tokens or people.

A record of each request is put on a list in Redis once the response is out; a timer moves the
list into the table (``operations/lead_providers/api_requests.py``). Recording never fails a
request. Source: spec 02 §2.17.1 with its Improve.
"""

import time
import uuid
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from typing import Any

import orjson
import structlog
from django.http import HttpResponse

from providers import masking
from providers.api import api
from providers.authentication import prefix_sent
from providers.requests import ProviderRequest
from register_ects.operations.lead_providers.api_requests import queue_api_request

log = structlog.get_logger(__name__)


def log_once_sent(request: ProviderRequest, path: str, response: HttpResponse) -> None:
    """Record the request when the web server is done with the response.

    ``path`` is what followed ``/api/v3``. The time taken ends now.
    """
    seconds = time.monotonic() - request.started
    # How Django itself runs what must follow a response.
    closers: list[Callable[[], None]] = response._resource_closers  # type: ignore[attr-defined]
    closers.append(partial(_record, request, path, response, seconds))


def _record(request: ProviderRequest, path: str, response: HttpResponse, seconds: float) -> None:
    try:
        queue_api_request(orjson.dumps(_fields(request, path, response.status_code, seconds)))
    except Exception:  # whatever is wrong with the log, clients go on
        log.exception("api_request_not_logged")


def _fields(request: ProviderRequest, path: str, status: int, seconds: float) -> dict[str, Any]:
    token = request.token
    body: bytes = getattr(request, "_body", b"")  # only if somebody has read it
    return {
        "id": uuid.uuid4(),
        "received_at": request.arrived_at,
        "request_id": request.request_id,
        "lead_provider_id": token.lead_provider_id if token else None,
        "token_id": token.pk if token else None,
        "token_prefix": token.prefix if token else _cleaned(prefix_sent(request)),
        "method": _cleaned(request.method, longest=10),
        "path": masking.masked_path(path, words=_words()),
        "resource_id": masking.first_id(path),
        "query": masking.masked_query(request.META.get("QUERY_STRING", "")),
        "status": status,
        "duration_ms": round(seconds * 1000),
        "row_count": request.row_count,
        "error_titles": [item.title for item in request.errors],
        "error_codes": [item.code for item in request.errors],
        "body_digest": sha256(body).hexdigest() if body else None,
        "body": masking.masked_body(body) if body and status >= 400 else None,
        "is_replay": request.is_replay,
        "user_agent": _cleaned(request.headers.get("User-Agent", "")),
    }


def _cleaned(text: str | None, *, longest: int = 255) -> str | None:
    return None if text is None else masking.printable(text, longest=longest)


@cache
def _words() -> frozenset[str]:
    """Return the words that the addresses of the API are made of."""
    routes = [str(endpoint.pattern) for endpoint in api.urls[0]]
    return frozenset(part for route in routes for part in route.split("/") if "<" not in part)
