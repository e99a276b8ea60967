"""What the answers given so far mean: which programme, with whom, and who trains too."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from register_ects.models import ECTAtSchoolPeriod, LeadProvider, MentorAtSchoolPeriod
from register_ects.operations.training.proposed import (
    ProposedChange,
    mentor_trained_too,
    proposed_change_of_programme,
)
from register_ects.rules.enumerations import TrainingProgramme
from schools.changes.training import TrainingNow


class ProgrammeAnswers:
    """The answers of one draft, read for the ECT whom it is about."""

    def __init__(self, given: Mapping[str, Any], ect: ECTAtSchoolPeriod) -> None:
        self.given = given
        self.ect = ect

    @cached_property
    def proposed(self) -> ProposedChange:
        """Return what another programme would change."""
        return proposed_change_of_programme(self.ect)

    @property
    def before(self) -> TrainingProgramme | None:
        """Return the programme now; None when no training was ever reported."""
        present = self.proposed.present
        return TrainingProgramme(present.training_programme) if present else None

    @property
    def other(self) -> TrainingProgramme:
        """Return the programme that the ECT is not on."""
        is_led = self.before == TrainingProgramme.PROVIDER_LED
        return TrainingProgramme.SCHOOL_LED if is_led else TrainingProgramme.PROVIDER_LED

    @cached_property
    def provider(self) -> LeadProvider | None:
        """Return the lead provider that was chosen; None for school-led training."""
        if self.given["programme"] == TrainingProgramme.SCHOOL_LED:
            return None
        return LeadProvider.objects.get(pk=self.given["lead_provider"])

    @property
    def delivery_partner(self) -> str | None:
        """Return the delivery partner of the partnership that confirms it; None if none does."""
        found = self.proposed.partnership_with(self.provider) if self.provider else None
        return found.delivery_partner.name if found else None

    @cached_property
    def mentor(self) -> MentorAtSchoolPeriod | None:
        """Return the mentor whose first training it brings; None if it brings nobody's."""
        if self.provider is None:
            return None
        return mentor_trained_too(self.ect, self.provider, starts_on=self.proposed.change.starts_on)

    @property
    def mentor_trains_from(self) -> date | None:
        """Return the first day of the mentor's training, if it brings them any."""
        starts_on = self.proposed.change.starts_on
        return max(starts_on, self.mentor.started_on) if self.mentor else None

    @property
    def now(self) -> TrainingNow:
        """Return the present training in the words of sentences."""
        return TrainingNow.of(self.proposed)
