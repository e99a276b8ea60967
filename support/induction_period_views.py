"""Staff add an induction period to a person's record, or change one (spec 06 §6.12)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from register_ects.models import AppropriateBody, InductionPeriod, Teacher
from register_ects.operations.inductions.by_staff import add_period, change_period
from register_ects.operations.inductions.corrections import mark_of_recorded
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of, status_of
from support.induction_forms import AddPeriodForm, ChangePeriodForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def add(request: StaffRequest, teacher_id: UUID) -> HttpResponse:
    """Ask for a period with any body, then add it."""
    teacher = get_object_or_404(Teacher, api_id=teacher_id)
    form = AddPeriodForm(data_of(request), teacher=teacher)
    if form.is_valid():
        body = get_object_or_404(AppropriateBody, pk=form.cleaned_data["body"])
        try:
            add_period(teacher, body, form.entered, form.reason, author=request.author)
            messages.success(request, "The induction period was added.")
            return redirect("support:teacher_induction", teacher_id)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
    context = {"form": form, "teacher": teacher, "heading": "Add an induction period"}
    page = "support/induction_period.jinja"
    return render(request, page, context | {"button": "Add period"}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def change(request: StaffRequest, teacher_id: UUID, period_id: int) -> HttpResponse:
    """Ask what is right of a period, then record it."""
    with_people = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    period = get_object_or_404(with_people, pk=period_id, teacher__api_id=teacher_id)
    form = ChangePeriodForm(data_of(request), period=period)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            change_period(period, form.entered, form.reason, seen=seen, author=request.author)
            messages.success(request, "The induction period was changed.")
            return redirect("support:teacher_induction", teacher_id)
        except RuleBroken as refusal:
            if "already_deleted" in {problem.code for problem in refusal.problems}:
                messages.info(request, "The period was deleted, so nothing was saved.")
                return redirect("support:teacher_induction", teacher_id)
            form.add_problems(refusal.problems)
            if form.is_outdated:
                period.refresh_from_db()
                form.show(mark_of_recorded(period))
    heading = f"Change the induction period with {period.appropriate_body.name}"
    context = {"form": form, "teacher": period.teacher, "heading": heading}
    page = "support/induction_period.jinja"
    return render(request, page, context | {"button": "Save changes"}, status=status_of(form))
