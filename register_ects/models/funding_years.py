"""The catalogue of funding years: contract periods, their schedules and milestones."""

from datetime import date, datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from register_ects import clock
from register_ects.models.base import (
    TimeStamped,
    inclusive_days,
    keep_history,
    never_overlap,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique
from register_ects.rules.enumerations import DeclarationType, ScheduleIdentifier, ScheduleKind


class ContractPeriodQuerySet(models.QuerySet["ContractPeriod"]):
    """Look-ups by date (spec 01 §4.1)."""

    def containing(self, day: date) -> Self:
        """Keep the one that covers ``day``, if any."""
        return self.filter(period__contains=day)


@keep_history
class ContractPeriod(TimeStamped):
    """A funding year of the lead provider contracts, named by its start year.

    2025 runs from 1 June 2025 to 31 May 2026, both inclusive. The API calls it ``cohort``.
    ``enabled`` means open for business: future starters may be registered into it.
    ``uplifts_on_replacement_schedules`` off keeps uplifts from the starts of mentors who replace
    another, so that finance need not adjust statements for them (spec 03 §8 Improve).
    ``successor`` says where trainees go when its payments are frozen (spec 05 §6.5 Improve).
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    started_on = models.DateField()
    finished_on = models.DateField()
    period = inclusive_days()
    enabled = models.BooleanField(default=False)
    payments_frozen_at = models.DateTimeField(null=True, blank=True)
    mentor_funding_enabled = models.BooleanField(default=False)
    detailed_evidence_types_enabled = models.BooleanField(default=False)
    uplift_fees_enabled = models.BooleanField(default=True)
    uplifts_on_replacement_schedules = models.BooleanField(default=True)
    declarations_in_sequence = models.BooleanField(default=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_column="successor_year", related_name="+"
    )

    objects = ContractPeriodQuerySet.as_manager()

    class Meta:
        db_table = "contract_period"
        ordering = ["year"]
        constraints = [
            Check(
                name="contract_period_finishes_after_start",
                condition=Q(finished_on__gt=F("started_on")),
                problem="finished_on before_start",
                sentence="The contract period must end after it starts",
            ),
            Check(
                name="contract_period_year_from_2020",
                condition=Q(year__gte=2020),
                problem="year too_early",
                sentence="The year must be 2020 or later",
            ),
            never_overlap(
                "contract_periods_never_overlap",
                sentence="These dates overlap another contract period. Choose dates outside it",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="what_a_year_pays_for_is_fixed_once_paid",
                operation=pgtrigger.Update,
                condition="""OLD.uplift_fees_enabled <> NEW.uplift_fees_enabled
                    OR OLD.mentor_funding_enabled <> NEW.mentor_funding_enabled""",
                when_broken="""EXISTS (
                    SELECT 1 FROM statement
                    WHERE contract_period_year = NEW.year AND status = 'paid' AND EXISTS (
                        SELECT 1 FROM declaration
                        WHERE payment_statement_id = statement.id AND payment_status = 'paid'))""",
                message="Declarations of the contract period were paid",
                problem="already_paid",
            )
        ]

    def __str__(self) -> str:
        return str(self.year)

    def is_frozen(self, now: datetime) -> bool:
        """Whether no further payments are made for trainees in it."""
        return self.payments_frozen_at is not None and self.payments_frozen_at <= now

    @property
    def payments_frozen_on(self) -> date | None:
        """Return the London day on which payments stop, or stopped; None while none is set."""
        return clock.london_date(self.payments_frozen_at) if self.payments_frozen_at else None

    def contains(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.started_on <= day <= self.finished_on


@keep_history
class Schedule(TimeStamped):
    """An expected training timetable inside a contract period.

    ``kind`` is generated from the identifier, so that a training period can carry it in a
    composite foreign key and the database can refuse a kind that the role may not have.
    """

    contract_period = models.ForeignKey(
        ContractPeriod, models.PROTECT, db_column="contract_period_year", related_name="schedules"
    )
    identifier = models.CharField(max_length=30, choices=ScheduleIdentifier)
    kind = models.GeneratedField(
        expression=Func(
            Cast("identifier", models.TextField()),
            Value("-"),
            Value(2),
            function="split_part",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(choices=ScheduleKind),
        db_persist=True,
    )

    class Meta:
        db_table = "schedule"
        constraints = [
            one_of("schedule_identifier_is_known", "identifier", ScheduleIdentifier),
            Unique(
                name="one_schedule_of_an_identifier_per_contract_period",
                fields=["contract_period", "identifier"],
                problem="identifier already_exists",
                sentence="The contract period already has this schedule",
            ),
            models.UniqueConstraint(
                name="schedule_key_with_year_and_kind", fields=["id", "contract_period", "kind"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_period_id} {self.identifier}"

    @property
    def in_words(self) -> str:
        """Return what a sentence calls it: ``standard September for 2025``."""
        label = str(ScheduleIdentifier(self.identifier).label)
        return f"{label[:1].lower()}{label[1:]} for {self.contract_period_id}"


@keep_history
class Milestone(TimeStamped):
    """When declarations of one type may be dated on one schedule, both days inclusive.

    ``milestone_date`` None means that there is no last day.
    """

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="milestones")
    declaration_type = models.CharField(max_length=11, choices=DeclarationType)
    start_date = models.DateField()
    milestone_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "milestone"
        constraints = [
            one_of("milestone_declaration_type_is_known", "declaration_type", DeclarationType),
            Unique(
                name="one_milestone_of_a_type_per_schedule",
                fields=["schedule", "declaration_type"],
                problem="declaration_type already_exists",
                sentence="The schedule already has a milestone for this declaration type",
            ),
            Check(
                name="milestone_date_after_its_start_date",
                condition=Q(milestone_date__isnull=True) | Q(milestone_date__gt=F("start_date")),
                problem="milestone_date before_start",
                sentence="The milestone date must be after the start date",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="milestone_starts_within_contract_year",
                when_broken="""NEW.start_date < make_date(
                    (SELECT contract_period_year FROM schedule WHERE id = NEW.schedule_id), 6, 1)""",  # noqa: E501
                message="A milestone cannot start before 1 June of the contract year",
                problem="start_date too_early",
            )
        ]

    def __str__(self) -> str:
        return f"{self.schedule} {self.declaration_type}"
