"""What whoever closes an induction period is asked, and why an answer is refused (spec 06 §6.8)."""

from decimal import Decimal
from typing import Any

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

REASON_MISSING = "Enter the reason for the number of terms"
CLOSING: Wording = {
    ("finished_on", "in_the_future"): "Induction end date must be today or in the past",
    ("finished_on", "before_start"): "Induction end date must be on or after {earliest}, "
    "the date that this induction period started",
    ("number_of_terms", "out_of_range"): "Number of terms must be between 0 and 16",
    ("number_of_terms", "too_precise"): "Number of terms must have no more than 1 decimal place",
    ("terms_reason", "fewer_than_needed"): "Select why they completed {total} of {needed} terms",
    ("terms_reason", "more_than_the_dates_hold"): "Select why there are more terms than "
    "fit between the two dates, or change the number of terms",
    ("terms_reason_words", "missing"): REASON_MISSING,
    ("terms_reason_words", "without_letters"): "Enter the reason for the number of terms in words",
}


def end_date(hint: str) -> DateField:
    """Return the field of the last day of an induction period."""
    return DateField(
        label="Induction end date", hint=hint, required_message="Enter the induction end date"
    )


def terms(label: str, hint: str) -> DecimalField:
    """Return the field of the full-time equivalent terms that were served in it."""
    return DecimalField(
        label=label,
        called="number of terms",
        hint=hint,
        places=1,
        minimum=Decimal(0),
        maximum=MOST_TERMS,
        required_message="Enter the number of terms",
    )


def terms_reason(**options: Any) -> RadiosField:
    """Return the field that asks why so many, which opens ``terms_reason_words``."""
    return RadiosField(
        label="Why is this the number of terms?",
        called="reason for the number of terms",
        items=[
            Choice(value, label, conditional="terms_reason_words" if value == _OTHER else "")
            for value, label in TermsReason.choices
        ],
        required=False,
        **options,
    )


def terms_reason_words() -> TextField:
    """Return the field of another reason."""
    return TextField(
        label="What is the reason?",
        called="reason",
        max_length=LONGEST_REASON,
        required_message=REASON_MISSING,
    )


_OTHER = TermsReason.OTHER
