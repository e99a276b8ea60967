"""One address to correct a period of the body's own, open or released (spec 06 §6.9)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from appropriate_bodies.closing import closing_context
from appropriate_bodies.editing.forms import CorrectForm, EditForm
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.corrections import (
    correct_release,
    correctable_until,
    correcting_problems,
    edit_period,
    mark_of_recorded,
)
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.forms import data_of, status_of

_TOO_LATE = (
    "You can correct a release for 30 days, and until their induction goes on elsewhere. "
    "Nothing was changed."
)


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def edit(request: AppropriateBodyRequest, teacher_id: int, period_id: int) -> HttpResponse:
    """Ask what is right about an own period, then record it."""
    own = InductionPeriod.objects.held_by(request.appropriate_body).filter(outcome=None)
    with_people = own.select_related("teacher", "appropriate_body")
    period = get_object_or_404(with_people, pk=period_id, teacher__pk=teacher_id)
    if not period.is_open and correcting_problems(period):
        messages.info(request, _TOO_LATE)
        return redirect("appropriate_bodies:teacher", teacher_id)
    form = (EditForm if period.is_open else CorrectForm)(data_of(request), period=period)
    if form.is_valid():
        try:
            _save(form, period, request)
            messages.success(request, "The induction period was corrected.")
            return redirect("appropriate_bodies:teacher", teacher_id)
        except RuleBroken as refusal:
            if {"already_closed", "not_released"} & {each.code for each in refusal.problems}:
                messages.info(request, "It was changed after you began, so nothing was saved.")
                return redirect("appropriate_bodies:teacher", teacher_id)
            form.add_problems(refusal.problems)
            if form.is_outdated:
                form.show(mark_of_recorded(period))
    return _page(request, form, period)


def _save(form: Any, period: InductionPeriod, request: AppropriateBodyRequest) -> None:
    if isinstance(form, EditForm):
        edit_period(period, form.beginning, seen=form.cleaned_data["seen"], author=request.author)
    else:
        correct_release(period, author=request.author, **form.cleaned_data)


def _page(request: AppropriateBodyRequest, form: Any, period: InductionPeriod) -> HttpResponse:
    context = {"form": form, "period": period, "teacher": period.teacher}
    page = "edit"
    if isinstance(form, CorrectForm):
        page = "correct"
        context |= closing_context(request, period) | {"until": correctable_until(period)}
    address = f"appropriate_bodies/editing/{page}.jinja"
    return render(request, address, context, status=status_of(form))
