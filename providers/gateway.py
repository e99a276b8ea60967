"""The one door to ``/api/v3``: token, limits, clock and headers, then the endpoint.

Everything under it is answered in JSON, and 401 comes before all else: before unknown paths and
methods too. Trailing and doubled slashes and ``.json`` make no difference. No session, no cookie,
no redirect. Source: spec 02 §2.1, §2.2, §2.8, §2.9, §2.17 and §2.22, spec 00.
"""

import re
import time
import uuid
from typing import cast

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, ResolverMatch, URLResolver
from django.urls.resolvers import RegexPattern
from ninja.errors import ValidationError

from providers import errors, parameters
from providers.api import api
from providers.authentication import authenticated_token, expiry_headers
from providers.chunked_bodies import expect_chunks
from providers.errors import ApiError
from providers.idempotency import answer_once, has_key
from providers.messages import errors_for, kind_of_write
from providers.problem_details import error_response
from providers.request_log import log_once_sent
from providers.requests import ProviderRequest
from providers.responses import compressed, conditional
from providers.simulated_clock import simulated_clock
from register_ects import clock
from register_ects.models import LeadProvider
from register_ects.operations.base import Author
from register_ects.rate_limits import Bucket, spend_request
from register_ects.refusals import rule_broken_by
from register_ects.rules.problems import RuleBroken
from register_ects.web.errors import RETRY_AFTER, UNREACHABLE
from register_ects.web.limits import client_address

logger = structlog.get_logger(__name__)

_endpoints = URLResolver(RegexPattern(r"^/"), api.urls[0])
_SAFE = re.compile(r"[^\w\-@]", re.ASCII)
_LONGEST_HEADER = 2000
#: What a POST may stand for.
_OVERRIDES = frozenset({"DELETE", "GET", "PATCH", "PUT"})
#: What every answer carries, whatever its status.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Accept, Accept-Encoding, Authorization",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "none",
}
#: What one address may use, whatever its tokens, in parts of what one provider may (spec 02 §2.9).
_BACKSTOP = 1.5


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, absent: Http404) -> HttpResponse:
    """Answer what an endpoint did not find as everything else that is not found."""
    raise errors.not_found() from absent


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """Answer what the framework cannot read, should an endpoint let it read anything."""
    raise errors.bad_request("The request could not be read.") from invalid


def gateway(request: HttpRequest, path: str) -> HttpResponse:
    """Answer any request below ``/api/v3``; ``path`` is what follows it."""
    provider_request = _begun(request)
    headers = {**HEADERS, "X-Request-Id": provider_request.request_id}
    response = conditional(request, _answer(provider_request, path, headers))
    response = compressed(request, response)
    for name, value in headers.items():
        response[name] = value
    if response.status_code != 304 and not response.streaming:
        response["Content-Length"] = str(len(response.content))
    seconds = time.monotonic() - provider_request.started
    structlog.contextvars.bind_contextvars(duration_ms=round(seconds * 1000))
    log_once_sent(provider_request, path, response)
    return response


def _begun(request: HttpRequest) -> ProviderRequest:
    """Return the request with what is known of it on arrival."""
    begun = cast("ProviderRequest", request)
    begun.method = _method_meant(request)
    begun.started = time.monotonic()
    begun.arrived_at = clock.real_now()
    begun.received_at = clock.now()
    begun.request_id = request_id_of(request)
    begun.token, begun.row_count, begun.errors = None, None, []
    begun.is_replay = begun.is_dry_run = False
    structlog.contextvars.bind_contextvars(request_id=begun.request_id)
    expect_chunks(begun)
    return begun


def _method_meant(request: HttpRequest) -> str | None:
    """Return the method, or what ``X-HTTP-Method-Override`` makes of a POST.

    For clients behind something that lets only GET and POST through.
    """
    wanted = request.headers.get("X-HTTP-Method-Override", "").strip().upper()
    return wanted if request.method == "POST" and wanted in _OVERRIDES else request.method


def _answer(request: ProviderRequest, path: str, headers: dict[str, str]) -> HttpResponse:
    """Return the endpoint's response or the error that stopped the request."""
    try:
        request.get_host()  # refuses a host that is not ours
        _admit(request, headers)
        with simulated_clock(request) as simulated:
            request.received_at = simulated or request.received_at
            return _dispatch(request, path)
    except ApiError as error:
        return _error_response(request, error)
    except RequestDataTooBig:
        return _error_response(request, errors.payload_too_large())
    except (UnreadablePostError, SuspiciousOperation):
        return _error_response(request, errors.bad_request("The request could not be read."))
    except UNREACHABLE:
        logger.exception("api_dependency_unreachable")
        return _error_response(request, errors.not_answering(RETRY_AFTER))
    except Exception:  # clients get JSON for every fault; Django's own page is HTML
        logger.exception("api_request_failed")
        got_request_exception.send(sender=None, request=request)
        return _error_response(request, errors.internal_server_error(request.request_id))


