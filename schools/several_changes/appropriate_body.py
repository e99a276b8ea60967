"""Another appropriate body for several ECTs (spec 05 §6.4, §9, §20.3)."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from register_ects.models import AppropriateBody, ECTAtSchoolPeriod, InductionPeriod, School
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
from schools.several_changes.deeds import REASONS, Deed, Effect, Plan, impossible


class BodyPlan(Plan):
    """One appropriate body that supports each of the ECTs from now on."""

    @cached_property
    def body(self) -> AppropriateBody | None:
        """Return the body that was chosen; None when it is no more."""
        return AppropriateBody.objects.filter(pk=self.given.get("body") or 0).first()

    @property
    def chosen(self) -> str | None:
        """Return the body's name."""
        return self.body.name if self.body else None

    def effect_here(self, ect: ECTAtSchoolPeriod) -> Effect:
        """Return which body it was and will be."""
        body, now = self.body, ect.school_reported_appropriate_body
        assert body is not None  # noqa: S101 - asked by ``effect``
        problems = problems_with_body_of(ect.teacher)
        if not problems and body == now:
            problems = [Problem("", "unchanged")]
        problems = problems or problems_with_appropriate_body(self.school, body)
        if problems:
            return impossible(problems)
        before = f"From {now.name} to {body.name}." if now else f"{body.name}, the first reported."
        return Effect(f"{before} Provisional until {body.name} records the induction.")

    def do(self, ect: ECTAtSchoolPeriod, author: Author) -> None:
        """Change the body of which the check page told."""
        assert self.body is not None  # noqa: S101 - asked by ``effect``
        now = ect.school_reported_appropriate_body
        change_appropriate_body(
            ect, self.body, seen=mark_of(now.name if now else None), author=author
        )


class ChangeAppropriateBody(Deed):
    """Change the appropriate body that was reported of several ECTs."""

    name, field, label = "change-appropriate-body", "body", "New appropriate body"
    done = "You’ve changed the appropriate body of {ects}"

    def reasons(self, ects: Collection[ECTAtSchoolPeriod]) -> dict[int, str]:
        """Return whose induction a body has open. One query."""
        teachers = [ect.teacher_id for ect in ects]
        periods = InductionPeriod.objects.open().filter(teacher__in=teachers)
        held = {*periods.values_list("teacher", flat=True)}
        return {ect.pk: REASONS["induction_is_open"] for ect in ects if ect.teacher_id in held}

    def plan(self, school: School, given: Mapping[str, Any]) -> BodyPlan:
        """Return what the answers given so far would do."""
        return BodyPlan(school, given)


def bodies_on_offer(school: School) -> list[Choice]:
    """Return the bodies that the school may choose, the national one first where it may."""
    offered = BodiesOnOffer(school)
    national = AppropriateBody.objects.filter(name=AppropriateBody.ISTIP)
    first = [Choice(str(one.pk), one.name) for one in national] if offered.has_national else []
    return [*first, *offered.choices()]
