"""Signing in as a persona, for which appropriate body, signing out, switching role (spec 07 §2)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis import RedisError

from register_ects import clock
from register_ects.models import AppropriateBody
from register_ects.operations.messages.service_notices import notice_now
from register_ects.web import identity
from register_ects.web import personas as people
from register_ects.web.access import forget_path
from register_ects.web.errors import signed_out_here, unprocessable
from register_ects.web.forms import Choice, GovukForm, RadiosField, data_of, status_of
from register_ects.web.school_addresses import OVERVIEW, urn_in
from register_ects.web.school_choice import choosing_school
from register_ects.web.sessions import unread_key
from register_ects.web.sessions_to_end import end_later


class WhichBodyForm(GovukForm):
    """One of the appropriate bodies that an organisation stands for."""

    question = "body"
    body = RadiosField(
        label="Which appropriate body are you acting for?",
        hint="Your organisation is the lead school of more than one. You can change this later.",
        required_message="Select the appropriate body that you are acting for",
    )


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the ways to sign in."""
    who = identity.identity_of(request)
    if who:
        return redirect(who.home)
    context = {"personas": settings.PERSONAS_ENABLED, "notice": notice_now()}
    return render(request, "pages/sign_in.jinja", context)


@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """List the people to sign in as, and the schools searched for."""
    _refuse_in_production()
    search = request.GET.get("school", "").strip()
    context = {
        "groups": people.offered(),
        "search": search,
        "schools": people.schools_like(search),
    }
    return render(request, "pages/personas.jinja", context)


@require_POST
def persona_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona and go where the visitor wanted to go, or to the persona's area.

    Or as a visitor at any of our schools, named by its URN.
    """
    _refuse_in_production()
    visitor = people.visitor_at(request.POST.get("school", ""))
    if visitor:
        return sign_in_as(request, visitor)
    chosen = people.find(request.POST.get("persona", ""))
    if chosen is None:
        return unprocessable(request)
    if chosen.bodies:
        return sign_in_for_body(request, chosen.bodies, **chosen.persona.person)
    return sign_in_as(request, chosen.session_data)


@require_http_methods(["GET", "POST"])
def choose_body(request: HttpRequest) -> HttpResponse:
    """Ask for which appropriate body a person acts, where their organisation stands for several.

    Shown while signing in, and to change to another one later.
    """
    asked = identity.bodies_to_choose(request.session)
    if asked is None:
        who = identity.identity_of(request)
        return redirect(who.home if who else "sign_in")
    bodies = AppropriateBody.objects.designated(clock.today()).filter(pk__in=asked["bodies"])
    if not bodies:
        return redirect("access_denied")
    offered = [Choice(str(body.pk), body.name) for body in bodies.order_by("name")]
    form = WhichBodyForm(data_of(request), choices={"body": offered})
    if not form.is_valid():
        return render(request, "layouts/form.jinja", {"form": form}, status=status_of(form))
    chosen = identity.appropriate_body_data(int(form.cleaned_data["body"]), **asked)
    if identity.identity_of(request) is None:
        return sign_in_as(request, chosen)
    identity.replace(request.session, {**request.session[identity.SESSION_KEY], **chosen})
    rotate_token(request)
    return redirect("appropriate_bodies:home")


@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; GET asks first, so that a link elsewhere cannot sign anyone out.

    The browser forgets it in any case. Where it cannot be ended yet, the answer says so, and it is
    ended as soon as may be.
    """
    if request.method == "GET":
        return render(request, "pages/sign_out.jinja")
    unread = unread_key(request)
    key = unread or request.session.session_key
    try:
        if unread:
            raise RedisError
        request.session.flush()
    except RedisError:
        if key:
            end_later(key)
        response = signed_out_here(request)
    else:
        response = redirect("landing")
    response.delete_cookie(
        settings.SESSION_COOKIE_NAME,
        path=settings.SESSION_COOKIE_PATH,
        domain=settings.SESSION_COOKIE_DOMAIN,
        samesite="Lax",
    )
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Change between the school and the appropriate body of a person who has both roles."""
    who = identity.switched(request.session)
    rotate_token(request)
    return redirect(who.home if who else "/")


@require_POST
def stop_acting(request: HttpRequest) -> HttpResponse:
    """Make staff who act as a school staff again; 422 for anybody else."""
    who = identity.stopped_acting(request.session)
    if who is None:
        return unprocessable(request)
    rotate_token(request)
    return redirect(who.home)


@require_POST
def extend_session(request: HttpRequest) -> HttpResponse:
    """Keep a session alive: the identity check has already moved its idle clock."""
    return HttpResponse(status=204 if identity.identity_of(request) else 401)


def sign_in_for_body(request: HttpRequest, bodies: Sequence[int], **person: Any) -> HttpResponse:
    """Sign a person in for the one body that their organisation stands for, or ask which.

    ``bodies`` are ids, from ``AppropriateBody.objects.signing_in``; at least one. ``person`` is
    what ``appropriate_body_data`` takes.
    """
    person["bodies"] = list(bodies)
    if len(bodies) == 1:
        return sign_in_as(request, identity.appropriate_body_data(bodies[0], **person))
    identity.ask_for_body(request.session, person)
    return redirect("choose_body")


def sign_in_as(request: HttpRequest, data: dict[str, object]) -> HttpResponse:
    """Start a session with what ``identity.…_data`` returned, and go to the remembered page."""
    identity.start(request.session, data)
    rotate_token(request)
    who = identity.rebuild(request.session)
    return redirect(_first_page(request, who))


def _first_page(request: HttpRequest, who: identity.Identity | None) -> str:
    """Return the remembered page, unless it is of another school; else the person's home.

    Somebody at several schools is asked first at which, unless the remembered page names it or is
    of all; somebody of a trust begins with the overview.
    """
    wanted = forget_path(request)
    if not isinstance(who, identity.SchoolIdentity):
        return wanted or (who.home if who else "/")
    named = urn_in(wanted or "")
    is_theirs = named is None or named in (who.urn, *who.schools)
    wanted = wanted if is_theirs else None
    if who.trust and who.may_change_school and not wanted:
        return OVERVIEW
    is_of_all = (wanted or "").split("?")[0] == OVERVIEW
    if named is None and who.may_change_school and not is_of_all:
        return choosing_school(wanted)
    return wanted or who.home


def _refuse_in_production() -> None:
    if not settings.PERSONAS_ENABLED:
        raise Http404
