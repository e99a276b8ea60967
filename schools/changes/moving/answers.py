"""What the answers given so far mean: where somebody goes, from when, and what goes on there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from register_ects import clock
from register_ects.models import (
    AppropriateBody,
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    School,
    TrainingPeriod,
)
from register_ects.models.placements import MentorAtSchoolPeriodQuerySet
from register_ects.operations.placements.mentoring import (
    eligible_mentors,
    first_day_of_mentoring,
    may_train_first,
)
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.operations.placements.reuse import ReusableChoices, reusable_choices
from register_ects.rules.training import present_training
from schools.changes.moving.destinations import destination
from schools.changes.roles import ECTRequest
from schools.mentors.training import providers_for
from schools.register_ect.answers import ECTAnswers


class MoveAnswers(ECTAnswers):
    """The answers of one draft, read for the school that the ECT moves to from a placement."""

    def __init__(self, given: Mapping[str, Any], school: School, now: ECTAtSchoolPeriod) -> None:
        super().__init__(given, school)
        self.now = now

    @classmethod
    def of(cls, given: Mapping[str, Any], request: ECTRequest) -> "MoveAnswers":
        """Return the answers of a request; raises Leave as ``destination``."""
        return cls(given, destination(given, request), request.subject)

    @property
    def last_day(self) -> date:
        """Return the last day at the school that they leave."""
        day: date = self.given["leaving_on"]
        return day

    @cached_property
    def reusable(self) -> ReusableChoices | None:
        """Return what goes on: body, programme and lead provider, where the school may have them.

        Where it may not have their body, the one that it chose last. None when there is none, a
        lead provider stopped their training, or has no contract for the training there.
        """
        last = reusable_choices(self.school, self.teacher, start=self.started_on)
        body, training = self._body(last), self.training_now
        if body is None or training is None or training.training_status == "withdrawn":
            return None
        theirs = ReusableChoices(body, training.training_programme)
        if not training.is_provider_led:
            return theirs
        provider = training.lead_provider
        if provider not in self.lead_providers:
            return None
        kept = last.partnership if last and last.lead_provider == provider else None
        return replace(theirs, lead_provider=provider, partnership=kept)

    @cached_property
    def training_now(self) -> TrainingPeriod | None:
        """Return their training at the school that they leave: the present, or else the latest."""
        training = self.now.training_periods.select_related("lead_provider")
        return present_training(list(training), today=clock.today())

    def _body(self, last: ReusableChoices | None) -> AppropriateBody | None:
        theirs = self.now.school_reported_appropriate_body
        if theirs and not problems_with_appropriate_body(self.school, theirs):
            return theirs
        return last.appropriate_body if last else None

    # -- The mentor at the new school --------------------------------------------------------

    @cached_property
    def _moved(self) -> ECTAtSchoolPeriod:
        """Return the placement that they will have, unsaved."""
        return ECTAtSchoolPeriod(
            teacher=self.now.teacher, school=self.school, started_on=self.started_on
        )

    @property
    def mentors(self) -> MentorAtSchoolPeriodQuerySet:
        """Return who may mentor them there."""
        return eligible_mentors(self._moved)

    @cached_property
    def mentor(self) -> MentorAtSchoolPeriod | None:
        """Return who was chosen to; None where nobody was, or they may not any more."""
        return self.mentors.filter(pk=self.given.get("mentor") or 0).first()

    @property
    def mentoring_starts_on(self) -> date | None:
        """Return the first day on which the mentor mentors them."""
        if self.mentor is None:
            return None
        return first_day_of_mentoring(self._moved, mentor_started_on=self.mentor.started_on)

    @property
    def trains_mentor(self) -> bool:
        """Whether their lead provider gives the mentor their first training."""
        mentor, provider = self.mentor, self.lead_provider
        is_due = mentor is not None and may_train_first(mentor.teacher)
        return is_due and provider is not None

    @property
    def may_train_mentor(self) -> bool:
        """Whether the lead provider has a contract for the mentor's training."""
        mentor = self.mentor
        return mentor is not None and self.lead_provider in providers_for(
            mentor.teacher, start=mentor.started_on
        )
