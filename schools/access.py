"""Which school pages open to whom: gates A, B, W, T and N of spec 05 §3.4, in that order.

What changes anything needs a permission of its own.

::

    @school_required                                  # A, B, T
    @school_required(to_change=True)                  # A, B, T, for who may change something
    @school_required(while_registration_is_open=True) # A, B, W, T
    @school_required(to_register_ects=True)           # A, B, W, T, N
    @school_required(even_if_tutor_is_due=True)       # A, B: what cannot wait until T is passed
    @school_required(even_if_blocked=True)            # A only: the page that explains the block

Before all of them comes whether the school that the address names is the person's.

The view gets a SchoolRequest with ``school`` and ``author``. Look everything up within
``request.school``; what belongs to another school is 404.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from register_ects.rules.permissions import Permission
from register_ects.web.access import Gate, SchoolRequest, View, kind_required, remember_path
from register_ects.web.blocked_schools import block_of, is_winding_down
from register_ects.web.identity import SchoolIdentity
from register_ects.web.induction_tutors import journey_due, tutor_is_due
from register_ects.web.school_addresses import urn_in, with_urn
from schools.queries.closures import closures

_NOT_SAVED = (
    "What you sent was not saved: first say who your induction tutor is. Then you carry on from "
    "the same page."
)
_NO_SCHOOL = (
    "What you sent was not saved: the page did not say for which of your schools it was. Choose "
    "the school and start again."
)


@overload
def school_required(view: View) -> View: ...
@overload
def school_required(
    *,
    to_change: bool = False,
    while_registration_is_open: bool = False,
    to_register_ects: bool = False,
    even_if_tutor_is_due: bool = False,
    even_if_blocked: bool = False,
) -> Callable[[View], View]: ...


def school_required(
    view: View | None = None,
    *,
    to_change: bool = False,
    while_registration_is_open: bool = False,
    to_register_ects: bool = False,
    even_if_tutor_is_due: bool = False,
    even_if_blocked: bool = False,
) -> Any:
    """Admit people at a school, through the gates asked for."""
    passed: list[Gate] = [at_named_school]
    permission = Permission.SCHOOL_VIEW
    if not even_if_blocked:
        passed.append(not_blocked)
    if to_change or while_registration_is_open or to_register_ects:
        permission = Permission.SCHOOL_REGISTER
    if while_registration_is_open or to_register_ects:
        passed.append(registration_open)
    if not (even_if_tutor_is_due or even_if_blocked):
        passed.append(tutor_confirmed)
    if to_register_ects:
        passed.append(may_register_ects)
    decorate = kind_required("school", permission, _prepare, passed)
    return decorate(view) if view else decorate


def several_schools_required(view: View) -> View:
    """Admit people at several schools, to what is of all of them; lead others to their home."""
    decorate = kind_required("school", Permission.SCHOOL_VIEW, _prepare, [_at_several_schools])
    return decorate(view)


# -- Gates -------------------------------------------------------------------------------------


def at_named_school(request: SchoolRequest) -> HttpResponse | None:
    """Show only pages of a school that is theirs; lead from an address without a URN to one with.

    A form that names no school is taken from somebody who has but one. Raises Http404 at another
    school's address.
    """
    identity, asked = request.identity, request.get_full_path()
    address = with_urn(asked, identity.urn)
    if address == asked:
        if urn_in(asked) not in (None, identity.urn):
            raise Http404
        return None
    if request.method in {"GET", "HEAD"}:
        return redirect(address)
    if identity.may_change_school:
        messages.warning(request, _NO_SCHOOL)
        return redirect("choose_school")
    return None


def not_blocked(request: SchoolRequest) -> HttpResponse | None:
    """Gate B: send people at a school that may not use the service to the page that says why."""
    return redirect("schools:access_denied") if block_of(request.identity) else None


def registration_open(request: SchoolRequest) -> HttpResponse | None:
    """Gate W: while registration is closed, send people to the page that says until when."""
    return redirect("schools:registration_window_closed") if closures().now else None


def tutor_confirmed(request: SchoolRequest) -> HttpResponse | None:
    """Gate T: once a contract year a school first says who its induction tutor is (§11.1).

    Afterwards people go on to the page that they had asked for.
    """
    if not tutor_is_due(request.identity):
        return None
    remember_path(request)
    if request.method == "POST":
        messages.warning(request, _NOT_SAVED)
    return redirect(f"schools:{journey_due(request.school)}")


def stopped(request: SchoolRequest) -> HttpResponse | None:
    """Return where somebody is sent who cannot register ECTs today; None for who can."""
    return registration_open(request) or may_register_ects(request)


def may_register_ects(request: SchoolRequest) -> HttpResponse | None:
    """Gate N: an independent school whose funding has ended registers no new ECTs."""
    return redirect("schools:ects") if is_winding_down(request.school) else None


def _at_several_schools(request: SchoolRequest) -> HttpResponse | None:
    return None if request.identity.may_change_school else redirect(request.identity.home)


def _prepare(request: SchoolRequest, identity: SchoolIdentity) -> None:
    if identity.school is not None:
        request.school = identity.school
    request.author = identity.author
