"""What a body types of an extension. What is allowed is decided by the operations."""

from decimal import Decimal
from typing import Any

from register_ects.models import InductionExtension, InductionPeriod
from register_ects.operations.inductions.extensions import extension_problems, mark_of_extension
from register_ects.rules.extensions import LEAST_TERMS, Extension, Unit
from register_ects.rules.inductions import LONGEST_REASON, MOST_TERMS
from register_ects.web.forms import (
    CheckboxField,
    Choice,
    DateField,
    DecimalField,
    GovukForm,
    RadiosField,
    TextField,
    Wording,
)
from register_ects.web.once_forms import OnceForm
from register_ects.web.seen_forms import SeenForm

_CHANGED: Wording = {
    "changed_meanwhile": "This extension was changed after you began, so nothing was saved. It is "
    "now {terms}. Check your answers and send them again",
    "not_yours": "Another appropriate body added this extension, so you cannot withdraw it",
    ("reason", "without_letters"): "Enter the reason in words",
}


class ExtensionForm(GovukForm):
    """How many terms, since when and why."""

    wording = {
        **_CHANGED,
        ("number_of_terms", "out_of_range"): "Number of terms must be between 0.1 and 16",
        ("number_of_terms", "too_precise"): "Number of terms must have no more than 1 decimal "
        "place",
        ("is_checked", "very_many"): "Check the number of terms. With this, all extensions come to "
        "{total} terms. If that is right, tick the box",
        ("decided_on", "in_the_future"): "Date of the decision must be today or in the past",
        ("decided_on", "before_start"): "Date of the decision must be on or after {earliest}, when "
        "the induction started",
        ("told_on", "in_the_future"): "Date you told the ECT must be today or in the past",
        ("told_on", "before_decision"): "Date you told the ECT must be on or after {earliest}, the "
        "date of the decision",
    }

    number_of_terms = DecimalField(
        label="How many terms is the extension?",
        called="number of terms",
        hint="Full-time equivalent terms, for example 1.5.",
        places=1,
        minimum=LEAST_TERMS,
        maximum=MOST_TERMS,
        required_message="Enter the number of terms",
    )
    is_checked = CheckboxField(label="Yes, this number of terms is right", required=False)
    decided_on = DateField(
        label="When did you decide on the extension?",
        called="date of the decision",
        hint="For example 17 7 2026.",
        required_message="Enter the date of the decision",
    )
    told_on = DateField(
        label="When did you tell the ECT, and that they may appeal?",
        called="date you told the ECT",
        hint="For example 20 7 2026.",
        required_message="Enter the date you told the ECT",
    )
    reason = TextField(
        label="Why is it extended?",
        called="reason",
        hint="For example, not enough evidence that they meet the Teachers’ Standards.",
        max_length=LONGEST_REASON,
        required_message="Enter the reason for the extension",
    )

    def __init__(
        self,
        *args: Any,
        period: InductionPeriod,
        held: InductionExtension | None = None,
        **kwargs: Any,
    ) -> None:
        """``held`` is the extension that is changed, None for a new one."""
        self._period, self._held = period, held
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse beside what cannot be read, all at once."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        self.cleaned_data = typed
        problems = extension_problems(self._period, self.extension, self._held)
        self.asks_to_check = bool(typed.get("is_checked")) or any(
            problem.field == "is_checked" for problem in problems
        )
        self.add_problems(problems)
        return typed

    @property
    def extension(self) -> Extension:
        """What was entered; None for what could not be read."""
        names = ("number_of_terms", "decided_on", "told_on", "reason")
        said = {name: self.cleaned_data.get(name) for name in names}
        return Extension(**said, is_checked=bool(self.cleaned_data.get("is_checked")))

    def drawn_fields(self) -> list[Any]:
        """Leave the box to tick out until it is needed."""
        asked = getattr(self, "asks_to_check", False)
        return [each for each in super().drawn_fields() if asked or each.name != "is_checked"]


class NewForm(OnceForm, ExtensionForm):
    """A new extension, added once."""


class ChangeForm(SeenForm, ExtensionForm):
    """Other answers about the extension that the page showed."""

    def __init__(self, *args: Any, held: InductionExtension, **kwargs: Any) -> None:
        super().__init__(*args, held=held, now=mark_of_extension(held), **kwargs)


class WithdrawForm(SeenForm):
    """Why the extension that the page showed is taken back."""

    wording = _CHANGED

    reason = TextField(
        label="Why do you withdraw it?",
        called="reason",
        hint="For example, it was recorded for the wrong ECT.",
        max_length=LONGEST_REASON,
        required_message="Enter the reason for withdrawing the extension",
    )


class CalculatorForm(GovukForm):
    """Some time, and how much of full time was worked."""

    amount = DecimalField(
        label="How much time did they serve?",
        called="time",
        minimum=Decimal(0),
        maximum=Decimal(2000),
        required_message="Enter how much time they served",
    )
    unit = RadiosField(
        label="What is that in?",
        called="what it is in",
        items=[
            Choice(Unit.WEEKS, "Weeks of a school year"),
            Choice(Unit.DAYS, "Working days"),
            Choice(Unit.YEARS, "School years"),
        ],
        required_message="Select weeks, working days or school years",
    )
    percentage = DecimalField(
        label="What percentage of full time did they work?",
        called="percentage",
        hint="For example, 60 for three days of five. 100 for full time.",
        minimum=Decimal(1),
        maximum=Decimal(100),
        required_message="Enter the percentage of full time",
    )
