"""Claim one ECT in three steps: find, check, register (spec 06 §6.8).

A working row (``PendingInductionSubmission``) leads from step to step; a body sees its own only.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from appropriate_bodies.forms import ClaimForm, FindForm
from appropriate_bodies.lookups import LookUp, keep, look_up, look_up_again, record_of
from appropriate_bodies.wording import why_not_claimable
from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import InductionPeriod, PendingInductionSubmission, Teacher
from register_ects.operations.inductions import (
    Claim,
    claim_ect,
    claim_problem,
    claim_start_problems,
)
from register_ects.operations.submissions import KEPT_FOR
from register_ects.operations.teachers import follow_merged_trn
from register_ects.rules.inductions import state_in_trs
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.formats import govuk_date
from register_ects.web.forms import data_of, status_of

_NOT_FOUND = "No teacher record matches this TRN and date of birth. Check both and try again"
_UNAVAILABLE = (
    "We cannot reach the Teaching Record System at the moment. "
    "Nothing has been saved. Try again in a few minutes"
)
_GONE = (
    "The Teaching Record System no longer shows this person with this TRN and date of birth. "
    "Find them again"
)
_NOBODY = {
    "unavailable": _UNAVAILABLE,
    "too_many": "Too many searches found nobody. Wait an hour, then check the TRN and date of "
    "birth with the ECT before you try again",
}


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def find(request: AppropriateBodyRequest) -> HttpResponse:
    """Step 1: ask for a TRN and birth date, and look the person up in TRS."""
    form = FindForm(data_of(request), initial={"trn": request.GET.get("trn", "")[:20]})
    if not form.is_valid():
        return _find_page(request, form, status_of(form))
    typed = form.cleaned_data
    answer = look_up(typed["trn"], born_on=typed["date_of_birth"], asker=request.identity.email)
    if answer.record is None:
        form.add_error(None, _NOBODY.get(answer.outcome, _NOT_FOUND))
        return _find_page(request, form, _status_without(answer))
    if answer.record.trn != typed["trn"]:  # whoever we hold under the old TRN is this person
        follow_merged_trn(typed["trn"], answer.record.trn, author=request.author)
    held = _held_here(request, answer.record.trn)
    if held:
        messages.info(request, f"{held.teacher.name} is already registered with you.")
        return redirect("appropriate_bodies:teacher", held.teacher_id)
    if answer.record.trn != typed["trn"]:
        messages.info(request, f"This teacher’s TRN has changed. It is now {answer.record.trn}.")
    return redirect("appropriate_bodies:check", keep(request.appropriate_body, answer.record).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def check(request: AppropriateBodyRequest, pk: int) -> HttpResponse:
    """Step 2: show who was found and whether they can be claimed."""
    submission = _own_submission(request, pk)
    record = record_of(submission)
    problem = claim_problem(request.appropriate_body, record)
    if request.method == "POST" and problem is None:
        submission.confirmed_at = clock.now()
        submission.save(update_fields=["confirmed_at", "updated_at"])
        return redirect("appropriate_bodies:register", pk)
    person = Teacher.objects.filter(trn=record.trn).first()
    periods = person.induction_periods.select_related("appropriate_body") if person else None
    extensions = person.induction_extensions.all() if person else ()
    context = {
        "record": record,
        "status": state_in_trs(record.induction_status),
        "reason": why_not_claimable(problem, record.full_name) if problem else None,
        "held_elsewhere": problem is not None and problem.code == "held_by_another",
        "support_email": settings.APPROPRIATE_BODIES_SUPPORT_EMAIL,
        "periods": periods.latest_first() if periods is not None else [],
        "extension_terms": sum(extension.number_of_terms for extension in extensions),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "appropriate_bodies/claim_check.jinja", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@appropriate_body_required(Permission.INDUCTION_WRITE)
def register(request: AppropriateBodyRequest, pk: int) -> HttpResponse:
    """Step 3: ask when the induction began and for the programme, then claim.

    TRS is read once more before the claim, because its record may be a day old by now.
    """
    submission = _own_submission(request, pk)
    if submission.confirmed_at is None:
        return redirect("appropriate_bodies:check", pk)
    form = ClaimForm(data_of(request))
    if form.is_valid():
        return _claim(request, submission, form)
    if started_on := form.is_bound and form.cleaned_data.get("started_on"):
        form.add_problems(claim_start_problems(record_of(submission), started_on))
    return _register_page(request, form, submission, status_of(form))


@require_safe
@appropriate_body_required(Permission.INDUCTION_WRITE)
def claimed(request: AppropriateBodyRequest, pk: int) -> HttpResponse:
    """Say that the claim worked and what comes next."""
    submission = _own_submission(request, pk)
    period = _held_here(request, submission.trn)
    if period is None:
        return redirect("appropriate_bodies:check", pk)
    return render(request, "appropriate_bodies/claimed.jinja", {"period": period})


def _claim(
    request: AppropriateBodyRequest, submission: PendingInductionSubmission, form: ClaimForm
) -> HttpResponse:
    held = _held_here(request, submission.trn)
    if held:
        return _claimed_before(request, submission, form, held)
    found_as = str(submission.trn)
    answer = look_up_again(submission, asker=request.identity.email)
    if answer.record is None:
        form.add_error(None, _NOBODY.get(answer.outcome, _GONE))
        return _register_page(request, form, submission, _status_without(answer))
    if answer.record.trn != found_as:
        follow_merged_trn(found_as, answer.record.trn, author=request.author)
    claim = Claim(answer.record, **form.cleaned_data)
    try:
        claim_ect(request.appropriate_body, claim, author=request.author)
    except RuleBroken as refusal:
        held = _held_here(request, submission.trn)
        if held:  # sent twice at once: the first one did it
            return _claimed_before(request, submission, form, held)
        _add_refusal(form, refusal, answer.record)
        return _register_page(request, form, submission, 422)
    submission.started_on = claim.started_on
    submission.training_programme = claim.training_programme
    submission.delete_at = clock.now() + KEPT_FOR
    submission.save()
    return redirect("appropriate_bodies:claimed", submission.pk)


def _claimed_before(
    request: AppropriateBodyRequest,
    submission: PendingInductionSubmission,
    form: ClaimForm,
    held: InductionPeriod,
) -> HttpResponse:
    """Confirm a claim that was sent again; say so where it was sent with other answers."""
    typed = form.cleaned_data
    same = held.started_on == typed["started_on"]
    if same and held.training_programme == typed["training_programme"]:
        return redirect("appropriate_bodies:claimed", submission.pk)
    form.add_error(
        None,
        f"You have already claimed {held.teacher.name}, from {govuk_date(held.started_on)}, "
        f"{held.get_training_programme_display().lower()}. These answers were not saved. "
        f"To correct the claim, email {settings.APPROPRIATE_BODIES_SUPPORT_EMAIL}",
    )
    return _register_page(request, form, submission, 422)


def _status_without(answer: LookUp) -> int:
    return {"unavailable": 503, "too_many": 429}.get(answer.outcome, 422)


def _add_refusal(form: ClaimForm, refusal: RuleBroken, record: TeacherRecord) -> None:
    about_the_form = [problem for problem in refusal.problems if problem.field]
    form.add_problems(about_the_form)
    for problem in refusal.problems:
        if not problem.field:
            form.add_error(None, why_not_claimable(problem, record.full_name))


def _own_submission(request: AppropriateBodyRequest, pk: int) -> PendingInductionSubmission:
    rows = PendingInductionSubmission.objects.filter(
        appropriate_body=request.appropriate_body, batch=None, delete_at__gt=clock.now()
    )
    return get_object_or_404(rows.exclude(trs_snapshot={}), pk=pk)


def _held_here(request: AppropriateBodyRequest, trn: str | None) -> InductionPeriod | None:
    held = InductionPeriod.objects.open().held_by(request.appropriate_body)
    period: InductionPeriod | None = held.filter(teacher__trn=trn).select_related("teacher").first()
    return period


def _find_page(request: AppropriateBodyRequest, form: FindForm, status: int) -> HttpResponse:
    return render(request, "appropriate_bodies/claim_find.jinja", {"form": form}, status=status)


def _register_page(
    request: AppropriateBodyRequest,
    form: ClaimForm,
    submission: PendingInductionSubmission,
    status: int,
) -> HttpResponse:
    context = {"form": form, "record": record_of(submission), "submission": submission}
    return render(request, "appropriate_bodies/claim_register.jinja", context, status=status)
