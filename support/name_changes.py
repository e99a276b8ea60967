"""Names that schools have changed so much that it may be somebody else (spec 05 §9.1 Improve)."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register_ects import clock
from register_ects.models import Event
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.pagination import paginate

#: For so long a change is shown to support.
SHOWN_FOR = timedelta(days=28)


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def name_changes(request: StaffRequest) -> HttpResponse:
    """List the changes of both first and last names of the last four weeks, newest first."""
    found = changes_to_look_at().select_related("teacher", "school__gias_school")
    page = paginate(request, found, label="Pages of changed names")
    return render(request, "support/name_changes.jinja", {"page": page})


def changes_to_look_at() -> QuerySet[Event]:
    """Find what people changed of first and last names in the last four weeks, newest first."""
    return Event.objects.filter(
        event_type="teacher_name_updated_by_user",
        recorded_at__gt=clock.now() - SHOWN_FOR,
        metadata__significant=True,
    ).order_by("-recorded_at", "-pk")
