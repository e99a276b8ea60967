"""Several ECTs that a school registers at once, from a file or by hand (spec 05 §20.2, §20.3)."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from register_ects.models.base import CaseInsensitiveTextField, TimeStamped, one_of
from register_ects.models.constraints import Check, Unique
from register_ects.models.placements import ECTAtSchoolPeriod
from register_ects.models.schools import School
from register_ects.models.users import StaffUser
from register_ects.rules.enumerations import RegistrationBatchState, RegistrationRowState


class RegistrationBatchQuerySet(models.QuerySet[Any]):
    """Questions about batches."""

    def expired(self, now: Any) -> Self:
        """Keep those whose time is up and that still hold something."""
        over = [RegistrationBatchState.DISCARDED, RegistrationBatchState.DONE]
        with_rows = RegistrationBatchRow.objects.filter(batch=OuterRef("pk"))
        held = Q(Exists(with_rows)) | Q(held__gt=b"") | ~Q(state__in=over)
        return self.filter(held, expires_at__lte=now)


class RegistrationBatch(TimeStamped):
    """Rows that one person at a school collects, has checked and confirms together.

    ``choices`` fill blank cells: an appropriate body's id, a programme, a lead provider's id.
    ``held`` is the file's table, encrypted, until it is known which column is which. The rows go
    at ``expires_at``; who registered how many, and when, stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="registration_batches")
    state = models.CharField(max_length=11, choices=RegistrationBatchState)
    uploaded_by_name = models.TextField()
    uploaded_by_email = CaseInsensitiveTextField()
    file_name = models.TextField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, null=True, blank=True)
    choices = models.JSONField(default=dict)
    held = models.BinaryField(default=bytes)
    confirmed_by_name = models.TextField(null=True, blank=True)
    confirmed_by_email = CaseInsensitiveTextField(null=True, blank=True)
    confirmed_by_staff = models.ForeignKey(
        StaffUser, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    registered_count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    objects = RegistrationBatchQuerySet.as_manager()

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


class RegistrationBatchRow(TimeStamped):
    """One person of a batch. Holds personal data: never log it.

    ``number`` is the line of the file, or the place among rows typed by hand. ``held`` is
    encrypted: the cells as given and what TRS said; it is empty once the row is finished.
    ``problems`` are pairs of a cell ("" for the person) and a sentence.
    """

    batch = models.ForeignKey(RegistrationBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=15, choices=RegistrationRowState, default=RegistrationRowState.WAITING
    )
    held = models.BinaryField(default=bytes)
    trn = models.CharField(max_length=7, null=True, blank=True)
    name = models.TextField(null=True, blank=True)
    problems = models.JSONField(default=list)
    will_do = models.TextField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
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
