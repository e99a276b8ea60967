"""Signing in as a persona, signing out, switching role (spec 07 §2)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from register_ects.web import identity
from register_ects.web import personas as people
from register_ects.web.access import forget_path
from register_ects.web.errors import unprocessable


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the ways to sign in."""
    who = identity.identity_of(request)
    if who:
        return redirect(who.home)
    return render(request, "pages/sign_in.jinja", {"personas": settings.PERSONAS_ENABLED})


@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """List the people to sign in as."""
    _refuse_in_production()
    return render(request, "pages/personas.jinja", {"groups": people.offered()})


@require_POST
def persona_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona and go where the visitor wanted to go, or to the persona's area."""
    _refuse_in_production()
    chosen = people.find(request.POST.get("persona", ""))
    if chosen is None:
        return unprocessable(request)
    return sign_in_as(request, chosen.session_data)


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; GET asks first, so that a link elsewhere cannot sign anyone out."""
    if request.method == "GET":
        return render(request, "pages/sign_out.jinja")
    request.session.flush()
    response = redirect("landing")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Change between the school and the appropriate body of a person who has both roles."""
    who = identity.switched(request.session)
    rotate_token(request)
    return redirect(who.home if who else "/")


@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Keep a session alive: the identity check has already moved its idle clock."""
    return HttpResponse(status=204 if identity.identity_of(request) else 401)


def sign_in_as(request: HttpRequest, data: dict[str, object]) -> HttpResponse:
    """Start a session with what ``identity.…_data`` returned, and go to the remembered page."""
    identity.start(request.session, data)
    rotate_token(request)
    who = identity.rebuild(request.session)
    return redirect(forget_path(request) or (who.home if who else "/"))


def _refuse_in_production() -> None:
    if not settings.PERSONAS_ENABLED:
        raise Http404
