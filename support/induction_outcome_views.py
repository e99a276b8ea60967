"""Staff record a pass or a fail for the body that holds an ECT (spec 06 §6.12)."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from register_ects.models import InductionPeriod, Teacher
from register_ects.operations.inductions.closing import mark_of_period
from register_ects.operations.inductions.periods import fail_induction, pass_induction
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of
from support.induction_outcome_forms import FailForm, PassForm
from support.saving import saved_or_shown

_KINDS: dict[str, tuple[type[PassForm], Callable[..., object]]] = {
    "pass": (PassForm, pass_induction),
    "fail": (FailForm, fail_induction),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def record(request: StaffRequest, teacher_id: UUID, kind: str) -> HttpResponse:
    """Ask how an induction ended, then record the outcome of it."""
    teacher = get_object_or_404(Teacher, api_id=teacher_id)
    with_people = InductionPeriod.objects.open().select_related("teacher", "appropriate_body")
    period = with_people.filter(teacher=teacher).first()
    closed = f"{teacher.name} has no open induction period."
    if period is None:
        messages.info(request, closed)
        return redirect("support:teacher_induction", teacher_id)
    form_class, operation = _KINDS[kind]
    form = form_class(data_of(request), period=period)
    return saved_or_shown(
        request,
        form,
        teacher,
        lambda: operation(period, author=request.author, **form.closing()),
        done=f"The {kind} was recorded.",
        page="induction_outcome",
        context={"period": period, "kind": kind},
        mark=lambda: mark_of_period(period),
        overtaken={"already_closed": closed},
    )
