"""Induction: periods with an appropriate body, extensions, and what TRS must be told."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from register_ects.models.appropriate_bodies import AppropriateBody
from register_ects.models.base import (
    Period,
    PeriodQuerySet,
    TimeStamped,
    keep_history,
    never_overlap,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique
from register_ects.models.teachers import Teacher
from register_ects.rules.enumerations import (
    InductionOutcome,
    InductionStatus,
    LegacyInductionProgramme,
    TermsReason,
    TrainingProgramme,
    TRSUpdateState,
)
from register_ects.rules.inductions import LONGEST_REASON


class InductionPeriodQuerySet(PeriodQuerySet):
    """Finding inductions."""

    def held_by(self, body: AppropriateBody) -> "InductionPeriodQuerySet":
        """Keep those this body is or was responsible for."""
        return self.filter(appropriate_body=body)


@keep_history
class InductionPeriod(Period):
    """A stretch of an ECT's induction that one appropriate body is responsible for.

    ``number_of_terms`` is full-time equivalent, known once finished. A finished period without
    an outcome is a release. ``terms_reason`` says why the terms are unusual, in
    ``terms_reason_words`` for a reason that is not listed (older ones have no words). Source: spec
    06 §6.2.2 and §6.10 Improve, spec 01 §4.6.
    """

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="induction_periods")
    appropriate_body = models.ForeignKey(
        AppropriateBody,
        models.PROTECT,
        related_name="induction_periods",
    )
    number_of_terms = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    outcome = models.CharField(max_length=4, choices=InductionOutcome, null=True, blank=True)
    terms_reason = models.CharField(max_length=19, choices=TermsReason, null=True, blank=True)
    terms_reason_words = models.CharField(max_length=LONGEST_REASON, null=True, blank=True)
    fail_confirmation_sent_on = models.DateField(null=True, blank=True)
    training_programme = models.CharField(
        max_length=12, choices=TrainingProgramme, null=True, blank=True
    )
    legacy_programme = models.CharField(
        max_length=18, choices=LegacyInductionProgramme, null=True, blank=True
    )

    objects = InductionPeriodQuerySet.as_manager()

    @property
    def told_terms_reason(self) -> str:
        """The reason for the number of terms as people read it; empty when none was needed."""
        reason = self.get_terms_reason_display() or ""
        return f"{reason}: {self.terms_reason_words}" if self.terms_reason_words else reason

    class Meta(Period.Meta):
        db_table = "induction_period"
        constraints = [
            *Period.Meta.constraints,
            one_of("induction_outcome_is_known", "outcome", InductionOutcome),
            one_of("terms_reason_is_known", "terms_reason", TermsReason),
            Check(
                name="terms_reason_words_of_another_reason_only",
                condition=Q(terms_reason_words__isnull=True)
                | Q(terms_reason__isnull=False, terms_reason=TermsReason.OTHER),
                problem="terms_reason_words not_asked",
                sentence="Words for the number of terms belong to another reason than those listed",
            ),
            one_of("induction_programme_is_known", "training_programme", TrainingProgramme),
            one_of("legacy_programme_is_known", "legacy_programme", LegacyInductionProgramme),
            Check(
                name="induction_programme_missing_only_in_old_records",
                condition=Q(training_programme__isnull=False)
                | Q(
                    legacy_programme__isnull=False,
                    legacy_programme__in=[
                        LegacyInductionProgramme.UNKNOWN,
                        LegacyInductionProgramme.PRE_SEPTEMBER_2021,
                    ],
                ),
                problem="training_programme missing",
                sentence="Select provider-led or school-led",
            ),
            Check(
                name="induction_terms_0_to_16_once_finished",
                condition=Q(finished_on__isnull=True, number_of_terms__isnull=True)
                | Q(
                    finished_on__isnull=False,
                    number_of_terms__isnull=False,
                    number_of_terms__gte=Decimal(0),
                    number_of_terms__lte=Decimal(16),
                ),
                problem="number_of_terms out_of_range",
                sentence="Enter between 0 and 16 terms when the induction period has ended, and "
                "none before",
            ),
            Check(
                name="induction_outcome_only_once_finished",
                condition=Q(outcome__isnull=True) | Q(finished_on__isnull=False),
                problem="outcome not_finished",
                sentence="An induction needs an end date before it can have an outcome",
            ),
            Check(
                name="fail_confirmation_sent_after_the_end",
                condition=Q(fail_confirmation_sent_on__isnull=True)
                | Q(finished_on__isnull=False, fail_confirmation_sent_on__gte=F("finished_on")),
                problem="fail_confirmation_sent_on before_end",
                sentence="The date the ECT was told must be on or after the end of their induction",
            ),
            Check(
                name="induction_starts_on_or_after_1_september_1999",
                condition=Q(started_on__gte="1999-09-01"),
                problem="started_on too_early",
                sentence="The start date must be on or after 1 September 1999",
            ),
            Unique(
                name="one_induction_outcome_per_teacher",
                fields=["teacher"],
                condition=Q(outcome__isnull=False),
                problem="outcome already_has_outcome",
                sentence="This ECT already has an induction outcome. Only one can be recorded",
            ),
            never_overlap(
                "induction_periods_never_overlap",
                "teacher",
                sentence="This ECT has another induction period on some of these days. Choose dates"
                " outside it",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="nothing_follows_an_induction_outcome",
                when_set=["teacher_id", "started_on", "outcome"],
                when_broken="""EXISTS (
                    SELECT 1 FROM induction_period
                    WHERE teacher_id = NEW.teacher_id AND id <> NEW.id
                    AND (outcome IS NOT NULL AND started_on < NEW.started_on
                        OR NEW.outcome IS NOT NULL AND started_on > NEW.started_on))""",
                message="No induction period follows the one with the outcome",
                deferrable=True,
                problem="outcome not_last",
                sentence="Only an ECT's last induction period can have an outcome, and none can "
                "follow it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.teacher} with {self.appropriate_body} from {self.started_on}"


@keep_history
class InductionExtension(TimeStamped):
    """Extra full-time equivalent terms that an ECT needs; does not alter periods.

    ``decided_on``, ``reason`` and ``told_on``, the day on which the ECT was told that they may
    appeal, are what the ``appropriate_body`` says that recorded them. Older ones have none.
    Source: spec 06 §6.11 with its Improve.
    """

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="induction_extensions")
    number_of_terms = models.DecimalField(max_digits=3, decimal_places=1)
    appropriate_body = models.ForeignKey(
        AppropriateBody, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "induction_extension"
        constraints = [
            Check(
                name="extension_between_a_tenth_and_16_terms",
                condition=Q(number_of_terms__gte=Decimal("0.1"), number_of_terms__lte=Decimal(16)),
                problem="number_of_terms out_of_range",
                sentence="An extension must be between 0.1 and 16 terms",
            ),
            Check(
                name="extension_told_once_it_was_decided",
                condition=Q(told_on__isnull=True)
                | Q(decided_on__isnull=False, told_on__gte=F("decided_on")),
                problem="told_on before_decision",
                sentence="The date the ECT was told must be on or after the date of the decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_of_terms} terms for {self.teacher}"


class TRSInductionUpdate(TimeStamped):
    """The state of a person's induction that TRS must be told: an outbox, newest row wins.

    Written in the transaction that changed the induction; delivered by a job after commit and
    by a timer that catches what the job missed. Source: spec 06 §6.16 Improve.
    """

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="trs_induction_updates")
    status = models.CharField(max_length=18, choices=InductionStatus)
    start_date = models.DateField(null=True, blank=True)
    completed_date = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TRSUpdateState, default=TRSUpdateState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_response = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "trs_induction_update"
        constraints = [
            one_of("trs_update_status_is_known", "status", InductionStatus),
            one_of("trs_update_state_is_known", "state", TRSUpdateState),
            Check(
                name="trs_is_told_when_induction_was_completed",
                condition=~Q(status__in=[InductionStatus.PASSED, InductionStatus.FAILED])
                | Q(completed_date__isnull=False),
                problem="completed_date missing",
                sentence="A pass or a fail needs the date on which induction was completed",
            ),
            Unique(
                name="one_queued_trs_update_per_teacher",
                fields=["teacher"],
                condition=Q(state=TRSUpdateState.QUEUED),
                problem="already_queued",
                sentence="A change for this teacher is already waiting to be sent. Try again in a "
                "few minutes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["updated_at"],
                name="trs_update_refused",
                condition=Q(state=TRSUpdateState.REJECTED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} for teacher {self.teacher_id}: {self.state}"
