"""A lead provider changes a participant's schedule, and perhaps their cohort.

What is allowed, and what becomes of the training: rules/schedule_changes.py. Declarations stay
with the training that they were made for. Source: spec 03 §9.6 and §10, spec 02 §2.13.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    LeadProvider,
    Schedule,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.training.participant_actions import locked_training
from register_ects.operations.training.periods import continue_training
from register_ects.rules import schedule_changes as rules
from register_ects.rules.declaration_states import is_live
from register_ects.rules.declarations import LiveDeclaration, MilestoneWindow
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.partnerships import year_of
from register_ects.rules.problems import refuse_if
from register_ects.rules.schedule_changes import (
    CurrentTraining,
    LaterTraining,
    ScheduleRequest,
    Target,
)

_FROZEN_YEAR = {
    TraineeRole.ECT: "ect_payments_frozen_year",
    TraineeRole.MENTOR: "mentor_payments_frozen_year",
}


@operation
def change_schedule(
    lead_provider: LeadProvider, teacher_id: int, request: ScheduleRequest, *, author: Author
) -> TrainingPeriod:
    """Put a participant on another schedule from today, and return the training that has it.

    Training that has begun ends yesterday and goes on as new training; what has not begun, or
    began today, is changed in place, and so is that of an ECT who has completed and moves to a
    reduced schedule. Raises RuleBroken with the problems of rules/schedule_changes.py.
    Source: spec 03 §9.6.
    """
    found = locked_training(lead_provider, teacher_id, request.role)
    facts = _facts(found) if found else None
    wanted = _Wanted.gather(found, request)
    target = wanted.as_target() if wanted else None
    refuse_if(rules.problems_with_changing_schedule(request, facts, target, today=clock.today()))
    # Without a problem there is training, a schedule and a partnership.
    training, wanted = cast("TrainingPeriod", found), cast("_Wanted", wanted)
    old_schedule, schedule = cast("Schedule", training.schedule), cast("Schedule", wanted.schedule)
    partnership = cast("SchoolPartnership", wanted.partnership)
    _remember_frozen_year(training, wanted.period)
    changed = _change(training, cast("CurrentTraining", facts), schedule, partnership, author)
    record_event(
        "teacher_changes_schedule_training_period",
        f"{lead_provider.name} moved {training.teacher.name} from {old_schedule.in_words}"
        f" to {schedule.in_words}",
        author=author,
        about=[training.teacher, training, old_schedule, lead_provider],
        metadata={
            "new_training_period_id": changed.pk,
            "old_schedule_id": old_schedule.pk,
            "new_schedule_id": schedule.pk,
        },
    )
    return changed


# -- What the rules need ---------------------------------------------------------------------


def _facts(training: TrainingPeriod) -> CurrentTraining:
    teacher, role = training.teacher, TraineeRole(training.trainee_role)
    schedule = cast("Schedule", training.schedule)
    declarations = list(training.declarations.all())
    is_complete, completed_on = _completion(teacher, role)
    return CurrentTraining(
        role=role,
        year=schedule.contract_period_id,
        schedule_identifier=schedule.identifier,
        started_on=training.started_on,
        finished_on=training.finished_on,
        status=training.training_status,
        is_complete=is_complete,
        completed_on=completed_on,
        frozen_year=getattr(teacher, f"{_FROZEN_YEAR[role]}_id"),
        declared=[
            LiveDeclaration(each.declaration_type, each.declaration_date)
            for each in declarations
            if is_live(each.payment_status, each.clawback_status)
        ],
        has_declarations=bool(declarations),
        later=_later(training),
    )


def _completion(teacher: Teacher, role: TraineeRole) -> tuple[bool, date | None]:
    """Whether training is complete, and on which day for the participant status.

    An ECT's induction that ended according to TRS alone counts for the status only.
    """
    if role == TraineeRole.MENTOR:
        ended_on = teacher.mentor_became_ineligible_for_funding_on
        return ended_on is not None, ended_on
    decided = teacher.induction_periods.exclude(outcome=None).latest_first().first()
    if decided is not None:
        return True, decided.finished_on
    return False, teacher.trs_induction_completed_date


def _later(training: TrainingPeriod) -> LaterTraining | None:
    later = (
        training.teacher.training_periods.filter(
            trainee_role=training.trainee_role, started_on__gt=training.started_on
        )
        .latest_first()
        .first()
    )
    return LaterTraining(later.started_on, later.is_provider_led) if later else None


@dataclass(frozen=True)
class _Wanted:
    """The contract period asked for, its schedules, and the partnership to train under in it."""

    period: ContractPeriod
    schedules: Mapping[str, Schedule]
    schedule: Schedule | None
    partnership: SchoolPartnership | None

    @classmethod
    def gather(cls, training: TrainingPeriod | None, request: ScheduleRequest) -> "_Wanted | None":
        """Look up what was asked for; None when there is no such contract period.

        A cohort that was named is looked up without training too: it may be wrong all the same.
        """
        year = training.contract_period_id if training else None
        if request.cohort:
            year = year_of(request.cohort)
        period = ContractPeriod.objects.filter(year=year).first() if year else None
        if period is None:
            return None
        schedules = {schedule.identifier: schedule for schedule in period.schedules.all()}
        return cls(
            period,
            schedules,
            schedules.get(request.schedule_identifier or ""),
            _partnership_in(period, training) if training else None,
        )

    def as_target(self) -> Target:
        """Return the same in the words of the rules."""
        milestones = self.schedule.milestones.all() if self.schedule else ()
        return Target(
            year=self.period.year,
            is_frozen=self.period.is_frozen(clock.now()),
            has_partnership=self.partnership is not None,
            identifiers=self.schedules.keys(),
            milestones={
                each.declaration_type: MilestoneWindow(each.start_date, each.milestone_date)
                for each in milestones
            },
        )


def _partnership_in(period: ContractPeriod, training: TrainingPeriod) -> SchoolPartnership | None:
    """Return the provider's partnership with the school in a contract period.

    In another than the present one, that with the same delivery partner if there is one, else
    the one made last.
    """
    current = cast("SchoolPartnership", training.school_partnership)
    if period.year == training.contract_period_id:
        return current
    partner = current.lead_provider_delivery_partnership.delivery_partner_id
    found = list(
        SchoolPartnership.objects.filter(
            school=training.school_id,
            lead_provider=training.lead_provider_id,
            contract_period=period,
        )
        .select_related("lead_provider_delivery_partnership__active_lead_provider")
        .order_by("-created_at", "-pk")
    )
    return min(
        found,
        key=lambda each: each.lead_provider_delivery_partnership.delivery_partner_id != partner,
        default=None,
    )


# -- The change ------------------------------------------------------------------------------


def _remember_frozen_year(training: TrainingPeriod, new: ContractPeriod) -> None:
    """Note on the person which frozen contract period they moved out of (spec 03 §10)."""
    teacher, name = training.teacher, _FROZEN_YEAR[TraineeRole(training.trainee_role)]
    old = cast("Schedule", training.schedule).contract_period
    before = getattr(teacher, f"{name}_id")
    after = rules.frozen_year_after(
        before,
        old_year=old.year,
        old_is_frozen=old.is_frozen(clock.now()),
        new_year=new.year,
        new_is_frozen=new.is_frozen(clock.now()),
    )
    if after != before:
        setattr(teacher, f"{name}_id", after)
        teacher.save(update_fields=[name, "updated_at"])


def _change(
    training: TrainingPeriod,
    facts: CurrentTraining,
    schedule: Schedule,
    partnership: SchoolPartnership,
    author: Author,
) -> TrainingPeriod:
    today = clock.today()
    if rules.is_changed_in_place(schedule.identifier, facts, today=today):
        _change_in_place(training, schedule, partnership)
        return training
    training.finished_on = rules.last_day_of_old(facts, today=today)
    training.save(update_fields=["finished_on", "updated_at"])
    return continue_training(
        training,
        finished_on=rules.last_day_of_new(
            facts, placement_finished_on=training.placement.finished_on, today=today
        ),
        schedule=schedule,
        partnership=partnership,
        author=author,
    )


def _change_in_place(
    training: TrainingPeriod, schedule: Schedule, partnership: SchoolPartnership
) -> None:
    """Give training the schedule and partnership; an expression of interest follows them."""
    training.schedule, training.school_partnership = schedule, partnership
    if training.expression_of_interest is not None:
        pairing = partnership.lead_provider_delivery_partnership
        training.expression_of_interest = pairing.active_lead_provider
    training.save(
        update_fields=["schedule", "school_partnership", "expression_of_interest", "updated_at"]
    )
