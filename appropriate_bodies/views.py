"""The landing page, the lists of ECTs and an ECT's page (spec 06 §6.3, §6.5, §6.6)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appropriate_bodies import queries
from register_ects.operations.inductions.corrections import correctable_until, correcting_problems
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.pagination import paginate, slice_asked
from register_ects.web.way_back import FROM, KeptList, carrying

_ROWS_PER_PAGE = 50
_TEACHERS = KeptList("appropriate_bodies:teachers", ("status", "q", "page"))


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what appropriate bodies do here. Public."""
    return render(request, "appropriate_bodies/landing.jinja")


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def teachers(request: AppropriateBodyRequest, status: str = "") -> HttpResponse:
    """List a body's ECTs: open inductions unless asked for closed or released ones."""
    status = status or request.GET.get("status", "")
    status = status if status in queries.STATUSES else "open"
    search = request.GET.get("q", "").strip().replace("\0", "")
    body = request.appropriate_body
    expected = slice_asked(request, per_page=_ROWS_PER_PAGE)
    listed = queries.ListOfECTs(body, status, search, expected)
    page = paginate(request, listed, per_page=_ROWS_PER_PAGE)
    listed_as = {**request.GET.dict(), **({} if status == "open" else {"status": status})}
    context = {
        "status": status,
        "search": search,
        "page": page,
        "rows": queries.as_released_rows(page.rows, body)
        if status == "released"
        else queries.as_rows(page.rows),
        "are_alike": listed.are_alike,
        "counts": listed.counts,
        "carried": carrying(_TEACHERS.state(listed_as)),
        "addresses": {one: reverse(f"appropriate_bodies:{one}") for one in queries.STATUSES},
    }
    return render(request, "appropriate_bodies/teachers.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def teacher(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Show an ECT whom the body holds, or whose outcome it recorded; else 404.

    Of an ECT whom it released it sees its own part.
    """
    body = request.appropriate_body
    person = queries.visible_teachers(body).filter(pk=teacher_id).first()
    if person is None:
        released = queries.released_ect(body, teacher_id)
        if released is None:
            raise Http404
        back = FROM in request.GET and _TEACHERS.address(request)
        latest = released.own_periods[0]
        context: dict[str, Any] = {
            "ect": released,
            "until": None if correcting_problems(latest) else correctable_until(latest),
            "back": back or reverse("appropriate_bodies:released"),
        }
        return render(request, "appropriate_bodies/released.jinja", context)
    context = {
        "ect": queries.ect_page(body, person),
        "teacher": person,
        "back": _TEACHERS.address(request),
    }
    return render(request, "appropriate_bodies/teacher.jinja", context)
