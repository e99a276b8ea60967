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

from register_ects.models import Statement
from register_ects.operations.statement_adjustments import (
    Adjustment,
    add_adjustment,
    change_adjustment,
    remove_adjustment,
)
from register_ects.rules.adjustments import (
    LARGEST_AMOUNT,
    LONGEST_REASON,
    problems_with_adjusting,
    problems_with_adjustment,
)
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.formats import govuk_date, money
from register_ects.web.forms import GovukForm, MoneyField, TextareaField, data_of, status_of

_NOT_THERE = "There is no such adjustment on this statement. It may have been removed."


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


class RemovalForm(GovukForm):
    """Nothing to enter: only the button counts."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(finance=True)
def add(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Ask for the reason and the amount of a new adjustment, then add it."""
    statement = _statement(statement_id)
    form = AdjustmentForm(data_of(request))
    return _answer(
        request,
        statement,
        form,
        lambda: add_adjustment(statement, form.adjustment, author=request.author),
        done="The adjustment was added.",
        page="finance/adjustment.jinja",
        heading="Add an adjustment",
        button="Add adjustment",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(finance=True)
def change(request: StaffRequest, statement_id: UUID, adjustment_id: int) -> HttpResponse:
    """Ask for another reason or amount of an adjustment, then change it."""
    statement = _statement(statement_id)
    held = statement.adjustments.filter(pk=adjustment_id).first()
    if held is None:
        return _leave(request, statement, _NOT_THERE)
    now = {"reason": held.payment_type, "amount": held.amount}
    form = AdjustmentForm(data_of(request), initial=now)
    return _answer(
        request,
        statement,
        form,
        lambda: change_adjustment(held, form.adjustment, author=request.author),
        done="The adjustment was changed.",
        page="finance/adjustment.jinja",
        heading="Change an adjustment",
        button="Change adjustment",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(finance=True)
def remove(request: StaffRequest, statement_id: UUID, adjustment_id: int) -> HttpResponse:
    """Show what is about to be removed, then remove it."""
    statement = _statement(statement_id)
    held = statement.adjustments.filter(pk=adjustment_id).first()
    if held is None:
        return _leave(request, statement, _NOT_THERE)
    return _answer(
        request,
        statement,
        RemovalForm(data_of(request)),
        lambda: remove_adjustment(held, author=request.author),
        done="The adjustment was removed.",
        page="finance/adjustment_removal.jinja",
        heading="Remove this adjustment",
        button="Remove adjustment",
        reason=held.payment_type,
        amount=money(held.amount),
    )


def _answer(
    request: StaffRequest,
    statement: Statement,
    form: GovukForm,
    save: Callable[[], object],
    *,
    done: str,
    page: str,
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
            if "already_removed" in codes:
                return _leave(request, statement, _NOT_THERE)
            form.add_problems(refusal.problems)
        else:
            messages.success(request, done)
            return redirect(_adjustments_of(statement))
    context = {**context, "form": form, "statement": statement, "back": _adjustments_of(statement)}
    return render(request, page, context, status=status_of(form))


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
