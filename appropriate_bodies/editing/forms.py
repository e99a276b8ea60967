"""What a body corrects of its own period. What is allowed is decided by the operations."""

from typing import Any

from appropriate_bodies.forms import BeginningForm, CloseForm
from appropriate_bodies.wording import CLOSING, START
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.corrections import (
    Beginning,
    mark_of_recorded,
    start_problems,
)
from register_ects.web.forms import Wording
from register_ects.web.seen_forms import SeenForm

_CHANGED: Wording = {
    "changed_meanwhile": "{name}’s induction with you changed after you began, so nothing was "
    "saved. Check your answers and send them again",
}


class EditForm(SeenForm, BeginningForm):
    """The first day and the programme of the open period that the page showed."""

    wording = {**START, **_CHANGED}

    def __init__(self, *args: Any, period: InductionPeriod, **kwargs: Any) -> None:
        self.period = period
        shown = {"started_on": period.started_on, "training_programme": period.training_programme}
        super().__init__(*args, initial=shown, now=mark_of_recorded(period), **kwargs)

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse beside what cannot be read, all at once."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("started_on"):
            self.add_problems(start_problems(self.period, typed["started_on"]))
        return typed

    @property
    def beginning(self) -> Beginning:
        """What was entered, once the form is valid."""
        return Beginning(self.cleaned_data["started_on"], self.cleaned_data["training_programme"])


class CorrectForm(CloseForm):
    """Another last day or number of terms of the released period that the page showed."""

    wording = {**CLOSING, **_CHANGED}
    compares = False

    def __init__(self, *args: Any, period: InductionPeriod, **kwargs: Any) -> None:
        shown = ("finished_on", "number_of_terms", "terms_reason", "terms_reason_words")
        initial = {name: getattr(period, name) for name in shown}
        super().__init__(*args, period=period, initial=initial, **kwargs)

    def mark(self) -> str:
        """Return the mark of all that the page shows of the period."""
        return mark_of_recorded(self.period)
