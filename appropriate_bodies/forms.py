"""What an appropriate body types. What is allowed is decided by the operations."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from appropriate_bodies.wording import CLOSING, REASON_MISSING
from register_ects.operations.inductions.closing import asks_for_reason, without_reason
from register_ects.rules.enumerations import TermsReason
from register_ects.rules.inductions import (
    LONGEST_REASON,
    MOST_TERMS,
    problem_with_reason_words,
)
from register_ects.rules.problems import Problem
from register_ects.web.forms import (
    CheckboxField,
    Choice,
    DateField,
    DecimalField,
    RadiosField,
    TextField,
)
from register_ects.web.seen_forms import SeenForm

_OTHER = TermsReason.OTHER
_TERMS_HINT = (
    "Count full-time equivalent terms served in this induction period, for example 2.5. "
    "One term at half time counts as 0.5."
)


class CloseForm(SeenForm):
    """The last day of an induction period and the terms served in it.

    The mark is that of the period shown. A colleague may have closed it and claimed the ECT again:
    what was answered of one period is not recorded of another.
    """

    wording = CLOSING

    finished_on = DateField(
        label="Induction end date",
        hint="The last day that you were responsible for them, for example 17 7 2026.",
        required_message="Enter the induction end date",
    )
    number_of_terms = DecimalField(
        label="How many terms of induction did they complete with you?",
        called="number of terms",
        hint=_TERMS_HINT,
        places=1,
        minimum=Decimal(0),
        maximum=MOST_TERMS,
        required_message="Enter the number of terms",
    )
    terms_reason = RadiosField(
        label="Why is this the number of terms?",
        called="reason for the number of terms",
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
        required_message=REASON_MISSING,
    )

    def __init__(self, *args: Any, problems: Callable[..., list[Problem]], **kwargs: Any) -> None:
        """``problems`` says what is wrong with what could be read; None for what could not."""
        self._problems = problems
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse beside what cannot be read, all at once.

        The reason is asked for once it turns out to be needed, and the question shown only then.
        """
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed["terms_reason"] = typed.get("terms_reason") or None
        typed["seen"] = typed.get("seen") or None
        asked = self.fields.keys() - {"terms_reason", "terms_reason_words"}
        problems = self._problems(**{name: typed.get(name) for name in asked})
        self.asks_for_reason = asks_for_reason(problems)
        if not self.asks_for_reason:
            self.errors.pop("terms_reason_words", None)
            typed["terms_reason_words"] = None
        elif typed["terms_reason"] == _OTHER and typed.get("terms_reason_words"):
            wrong = problem_with_reason_words(typed["terms_reason_words"])
            self.add_problems([wrong] if wrong else [])
        self.add_problems(without_reason(problems) if typed["terms_reason"] else problems)
        return typed

    def drawn_fields(self) -> list[BoundField]:
        """Leave the question for a reason out until it is needed."""
        asked = getattr(self, "asks_for_reason", False)
        return [each for each in super().drawn_fields() if asked or each.name != "terms_reason"]


class FailForm(CloseForm):
    """As for any closing, and when the ECT was told in writing."""

    fail_confirmation_sent_on = DateField(
        label="Date you sent written confirmation that they failed",
        called="date you sent written confirmation",
        hint="For example, 17 7 2026.",
        required_message="Enter the date you sent written confirmation",
    )
    field_order = ("fail_confirmation_sent_on", "finished_on", "number_of_terms", "terms_reason")


class FailCheckForm(SeenForm):
    """That the ECT was told, which the body must have done first, of the period shown."""

    wording = CLOSING

    told = CheckboxField(
        label="I confirm that we have written to them with all of this",
        required_message="Confirm that you have written to the ECT before you record that they "
        "failed",
    )
