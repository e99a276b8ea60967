"""Staff delete an ECT's induction period, or reopen an induction that has an outcome."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from register_ects.models import InductionPeriod
from register_ects.operations.base import Author
from register_ects.operations.inductions.by_staff import delete_period, reopen_induction
from register_ects.operations.inductions.corrections import mark_of_recorded
from register_ects.operations.inductions.outcomes import closed_with
from register_ects.rules.permissions import Permission
from register_ects.rules.staff_reasons import StaffReason
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import data_of
from support.reason_forms import ReasonForm
from support.saving import fresh, saved_or_shown


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def delete(request: StaffRequest, teacher_id: UUID, period_id: int) -> HttpResponse:
    """Ask why an induction period is deleted, then delete it."""
    period = get_object_or_404(_periods(teacher_id).filter(outcome=None), pk=period_id)

    def save(reason: StaffReason, seen: str, author: Author) -> None:
        delete_period(period, reason, seen=seen, author=author)

    return _answer(request, period, save, page="delete", done="The induction period was deleted.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.INDUCTION_WRITE)
def reopen(request: StaffRequest, teacher_id: UUID) -> HttpResponse:
    """Ask why the outcome of an induction is taken back, then take it back."""
    latest = _periods(teacher_id).order_by("-started_on")
    period = get_object_or_404(latest[:1])
    if not period.outcome:
        messages.info(request, "Their induction has no outcome that could be taken back.")
        return redirect("support:teacher_induction", teacher_id)

    def save(reason: StaffReason, seen: str, author: Author) -> None:
        reopen_induction(period, reason, seen=seen, author=author)

    return _answer(request, period, save, page="reopen", done="The induction was reopened.")


def _periods(teacher_id: UUID) -> QuerySet[InductionPeriod]:
    people = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    return people.filter(teacher__api_id=teacher_id)


def _answer(
    request: StaffRequest,
    period: InductionPeriod,
    save: Callable[[StaffReason, str, Author], None],
    *,
    page: str,
    done: str,
) -> HttpResponse:
    teacher = period.teacher
    form = ReasonForm(data_of(request), now=mark_of_recorded(period), words={"name": teacher.name})
    return saved_or_shown(
        request,
        form,
        teacher,
        lambda: save(form.reason, form.cleaned_data["seen"], request.author),
        done=done,
        page=f"induction_{page}",
        context={"period": period, "closed": closed_with(period)},
        mark=lambda: mark_of_recorded(fresh(period)),
        overtaken=dict.fromkeys(
            ("already_deleted", "no_outcome"),
            "It was changed after you began, so nothing was saved.",
        ),
    )
