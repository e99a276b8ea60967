"""What the answers given so far mean: which lead provider, and what becomes of the training."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from register_ects.models import LeadProvider, Placement
from register_ects.operations.training.proposed import (
    ProposedChange,
    proposed_change_of_provider,
)
from schools.changes.training import TrainingNow


class ProviderAnswers:
    """The answers of one draft, read for the placement that it is about."""

    def __init__(self, given: Mapping[str, Any], placement: Placement) -> None:
        self.given = given
        self.placement = placement

    @cached_property
    def proposed(self) -> ProposedChange:
        """Return what another lead provider would change."""
        return proposed_change_of_provider(self.placement)

    @cached_property
    def provider(self) -> LeadProvider:
        """Return the lead provider that was chosen."""
        return LeadProvider.objects.get(pk=self.given["lead_provider"])

    @property
    def delivery_partner(self) -> str | None:
        """Return the delivery partner of the partnership that confirms it; None if none does."""
        found = self.proposed.partnership_with(self.provider)
        return found.delivery_partner.name if found else None

    @property
    def now(self) -> TrainingNow:
        """Return the present training in the words of sentences."""
        return TrainingNow.of(self.proposed)
