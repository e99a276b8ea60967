"""How staff record the outcome of an induction for the body that holds it (spec 06 §6.12)."""

from decimal import Decimal
from typing import Any

from register_ects.models import InductionPeriod
from register_ects.operations.inductions.closing import mark_of_period
from register_ects.rules.enumerations import TermsReason
from register_ects.rules.inductions import LONGEST_REASON, MOST_TERMS
from register_ects.web.forms import (
    Choice,
    DateField,
    DecimalField,
    RadiosField,
    TextField,
    Wording,
)
from register_ects.web.seen_forms import SeenForm
from support.reason_forms import REASON, WithReason

_OTHER = TermsReason.OTHER
_OUTCOME: Wording = {
    ("finished_on", "in_the_future"): "Induction end date must be today or in the past",
    ("finished_on", "before_start"): "Induction end date must be on or after {earliest}, the date "
    "that this induction period started",
    ("number_of_terms", "out_of_range"): "Number of terms must be between 0 and 16",
    ("number_of_terms", "too_precise"): "Number of terms must have no more than 1 decimal place",
    ("terms_reason", "fewer_than_needed"): "Select why they completed {total} of {needed} terms",
    ("terms_reason", "more_than_the_dates_hold"): "Select why there are more terms than fit "
    "between the two dates, or change the number of terms",
    ("terms_reason_words", "without_letters"): "Enter the reason for the number of terms in words",
    ("fail_confirmation_sent_on", "in_the_future"): "Date the ECT was told must be today or in "
    "the past",
    ("fail_confirmation_sent_on", "before_end"): "Date the ECT was told must be on or after "
    "{earliest}, the induction end date",
    "changed_meanwhile": "{name}’s induction changed after you opened this page, so nothing was "
    "saved. The period that is open now began on {started}. Check that your answers are about it",
}


class PassForm(WithReason, SeenForm):
    """The last day and the terms of the open period that the page showed, and why."""

    wording = {**REASON, **_OUTCOME}
    field_order = (
        *("seen", "fail_confirmation_sent_on", "finished_on", "number_of_terms"),
        *("terms_reason", "terms_reason_words", "note", "ticket"),
    )

    finished_on = DateField(
        label="Induction end date",
        hint="For example, 17 7 2026.",
        required_message="Enter the induction end date",
    )
    number_of_terms = DecimalField(
        label="Number of terms in this period",
        called="number of terms",
        hint="Full-time equivalent, for example 2.5.",
        places=1,
        minimum=Decimal(0),
        maximum=MOST_TERMS,
        required_message="Enter the number of terms",
    )
    terms_reason = RadiosField(
        label="Why is this the number of terms?",
        called="reason for the number of terms",
        hint="Only where they are fewer than an induction takes, or more than the dates hold.",
        items=[
            Choice(value, label, conditional="terms_reason_words" if value == _OTHER else "")
            for value, label in TermsReason.choices
        ],
        required=False,
    )
    terms_reason_words = TextField(
        label="What is the reason?",
        called="reason",
        max_length=LONGEST_REASON,
        required_message="Enter the reason for the number of terms",
    )

    def __init__(self, *args: Any, period: InductionPeriod, **kwargs: Any) -> None:
        words = {"name": period.teacher.name}
        super().__init__(*args, now=mark_of_period(period), words=words, **kwargs)

    def closing(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = {name: self.cleaned_data[name] for name in self.fields}
        del said["note"], said["ticket"]
        said["terms_reason"] = said["terms_reason"] or None
        return {**said, "reason": self.reason}


class FailForm(PassForm):
    """As for a pass, and when the ECT was told in writing."""

    fail_confirmation_sent_on = DateField(
        label="Date the ECT was told in writing that they failed",
        called="date the ECT was told",
        hint="For example, 17 7 2026. The Teaching Regulation Agency gets it, for appeals.",
        required_message="Enter the date the ECT was told in writing",
    )
