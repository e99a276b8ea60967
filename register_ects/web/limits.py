"""How often one address may ask, counted in Redis (spec 07 §16).

Sign-in pages have a small bucket of their own besides the general one. The lead provider API
counts for itself. When Redis does not answer, nobody is refused.
"""

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from register_ects import clock
from register_ects.web.errors import too_many_requests
from register_ects.web.identity import identity_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Bucket:
    """At most ``limit`` requests in ``seconds``, for addresses that start with a prefix."""

    name: str
    prefixes: tuple[str, ...]
    limit: int
    seconds: int

    def covers(self, path: str) -> bool:
        """Say whether an address counts towards this bucket."""
        return path.startswith(self.prefixes)


SIGN_IN_PREFIXES = (
    "/otp-sign-in",
    "/sign-in",
    "/auth",
    "/healthcheck",
    "/school/opt-out-of-reminder-emails",
)

BUCKETS = (
    Bucket("sign-in", SIGN_IN_PREFIXES, limit=5, seconds=20),
    Bucket("api-guidance", ("/api/guidance", "/api/docs"), limit=300, seconds=300),
    Bucket("everything", ("/",), limit=1_500, seconds=300),
)

UNLIMITED_PREFIXES = ("/api/v3", "/static/")


class RateLimitMiddleware:
    """Answers 429, with ``Retry-After``, once an address has asked too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, then answer it or refuse it."""
        wait = seconds_to_wait(request)
        if wait is None:
            return self.get_response(request)
        log.warning("too_many_requests", path=request.path)
        return too_many_requests(request, retry_after=wait)


def seconds_to_wait(request: HttpRequest) -> int | None:
    """Count a request; return how many seconds to wait when a bucket is full, else None."""
    if not settings.RATE_LIMITS_ENABLED or request.path.startswith(UNLIMITED_PREFIXES):
        return None
    now = int(clock.real_now().timestamp())
    for bucket in BUCKETS:
        if bucket.covers(request.path) and _count(bucket, _who_asks(request), now) > bucket.limit:
            return bucket.seconds - now % bucket.seconds
    return None


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
    """Return what to count by: schools of a trust share one address, so sessions where we can."""
    if identity_of(request) and request.session.session_key:
        return f"session:{hashlib.sha256(request.session.session_key.encode()).hexdigest()}"
    return client_address(request)


def _count(bucket: Bucket, address: str, now: int) -> int:
    key = f"limit:{bucket.name}:{address}:{now // bucket.seconds}"
    try:
        cache.add(key, 0, timeout=bucket.seconds + 1)
        return cache.incr(key)
    except Exception:  # a limiter that fails must not close the service
        log.exception("rate_limit_unavailable")
        return 0


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
