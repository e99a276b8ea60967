"""Several ECTs that a school registers at once, from a file or by hand (spec 05 §20.2, §20.3)."""

import uuid

from django.db import models
from django.db.models import F, Q

from register_ects.models.base import one_of
from register_ects.models.collected import Batch, BatchQuerySet, BatchRow
from register_ects.models.constraints import Check, Unique
from register_ects.models.placements import ECTAtSchoolPeriod
from register_ects.models.schools import School
from register_ects.models.users import StaffUser
from register_ects.rules.enumerations import RegistrationBatchState, RegistrationRowState


class RegistrationBatch(Batch):
    """Rows that one person at a school collects, has checked and confirms together.

    ``choices`` fill blank cells: an appropriate body's id, a programme, a lead provider's id.
    Who registered how many, and when, stays when the rows go.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="registration_batches")
    state = models.CharField(max_length=11, choices=RegistrationBatchState)
    choices = models.JSONField(default=dict)
    confirmed_by_staff = models.ForeignKey(
        StaffUser, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    registered_count = models.PositiveIntegerField(default=0)

    CHECKED_IN = RegistrationBatchState.CHECKING
    AT_WORK = (RegistrationBatchState.CHECKING, RegistrationBatchState.REGISTERING)
    NOTED_IN = (
        RegistrationBatchState.CHECKING,
        RegistrationBatchState.READY,
        RegistrationBatchState.DONE,
    )
    FINAL = (RegistrationBatchState.DISCARDED, RegistrationBatchState.DONE)
    OVER = (RegistrationRowState.REGISTERED, RegistrationRowState.SKIPPED)

    objects = BatchQuerySet.as_manager()

    class Meta:
        db_table = "registration_batch"
        ordering = ["-created_at"]
        constraints = [
            one_of("registration_batch_state_is_known", "state", RegistrationBatchState),
            Check(
                name="registration_batch_of_a_file_knows_its_mark",
                condition=Q(file_name__isnull=True, file_sha256__isnull=True)
                | Q(file_name__isnull=False, file_sha256__isnull=False),
                problem="file incomplete",
                sentence="Some of the file was missing when it was sent. Upload it again",
            ),
            Check(
                name="registration_batch_is_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=False, confirmed_by_email__isnull=False)
                | ~Q(state__in=["registering", "done"]),
                problem="not_confirmed",
                sentence="These registrations need somebody who confirms them. Sign in again",
            ),
            Check(
                name="registration_batch_expires_after_it_began",
                condition=Q(expires_at__gt=F("created_at")),
                problem="expires_at before_start",
                sentence="What is kept for a time must be kept until after it was sent",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-created_at"], name="registration_batches_of_school"),
            models.Index(
                fields=["updated_at"],
                name="registration_batches_at_work",
                condition=Q(state__in=["checking", "registering"]),
            ),
        ]

    def __str__(self) -> str:
        return f"registration batch {self.pk}"


class RegistrationBatchRow(BatchRow):
    """One person whom a school registers with others."""

    batch = models.ForeignKey(RegistrationBatch, models.CASCADE, related_name="rows")
    state = models.CharField(
        max_length=15, choices=RegistrationRowState, default=RegistrationRowState.WAITING
    )
    ect_at_school_period = models.ForeignKey(
        ECTAtSchoolPeriod, models.SET_NULL, null=True, blank=True, related_name="batch_rows"
    )

    class Meta:
        db_table = "registration_batch_row"
        ordering = ["number"]
        constraints = [
            one_of("registration_row_state_is_known", "state", RegistrationRowState),
            Unique(
                name="registration_row_has_a_number_of_its_own",
                fields=["batch", "number"],
                problem="number already_exists",
                sentence="Somebody else added a person at the same time. Add them again",
            ),
            Unique(
                name="registration_row_made_its_own_placement",
                fields=["ect_at_school_period"],
                problem="trn already_active_at_school",
                sentence="This ECT was registered from the same list already",
            ),
            Check(
                name="registration_row_that_is_over_holds_nothing",
                condition=~Q(state__in=["registered", "skipped"]) | Q(held=b""),
                problem="row not_over",
                sentence="What was typed about somebody is deleted once they are registered",
            ),
            Check(
                name="registration_row_that_is_ok_says_what_it_will_do",
                condition=~Q(state="ok") | Q(will_do__isnull=False, trn__isnull=False),
                problem="row not_checked",
                sentence="This person has not been checked. Check them again",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id}"
