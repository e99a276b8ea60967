"""Where a body begins: what needs it today, each leading to a list of just that (spec 06 §6.21)."""

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appropriate_bodies.agreement.queries import due_by_when, due_inductions, known_ects
from appropriate_bodies.schools_data.queries import summaries_of_lists
from appropriate_bodies.schools_data.views import addresses_of_lists
from register_ects.models import (
    AppropriateBody,
    InductionPeriod,
    PendingInductionSubmissionBatch,
    TRSInductionUpdate,
)
from register_ects.rules.enumerations import BatchStatus, TRSUpdateState
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.pagination import paginate

_ROWS_PER_PAGE = 50


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def home(request: AppropriateBodyRequest) -> HttpResponse:
    """Say what needs a body, since when, and what it should know."""
    body = request.appropriate_body
    ects = known_ects(body)
    due = due_by_when(due_inductions(ects))
    context = {
        "overdue": due["overdue"],
        "this_term": len(due["this-term"]),
        "to_check": sum(bool(ect.flags) for ect in ects),
        "lists": summaries_of_lists(body),
        "addresses": addresses_of_lists(),
        "files": _files_to_go_on_with(body),
        "refused": refused_messages(body).aggregate(number=Count("pk"), since=Min("updated_at")),
    }
    return render(request, "appropriate_bodies/home.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def refused(request: AppropriateBodyRequest) -> HttpResponse:
    """List what TRS did not accept of a body's inductions, the oldest first."""
    messages = refused_messages(request.appropriate_body).select_related("teacher")
    in_order = messages.order_by("updated_at", "pk")
    context = {"page": paginate(request, in_order, per_page=_ROWS_PER_PAGE)}
    return render(request, "appropriate_bodies/refused.jinja", context)


def _files_to_go_on_with(body: AppropriateBody) -> list[PendingInductionSubmissionBatch]:
    """Return the five latest files of a body that are not recorded yet, with what they are called.

    One query.
    """
    batches = PendingInductionSubmissionBatch.objects.filter(
        appropriate_body=body, state__in=(BatchStatus.PENDING, BatchStatus.PROCESSED)
    )
    return list(batches.order_by("-created_at", "-pk")[:5])


def refused_messages(body: AppropriateBody) -> QuerySet[TRSInductionUpdate]:
    """Find what TRS did not accept of people whom the body holds, or whose outcome it recorded."""
    theirs = InductionPeriod.objects.held_by(body).filter(
        Q(finished_on=None) | Q(outcome__isnull=False), teacher=OuterRef("teacher")
    )
    refused = TRSInductionUpdate.objects.filter(state=TRSUpdateState.REJECTED)
    return refused.filter(Exists(theirs))
