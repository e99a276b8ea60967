"""What happens on every request: who asks, and which pages search engines may show."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from register_ects.web import identity

Responder = Callable[[HttpRequest], HttpResponse]

#: Start pages that search engines may index, in production only (spec 07 §16).
INDEXABLE = frozenset({"/", "/appropriate-body", "/api/guidance"})


class IdentityMiddleware:
    """Puts who is signed in on ``request.identity``, or None. One query when someone is."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks, then answer."""
        request.identity = identity.rebuild(request.session)  # type: ignore[attr-defined]
        return self.get_response(request)


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
