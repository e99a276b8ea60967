"""Staff add an induction period to a person's record, or change one (spec 06 §6.12)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from register_ects.models import AppropriateBody, InductionPeriod, Teacher
from register_ects.operations.inductions.by_staff import add_period, change_period
from register_ects.operations.inductions.corrections import mark_of_recorded
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of
from support.induction_forms import AddPeriodForm, ChangePeriodForm
from support.saving import fresh, saved_or_shown


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def add(request: StaffRequest, teacher_id: UUID) -> HttpResponse:
    """Ask for a period with any body, then add it."""
    teacher = get_object_or_404(Teacher, api_id=teacher_id)
    form = AddPeriodForm(data_of(request), teacher=teacher)

    def save() -> None:
        body = get_object_or_404(AppropriateBody, pk=form.cleaned_data["body"])
        add_period(teacher, body, form.entered, form.reason, author=request.author)

    return saved_or_shown(
        request,
        form,
        teacher,
        save,
        done="The induction period was added.",
        page="induction_period",
        context={"heading": "Add an induction period", "button": "Add period"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def change(request: StaffRequest, teacher_id: UUID, period_id: int) -> HttpResponse:
    """Ask what is right of a period, then record it."""
    with_people = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    period = get_object_or_404(with_people, pk=period_id, teacher__api_id=teacher_id)
    form = ChangePeriodForm(data_of(request), period=period)

    def save() -> None:
        seen = form.cleaned_data["seen"]
        change_period(period, form.entered, form.reason, seen=seen, author=request.author)

    heading = f"Change the induction period with {period.appropriate_body.name}"
    return saved_or_shown(
        request,
        form,
        period.teacher,
        save,
        done="The induction period was changed.",
        page="induction_period",
        context={"heading": heading, "button": "Save changes"},
        mark=lambda: mark_of_recorded(fresh(period)),
        overtaken={"already_deleted": "The period was deleted, so nothing was saved."},
    )
