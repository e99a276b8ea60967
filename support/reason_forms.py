"""The form that asks staff why they change a record (spec 06 §6.12)."""

from typing import Any

from register_ects.rules.staff_reasons import LONGEST_NOTE, StaffReason, problems_with_reason
from register_ects.web.fields import TextareaField, TextField
from register_ects.web.forms import GovukForm, Wording
from register_ects.web.seen_forms import SeenForm

REASON: Wording = {
    ("note", "missing"): "Enter a note or the number of a support ticket",
    ("note", "without_letters"): "Enter the note in words",
    ("note", "too_long"): f"Note must be {LONGEST_NOTE} characters or fewer",
    ("ticket", "malformed"): "Number of the support ticket must be 6 figures, like 123456",
    "changed_meanwhile": "{name}’s induction changed after you opened this page, so nothing "
    "was saved. Check what is recorded now and send the page again",
    "has_outcome": "This induction period has an outcome. Reopen the induction first",
}


class WithReason(GovukForm):
    """A note or the number of a support ticket; ``reason`` is both, once the form is valid."""

    wording = REASON

    note = TextareaField(
        label="Why are you changing this?",
        called="note",
        hint="The history of the ECT shows it, to the appropriate body too. Enter a note, the "
        "number of a support ticket, or both.",
        max_length=LONGEST_NOTE,
        required=False,
    )
    ticket = TextField(
        label="Number of the support ticket",
        called="number of the support ticket",
        hint="Six figures, like 123456.",
        max_length=20,
        width=10,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        unread = {"note", "ticket"} & self.errors.keys()
        problems = problems_with_reason(self.reason)
        self.add_problems([] if unread else problems)
        return typed

    @property
    def reason(self) -> StaffReason:
        """What was entered."""
        said = self.cleaned_data
        return StaffReason(said.get("note") or "", said.get("ticket") or "")


class ReasonForm(WithReason, SeenForm):
    """Nothing but the reason, for a change of what the page showed."""
