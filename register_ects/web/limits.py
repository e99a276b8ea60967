"""How often one address may ask, counted in Redis (spec 07 §16).

Sign-in pages have a small bucket of their own besides the general one. The lead provider API is
answered, and counted, before it comes to this. When Redis does not answer, nobody is refused.
"""

import hashlib
import ipaddress
from collections.abc import Callable, Iterator
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
    """At most ``limit`` requests in ``seconds``, for addresses that start with a prefix.

    ``is_public`` pages need no sign-in: visitors are counted by IP address, and told in headers
    what is left.
    """

    name: str
    prefixes: tuple[str, ...]
    limit: int
    seconds: int
    is_public: bool = False

    def covers(self, path: str) -> bool:
        """Whether an address counts towards this bucket."""
        return path.startswith(self.prefixes)


SIGN_IN_PREFIXES = (
    "/otp-sign-in",
    "/sign-in",
    "/auth",
    "/school/opt-out-of-reminder-emails",
)

BUCKETS = (
    Bucket("sign-in", SIGN_IN_PREFIXES, limit=5, seconds=20),
    Bucket("api-guidance", ("/api/guidance", "/api/docs"), limit=300, seconds=300, is_public=True),
    Bucket("everything", ("/",), limit=1_500, seconds=300),
)

#: What must be answered while Redis is not, and to whoever watches: it costs next to nothing.
UNLIMITED_PREFIXES = ("/static/", "/healthcheck", "/readiness")


@dataclass(frozen=True)
class Spent:
    """What a request leaves in a bucket; ``wait`` is the seconds until it is full again."""

    bucket: Bucket
    used: int
    wait: int

    @property
    def is_too_much(self) -> bool:
        """Whether the request must be refused."""
        return self.used > self.bucket.limit

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that tell a client of a public page how careful to be."""
        if not self.bucket.is_public:
            return {}
        return {
            "RateLimit-Limit": str(self.bucket.limit),
            "RateLimit-Remaining": str(max(0, self.bucket.limit - self.used)),
            "RateLimit-Reset": str(self.wait),
        }


class RateLimitMiddleware:
    """Answers 429, with ``Retry-After``, once an address has asked too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, then answer it or refuse it."""
        headers: dict[str, str] = {}
        for spent in spend(request):
            headers |= spent.headers
            if spent.is_too_much:
                log.warning("too_many_requests", path=request.path)
                response = too_many_requests(request, retry_after=spent.wait)
                break
        else:
            response = self.get_response(request)
        for name, value in headers.items():
            response[name] = value
        return response


def spend(request: HttpRequest) -> Iterator[Spent]:
    """Count a request in each bucket that covers it, one after the other."""
    if not settings.RATE_LIMITS_ENABLED or request.path.startswith(UNLIMITED_PREFIXES):
        return
    now = int(clock.real_now().timestamp())
    for bucket in BUCKETS:
        if bucket.covers(request.path):
            caller = client_address(request) if bucket.is_public else _who_asks(request)
            yield Spent(bucket, _count(bucket, caller, now), bucket.seconds - now % bucket.seconds)


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
