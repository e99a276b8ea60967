"""Who may open a page: decorators that give a view a typed request (spec 05 §3.4, 07 §1.2).

Each asks that somebody is signed in, of the right kind, and with the permission that it names.
An app adds gates of its own to ``kind_required``: functions that take the typed request and
return a response to stop with, or None to go on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from register_ects.models import AppropriateBody, School, StaffUser
from register_ects.operations.base import Author
from register_ects.rules.permissions import Permission
from register_ects.web.errors import unavailable
from register_ects.web.identity import (
    AppropriateBodyIdentity,
    Identity,
    SchoolIdentity,
    StaffIdentity,
    bodies_to_choose,
    identity_of,
)
from register_ects.web.sessions import unread_key

View: TypeAlias = Callable[..., HttpResponse]
Gate: TypeAlias = Callable[[Any], HttpResponse | None]

_NOT_SAVED = (
    "You were signed out before you sent your answers, so they were not saved. "
    "Sign in to carry on from the same page."
)

REMEMBERED_PREFIXES = ("/school", "/appropriate-body", "/admin", "/finance")


class SchoolRequest(HttpRequest):
    """A request by a person at a school that we have set up."""

    identity: SchoolIdentity
    school: School
    author: Author


class AppropriateBodyRequest(HttpRequest):
    """A request by a person at an appropriate body."""

    identity: AppropriateBodyIdentity
    appropriate_body: AppropriateBody
    author: Author


class StaffRequest(HttpRequest):
    """A request by a member of DfE staff."""

    identity: StaffIdentity
    user: StaffUser  # type: ignore[assignment]  # nobody is anonymous here
    author: Author


def kind_required(
    kind: str,
    permission: Permission,
    prepare: Callable[[Any, Any], None],
    gates: Sequence[Gate] = (),
) -> Callable[[View], View]:
    """Return a decorator that admits one kind of user; without ``permission``: 403.

    ``prepare`` puts the typed attributes on the request; every gate may answer instead.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            identity = identity_of(request)
            if identity is None:
                return ask_to_sign_in(request)
            if identity.kind != kind:
                return refuse_kind(request, identity, wanted=kind)
            if not identity.may(permission):
                raise PermissionDenied(permission)
            prepare(request, identity)
            stops = filter(None, (gate(request) for gate in gates))
            return next(stops, None) or view(request, *args, **kwargs)

        return guarded

    return decorate


def appropriate_body_required(permission: Permission) -> Callable[[View], View]:
    """Admit people at an appropriate body; the view gets an AppropriateBodyRequest."""
    return kind_required("appropriate_body", permission, _prepare_appropriate_body)


def staff_required(permission: Permission) -> Callable[[View], View]:
    """Admit DfE staff; the view gets a StaffRequest."""
    return kind_required("staff", permission, _prepare_staff)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Remember where a visitor wanted to go, and show where to sign in.

    Someone whose session ended while they filled in a form is told that it was not saved. Someone
    who is signing in and has yet to say for which appropriate body is led to that question. While
    sessions cannot be read, nobody is sent away.
    """
    if unread_key(request):
        return unavailable(request)
    remember_path(request)
    if request.path.startswith("/appropriate-body/") and bodies_to_choose(request.session):
        return redirect("choose_body")
    if request.method == "POST":
        messages.warning(request, _NOT_SAVED)
    for_staff = request.path.startswith(("/admin", "/finance"))
    return redirect("/sign-in" if for_staff else "/")


def refuse_kind(request: HttpRequest, identity: Identity, *, wanted: str) -> HttpResponse:
    """Send a person with both roles to their active area; tell anyone else that it is not theirs.

    Status 401 as spec 05 §3.4 rules for pages of another role.
    """
    if wanted in identity.kinds:
        return redirect(identity.home)
    return render(request, "errors/401.jinja", status=401)


def remember_path(request: HttpRequest) -> None:
    """Keep the address of a page, or of the page whose form was sent, to go there afterwards."""
    path = request.get_full_path() if request.method == "GET" else _page_of_form(request)
    if path and is_rememberable(path):
        request.session["return_to"] = path


def forget_path(request: HttpRequest) -> str | None:
    """Return the remembered address, once."""
    path = request.session.pop("return_to", None)
    return path if isinstance(path, str) and is_rememberable(path) else None


def is_rememberable(path: str) -> bool:
    """Whether an address is a page of ours: nothing that leads to another site."""
    bare = path.split("?")[0]
    return "\\" not in path and any(
        bare == prefix or bare.startswith(f"{prefix}/") for prefix in REMEMBERED_PREFIXES
    )


def _page_of_form(request: HttpRequest) -> str | None:
    """Return the address, on this site, of the page that a form was sent from."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return None
    is_ours = request.method == "POST" and page.netloc == request.get_host()
    return urlunsplit(("", "", page.path, page.query, "")) if is_ours else None


def _prepare_appropriate_body(
    request: AppropriateBodyRequest, identity: AppropriateBodyIdentity
) -> None:
    request.appropriate_body = identity.appropriate_body
    request.author = identity.author


def _prepare_staff(request: StaffRequest, identity: StaffIdentity) -> None:
    request.user = identity.user
    request.author = identity.author
