"""What happens on every request: who asks, what HEAD gets, what search engines may show."""

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
