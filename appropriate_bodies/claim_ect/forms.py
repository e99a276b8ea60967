"""Whom a body claims, and when their induction with it began (spec 06 §6.8)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from appropriate_bodies.forms import BeginningForm
from appropriate_bodies.wording import CANNOT_CLAIM, START
from register_ects.rules.problems import Problem
from register_ects.web.forms import DateOfBirthField, GovukForm, TRNField


class FindForm(GovukForm):
    """Whom to look for."""

    trn = TRNField()
    date_of_birth = DateOfBirthField(
        hint="For example, 31 3 1998.", required_message="Enter their date of birth"
    )


class CheckForm(GovukForm):
    """That this is who is claimed: the page asks nothing."""

    wording = CANNOT_CLAIM


class ClaimForm(BeginningForm):
    """When the induction with this body began, and how the ECT is trained."""

    wording = {**CANNOT_CLAIM, **START}

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
