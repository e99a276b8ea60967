"""Whom a body claims, and when their induction with it began (spec 06 §6.8)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from appropriate_bodies.wording import CANNOT_CLAIM, START
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.problems import Problem
from register_ects.web.forms import DateField, DateOfBirthField, GovukForm, RadiosField, TRNField


class FindForm(GovukForm):
    """Whom to look for."""

    trn = TRNField()
    date_of_birth = DateOfBirthField(
        hint="For example, 31 3 1998.", required_message="Enter their date of birth"
    )


class CheckForm(GovukForm):
    """That this is who is claimed: the page asks nothing."""

    wording = CANNOT_CLAIM


class ClaimForm(GovukForm):
    """When the induction with this body began, and how the ECT is trained."""

    wording = {**CANNOT_CLAIM, **START}

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

    def __init__(self, *args: Any, problems: Callable[[date], list[Problem]], **kw: Any) -> None:
        """``problems`` says what is wrong with a start date."""
        self._problems = problems
        super().__init__(*args, **kw)

    def clean(self) -> dict[str, Any]:
        """Show what the rules refuse of the start beside what else cannot be read."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and typed.get("started_on"):
            self.add_problems(self._problems(typed["started_on"]))
        return typed
