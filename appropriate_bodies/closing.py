"""What release, pass and fail share: whose period it is, and what is said once it is closed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from appropriate_bodies import queries
from appropriate_bodies.forms import CloseForm
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.outcomes import closed_with
from register_ects.web.access import AppropriateBodyRequest


def latest_period(request: AppropriateBodyRequest, teacher_id: int) -> InductionPeriod:
    """Return the body's last period of somebody, open or not; another body's ECT is not found."""
    periods = InductionPeriod.objects.held_by(request.appropriate_body).latest_first()
    theirs = periods.filter(teacher__pk=teacher_id).select_related("teacher", "appropriate_body")
    latest: InductionPeriod = get_object_or_404(theirs[:1])
    return latest


def closing_context(request: AppropriateBodyRequest, period: InductionPeriod) -> dict[str, Any]:
    """Return what a page shows that asks how a period was closed."""
    ect = queries.ect_page(request.appropriate_body, period.teacher)
    return {"period": period, "teacher": period.teacher, "ect": ect}


def closed_before(
    request: AppropriateBodyRequest, period: InductionPeriod, form_class: type[CloseForm], done: str
) -> HttpResponse | None:
    """Confirm what was sent again; say of any other answers that they were not saved.

    None while the period is open.
    """
    if period.is_open:
        return None
    if request.method != "POST":
        return redirect(record_of(request, period))
    form = form_class(request.POST, period=period)
    if form.is_valid() and form.tells_what_is_recorded():
        return redirect(done, period.teacher_id)
    context = {
        "period": period,
        "teacher": period.teacher,
        "support_email": settings.APPROPRIATE_BODIES_SUPPORT_EMAIL,
    }
    return render(request, "appropriate_bodies/not_saved.jinja", context, status=422)


def record_of(request: AppropriateBodyRequest, latest: InductionPeriod) -> str:
    """Return where an ECT's record is; a notice there says when no period of theirs is open."""
    if not latest.is_open:
        messages.info(request, f"{latest.teacher.name} has no open induction period with you.")
    return reverse("appropriate_bodies:teacher", args=[latest.teacher_id])


def done_context(period: InductionPeriod) -> dict[str, Any]:
    """Return what the confirmation of a release, pass or fail shows."""
    return {"period": period, "teacher": period.teacher, "closed": closed_with(period)}
