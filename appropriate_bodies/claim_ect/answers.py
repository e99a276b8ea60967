"""What the answers given so far mean: who was found, and the claim that is made of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    AppropriateBodyPeriod,
    ECTAtSchoolPeriod,
    GIASSchool,
    InductionPeriod,
    TrainingPeriod,
)
from register_ects.operations.inductions.periods import Claim, claim_problem, claim_start_problems
from register_ects.rules.conflicts import possible_conflicts
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.problems import Problem


def found(record: TeacherRecord) -> dict[str, Any]:
    """Return what a draft keeps of a person found in TRS: nothing that it does not need."""
    kept = replace(record, national_insurance_number=None, email=None)
    return {"record": kept.as_json(), "trn": record.trn, "name": record.full_name}


class ClaimAnswers:
    """The answers of one draft, read for one body."""

    def __init__(self, given: Mapping[str, Any], body: AppropriateBody) -> None:
        self.given = given
        self.body = body

    @cached_property
    def record(self) -> TeacherRecord:
        """Return the person as TRS showed them last."""
        return TeacherRecord.from_json(self.given["record"])

    @property
    def held(self) -> InductionPeriod | None:
        """Return the person's open period with this body, if there is one."""
        ours = InductionPeriod.objects.open().held_by(self.body).select_related("teacher")
        period: InductionPeriod | None = ours.filter(teacher__trn=self.given["trn"]).first()
        return period

    @property
    def problem(self) -> Problem | None:
        """Return the first reason why this body may not claim the person, if any."""
        return claim_problem(self.body, self.record)

    @cached_property
    def reported(self) -> ECTAtSchoolPeriod | None:
        """Return the placement, now or to come, whose school names this body, if there is one."""
        named = ECTAtSchoolPeriod.objects.filter(
            teacher__trn=self.given["trn"], school_reported_appropriate_body=self.body
        )
        known = named.current_or_future(clock.today()).select_related("school__gias_school")
        placement: ECTAtSchoolPeriod | None = known.earliest_first().first()
        return placement

    @property
    def suggested(self) -> dict[str, Any]:
        """Return the answers that the school's record gives, as far as the rules accept them."""
        placement = self.reported
        if placement is None:
            return {}
        training = TrainingPeriod.objects.filter(ect_at_school_period=placement)
        latest = training.latest_first().first()
        answers = {"training_programme": latest.training_programme if latest else None}
        if not self.problems_with_start(placement.started_on):
            answers["started_on"] = placement.started_on
        return {name: value for name, value in answers.items() if value}

    @property
    def leads_holder(self) -> GIASSchool | None:
        """Return the school that leads the body with the person's open period, if one does."""
        held = InductionPeriod.objects.open().filter(teacher__trn=self.given["trn"])
        holder = held.values_list("appropriate_body", flat=True).first()
        led_by = AppropriateBodyPeriod.objects.filter(
            appropriate_body=holder, period__contains=clock.today()
        )
        designation = led_by.select_related("lead_school").first() if holder else None
        return designation.lead_school if designation else None

    @property
    def conflicts(self) -> list[Problem]:
        """Return why the body should perhaps not be the one for this person. Two queries."""
        led_by = self.body.designations.filter(
            period__contains=clock.today(), lead_school__isnull=False
        )
        at = ECTAtSchoolPeriod.objects.filter(teacher__trn=self.given["trn"])
        return possible_conflicts(
            body=self.body.name,
            lead_schools=dict(led_by.values_list("lead_school", "lead_school__name")),
            schools=at.values_list("school__gias_school", flat=True),
            itt_provider=self.record.itt_provider_name,
        )

    @property
    def claim(self) -> Claim:
        """Return the claim, once it has all its answers."""
        return Claim(self.record, self.given["started_on"], self.given["training_programme"])

    def problems_with_start(self, started_on: date) -> list[Problem]:
        """Return what is wrong with a start date; nothing once the record is gone."""
        return claim_start_problems(self.record, started_on) if "record" in self.given else []


def problems_with_another_claim(made: Mapping[str, Any], sent: Mapping[str, Any]) -> list[Problem]:
    """Return the problem that ``sent`` differs from a claim that was made, if it does."""
    if all(sent[name] == made[name] for name in ("started_on", "training_programme")):
        return []
    details = {
        "name": made["name"],
        "started_on": made["started_on"],
        "programme": TrainingProgramme(made["training_programme"]).label.lower(),
        "support": settings.APPROPRIATE_BODIES_SUPPORT_EMAIL,
    }
    return [Problem("", "already_claimed", details)]
