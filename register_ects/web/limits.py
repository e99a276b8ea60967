"""How often one address may ask, counted in Redis (spec 07 §16).

Sign-in pages have a small limit of their own besides the general one. The lead provider API is
answered, and counted, before it comes to this. How it is counted: ``register_ects/rate_limits.py``.
"""

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from register_ects.rate_limits import Bucket, spend_request
from register_ects.web.errors import too_many_requests
from register_ects.web.identity import identity_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most so many ``requests`` in ``seconds``, for addresses that start with a prefix.

    ``is_public`` pages need no sign-in: visitors are counted by IP address, and told in headers
    what is left.
    """

    name: str
    prefixes: tuple[str, ...]
    requests: int
    seconds: int
    is_public: bool = False

    def covers(self, path: str) -> bool:
        """Whether an address counts towards this limit."""
        return path.startswith(self.prefixes)

    def bucket_of(self, request: HttpRequest) -> Bucket:
        """Return where a request counts: schools of a trust share one address, so by session."""
        caller = _network(client_address(request)) if self.is_public else _who_asks(request)
        return Bucket(f"{self.name}:{caller}", self.requests, seconds=self.seconds)


SIGN_IN_PREFIXES = (
    "/otp-sign-in",
    "/sign-in",
    "/auth",
    "/school/opt-out-of-reminder-emails",
)

LIMITS = (
    Limit("sign-in", SIGN_IN_PREFIXES, 5, seconds=20),
    Limit("api-guidance", ("/api/guidance", "/api/docs"), 300, seconds=300, is_public=True),
    Limit("feedback", ("/feedback",), 30, seconds=300, is_public=True),
    Limit("everything", ("/",), 1_500, seconds=300),
)

#: What must be answered while Redis is not, and to whoever watches or has a token of ours: it
#: costs next to nothing.
UNLIMITED_PREFIXES = ("/static/", "/healthcheck", "/readiness", "/notify/")


class RateLimitMiddleware:
    """Answers 429, with ``Retry-After``, once an address has asked too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, then answer it or refuse it."""
        if not settings.RATE_LIMITS_ENABLED or request.path.startswith(UNLIMITED_PREFIXES):
            return self.get_response(request)
        limits = [limit for limit in LIMITS if limit.covers(request.path)]
        quota = spend_request([limit.bucket_of(request) for limit in limits])
        if quota and quota.exceeded:
            log.warning("too_many_requests", path=request.path)
            response = too_many_requests(request, retry_after=quota.reset)
        else:
            response = self.get_response(request)
        if quota and limits[0].is_public:
            for name, value in quota.headers.items():
                response[name] = value
        return response


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address: what the last trusted proxy saw, else the socket's.

    ``TRUSTED_PROXIES`` says how many proxies stand before the service. With none, the header is
    ignored: anyone can write it.
    """
    trusted: int = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(forwarded) >= trusted:
        seen = forwarded[-trusted]
        if _is_address(seen):
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def _who_asks(request: HttpRequest) -> str:
    """Return a session's name where there is one, else the address."""
    if identity_of(request) and request.session.session_key:
        return f"session:{hashlib.sha256(request.session.session_key.encode()).hexdigest()}"
    return _network(client_address(request))


def _network(address: str) -> str:
    """Return what to count an address by: whoever has one of IPv6 has the 64 bits behind it too."""
    if ":" not in address or not _is_address(address):
        return address
    return str(ipaddress.ip_network((address, 64), strict=False))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
