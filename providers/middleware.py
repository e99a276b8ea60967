"""Takes requests for ``/api/v3`` out of the stack before sessions, cookies and forms.

What stands before it (transport, security headers, request log lines) holds for the API too.
Source: spec 02 §2.8.6, §2.17.2.
"""

import re
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from providers.errors import ApiError, https_required, service_unavailable
from providers.gateway import HEADERS, gateway, request_id_of
from providers.problem_details import error_response
from providers.version import BASE
from register_ects import clock

_GATEWAY = re.compile(rf"{BASE}(?P<path>(?:/.*)?)", re.DOTALL)
_SLASHES = re.compile(r"/{2,}")
#: The page that says how long downtime lasts goes on during it.
_STATUS_PAGE = "/api/guidance/status"


class GatewayMiddleware:
    """Answers the lead provider API, and 503 below ``/api/`` during planned downtime.

    Production answers the API over HTTPS only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is the API's, pass on the rest."""
        path = _SLASHES.sub("/", request.path_info)
        if not path.startswith("/api/") or path == _STATUS_PAGE:
            return self.get_response(request)
        wait = _seconds_of_downtime()
        if wait:
            return _refused(request, service_unavailable(wait))
        match = _GATEWAY.fullmatch(path)
        if match is None:
            return self.get_response(request)
        # What links and log lines are made of: an address in one spelling only.
        request.path = request.path.removesuffix(request.path_info) + path
        request.path_info = path
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return _refused(request, https_required())
        return gateway(request, match["path"])


def _seconds_of_downtime() -> int:
    """Return the seconds until planned downtime ends, 0 when there is none."""
    begins: datetime | None = settings.MAINTENANCE_FROM
    until: datetime | None = settings.MAINTENANCE_UNTIL
    now = clock.real_now()
    if until is None or (begins is not None and now < begins):
        return 0
    return max(0, round((until - now).total_seconds()))


def _refused(request: HttpRequest, error: ApiError) -> HttpResponse:
    request_id = request_id_of(request)
    response = error_response(request, error, request_id=request_id)
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = str(len(response.content))
    for name, value in {**HEADERS, "X-Request-Id": request_id}.items():
        response[name] = value
    return response
