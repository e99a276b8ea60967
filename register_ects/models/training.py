"""Training periods: who trains a person, on what schedule, and how it ended (spec 01 §4.5)."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from register_ects.models.base import (
    Period,
    PeriodQuerySet,
    both_or_neither,
    keep_history,
    london_day,
    never_overlap,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check
from register_ects.models.funding_years import ContractPeriod, Schedule
from register_ects.models.lead_providers import ActiveLeadProvider, LeadProvider
from register_ects.models.placements import ECTAtSchoolPeriod, MentorAtSchoolPeriod, Placement
from register_ects.models.schools import School, SchoolPartnership
from register_ects.models.teachers import Teacher
from register_ects.rules.enumerations import (
    DeferralReason,
    ScheduleKind,
    TraineeRole,
    TrainingProgramme,
    WithdrawalReason,
)
from register_ects.rules.training import training_status

_PROVIDER_LED = Q(training_programme=TrainingProgramme.PROVIDER_LED)
_SCHOOL_LED = Q(training_programme=TrainingProgramme.SCHOOL_LED)


class TrainingPeriodQuerySet(PeriodQuerySet):
    """Finding training periods."""

    def provider_led(self) -> "TrainingPeriodQuerySet":
        """Keep those delivered by a lead provider."""
        return self.filter(training_programme=TrainingProgramme.PROVIDER_LED)

    def confirmed(self) -> "TrainingPeriodQuerySet":
        """Keep those with a partnership."""
        return self.filter(school_partnership__isnull=False)

    def of_person(self, lead_provider: LeadProvider, teacher: Teacher) -> "TrainingPeriodQuerySet":
        """Keep a person's confirmed training with a lead provider, the latest of a role first.

        Latest is by first day, past, current or future; the higher id wins a tie. The first of
        a role is what the provider sees and acts on. Source: spec 03 §2.4 with its Improve.
        """
        theirs = self.confirmed().filter(lead_provider=lead_provider, teacher=teacher)
        return theirs.order_by("trainee_role", "-started_on", "-pk")

    def latest_with_each_provider(self, teachers: Iterable[int]) -> "TrainingPeriodQuerySet":
        """Keep people's latest confirmed training with each lead provider, one in each role.

        Latest as in ``of_person``, for every provider at once. A further condition would apply
        before the latest is chosen: check the rows instead. (Chosen by a subquery, the latest of
        a handful of people would cost reading the whole table.)
        """
        key = ("lead_provider_id", "teacher_id", "trainee_role")
        theirs = self.confirmed().filter(teacher__any=teachers)
        return theirs.order_by(*key, "-started_on", "-pk").distinct(*key)


@keep_history
class TrainingPeriod(Period):
    """A stretch of one person's training in one role.

    Provider-led: a schedule, and a partnership (confirmed) or an expression of interest (a lead
    provider named but not yet confirmed) or both. School-led: none of them.

    ``teacher``, ``trainee_role``, ``school``, ``lead_provider``, ``contract_period`` and
    ``schedule_kind`` repeat what the parents say; composite foreign keys with ON UPDATE CASCADE
    keep them true, so that constraints can speak of them.
    """

    ect_at_school_period = models.ForeignKey(
        ECTAtSchoolPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
    )
    mentor_at_school_period = models.ForeignKey(
        MentorAtSchoolPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
    )
    training_programme = models.CharField(max_length=12, choices=TrainingProgramme)
    school_partnership = models.ForeignKey(
        SchoolPartnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_periods",
    )
    expression_of_interest = models.ForeignKey(
        ActiveLeadProvider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expressions_of_interest",
    )
    schedule = models.ForeignKey(
        Schedule, models.PROTECT, null=True, blank=True, related_name="training_periods"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(
        max_length=29, choices=WithdrawalReason, null=True, blank=True
    )
    deferred_at = models.DateTimeField(null=True, blank=True)
    deferral_reason = models.CharField(max_length=18, choices=DeferralReason, null=True, blank=True)

    teacher = models.ForeignKey(
        Teacher, models.PROTECT, related_name="training_periods", editable=False
    )
    trainee_role = models.CharField(max_length=6, choices=TraineeRole, editable=False)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="training_periods", editable=False
    )
    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        db_column="contract_period_year",
        related_name="+",
        editable=False,
    )
    schedule_kind = models.TextField(choices=ScheduleKind, null=True, blank=True, editable=False)

    copied_fields = (
        "teacher",
        "trainee_role",
        "school",
        "lead_provider",
        "contract_period",
        "schedule_kind",
    )
    objects = TrainingPeriodQuerySet.as_manager()

    class Meta(Period.Meta):
        db_table = "training_period"
        constraints = [
            *Period.Meta.constraints,
            one_of("training_programme_is_known", "training_programme", TrainingProgramme),
            one_of("trainee_role_is_known", "trainee_role", TraineeRole),
            one_of("withdrawal_reason_is_known", "withdrawal_reason", WithdrawalReason),
            one_of("deferral_reason_is_known", "deferral_reason", DeferralReason),
            Check(
                name="training_has_one_placement_of_its_role",
                condition=Q(
                    trainee_role=TraineeRole.ECT,
                    ect_at_school_period__isnull=False,
                    mentor_at_school_period__isnull=True,
                )
                | Q(
                    trainee_role=TraineeRole.MENTOR,
                    ect_at_school_period__isnull=True,
                    mentor_at_school_period__isnull=False,
                ),
                problem="trainee_role wrong_placement",
                sentence="Training belongs to one registration, as an ECT or as a mentor",
            ),
            Check(
                name="school_led_training_has_no_provider_or_schedule",
                condition=_PROVIDER_LED
                | _SCHOOL_LED
                & Q(
                    school_partnership__isnull=True,
                    expression_of_interest__isnull=True,
                    schedule__isnull=True,
                    lead_provider__isnull=True,
                    contract_period__isnull=True,
                    schedule_kind__isnull=True,
                ),
                problem="training_programme school_led_with_provider",
                sentence="School-led training has no lead provider and no schedule. Remove them, or"
                " choose provider-led training",
            ),
            Check(
                name="provider_led_training_has_schedule_and_provider",
                condition=_SCHOOL_LED
                | _PROVIDER_LED
                & Q(
                    schedule__isnull=False,
                    schedule_kind__isnull=False,
                    lead_provider__isnull=False,
                    contract_period__isnull=False,
                )
                & (Q(school_partnership__isnull=False) | Q(expression_of_interest__isnull=False)),
                problem="training_programme provider_led_without_provider",
                sentence="Provider-led training needs a lead provider and a schedule",
            ),
            Check(
                name="mentor_training_is_provider_led",
                condition=Q(trainee_role=TraineeRole.ECT) | _PROVIDER_LED,
                problem="training_programme mentor_school_led",
                sentence="Mentor training is always provider-led",
            ),
            both_or_neither(
                "withdrawal_time_and_reason_together",
                "withdrawn_at",
                "withdrawal_reason",
                problem="withdrawal_reason incomplete",
                sentence="A withdrawal needs both a date and a reason",
            ),
            both_or_neither(
                "deferral_time_and_reason_together",
                "deferred_at",
                "deferral_reason",
                problem="deferral_reason incomplete",
                sentence="A deferral needs both a date and a reason",
            ),
            Check(
                name="withdrawn_or_deferred_training_is_finished",
                condition=Q(withdrawn_at__isnull=True, deferred_at__isnull=True)
                | Q(finished_on__isnull=False),
                problem="finished_on missing",
                sentence="Training that is withdrawn or deferred needs an end date",
            ),
            Check(
                name="training_withdrawn_on_or_after_its_start",
                condition=Q(withdrawn_at__isnull=True)
                | Q(GreaterThanOrEqual(london_day("withdrawn_at"), F("started_on"))),
                problem="withdrawn_at before_start",
                sentence="Training cannot be withdrawn before the day it starts",
            ),
            Check(
                name="training_deferred_on_or_after_its_start",
                condition=Q(deferred_at__isnull=True)
                | Q(GreaterThanOrEqual(london_day("deferred_at"), F("started_on"))),
                problem="deferred_at before_start",
                sentence="Training cannot be deferred before the day it starts",
            ),
            Check(
                name="withdrawn_training_stops_there",
                condition=Q(withdrawn_at__isnull=True)
                | Q(LessThanOrEqual(F("finished_on"), london_day("withdrawn_at"))),
                problem="finished_on after_withdrawal",
                sentence="Withdrawn training must end on or before the day of the withdrawal",
            ),
            Check(
                name="training_deferred_stops_there",
                condition=Q(deferred_at__isnull=True)
                | Q(LessThanOrEqual(F("finished_on"), london_day("deferred_at"))),
                problem="finished_on after_deferral",
                sentence="Deferred training must end on or before the day of the deferral",
            ),
            Check(
                name="ect_never_withdrawn_for_a_mentor_only_reason",
                condition=Q(trainee_role=TraineeRole.MENTOR)
                | Q(withdrawal_reason__isnull=True)
                | ~Q(withdrawal_reason=WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR),
                problem="withdrawal_reason for_mentors_only",
                sentence="An ECT cannot be withdrawn for no longer being a mentor. Choose another "
                "reason",
            ),
            Check(
                name="schedule_kind_fits_the_role",
                condition=Q(schedule_kind__isnull=True)
                | (Q(trainee_role=TraineeRole.ECT) & ~Q(schedule_kind=ScheduleKind.REPLACEMENT))
                | (Q(trainee_role=TraineeRole.MENTOR) & ~Q(schedule_kind=ScheduleKind.REDUCED)),
                problem="schedule not_for_role",
                sentence="ECTs cannot be on a replacement schedule, and mentors cannot be on a "
                "reduced one",
            ),
            never_overlap(
                "training_periods_in_a_role_never_overlap",
                "teacher",
                "trainee_role",
                sentence="This person has other training in the same role on some of these days. "
                "Choose a start date after it ends",
            ),
            models.UniqueConstraint(
                name="training_key_for_declarations",
                fields=["id", "teacher", "trainee_role", "lead_provider", "contract_period"],
            ),
            models.UniqueConstraint(
                name="training_key_with_ect_placement", fields=["id", "ect_at_school_period"]
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead_provider", "trainee_role", "teacher", "-started_on"],
                name="training_periods_of_provider",
                condition=Q(school_partnership__isnull=False),
            )
        ]
        triggers = [
            refusing_trigger(
                name="training_lies_within_its_placement",
                lock_first="""
                    PERFORM 1 FROM ect_at_school_period
                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;
                    PERFORM 1 FROM mentor_at_school_period
                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;""",
                when_broken="""EXISTS (
                    SELECT 1 FROM training_period child
                    JOIN ect_at_school_period parent ON parent.id = child.ect_at_school_period_id
                    WHERE child.id = NEW.id AND NOT parent.period @> child.period
                ) OR EXISTS (
                    SELECT 1 FROM training_period child
                    JOIN mentor_at_school_period parent
                        ON parent.id = child.mentor_at_school_period_id
                    WHERE child.id = NEW.id AND NOT parent.period @> child.period
                )""",
                message="Training must lie within its placement",
                deferrable=True,
                problem="started_on outside_placement",
                sentence="Training must start and end while the person is registered at the school",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy what the parents say before writing; composite foreign keys check it."""
        self._copy_from_parents()
        super().save(*args, **kwargs)

    def _copy_from_parents(self) -> None:
        self.trainee_role = TraineeRole.ECT if self.ect_at_school_period_id else TraineeRole.MENTOR
        placement = self.ect_at_school_period or self.mentor_at_school_period
        if placement is not None:
            self.teacher_id = placement.teacher_id
            self.school_id = placement.school_id
        agreement = self.school_partnership or self.expression_of_interest
        self.lead_provider_id = agreement.lead_provider_id if agreement else None
        self.contract_period_id = agreement.contract_period_id if agreement else None
        self.schedule_kind = self.schedule.kind if self.schedule else None

    def __str__(self) -> str:
        return f"{self.get_training_programme_display()} from {self.started_on}"

    @property
    def placement(self) -> Placement:
        """Return the ECT or mentor placement it belongs to, which all training has."""
        return cast("Placement", self.ect_at_school_period or self.mentor_at_school_period)

    @property
    def is_provider_led(self) -> bool:
        """Whether a lead provider delivers it."""
        return self.training_programme == TrainingProgramme.PROVIDER_LED

    @property
    def is_confirmed(self) -> bool:
        """Whether a partnership confirms it."""
        return self.school_partnership_id is not None

    @property
    def training_status(self) -> str:
        """Return active, deferred or withdrawn (spec 01 §9.4)."""
        return training_status(withdrawn_at=self.withdrawn_at, deferred_at=self.deferred_at)
