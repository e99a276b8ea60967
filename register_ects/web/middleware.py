"""What happens on every request: who asks, what HEAD gets, what search engines may show."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from redis import RedisError

from register_ects.web import identity
from register_ects.web.access import is_rememberable
from register_ects.web.school_addresses import addresses_of, keep_to_school, urn_in
from register_ects.web.sessions import SessionStore, unread_key

log = structlog.get_logger(__name__)

Responder = Callable[[HttpRequest], HttpResponse]

#: Start pages that search engines may index, in production only (spec 07 §16).
INDEXABLE = frozenset({"/", "/appropriate-body", "/api/guidance"})


class IdentityMiddleware:
    """Puts who is signed in on ``request.identity``, or None. One query when someone is; two
    for somebody of a trust, whose schools are asked for anew.

    Somebody at several schools is at the one that the address names; links lead to that one.

    What is answered to people who are signed in, or about to be, is kept by no browser and no
    proxy.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then answer."""
        try:
            who = identity.rebuild(request.session, at=urn_in(request.path))
        except RedisError:
            who = None
            _set_session_aside(request)
        request.identity = who  # type: ignore[attr-defined]
        had_somebody = identity.has_somebody(request.session)
        with addresses_of(who.urn if isinstance(who, identity.SchoolIdentity) else None):
            response = self.get_response(request)
            keep_to_school(request.path, response)
        has_somebody = who or had_somebody or identity.has_somebody(request.session)
        if has_somebody or unread_key(request) or is_rememberable(request.path):
            response["Cache-Control"] = "no-store"
        return response


def _set_session_aside(request: HttpRequest) -> None:
    """Answer without the session, which cannot be read now, and leave it and its cookie alone.

    Public pages go on as for a visitor; the access check stops the others.
    """
    request.unread_session_key = request.COOKIES.pop(  # type: ignore[attr-defined]
        settings.SESSION_COOKIE_NAME, None
    )
    request.session = SessionStore()


class RequestLogMiddleware(RequestMiddleware):
    """Logs every request as it comes and as it was answered.

    What went wrong has a line of its own, before it is known what is sent: 503 while something
    cannot be reached, 500 otherwise.
    """

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if not isinstance(exception, Http404 | PermissionDenied):
            log.exception("request_failed", request=self.format_request(request))


class RobotsMiddleware:
    """Tells search engines to leave everything alone but the start pages of production."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add the header."""
        response = self.get_response(request)
        indexable = (
            settings.PRODUCTION and request.path in INDEXABLE and response.status_code == 200
        )
        response["X-Robots-Tag"] = "all" if indexable else "none"
        return response


class HeadMiddleware:
    """Answers HEAD with the headers of GET alone, its Content-Length among them.

    Outside the middleware that counts the length. The web server would drop a body too, but
    warns of each.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then take the body away."""
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response
