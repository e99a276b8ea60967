"""Error pages: what went wrong, what to do, whom to ask (spec 05 §4)."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from redis import RedisError

#: What is raised while the database or Redis cannot be reached, or takes too long.
UNREACHABLE = (OperationalError, InterfaceError, RedisError)
#: Seconds after which to try again.
RETRY_AFTER = 10

_ABOUT_FORMS = (
    "If you were part way through a form, your earlier answers may have been saved."
    " Check before you enter them again."
)
#: Drawn without a template, a session or the database: any of them may be what failed.
_BROKEN = """<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{heading} - Register early career teachers - GOV.UK</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<link rel="stylesheet" href="{stylesheet}">
</head>
<body class="govuk-template__body">
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
<h1 class="govuk-heading-l">{heading}</h1>
<p class="govuk-body">{advice}</p>
<p class="govuk-body">{more}</p>
<p class="govuk-body">If it keeps happening, email
<a class="govuk-link" href="mailto:{email}">{email}</a>.</p>
</main>
</div>
</body>
</html>
"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    if isinstance(exception, TooManyFieldsSent):
        request.GET = QueryDict()  # our own pages read it too
    context = {"is_of_a_file": isinstance(exception, MultiPartParserError)}
    return render(request, "errors/400.jinja", context, status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer someone signed in without the right that a page needs."""
    context = {"area": str(exception or "").partition(".")[0]}
    return render(request, "errors/403.jinja", context, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere, or to something of another organisation.

    One that would lead somewhere but for a slash at its end leads there.
    """
    bare = request.path.rstrip("/")
    if request.method in {"GET", "HEAD"} and bare != request.path and is_valid_path(bare):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{bare}?{query}" if query else bare)
    return render(request, "errors/404.jinja", status=HTTPStatus.NOT_FOUND)


def unprocessable(request: HttpRequest) -> HttpResponse:
    """Answer a form that could not be accepted, where no form can show why."""
    return render(request, "errors/422.jinja", status=HTTPStatus.UNPROCESSABLE_ENTITY)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a file, or anything else, that is larger than any may be."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "errors/413.jinja", status=status)


def too_many_requests(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """Answer one request too many; ``retry_after`` is in seconds."""
    context = {"retry_after": retry_after}
    response = render(request, "errors/429.jinja", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours is broken; needs nothing that may be broken too.

    503 when the database or Redis could not be reached: that mends itself.
    """
    if isinstance(sys.exc_info()[1], UNREACHABLE):
        return unavailable(request)
    return _without_template(
        "Sorry, there is a problem with the service",
        "Try again in a few minutes.",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def unavailable(_request: HttpRequest) -> HttpResponse:
    """Answer while something that we need cannot be reached."""
    return _without_template(
        "Sorry, the service is unavailable",
        "Something we depend on is not answering. Try again in a minute.",
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


def signed_out_here(_request: HttpRequest) -> HttpResponse:
    """Answer somebody who signs out while their session cannot be ended: nothing answers."""
    hours = settings.SESSION_IDLE_SECONDS / 3600
    return _without_template(
        "You are signed out in this browser only",
        "We could not end your session yet, because something we depend on is not answering. This"
        " browser has forgotten it, and we end it as soon as we can.",
        f"It ends in any case after {hours:g} hours without use. If you think that somebody else"
        " could be using it, tell us now. If you see that you are still signed in, close this"
        " browser, and sign out again in a minute.",
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _without_template(
    heading: str, advice: str, more: str = _ABOUT_FORMS, *, status: HTTPStatus
) -> HttpResponse:
    body = _BROKEN.format(
        heading=heading,
        advice=advice,
        more=more,
        stylesheet=_stylesheet(),
        email=settings.SCHOOLS_SUPPORT_EMAIL,
    )
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form sent without a valid token: usually a page that was open too long."""
    return render(request, "errors/csrf.jinja", status=HTTPStatus.FORBIDDEN)


def _stylesheet() -> str:
    from django.templatetags.static import static

    try:
        return static("govuk/govuk-frontend.min.css")
    except ValueError:  # the list of assets is missing: a plain page is better than none
        return ""
