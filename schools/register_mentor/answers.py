"""What the answers given so far mean: the mentor, where they mentor, who may train them.

A thin reading of a draft's answers; every rule it asks lives in ``register_ects``.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from register_ects import clock
from register_ects.models import LeadProvider
from register_ects.operations.placements.mentor_starts import placements_elsewhere
from register_ects.operations.placements.mentoring import MentorRegistration
from register_ects.operations.training.plans import contract_period_for_mentor, lead_providers_in
from register_ects.rules.contract_periods import ContractPeriodChoice
from schools.registering.answers import PersonAnswers


class MentorAnswers(PersonAnswers):
    """The answers of one draft about a new mentor, read for one school."""

    @property
    def starts_on(self) -> date:
        """Return the first day at the school: today when it is not asked for."""
        day: date | None = self.given.get("started_on")
        return day or clock.today()

    def mentors_elsewhere(self, start: date) -> bool:
        """Return whether the person mentors at another school on or after ``start``."""
        return placements_elsewhere(self.given["trn"], self.school, start=start).exists()

    @property
    def only_here(self) -> bool | None:
        """Return whether they leave the other schools that have them; None when none has."""
        return bool(self.given["only_here"]) if self.given["mentors_elsewhere"] else None

    @property
    def training_stays_elsewhere(self) -> bool:
        """Return whether they go on at another school, and their training with them."""
        return self.given.get("only_here") is False and self.mentors_elsewhere(self.starts_on)

    @property
    def contract_period(self) -> ContractPeriodChoice | None:
        """Return the contract period that their training would go into."""
        return contract_period_for_mentor(self.teacher, start=self.starts_on)

    @cached_property
    def lead_providers(self) -> list[LeadProvider]:
        """Return the providers with a contract for that period."""
        return lead_providers_in(self.contract_period)

    @property
    def provider(self) -> LeadProvider | None:
        """Return who trains the mentor: the ECT's provider, another, or nobody."""
        given = self.given
        if not training_is_due(given):
            return None
        if given["ect_provider_available"] and given.get("use_ect_provider") is not False:
            return LeadProvider.objects.get(pk=given["ect_provider_id"])
        chosen = given.get("lead_provider")
        return LeadProvider.objects.filter(pk=chosen).first() if chosen else None

    def registration(self) -> MentorRegistration:
        """Return everything for the operation."""
        return MentorRegistration(
            record=self.record,
            corrected_name=self.given.get("corrected_name"),
            name_seen=self.given.get("seen") or None,
            email=self.given["email"],
            started_on=self.given.get("started_on"),
            only_here=self.only_here,
            lead_provider=self.provider,
        )


def training_is_due(given: Mapping[str, Any]) -> bool:
    """Return whether the ECT's training is provider-led and the mentor may have some too."""
    return bool(given["ect_provider_id"] and given["fundable"])
