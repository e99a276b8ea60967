"""Finance adjusts a statement: the forms, and the pages that add, change and remove.

A paid statement takes no adjustments: every address of one leads to the statement, and says so.
Source: spec 04 §8.4.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from register_ects.formats import govuk_date, money
from register_ects.models import Statement, StatementAdjustment
from register_ects.operations.statements.adjustments import (
    Adjustment,
    add_adjustment,
    as_held,
    change_adjustment,
    remove_adjustment,
)
from register_ects.rules.adjustments import (
    LARGEST_AMOUNT,
    LONGEST_REASON,
    problems_with_adjusting,
    problems_with_adjustment,
)
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.forms import (
    GovukForm,
    MoneyField,
    TextareaField,
    Wording,
    data_of,
    status_of,
)
from register_ects.web.once_forms import OnceForm
from register_ects.web.seen_forms import SeenForm

_NOT_THERE = "There is no such adjustment on this statement. It may have been removed."
_REMOVED = "This adjustment was removed after you began, so nothing was saved."
_CHANGED: Wording = {
    "changed_meanwhile": "This adjustment was changed after you began, so nothing was saved. "
    "It is now {amount} for “{reason}”",
}


class AdjustmentForm(GovukForm):
    """What an adjustment is for, and how much."""

    wording = {
        ("amount", "zero"): "Amount must not be £0",
        ("amount", "out_of_range"): (
            f"Amount must be between -£{LARGEST_AMOUNT:,} and £{LARGEST_AMOUNT:,}"
        ),
    }

    reason = TextareaField(
        label="Reason",
        rows=3,
        max_length=LONGEST_REASON,
        hint=f"What it is for, as it is to stand on the statement. {LONGEST_REASON} characters"
        " at most.",
        required_message="Enter the reason for the adjustment",
    )
    amount = MoneyField(
        label="Amount",
        hint="In pounds, excluding VAT. To pay less, begin with a minus, for example -250.00.",
        required_message="Enter the amount, for example 250.00 or -250.00",
    )

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse beside what cannot be read, all at once."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        self.add_problems(
            problems_with_adjustment(reason=typed.get("reason"), amount=typed.get("amount"))
        )
        return typed

    @property
    def adjustment(self) -> Adjustment:
        """Return what was entered, once the form is valid."""
        return Adjustment(self.cleaned_data["reason"], self.cleaned_data["amount"])


class NewForm(OnceForm, AdjustmentForm):
    """A new adjustment, added once."""


class ChangeForm(SeenForm, AdjustmentForm):
    """Another reason or amount of the adjustment that the page showed."""

    wording = {**AdjustmentForm.wording, **_CHANGED}


class RemovalForm(SeenForm):
    """Nothing to enter: only the button counts, for the adjustment that the page showed."""

    wording = _CHANGED


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.FINANCE_WRITE)
def add(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Ask for the reason and the amount of a new adjustment, then add it."""
    statement = _statement(statement_id)
    form = NewForm(data_of(request))

    def save() -> None:
        with form.sent_once() as sending:
            add_adjustment(statement, form.adjustment, author=request.author, sending=sending)

    return _answer(
        request,
        statement,
        form,
        save,
        done="The adjustment was added.",
        page="finance/adjustment.jinja",
        heading="Add an adjustment",
        button="Add adjustment",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.FINANCE_WRITE)
def change(request: StaffRequest, statement_id: UUID, adjustment_id: int) -> HttpResponse:
    """Ask for another reason or amount of an adjustment, then change it.

    One that a colleague changed meanwhile is shown as it is now, beside what was entered.
    """
    statement = _statement(statement_id)
    held = _held(statement, adjustment_id)
    if held is None:
        return _not_there(request, statement)
    shown = {"reason": held.payment_type, "amount": held.amount}
    form = ChangeForm(data_of(request), initial=shown, now=as_held(held).mark)
    return _answer(
        request,
        statement,
        form,
        lambda: change_adjustment(
            held, form.adjustment, seen=form.cleaned_data["seen"], author=request.author
        ),
        done="The adjustment was changed.",
        page="finance/adjustment.jinja",
        heading="Change an adjustment",
        button="Change adjustment",
        held=held,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.FINANCE_WRITE)
def remove(request: StaffRequest, statement_id: UUID, adjustment_id: int) -> HttpResponse:
    """Show what is about to be removed, then remove it, unless it changed meanwhile."""
    statement = _statement(statement_id)
    held = _held(statement, adjustment_id)
    if held is None:
        return _not_there(request, statement)
    form = RemovalForm(data_of(request), now=as_held(held).mark)
    return _answer(
        request,
        statement,
        form,
        lambda: remove_adjustment(held, seen=form.cleaned_data["seen"], author=request.author),
        done="The adjustment was removed.",
        page="finance/adjustment_removal.jinja",
        heading="Remove this adjustment",
        button="Remove adjustment",
        held=held,
    )


def _answer(
    request: StaffRequest,
    statement: Statement,
    form: GovukForm,
    save: Callable[[], object],
    *,
    done: str,
    page: str,
    held: StatementAdjustment | None = None,
    **context: Any,
) -> HttpResponse:
    if problems_with_adjusting(status=statement.status):
        return _leave(request, statement, _paid(statement))
    if form.is_valid():
        try:
            save()
        except RuleBroken as refusal:
            codes = {problem.code for problem in refusal.problems}
            if "already_paid" in codes:
                return _leave(request, statement, _paid(_statement(statement.api_id)))
            form.add_problems(refusal.problems)
            held = held and _held(statement, held.pk)
            if "already_removed" in codes or (held is None and isinstance(form, SeenForm)):
                return _leave(request, statement, _REMOVED)
        else:
            messages.success(request, done)
            return redirect(_adjustments_of(statement))
    if held and isinstance(form, SeenForm):
        context["now"] = {"reason": held.payment_type, "amount": money(held.amount)}
        context["is_outdated"] = form.is_outdated
        if form.is_outdated:
            form.show(as_held(held).mark)
    context = {**context, "form": form, "statement": statement, "back": _adjustments_of(statement)}
    return render(request, page, context, status=status_of(form))


def _held(statement: Statement, adjustment_id: int) -> StatementAdjustment | None:
    found: StatementAdjustment | None = statement.adjustments.filter(pk=adjustment_id).first()
    return found


def _not_there(request: StaffRequest, statement: Statement) -> HttpResponse:
    return _leave(request, statement, _REMOVED if request.method == "POST" else _NOT_THERE)


def _leave(request: StaffRequest, statement: Statement, why: str) -> HttpResponse:
    messages.info(request, why)
    return redirect(_adjustments_of(statement))


def _paid(statement: Statement) -> str:
    return (
        f"This statement was authorised for payment on {govuk_date(statement.marked_as_paid_at)},"
        " so it takes no more adjustments. Add one to a later statement."
    )


def _adjustments_of(statement: Statement) -> str:
    return f"{reverse('finance:statement', args=[statement.api_id])}#adjustments"


def _statement(api_id: UUID) -> Statement:
    return get_object_or_404(Statement.objects.select_related("lead_provider"), api_id=api_id)
