"""A school's home, the pages of its ECTs, mentors and induction tutor, and what stops people.

Source: spec 05 §3.3, §5, §12.1.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from register_ects.models import MentorAtSchoolPeriod
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.web import blocked_schools
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import id_asked
from register_ects.web.pagination import paginate
from register_ects.web.school_addresses import reverse
from register_ects.web.way_back import carrying
from schools import access
from schools.queries.closures import closures
from schools.queries.ect_list import list_ects
from schools.queries.ect_page import ect_page
from schools.queries.home import home_of_school
from schools.queries.induction_tutor import tutor_page
from schools.queries.mentor_list import list_mentors
from schools.queries.mentors import mentor_page
from schools.queries.next_steps import next_steps
from schools.queries.unfinished import Unfinished, unfinished_ects, unfinished_mentors
from schools.several.lists import begun_at
from schools.status_filter import MentorFilter, StatusFilter
from schools.way_back import ECTS, MENTORS, list_before


@require_safe
@access.school_required
def home(request: SchoolRequest) -> HttpResponse:
    """Show what needs the school today, what was begun, and what others are to do."""
    is_winding_down = blocked_schools.is_winding_down(request.school)
    context = {
        "home": home_of_school(request.school),
        "is_winding_down": is_winding_down,
        "unfinished": _unfinished(request, is_winding_down=is_winding_down),
        "lists": [] if is_winding_down else begun_at(request),
        **_closures(),
    }
    return render(request, "schools/home.jinja", context)


@require_safe
@access.school_required
def ects(request: SchoolRequest) -> HttpResponse:
    """List the school's ECTs; ``q`` searches, ``status`` narrows, ``page`` turns."""
    search = request.GET.get("q", "").strip()
    chosen = StatusFilter.of(request.GET.get("status", ""))
    listed = list_ects(request.school, search=search, status=chosen)
    page = paginate(request, listed.rows, label="Pages of ECTs", empty_past_end=True)
    is_winding_down = blocked_schools.is_winding_down(request.school)
    context = {
        "listed": listed,
        "page": page,
        "next_steps": {ect.id: next_steps(ect) for ect in page.rows},
        "returned": returned_addresses(ect.email for ect in page.rows),
        "search": search,
        "carried": carrying(ECTS.state(request.GET)),
        "chosen": chosen,
        "filters": StatusFilter.offered(chosen),
        "is_winding_down": is_winding_down,
        **_closures(),
        "unfinished": [] if search else _unfinished(request, is_winding_down=is_winding_down),
    }
    return render(request, "schools/ects.jinja", context)


@require_safe
@access.school_required
def ect(request: SchoolRequest, placement_id: int) -> HttpResponse:
    """Show one of the school's ECTs; ``mentor`` names the mentor's page to go back to."""
    closures = _closures()
    page = ect_page(request.school, placement_id, is_closed=closures["closure"] is not None)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "ect": page.ect,
        "returned": returned_addresses([page.ect.email]),
        "back": _back_from_ect(request),
        **closures,
    }
    return render(request, "schools/ect.jinja", context)


@require_safe
@access.school_required
def mentors(request: SchoolRequest) -> HttpResponse:
    """List the school's mentors; ``q`` searches, ``status`` narrows, ``page`` turns."""
    search = request.GET.get("q", "").strip()
    chosen = MentorFilter.of(request.GET.get("status", ""))
    listed = list_mentors(request.school, search=search, status=chosen)
    page = paginate(request, listed.rows, label="Pages of mentors", empty_past_end=True)
    unfinished = [] if search else unfinished_mentors(request)
    context = {
        "listed": listed,
        "page": page,
        "returned": returned_addresses(mentor.email for mentor in page.rows),
        "search": search,
        "carried": carrying(MENTORS.state(request.GET)),
        "chosen": chosen,
        "filters": MentorFilter.offered(chosen),
        "unfinished": unfinished,
        **_closures(),
    }
    return render(request, "schools/mentors.jinja", context)


@require_safe
@access.school_required
def mentor(request: SchoolRequest, placement_id: int) -> HttpResponse:
    """Show one of the school's mentors."""
    page = mentor_page(request.school, placement_id)
    if page is None:
        raise Http404
    came_from = list_before(request, MENTORS)
    context = {
        "page": page,
        "mentor": page.mentor,
        "returned": returned_addresses([page.mentor.email]),
        **_closures(),
        "back": came_from.address(request),
        "carried": carrying(came_from.state_before(request)),
    }
    return render(request, "schools/mentor.jinja", context)


@require_safe
@access.school_required
def what_you_need(request: SchoolRequest) -> HttpResponse:
    """List what to gather before an ECT and their mentor are registered."""
    return render(request, "schools/what_you_need.jinja", {"back": reverse("schools:ects")})


@require_safe
@access.school_required(even_if_tutor_is_due=True)
def induction_tutor(request: SchoolRequest) -> HttpResponse:
    """Show who the school's induction tutor is, and who last confirmed it."""
    page = tutor_page(request.school)
    returned = returned_addresses([page.tutor.email])
    context = {**vars(page), "returned": returned, **_closures()}
    return render(request, "schools/induction_tutor/tutor.jinja", context)


@require_safe
@access.school_required(even_if_tutor_is_due=True)
def registration_window_closed(request: SchoolRequest) -> HttpResponse:
    """Explain that registration is closed, and until when."""
    closure = closures().now
    if closure is None:
        return redirect("schools:ects")
    return render(request, "schools/registration_window_closed.jinja", {"closure": closure})


@require_safe
@access.school_required(even_if_blocked=True)
def access_denied(request: SchoolRequest) -> HttpResponse:
    """Explain why this school may not use the service."""
    block = blocked_schools.block_of(request.identity)
    if block is None:
        return redirect("schools:ects")
    register = request.identity.gias_school
    context = {"block": block, "register": register, "successor": register.successor}
    return render(request, "schools/access_denied.jinja", context, status=403)


def _unfinished(request: SchoolRequest, *, is_winding_down: bool) -> list[Unfinished]:
    """Return the registrations to take up again; of ECTs only where they can be finished."""
    ects = [] if is_winding_down else unfinished_ects(request)
    return [*ects, *unfinished_mentors(request)]


def _closures() -> dict[str, Any]:
    """Return what the banner tells: the closure of today, or the next one."""
    found = closures()
    return {"closure": found.now, "closure_ahead": found.ahead}


def _back_from_ect(request: SchoolRequest) -> str:
    """Return the page of the mentor that the address names, if they are here; else the list."""
    asked = id_asked(request, "mentor")
    here = MentorAtSchoolPeriod.objects.filter(school=request.school)
    if asked is not None and here.filter(pk=asked).exists():
        kept = list_before(request, MENTORS).state_before(request)
        return reverse("schools:mentor", args=[asked]) + carrying(kept)
    return list_before(request, ECTS).address(request)
