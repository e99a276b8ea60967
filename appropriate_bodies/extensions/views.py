"""The extensions of an ECT whom the body holds, and the calculator (spec 06 §6.11)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from appropriate_bodies.extensions.forms import CalculatorForm, ChangeForm, NewForm, WithdrawForm
from register_ects.models import InductionExtension, InductionPeriod
from register_ects.operations.inductions.extensions import (
    add_extension,
    change_extension,
    mark_of_extension,
    withdraw_extension,
)
from register_ects.rules.extensions import Unit, terms_of
from register_ects.rules.inductions import terms_needed, terms_served
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.forms import GovukForm, data_of, status_of
from register_ects.web.seen_forms import SeenForm

_TERMS = ("number_of_terms", "decided_on", "told_on", "reason")


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def extensions(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """List an ECT's extensions in the order added."""
    period = _period(request, teacher_id)
    extensions = list(_extensions(period).select_related("appropriate_body").order_by("pk"))
    context = {
        "teacher": period.teacher,
        "body": request.appropriate_body,
        "extensions": extensions,
        "served": terms_served(period.teacher.induction_periods.all()),
        "needed": terms_needed(each.number_of_terms for each in extensions),
    }
    return render(request, "appropriate_bodies/extensions/list.jinja", context)


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def add(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Ask for a new extension, then add it."""
    period = _period(request, teacher_id)
    form = NewForm(data_of(request), period=period)

    def save() -> None:
        with form.sent_once() as sending:
            add_extension(period, form.extension, author=request.author, sending=sending)

    return _answer(request, period, form, save, page="form", done="The extension was added.")


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def change(request: AppropriateBodyRequest, teacher_id: int, extension_id: int) -> HttpResponse:
    """Ask what is to be recorded of an extension instead, then record it."""
    period = _period(request, teacher_id)
    held = get_object_or_404(_extensions(period), pk=extension_id)
    shown = {name: getattr(held, name) for name in _TERMS}
    form = ChangeForm(data_of(request), period=period, held=held, initial=shown)

    def save() -> None:
        seen = form.cleaned_data["seen"]
        change_extension(period, held, form.extension, seen=seen, author=request.author)

    done = "The extension was changed."
    return _answer(request, period, form, save, page="form", done=done, held=held)


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def withdraw(request: AppropriateBodyRequest, teacher_id: int, extension_id: int) -> HttpResponse:
    """Ask why an extension that the body added is taken back, then take it back."""
    period = _period(request, teacher_id)
    own = _extensions(period).filter(appropriate_body=request.appropriate_body)
    held = get_object_or_404(own, pk=extension_id)
    form = WithdrawForm(data_of(request), now=mark_of_extension(held))

    def save() -> None:
        withdraw_extension(period, held, author=request.author, **form.cleaned_data)

    done = "The extension was withdrawn."
    return _answer(request, period, form, save, page="withdraw", done=done, held=held)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def calculator(request: AppropriateBodyRequest) -> HttpResponse:
    """Say what some time comes to in terms. Nothing is kept."""
    form = CalculatorForm(request.GET if "amount" in request.GET else None)
    terms = None
    if form.is_valid():
        said = form.cleaned_data
        terms = terms_of(said["amount"], Unit(said["unit"]), percentage=said["percentage"])
    context = {"form": form, "terms": terms}
    page = "appropriate_bodies/extensions/calculator.jinja"
    return render(request, page, context, status=status_of(form))


def _answer(
    request: AppropriateBodyRequest,
    period: InductionPeriod,
    form: GovukForm,
    save: Callable[[], object],
    *,
    page: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    teacher = period.teacher
    if form.is_valid():
        try:
            save()
        except RuleBroken as refusal:
            codes = {problem.code for problem in refusal.problems}
            if codes & {"already_closed", "already_withdrawn"}:
                messages.info(request, "This was changed after you began, so nothing was saved.")
                return redirect("appropriate_bodies:teacher", teacher.pk)
            form.add_problems(refusal.problems)
        else:
            messages.success(request, done)
            return redirect("appropriate_bodies:extensions", teacher.pk)
    held = context.get("held")
    if held and isinstance(form, SeenForm) and form.is_outdated:
        held.refresh_from_db()
        form.show(mark_of_extension(held))
    context = {**context, "form": form, "teacher": teacher}
    return render(
        request, f"appropriate_bodies/extensions/{page}.jinja", context, status=status_of(form)
    )


def _period(request: AppropriateBodyRequest, teacher_id: int) -> InductionPeriod:
    """Return the body's open period of somebody; any other is not found."""
    ours = InductionPeriod.objects.open().held_by(request.appropriate_body)
    with_people = ours.select_related("teacher", "appropriate_body")
    period: InductionPeriod = get_object_or_404(with_people, teacher__pk=teacher_id)
    return period


def _extensions(period: InductionPeriod) -> Any:
    return InductionExtension.objects.filter(teacher=period.teacher_id)
