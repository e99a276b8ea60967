"""What an appropriate body types. What is allowed is decided by the operations."""

from typing import Any, ClassVar

from django.forms import BoundField

from appropriate_bodies.wording import CLOSING
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.closing import (
    asks_for_reason,
    closing_problems,
    mark_of_period,
    without_reason,
)
from register_ects.rules.enumerations import InductionOutcome, TermsReason, TrainingProgramme
from register_ects.rules.inductions import (
    problem_with_reason_words,
)
from register_ects.web import closing_fields
from register_ects.web.forms import (
    DateField,
    GovukForm,
    RadiosField,
)
from register_ects.web.seen_forms import SeenForm

_OTHER = TermsReason.OTHER
_TERMS_HINT = (
    "Count full-time equivalent terms served in this induction period, for example 2.5. "
    "One term at half time counts as 0.5."
)


class BeginningForm(GovukForm):
    """When an induction with a body began, and how the ECT is trained."""

    started_on = DateField(
        label="Induction start date",
        hint="The day that you became responsible for them, for example 1 9 2026.",
        required_message="Enter the induction start date",
    )
    training_programme = RadiosField(
        label="Which training programme are they on?",
        called="training programme",
        items=TrainingProgramme,
        required_message="Select provider-led or school-led",
    )


class PeriodForm(SeenForm):
    """A form about an induction period; the mark is that of the period shown.

    A colleague may have closed it and claimed the ECT again: what was answered of one period is not
    recorded of another.
    """

    wording = CLOSING

    def __init__(self, *args: Any, period: InductionPeriod, **kwargs: Any) -> None:
        self.period = period
        words = {"name": period.teacher.name}
        super().__init__(*args, now=self.mark(), words=words, **kwargs)

    def mark(self) -> str:
        """Return the mark of what the page shows of the period."""
        return mark_of_period(self.period)

    def add_problems(self, *args: Any, **kwargs: Any) -> None:
        """Show why the rules refused; the page shows the period as it is now."""
        super().add_problems(*args, **kwargs)
        if self.is_outdated:
            self.show(self.mark())


class CloseForm(PeriodForm):
    """The last day of an induction period and the terms served in it."""

    outcome: ClassVar[InductionOutcome | None] = None
    #: Whether the rules for closing compare the mark; otherwise the operation alone does.
    compares: ClassVar[bool] = True

    finished_on = closing_fields.end_date(
        "The last day that you were responsible for them, for example 17 7 2026."
    )
    number_of_terms = closing_fields.terms(
        "How many terms of induction did they complete with you?", _TERMS_HINT
    )
    terms_reason = closing_fields.terms_reason()
    terms_reason_words = closing_fields.terms_reason_words()

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse beside what cannot be read, all at once.

        The reason is asked for once it turns out to be needed, and the question shown only then.
        """
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed["terms_reason"] = typed.get("terms_reason") or None
        typed["seen"] = typed.get("seen") or None
        asked = self.fields.keys() - {"terms_reason", "terms_reason_words"}
        answers = {name: typed.get(name) for name in asked if name != "seen" or self.compares}
        problems = closing_problems(self.period, is_outcome=self.outcome is not None, **answers)
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

    def tells_what_is_recorded(self) -> bool:
        """Whether the period was closed with just these answers."""
        answers = {**self.cleaned_data, "outcome": self.outcome}
        del answers["seen"]  # the form has compared it
        if not self.asks_for_reason:
            answers["terms_reason"] = None
        return all(getattr(self.period, name) == value for name, value in answers.items())


class PassForm(CloseForm):
    """As for any closing, with a pass as its outcome."""

    outcome = InductionOutcome.PASS
