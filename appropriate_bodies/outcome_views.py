"""Release an ECT, or record that they passed or failed (spec 06 §6.10)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from appropriate_bodies import queries
from appropriate_bodies.forms import CloseForm, FailCheckForm, FailForm
from register_ects.models import Event, InductionPeriod, JourneyDraft
from register_ects.operations.inductions.closing import closing_problems, mark_of_period
from register_ects.operations.inductions.outcomes import ClosedPart
from register_ects.operations.inductions.periods import confirm_fail as lock_confirmed
from register_ects.operations.inductions.periods import fail_induction, pass_induction, release_ect
from register_ects.rules.enumerations import InductionOutcome
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web import drafts
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.forms import GovukForm, data_of, status_of

#: The drafts that keep whether an ECT was told that they failed.
_FAIL = "record-a-fail"
_OUTCOMES = {"release": None, "pass": InductionOutcome.PASS, "fail": InductionOutcome.FAIL}


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def release(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Ask for an ECT's last day and terms served, then release them."""
    return _close(request, teacher_id, CloseForm, release_ect, "release")


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def record_pass(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Ask for the last day and terms served, then record a pass."""
    return _close(request, teacher_id, CloseForm, pass_induction, "pass")


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def confirm_fail(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Ask whether the ECT was told in writing; the answer is kept for a day."""
    period = _open_period(request, teacher_id)
    if period is None:
        latest = _latest_period(request, teacher_id)
        if request.method == "POST":
            return _not_saved(request, latest)
        return _nothing_open(request, latest)
    form = FailCheckForm(
        data_of(request), now=mark_of_period(period), words={"name": period.teacher.name}
    )
    if form.is_valid():
        try:
            _keep_told(request, period, form.cleaned_data["seen"])
            return redirect("appropriate_bodies:fail", teacher_id)
        except RuleBroken as refusal:
            if _open_period(request, teacher_id) is None:  # a colleague was faster
                return _not_saved(request, _latest_period(request, teacher_id))
            form.add_problems(refusal.problems)
    if form.is_outdated:
        form.show(mark_of_period(period))
    context = {"form": form, "teacher": period.teacher}
    return render(request, "appropriate_bodies/fail_check.jinja", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def record_fail(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Ask for the dates and terms served, then record a fail; the check comes first."""
    period = _open_period(request, teacher_id)
    if period is not None and not _was_told(request, period):
        return redirect("appropriate_bodies:fail_check", teacher_id)
    return _close(request, teacher_id, FailForm, fail_induction, "fail")


@require_safe
@appropriate_body_required(Permission.INDUCTION_WRITE)
def release_done(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Say that an ECT was released."""
    released = _own_periods(request, teacher_id).filter(finished_on__isnull=False, outcome=None)
    period = released.order_by("-started_on", "-pk").first()
    if period is None:
        return _to_record(request, _latest_period(request, teacher_id))
    return render(request, "appropriate_bodies/release_done.jinja", {"period": period})


@require_safe
@appropriate_body_required(Permission.INDUCTION_WRITE)
def pass_done(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Say that a pass was recorded, and what it closed."""
    return _outcome_page(request, teacher_id, InductionOutcome.PASS)


@require_safe
@appropriate_body_required(Permission.INDUCTION_WRITE)
def fail_done(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Say that a fail was recorded, and what it closed."""
    return _outcome_page(request, teacher_id, InductionOutcome.FAIL)


def _close(
    request: AppropriateBodyRequest,
    teacher_id: int,
    form_class: type[CloseForm],
    operation: Callable[..., Any],
    page: str,
) -> HttpResponse:
    period = _open_period(request, teacher_id)
    if period is None:
        return _closed_before(request, _latest_period(request, teacher_id), form_class, page)
    form = _form(request, form_class, period, page)
    if form.is_valid():
        try:
            operation(period, author=request.author, **form.cleaned_data)
            return redirect(f"appropriate_bodies:{page}_done", teacher_id)
        except RuleBroken as refusal:
            if _open_period(request, teacher_id) is None:  # another tab was faster
                latest = _latest_period(request, teacher_id)
                return _closed_before(request, latest, form_class, page)
            form.add_problems(refusal.problems)
    if form.is_outdated:
        form.show(mark_of_period(period))
    return _form_page(request, page, form, period)


def _form(
    request: AppropriateBodyRequest,
    form_class: type[CloseForm],
    period: InductionPeriod,
    page: str,
) -> CloseForm:
    problems = partial(closing_problems, period, is_outcome=_OUTCOMES[page] is not None)
    words = {"name": period.teacher.name}
    return form_class(data_of(request), problems=problems, now=mark_of_period(period), words=words)


def _form_page(
    request: AppropriateBodyRequest, page: str, form: GovukForm, period: InductionPeriod
) -> HttpResponse:
    ect = queries.ect_page(request.appropriate_body, period.teacher)
    context = {"form": form, "period": period, "teacher": period.teacher, "ect": ect}
    return render(request, f"appropriate_bodies/{page}.jinja", context, status=status_of(form))


def _closed_before(
    request: AppropriateBodyRequest,
    latest: InductionPeriod,
    form_class: type[CloseForm],
    page: str,
) -> HttpResponse:
    """Confirm what was sent again; say of any other answers that they were not saved."""
    if request.method != "POST":
        return _nothing_open(request, latest)
    form = _form(request, form_class, latest, page)
    sent = form.cleaned_data if form.is_valid() else None
    if sent is not None and latest.outcome == _OUTCOMES[page]:
        del sent["seen"]  # the form has compared it
        if not form.asks_for_reason:
            sent["terms_reason"] = None
        if all(getattr(latest, name) == value for name, value in sent.items()):
            return redirect(f"appropriate_bodies:{page}_done", latest.teacher_id)
    return _not_saved(request, latest)


def _not_saved(request: AppropriateBodyRequest, latest: InductionPeriod) -> HttpResponse:
    """Say that nothing was saved, because the period is closed, and what is recorded."""
    context = {
        "period": latest,
        "teacher": latest.teacher,
        "support_email": settings.APPROPRIATE_BODIES_SUPPORT_EMAIL,
    }
    return render(request, "appropriate_bodies/not_saved.jinja", context, status=422)


def _nothing_open(request: AppropriateBodyRequest, latest: InductionPeriod) -> HttpResponse:
    messages.info(request, f"{latest.teacher.name} has no open induction period with you.")
    return redirect("appropriate_bodies:teacher", latest.teacher_id)


def _to_record(request: AppropriateBodyRequest, latest: InductionPeriod) -> HttpResponse:
    """Lead from the confirmation of what is not recorded to what is."""
    if latest.is_open:
        return redirect("appropriate_bodies:teacher", latest.teacher_id)
    return _nothing_open(request, latest)


def _latest_period(request: AppropriateBodyRequest, teacher_id: int) -> InductionPeriod:
    """Return the body's last period of somebody; another body's ECT is not found."""
    latest: InductionPeriod = get_object_or_404(
        _own_periods(request, teacher_id).order_by("-started_on", "-pk")[:1]
    )
    return latest


def _own_periods(request: AppropriateBodyRequest, teacher_id: int) -> Any:
    return (
        InductionPeriod.objects.held_by(request.appropriate_body)
        .filter(teacher__pk=teacher_id)
        .select_related("teacher", "appropriate_body")
    )


def _open_period(request: AppropriateBodyRequest, teacher_id: int) -> InductionPeriod | None:
    period: InductionPeriod | None = _own_periods(request, teacher_id).open().first()
    return period


def _was_told(request: AppropriateBodyRequest, period: InductionPeriod) -> bool:
    draft = _draft_of(request, period)
    if draft is None or not drafts.is_readable(draft):
        return False
    return drafts.read(draft).sensitive.get("told_of") == mark_of_period(period)


@transaction.atomic
def _keep_told(request: AppropriateBodyRequest, period: InductionPeriod, seen: str) -> None:
    """Keep in the body's draft of a fail, for a day, that the ECT was told of it."""
    lock_confirmed(period, seen=seen)
    draft = _draft_of(request, period) or drafts.new_draft(request, _FAIL, period)
    drafts.write(draft, drafts.State(sensitive={"told_of": seen}))


def _draft_of(request: AppropriateBodyRequest, period: InductionPeriod) -> JourneyDraft | None:
    begun = drafts.unfinished_drafts(request, _FAIL)
    return begun.filter(subject_type="InductionPeriod", subject_id=period.pk).first()


def _outcome_page(
    request: AppropriateBodyRequest, teacher_id: int, outcome: InductionOutcome
) -> HttpResponse:
    period = _own_periods(request, teacher_id).filter(outcome=outcome).first()
    if period is None:
        return _to_record(request, _latest_period(request, teacher_id))
    types = ("teacher_passes_induction", "teacher_fails_induction")
    event = Event.objects.filter(induction_period=period, event_type__in=types).first()
    parts = event.metadata.get("closed", []) if event else []
    context = {
        "period": period,
        "teacher": period.teacher,
        "closed": [ClosedPart.from_json(part) for part in parts],
    }
    return render(request, "appropriate_bodies/outcome_done.jinja", context)