def _admit(request: ProviderRequest, headers: dict[str, str]) -> None:
    """Find out who calls, and count the request: by provider, or by address without a token."""
    try:
        request.token = authenticated_token(request)
    except errors.Unauthorised:
        _spend(request, None, headers)
        raise
    request.auth = request.token.lead_provider
    request.author = Author.lead_provider(request.auth)
    structlog.contextvars.bind_contextvars(provider_id=request.auth.pk)
    headers.update(expiry_headers(request.token))
    _spend(request, request.auth, headers)


def _spend(
    request: ProviderRequest, provider: LeadProvider | None, headers: dict[str, str]
) -> None:
    usual: int | None = settings.API_RATE_LIMIT
    if usual is None:
        return
    address = client_address(request)
    quota = spend_request(_buckets(address, provider, usual))
    if quota is None:
        return
    headers.update(quota.headers)
    if quota.exceeded:
        logger.warning("api_request_throttled", address=address, path=request.path)
        raise errors.too_many_requests(quota.reset)


def _buckets(address: str, provider: LeadProvider | None, usual: int) -> list[Bucket]:
    """Return what a request counts towards; who was granted a limit has no other."""
    backstop = Bucket(f"address-{address}", int(usual * _BACKSTOP))
    if provider is None:
        return [Bucket(f"unknown-{address}", usual), backstop]
    if provider.api_request_limit is not None:
        return [Bucket(f"provider-{provider.pk}", provider.api_request_limit)]
    return [Bucket(f"provider-{provider.pk}", usual), backstop]


def _dispatch(request: ProviderRequest, path: str) -> HttpResponse:
    """Call the endpoint for ``path``; HEAD is served as GET and sent without its body."""
    plain = path.rstrip("/").removesuffix(".json")
    try:
        match = _endpoints.resolve(plain)
    except Resolver404:
        raise errors.not_found() from None
    if request.method in ("GET", "HEAD"):
        parameters.filters(request.GET)
    if has_key(request):
        return answer_once(request, plain, lambda: _kept_apart(request, match, plain))
    return _called(request, match, plain)


def _kept_apart(request: ProviderRequest, match: ResolverMatch, path: str) -> HttpResponse:
    """Return the endpoint's response or refusal; a refusal leaves nothing behind.

    For an endpoint that is called inside a transaction: what would be refused at the commit is
    refused here.
    """
    try:
        with transaction.atomic():
            response = _called(request, match, path)
            connection.check_constraints()
            return response
    except ApiError as error:
        return _error_response(request, error)
    except IntegrityError as error:
        refusal = errors_for(rule_broken_by(error), kind=kind_of_write(path))
        return _error_response(request, refusal)


def _called(request: ProviderRequest, match: ResolverMatch, path: str) -> HttpResponse:
    """Return the endpoint's response. Raises ApiError for a broken rule or a wrong method."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    try:
        response = cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
    except RuleBroken as refusal:
        raise errors_for(refusal, kind=kind_of_write(path)) from refusal
    finally:
        request.method = method
    if response.status_code == 405:
        raise errors.method_not_allowed(_allowed(response))
    return response


def _allowed(response: HttpResponse) -> str:
    methods = [name.strip() for name in response.get("Allow", "").split(",") if name.strip()]
    return ", ".join(sorted({*methods, "HEAD"} if "GET" in methods else methods))


def _error_response(request: ProviderRequest, error: ApiError) -> HttpResponse:
    request.errors = error.items
    return error_response(request, error, request_id=request.request_id)


def request_id_of(request: HttpRequest) -> str:
    """Return the client's own id for the request, made harmless, or a new one.

    A new one is that of the log lines so far, so that all lines of a request have the same.
    """
    logged: str = structlog.contextvars.get_contextvars().get("request_id", "")
    sent = (request.headers.get("X-Request-Id") or logged)[:_LONGEST_HEADER]
    chosen = _SAFE.sub("", sent)[:255]
    return chosen or str(uuid.uuid4())
