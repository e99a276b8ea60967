"""Support looks into what TRS did not accept and whom it no longer shows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from register_ects.models import TRSInductionUpdate
from register_ects.operations.inductions.trs_updates import queue_again
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken, told
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.pagination import paginate
from support import trs_queries


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def teaching_record_system(request: StaffRequest) -> HttpResponse:
    """List the messages that TRS did not accept, and the people whom it does not show."""
    refused = paginate(
        request,
        trs_queries.refused_messages(),
        fragment="messages",
        label="Pages of messages",
    )
    people = paginate(
        request,
        trs_queries.people_not_shown(),
        parameter="people_page",
        fragment="people",
        label="Pages of people",
    )
    context = {
        "refused": refused,
        "reasons": [trs_queries.reason_of(update) for update in refused.rows],
        "people": people,
        "waiting": trs_queries.pile_of_waiting_messages(),
    }
    return render(request, "support/trs.jinja", context)


@require_POST
@staff_required(Permission.TRS_WRITE)
def send_again(request: StaffRequest, update_id: int) -> HttpResponse:
    """Queue a refused message once more."""
    update = get_object_or_404(TRSInductionUpdate.objects.select_related("teacher"), pk=update_id)
    name = update.teacher.name
    try:
        if queue_again(update, author=request.author):
            messages.success(request, f"We’ll tell TRS again about {name}.")
        else:
            messages.info(request, f"There is nothing left to tell TRS about {name}.")
    except RuleBroken as refusal:
        for problem in refusal.problems:
            messages.warning(request, f"{name}: {told(problem, None)}.")
    return redirect("support:trs")
