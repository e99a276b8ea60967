"""Another appropriate body for several ECTs (spec 05 §6.4, §9, §20.3)."""

from collections.abc import Callable, Collection
from functools import cache, cached_property, partial

from register_ects.models import AppropriateBody, ECTAtSchoolPeriod, InductionPeriod
from register_ects.operations.base import Author
from register_ects.operations.placements.details import (
    change_appropriate_body,
    problems_with_body_of,
)
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.rules.problems import Problem
from register_ects.rules.seen import mark_of
from register_ects.web.choice_fields import Choice
from schools.bodies import BodiesOnOffer
from schools.several_changes.change import (
    REASONS,
    Change,
    Effect,
    Plan,
    impossible,
    whose_induction_is_over,
)


class BodyPlan(Plan[AppropriateBody]):
    """One appropriate body that supports each of the ECTs from now on."""

    def choices(self) -> list[Choice]:
        """Return the bodies that the school may choose, the national one first where it may."""
        return BodiesOnOffer(self.school).choices_with_national()

    @cached_property
    def choice(self) -> AppropriateBody | None:
        """Return the body that was chosen; None when it is no more."""
        return AppropriateBody.objects.filter(pk=self.given.get("body") or 0).first()

    @property
    def chosen(self) -> str | None:
        """Return the body's name."""
        return self.choice.name if self.choice else None

    def effect_of(self, choice: AppropriateBody, ect: ECTAtSchoolPeriod) -> Effect:
        """Return which body it was and will be."""
        now = ect.school_reported_appropriate_body
        problems = problems_with_body_of(ect.teacher)
        if not problems and choice == now:
            problems = [Problem("", "unchanged")]
        problems = problems or self._problems_with(choice)
        if problems:
            return impossible(problems)
        before = (
            f"From {now.name} to {choice.name}." if now else f"{choice.name}, the first reported."
        )
        return Effect([before, f"Provisional until {choice.name} records the induction."])

    @cached_property
    def _problems_with(self) -> Callable[[AppropriateBody], list[Problem]]:
        return cache(partial(problems_with_appropriate_body, self.school))

    def do(self, choice: AppropriateBody, ect: ECTAtSchoolPeriod, author: Author) -> None:
        """Change the body."""
        now = ect.school_reported_appropriate_body
        change_appropriate_body(ect, choice, seen=mark_of(now.name if now else None), author=author)


class ChangeAppropriateBody(Change):
    """Change the appropriate body that was reported of several ECTs."""

    name, field, label = "change-appropriate-body", "body", "New appropriate body"
    done = "You’ve changed the appropriate body of {ects}"
    plan = BodyPlan

    def reasons(self, ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
        """Return whose induction a body has open, and whose is over. Two queries."""
        teachers = [ect.teacher_id for ect in ects]
        periods = InductionPeriod.objects.open().filter(teacher__in=teachers)
        held = {*periods.values_list("teacher", flat=True)}
        held_open = {ect.pk: REASONS["induction_is_open"] for ect in ects if ect.teacher_id in held}
        return held_open | dict.fromkeys(whose_induction_is_over(ects), REASONS["induction_over"])
