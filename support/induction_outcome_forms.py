"""How staff record the outcome of an induction for the body that holds it (spec 06 §6.12)."""

from typing import Any

from register_ects.models import InductionPeriod
from register_ects.operations.inductions.closing import mark_of_period
from register_ects.web import closing_fields
from register_ects.web.forms import DateField, Wording
from register_ects.web.seen_forms import SeenForm
from support.reason_forms import REASON, WithReason

_OUTCOME: Wording = {
    **closing_fields.CLOSING,
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

    finished_on = closing_fields.end_date("For example, 17 7 2026.")
    number_of_terms = closing_fields.terms(
        "Number of terms in this period", "Full-time equivalent, for example 2.5."
    )
    terms_reason = closing_fields.terms_reason(
        hint="Only where they are fewer than an induction takes, or more than the dates hold."
    )
    terms_reason_words = closing_fields.terms_reason_words()

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
