"""What choosing another lead provider or programme would do, read before it is done.

For the pages that ask; ``changes`` does it, by the same functions (spec 05 §6.5 Improve).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    SchoolPartnership,
    TrainingPeriod,
)
from register_ects.operations.placements.history import is_declared, training_in
from register_ects.operations.training.plans import (
    contract_period_for_change,
    contract_period_for_mentor,
    earliest_partnership,
    lead_providers_in,
)
from register_ects.rules import training_changes as rules
from register_ects.rules.contract_periods import ContractPeriodChoice
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.problems import Problem
from register_ects.rules.seen import mark_of
from register_ects.rules.training import present_training


@dataclass(frozen=True)
class ProposedChange:
    """A change of training in a placement: of ``present``, None if there never was any.

    ``change`` says what becomes of it, and on which day what follows begins. ``periods`` are all
    contract periods, where they were read before.
    """

    placement: Placement
    present: TrainingPeriod | None
    facts: rules.PresentTraining | None
    change: rules.Change
    periods: Sequence[ContractPeriod] | None = None

    @cached_property
    def contract_period(self) -> ContractPeriodChoice | None:
        """Return the contract period that the training goes into, None to stop."""
        return contract_period_for_change(
            self.placement,
            present=self.present,
            starts_on=self.change.starts_on,
            periods=self.periods,
        )

    @property
    def mark(self) -> str:
        """Return the mark of the present training: what a page showed of it."""
        return mark_of_training(self.present)

    @property
    def provider_now(self) -> LeadProvider | None:
        """Return the lead provider of the present training, if a provider leads it."""
        return self.present.lead_provider if self.present else None

    @property
    def is_stopped(self) -> bool:
        """Whether the present training's provider said that it no longer trains them."""
        return self.present is not None and self.present.training_status == "withdrawn"

    def lead_providers(self) -> list[LeadProvider]:
        """Return the lead providers that may be chosen, by name: never the present one."""
        now = self.provider_now
        return [each for each in lead_providers_in(self.contract_period) if each != now]

    def partnership_with(self, lead_provider: LeadProvider) -> SchoolPartnership | None:
        """Return the school's partnership that will confirm training with a provider, if any."""
        choice = self.contract_period
        if choice is None:
            return None
        return earliest_partnership(
            self.placement.school, lead_provider=lead_provider, year=choice.year
        )

    def problems(self) -> list[Problem]:
        """List why nothing can follow the present training."""
        ect = isinstance(self.placement, ECTAtSchoolPeriod)
        if ect and not needs_mentor(self.placement.teacher.induction_status):
            return [Problem("", "induction_over")]
        return rules.problems_with_change(self.change, here_until=self.placement.finished_on)

    def problems_with_provider(self, lead_provider: LeadProvider | None) -> list[Problem]:
        """List why another lead provider may not be this one; None: anyone (spec 05 §9.2)."""
        placement = self.placement
        is_mentor = isinstance(placement, MentorAtSchoolPeriod)
        return self.problems() or rules.problems_with_new_provider(
            self.facts,
            is_same=lead_provider is not None and self.provider_now == lead_provider,
            is_fundable=not is_mentor or placement.teacher.is_fundable_as_mentor,
            trains_elsewhere=_trains_elsewhere(placement, self.change.starts_on),
        )

    def problems_with_programme(
        self, programme: str, lead_provider: LeadProvider | None
    ) -> list[Problem]:
        """List why an ECT may not be put on a programme (spec 05 §9.3)."""
        return self.problems() or rules.problems_with_new_programme(
            self.facts, programme, has_provider=lead_provider is not None
        )


def proposed_change_of_provider(
    placement: Placement, *, periods: Sequence[ContractPeriod] | None = None
) -> ProposedChange:
    """Return what another lead provider would change in a placement. One query."""
    return _proposed(placement, rules.change_of_provider, periods)


def proposed_change_of_programme(ect: ECTAtSchoolPeriod) -> ProposedChange:
    """Return what another training programme would change for an ECT. One query."""
    return _proposed(ect, rules.change_of_programme)


def mark_of_training(training: TrainingPeriod | None) -> str:
    """Return the mark of training: who leads it, when, and how it stands."""
    if training is None:
        return mark_of(None)
    return mark_of(
        training.pk,
        training.training_programme,
        training.lead_provider_id,
        training.school_partnership_id,
        training.started_on,
        training.finished_on,
        training.training_status,
    )


def mentor_trained_too(
    ect: ECTAtSchoolPeriod, lead_provider: LeadProvider, *, starts_on: date
) -> MentorAtSchoolPeriod | None:
    """Return the ECT's mentor now or next if the switch to a provider brings them training.

    It does when they are fundable and have never trained as a mentor, and the provider has a
    contract for the period that their training would go into. Nothing else stops the ECT's switch.
    Source: spec 05 §9.3 with its Improve (c), spec 03 §12.2 Improve.
    """
    mentorship = next_mentorship(ect)
    mentor = mentorship.mentor_at_school_period if mentorship else None
    if mentor is None or not mentor.teacher.is_fundable_as_mentor:
        return None
    start = max(starts_on, mentor.started_on)
    if mentor.finished_on is not None and mentor.finished_on < start:
        return None
    ever = TrainingPeriod.objects.filter(teacher=mentor.teacher_id, trainee_role=TraineeRole.MENTOR)
    if ever.exists():
        return None
    offered = lead_providers_in(contract_period_for_mentor(mentor.teacher, start=start))
    return mentor if lead_provider in offered else None


def next_mentorship(ect: ECTAtSchoolPeriod) -> MentorshipPeriod | None:
    """Return the mentorship of an ECT that covers today, else the next one. One query."""
    found: MentorshipPeriod | None = (
        ect.mentorship_periods.current_or_future(clock.today())
        .select_related("mentor_at_school_period__teacher", "mentor_at_school_period__school")
        .earliest_first()
        .first()
    )
    return found


def _trains_elsewhere(placement: Placement, starts_on: date) -> bool:
    """Whether a mentor trains at another school from ``starts_on``: they train at one only."""
    if isinstance(placement, ECTAtSchoolPeriod):
        return False
    until = placement.finished_on or date.max
    return (
        TrainingPeriod.objects.filter(
            Q(finished_on=None) | Q(finished_on__gte=starts_on),
            teacher=placement.teacher_id,
            trainee_role=TraineeRole.MENTOR,
            started_on__lte=until,
        )
        .exclude(mentor_at_school_period=placement)
        .exists()
    )


def _proposed(
    placement: Placement,
    rule: Callable[..., rules.Change],
    periods: Sequence[ContractPeriod] | None = None,
) -> ProposedChange:
    today, training = clock.today(), training_in(placement)
    present = present_training(training, today=today)
    facts = _facts(present) if present else None
    stopped = [each.finished_on for each in training if each.training_status != "active"]
    free = [last_day + timedelta(days=1) for last_day in stopped if last_day]
    change = rule(facts, free_from=max([placement.started_on, *free]), today=today)
    return ProposedChange(placement, present, facts, change, periods)


def _facts(present: TrainingPeriod) -> rules.PresentTraining:
    return rules.PresentTraining(
        is_provider_led=present.is_provider_led,
        started_on=present.started_on,
        finished_on=present.finished_on,
        is_confirmed=present.is_confirmed,
        status=present.training_status,
        has_declarations=is_declared(present),
    )
