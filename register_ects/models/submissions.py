"""Claims, and passes and releases, that an appropriate body uploads together (spec 06 §6.17)."""

from django.db import models
from django.db.models import F, Q

from register_ects.models.appropriate_bodies import AppropriateBody
from register_ects.models.base import one_of
from register_ects.models.collected import Batch, BatchQuerySet, BatchRow
from register_ects.models.constraints import Check, Unique
from register_ects.models.inductions import InductionPeriod
from register_ects.rules.enumerations import BatchStatus, BatchType, SubmissionState

#: Rows of one batch.
MOST_SUBMISSIONS = 5000


class PendingInductionSubmissionBatch(Batch):
    """A file of claims, or of passes and releases, of one appropriate body.

    The counts are those of its rows once they are checked, and again once they are recorded: they
    stay when the rows go.
    """

    appropriate_body = models.ForeignKey(AppropriateBody, models.PROTECT, related_name="batches")
    batch_type = models.CharField(max_length=6, choices=BatchType)
    state = models.CharField(max_length=21, choices=BatchStatus, default=BatchStatus.PENDING)
    uploaded_count = models.PositiveIntegerField(default=0)
    errored_count = models.PositiveIntegerField(default=0)
    claimed_count = models.PositiveIntegerField(default=0)
    passed_count = models.PositiveIntegerField(default=0)
    released_count = models.PositiveIntegerField(default=0)

    CHECKED_IN = BatchStatus.PROCESSING
    AT_WORK = (BatchStatus.PROCESSING, BatchStatus.COMPLETING)
    NOTED_IN = (BatchStatus.PROCESSING,)
    FINAL = (BatchStatus.COMPLETED, BatchStatus.COMPLETED_WITH_ERRORS, BatchStatus.DISCARDED)
    OVER = (SubmissionState.DONE,)

    objects = BatchQuerySet.as_manager()

    class Meta:
        db_table = "induction_submission_batch"
        ordering = ["-created_at", "-pk"]
        constraints = [
            one_of("batch_type_is_known", "batch_type", BatchType),
            one_of("batch_status_is_known", "state", BatchStatus),
            Check(
                name="batch_of_at_most_5000_rows",
                condition=Q(uploaded_count__lte=MOST_SUBMISSIONS),
                problem="file too_many_rows",
                sentence="The file must have no more than 5,000 rows",
            ),
            Check(
                name="batch_is_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=False, confirmed_by_email__isnull=False)
                | ~Q(state__in=["completing", "completed", "completed_with_errors"]),
                problem="not_confirmed",
                sentence="These inductions need somebody who confirms them. Sign in again",
            ),
            Check(
                name="batch_expires_after_it_began",
                condition=Q(expires_at__gt=F("created_at")),
                problem="expires_at before_start",
                sentence="What is kept for a time must be kept until after it was sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["appropriate_body", "batch_type", "-created_at"], name="batches_of_body"
            ),
            models.Index(
                fields=["updated_at"],
                name="batches_at_work",
                condition=Q(state__in=["processing", "completing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_type} {self.pk}"

    @property
    def status(self) -> BatchStatus:
        """Return how far it has come."""
        return BatchStatus(self.state)

    @property
    def is_blocked(self) -> bool:
        """Whether it is checked, and every line has to be corrected first."""
        is_checked = self.state == BatchStatus.PROCESSED
        return is_checked and self.errored_count >= self.uploaded_count

    @property
    def recorded_count(self) -> int:
        """Return how many rows became inductions, or ends of them."""
        return self.claimed_count + self.passed_count + self.released_count


class PendingInductionSubmission(BatchRow):
    """One claim, pass or release of a batch."""

    batch = models.ForeignKey(PendingInductionSubmissionBatch, models.CASCADE, related_name="rows")
    state = models.CharField(max_length=7, choices=SubmissionState, default=SubmissionState.WAITING)
    induction_period = models.ForeignKey(
        InductionPeriod, models.SET_NULL, null=True, blank=True, related_name="submissions"
    )

    class Meta:
        db_table = "induction_submission"
        ordering = ["number"]
        constraints = [
            one_of("submission_state_is_known", "state", SubmissionState),
            Unique(
                name="submission_has_a_number_of_its_own",
                fields=["batch", "number"],
                problem="number already_exists",
                sentence="This line of the file was read already",
            ),
            Check(
                name="submission_that_is_done_holds_nothing",
                condition=~Q(state="done") | Q(held=b""),
                problem="row not_over",
                sentence="What was typed about somebody is deleted once it is recorded",
            ),
            Check(
                name="submission_that_is_ok_says_what_it_will_do",
                condition=~Q(state="ok") | Q(will_do__isnull=False, trn__isnull=False),
                problem="row not_checked",
                sentence="This line has not been checked. Check it again",
            ),
        ]

    @property
    def status(self) -> SubmissionState:
        """Return how far it has come."""
        return SubmissionState(self.state)

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id}"
