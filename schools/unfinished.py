"""Deleting a registration that somebody at the school began (spec 05 §20.4)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.web.access import SchoolRequest
from schools.access import school_required
from schools.queries.unfinished import unfinished_registration


@school_required(to_change=True)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_unfinished(request: SchoolRequest, draft_id: UUID) -> HttpResponse:
    """Delete what was entered about somebody, once that is confirmed."""
    draft, name = unfinished_registration(request, draft_id)
    if request.method == "POST":
        draft.delete()
        messages.success(request, f"What was entered about {name} was deleted")
        return redirect("schools:home")
    return render(request, "schools/delete_unfinished.jinja", {"name": name})
