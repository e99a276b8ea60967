"""What the answers given so far mean: where a mentor goes, whom they mentor there, who trains."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    School,
)
from register_ects.operations.placements.mentoring import (
    MentorRegistration,
    first_day_of_mentoring,
    mentorships_ahead,
)
from register_ects.rules.training import present_training
from schools.changes.moving.destinations import destination, ects_to_mentor
from schools.changes.roles import PlacementRequest
from schools.mentors.training import provider_of
from schools.register_mentor.answers import MentorAnswers


class MentorMoveAnswers(MentorAnswers):
    """The answers of one draft, read for the school that the mentor moves to."""

    def __init__(self, given: Mapping[str, Any], school: School, now: MentorAtSchoolPeriod) -> None:
        super().__init__(given, school)
        self.now = now

    @classmethod
    def of(cls, given: Mapping[str, Any], request: PlacementRequest) -> "MentorMoveAnswers":
        """Return the answers of a request; raises Leave as ``destination``."""
        return cls(given, destination(given, request), request.subject)  # type: ignore[arg-type]

    @property
    def last_day(self) -> date:
        """Return the last day at the school that they leave."""
        day: date = self.given["leaving_on"]
        return day

    @cached_property
    def ect(self) -> ECTAtSchoolPeriod | None:
        """Return whom they mentor there; None where nobody was chosen, or they left since."""
        found = ects_to_mentor([self.school]).filter(pk=self.given.get("ect") or 0)
        return found.select_related("teacher", "school__gias_school").first()

    @cached_property
    def giving_way(self) -> list[MentorshipPeriod]:
        """Return the ECT's mentorships that they take over from, earliest first."""
        return mentorships_ahead(self.ect) if self.ect else []

    @property
    def mentoring_starts_on(self) -> date | None:
        """Return the first day on which they mentor the ECT."""
        if self.ect is None:
            return None
        return first_day_of_mentoring(
            self.ect, mentor_started_on=self.starts_on, backdate=self.only_here is True
        )

    # -- Training --------------------------------------------------------------------------------

    @cached_property
    def only_here(self) -> bool:
        """Whether no third school has them by their first day at the new one."""
        elsewhere = self.now.teacher.mentor_at_school_periods.exclude(pk=self.now.pk)
        return not elsewhere.exclude(school=self.school).current_or_future(clock.today()).exists()

    @property
    def training_is_due(self) -> bool:
        """Whether they may be trained there: by whom is then asked, unless it goes on."""
        fundable = self.now.teacher.is_fundable_as_mentor
        return self.only_here and fundable and self._ects_provider is not None

    @cached_property
    def _ects_provider(self) -> LeadProvider | None:
        return provider_of(self.ect) if self.ect else None

    @property
    def usual_provider(self) -> LeadProvider | None:
        """Return who trains them unless another is chosen: as now, or else the ECT's provider."""
        training = self.now.training_periods.select_related("lead_provider")
        now = present_training(list(training), today=clock.today())
        goes_on = now is not None and now.training_status == "active"
        likely = [now.lead_provider if now and goes_on else None, self._ects_provider]
        return next((each for each in likely if each in self.lead_providers), None)

    @property
    def provider(self) -> LeadProvider | None:
        """Return who trains them there."""
        key = self.given.get("lead_provider") if self.training_is_due else None
        return next((each for each in self.lead_providers if str(each.pk) == key), None)

    def registration(self) -> MentorRegistration:
        """Return everything for the operation."""
        return MentorRegistration(
            record=self.record,
            corrected_name=None,
            email=self.given["email"],
            started_on=self.starts_on,
            only_here=self.only_here,
            lead_provider=self.provider,
        )
