"""The one door to ``/api/v3``: token, limits, clock and headers, then the endpoint.

Everything under it is answered in JSON, and 401 comes before all else: before unknown paths and
methods too. Trailing slashes and ``.json`` make no difference. No session, no cookie, no
redirect. Source: spec 02 §2.1, §2.2, §2.8, §2.9 and §2.17, spec 00.
"""

import logging
import re
import uuid
from typing import cast

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from django.views.decorators.csrf import csrf_exempt

from providers import errors, parameters
from providers.api import api
from providers.authentication import authenticated_provider
from providers.errors import ApiError
from providers.messages import errors_for, kind_of_write
from providers.requests import ProviderRequest
from providers.responses import conditional, json_response
from providers.simulated_clock import simulated_clock
from providers.throttling import Quota, spend_request
from register_ects import clock
from register_ects.rules.problems import RuleBroken

logger = logging.getLogger(__name__)

_endpoints = URLResolver(RegexPattern(r"^/"), api.urls[0])
_SAFE = re.compile(r"[^\w\-@]", re.ASCII)
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "none",
    "X-Permitted-Cross-Domain-Policies": "none",
}


@csrf_exempt
def gateway(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer any request below ``/api/v3``; ``path`` is what follows it."""
    provider_request = cast("ProviderRequest", request)
    provider_request.received_at = clock.now()
    provider_request.request_id = _request_id(request)
    structlog.contextvars.bind_contextvars(request_id=provider_request.request_id)
    headers = {**_HEADERS, "X-Request-Id": provider_request.request_id}
    response = conditional(request, _answer(provider_request, path, headers))
    for name, value in headers.items():
        response[name] = value
    return response


def _answer(request: ProviderRequest, path: str, headers: dict[str, str]) -> HttpResponse:
    """Return the endpoint's response or the error that stopped the request."""
    try:
        _admit(request, headers)
        with simulated_clock(request) as simulated:
            request.received_at = simulated or request.received_at
            return _dispatch(request, path)
    except ApiError as error:
        return _error_response(error)
    except RuleBroken as refusal:
        return _error_response(errors_for(refusal, kind=kind_of_write(path)))
    except RequestDataTooBig:
        return _error_response(errors.payload_too_large())
    except (UnreadablePostError, TooManyFieldsSent):
        return _error_response(errors.bad_request("The body could not be read."))
    except Exception:  # clients get JSON for every fault; Django's own page is HTML
        logger.exception("api_request_failed")
        got_request_exception.send(sender=None, request=request)
        return _error_response(errors.internal_server_error(request.request_id))


def _admit(request: ProviderRequest, headers: dict[str, str]) -> None:
    """Find out who calls, and count the request: by provider, or by address without a token."""
    try:
        request.auth = authenticated_provider(request)
    except errors.Unauthorised:
        _spend(f"address-{request.META.get('REMOTE_ADDR', '')}", headers)
        raise
    _spend(f"provider-{request.auth.pk}", headers)


def _spend(caller: str, headers: dict[str, str]) -> None:
    limit: int | None = settings.API_RATE_LIMIT
    if limit is None:
        return
    quota: Quota = spend_request(caller, limit=limit)
    headers.update(quota.headers)
    if quota.exceeded:
        logger.warning("api_request_throttled", extra={"caller": caller})
        raise errors.too_many_requests(quota.reset)


def _dispatch(request: ProviderRequest, path: str) -> HttpResponse:
    """Call the endpoint for ``path``; HEAD is served as GET and sent without its body."""
    plain = path.rstrip("/").removesuffix(".json")
    try:
        match = _endpoints.resolve(plain)
    except Resolver404:
        raise errors.not_found() from None
    method = request.method
    if method in ("GET", "HEAD"):
        parameters.filters(request.GET)
        request.method = "GET"
    try:
        response = cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
    finally:
        request.method = method
    if response.status_code == 405:
        raise errors.method_not_allowed(_allowed(response))
    return response


def _allowed(response: HttpResponse) -> str:
    methods = [name.strip() for name in response.get("Allow", "").split(",") if name.strip()]
    return ", ".join(sorted({*methods, "HEAD"} if "GET" in methods else methods))


def _error_response(error: ApiError) -> HttpResponse:
    return json_response(error.body, status=error.status, headers=error.headers)


def _request_id(request: HttpRequest) -> str:
    """Return the client's own id for the request, made harmless, or a new one."""
    sent = _SAFE.sub("", request.headers.get("X-Request-Id", ""))[:255]
    return sent or str(uuid.uuid4())
