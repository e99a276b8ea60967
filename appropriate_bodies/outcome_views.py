"""Release an ECT, or record that they passed (spec 06 §6.10). A fail is a journey: ``fail_ect``."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from appropriate_bodies.closing import (
    closed_before,
    closing_context,
    done_context,
    latest_period,
    record_of,
)
from appropriate_bodies.forms import CloseForm, PassForm
from register_ects.operations.inductions.periods import pass_induction, release_ect
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.forms import data_of, status_of
from register_ects.web.measurements import one_page

_KINDS: dict[str, tuple[type[CloseForm], Callable[..., object]]] = {
    "release": (CloseForm, release_ect),
    "pass": (PassForm, pass_induction),
}


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
@one_page("{kind}-ect")
def close(request: AppropriateBodyRequest, teacher_id: int, kind: str) -> HttpResponse:
    """Ask for an ECT's last day and terms served, then release them or record a pass."""
    form_class, operation = _KINDS[kind]
    period, done = latest_period(request, teacher_id), f"appropriate_bodies:{kind}_done"
    form = form_class(data_of(request), period=period)
    if period.is_open and form.is_valid():
        try:
            operation(period, author=request.author, **form.cleaned_data)
            return redirect(done, teacher_id)
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
    otherwise = closed_before(request, period, form_class, done)  # perhaps by another tab just now
    if otherwise:
        return otherwise
    context = {"form": form, **closing_context(request, period)}
    return render(request, f"appropriate_bodies/{kind}.jinja", context, status=status_of(form))


@require_safe
@appropriate_body_required(Permission.INDUCTION_WRITE)
def closed(request: AppropriateBodyRequest, teacher_id: int, kind: str) -> HttpResponse:
    """Say that an ECT was released, or passed and what that closed."""
    period = latest_period(request, teacher_id)
    if period.is_open or period.outcome != _KINDS[kind][0].outcome:
        return redirect(record_of(request, period))
    return render(request, "appropriate_bodies/done.jinja", done_context(period))
