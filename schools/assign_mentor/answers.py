"""What the answers given so far mean: who was chosen, and who trains them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from register_ects.models import ECTAtSchoolPeriod, LeadProvider, MentorAtSchoolPeriod
from register_ects.operations.placements.mentoring import eligible_mentors
from register_ects.operations.training.plans import contract_period_for_mentor
from register_ects.rules.contract_periods import ContractPeriodChoice
from schools.mentors.training import provider_of


class AssignmentAnswers:
    """The answers of one draft, read for one ECT."""

    def __init__(self, given: Mapping[str, Any], ect: ECTAtSchoolPeriod) -> None:
        self.given = given
        self.ect = ect

    @cached_property
    def mentor(self) -> MentorAtSchoolPeriod | None:
        """Return the mentor who was chosen; None when they may not mentor the ECT any more."""
        return eligible_mentors(self.ect).filter(pk=self.given["mentor"]).first()

    @cached_property
    def chosen(self) -> MentorAtSchoolPeriod | None:
        """Return the mentor who was chosen, also when they may not mentor the ECT any more."""
        return self.mentor or (
            MentorAtSchoolPeriod.objects.filter(school=self.ect.school_id)
            .select_related("teacher")
            .filter(pk=self.given["mentor"])
            .first()
        )

    @property
    def contract_period(self) -> ContractPeriodChoice | None:
        """Return the contract period that the mentor's training would go into."""
        mentor = self.mentor
        if mentor is None:
            return None
        return contract_period_for_mentor(mentor.teacher, start=mentor.started_on)

    @property
    def provider(self) -> LeadProvider | None:
        """Return who gives the mentor their first training; None when it is not due."""
        given = self.given
        if not given["training_due"]:
            return None
        if given.get("use_ect_provider") and given["ect_provider_available"]:
            return provider_of(self.ect)
        return LeadProvider.objects.get(pk=given["lead_provider"])
