"""Appropriate bodies, when they are designated, and the districts they serve.

One clean shape in place of the reference's three tables (spec 01 §4.6 Improve): everything
refers to ``AppropriateBody``; ``AppropriateBodyPeriod`` says when it is designated.
"""

import uuid
from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from register_ects.models.base import (
    CaseInsensitiveTextField,
    Period,
    TimeStamped,
    keep_history,
    never_overlap,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique
from register_ects.rules.enumerations import AppropriateBodyType, BatchStatus, BatchType


class DfESignInOrganisation(TimeStamped):
    """An organisation as DfE Sign-in knows it. No URN means a national body."""

    uuid = models.UUIDField(unique=True)
    name = models.TextField(unique=True)
    urn = models.PositiveIntegerField(null=True, blank=True, unique=True)
    address = models.TextField(null=True, blank=True)
    category = models.TextField(null=True, blank=True)
    organisation_type = models.TextField(null=True, blank=True)
    status = models.TextField(null=True, blank=True)
    company_registration_number = models.TextField(null=True, blank=True)
    first_authenticated_at = models.DateTimeField(null=True, blank=True)
    last_authenticated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dfe_sign_in_organisation"

    def __str__(self) -> str:
        return self.name


class AppropriateBodyQuerySet(models.QuerySet["AppropriateBody"]):
    """Which bodies may be chosen or sign in, and how they are found."""

    def designated(self, today: date) -> Self:
        """Keep those with a designation that covers today."""
        return self.filter(Exists(_designations(today)))

    def active(self, today: date) -> Self:
        """Keep those with a sign-in organisation and a designation that covers today."""
        return self.designated(today).filter(dfe_sign_in_organisation__isnull=False)

    def signing_in(self, today: date, *, urn: int | None = None, uuid: UUID | None = None) -> Self:
        """Keep the designated bodies for which an organisation of DfE Sign-in acts.

        A hub signs in as its lead school's organisation, and one school may lead several hubs:
        when more than one is left, the person must be asked which. Source: spec 06 §6.19.
        """
        acting = Q(pk__in=[])
        if uuid:
            acting |= Q(dfe_sign_in_organisation__uuid=uuid)
        if urn:
            acting |= Q(dfe_sign_in_organisation__urn=urn)
            acting |= Q(Exists(_designations(today).filter(lead_school=urn)))
        return self.designated(today).filter(acting)

    def called(self, name: str) -> Self:
        """Keep those of which this is the name, or once was; upper and lower case are alike."""
        former = AppropriateBodyFormerName.objects.filter(
            appropriate_body=OuterRef("pk"), name=name
        )
        return self.filter(Q(name=name) | Exists(former))

    def teaching_school_hubs(self) -> Self:
        """Keep the hubs."""
        return self.filter(body_type=AppropriateBodyType.TEACHING_SCHOOL_HUB)

    def national(self) -> Self:
        """Keep the national bodies."""
        return self.filter(body_type=AppropriateBodyType.NATIONAL)


def _designations(today: date) -> "models.QuerySet[AppropriateBodyPeriod]":
    return AppropriateBodyPeriod.objects.filter(
        appropriate_body=OuterRef("pk"), period__contains=today
    )


@keep_history
class AppropriateBody(TimeStamped):
    """A body that quality-assures statutory induction."""

    ISTIP = "Independent Schools Teacher Induction Panel (ISTIP)"

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = CaseInsensitiveTextField(unique=True)
    body_type = models.CharField(max_length=19, choices=AppropriateBodyType)
    dfe_sign_in_organisation = models.ForeignKey(
        DfESignInOrganisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appropriate_bodies",
    )
    legacy_dqt_id = models.UUIDField(null=True, blank=True, unique=True)

    objects = AppropriateBodyQuerySet.as_manager()

    class Meta:
        db_table = "appropriate_body"
        ordering = ["name"]
        constraints = [
            one_of("appropriate_body_type_is_known", "body_type", AppropriateBodyType),
        ]
        triggers = [
            refusing_trigger(
                name="chosen_bodies_become_no_local_authority",
                operation=pgtrigger.Update,
                condition="""OLD.body_type <> 'local_authority'
                    AND NEW.body_type = 'local_authority'""",
                when_broken="""EXISTS (
                    SELECT 1 FROM school WHERE last_chosen_appropriate_body_id = NEW.id
                ) OR EXISTS (
                    SELECT 1 FROM ect_at_school_period
                    WHERE school_reported_appropriate_body_id = NEW.id
                    AND started_on >= '2024-01-01')""",
                message="Schools have chosen the body for new ECTs",
                problem="body_type already_chosen",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AppropriateBodyFormerName(TimeStamped):
    """A name that a body had, or has elsewhere, under which people still look for it.

    One former name may be that of two bodies: of a hub that has become two.
    """

    appropriate_body = models.ForeignKey(
        AppropriateBody, models.CASCADE, related_name="former_names"
    )
    name = CaseInsensitiveTextField(db_index=True)

    class Meta:
        db_table = "appropriate_body_former_name"
        ordering = ["name"]
        constraints = [
            Unique(
                name="one_former_name_of_a_body",
                fields=["appropriate_body", "name"],
                problem="name already_exists",
                sentence="This former name of the appropriate body is already recorded",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keep_history
class AppropriateBodyPeriod(Period):
    """When a body is designated; national bodies have one that never ends."""

    appropriate_body = models.ForeignKey(
        AppropriateBody, models.PROTECT, related_name="designations"
    )
    lead_school = models.ForeignKey(
        "register_ects.GIASSchool", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Period.Meta):
        db_table = "appropriate_body_period"
        constraints = [
            *Period.Meta.constraints,
            never_overlap(
                "designations_of_a_body_never_overlap",
                "appropriate_body",
                sentence="This appropriate body is already designated on some of these days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appropriate_body} from {self.started_on}"


@keep_history
class Region(TimeStamped):
    """A teaching school hub area, for example NW7."""

    code = models.CharField(max_length=5, unique=True)
    name = models.TextField(null=True, blank=True)
    appropriate_body = models.ForeignKey(
        AppropriateBody, models.PROTECT, null=True, blank=True, related_name="regions"
    )

    class Meta:
        db_table = "region"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class RegionDistrict(TimeStamped):
    """A local authority district served by a hub area.

    Four real districts (for example Birmingham) are shared between areas, so a name is unique
    within its area, not in all of England. ``name`` is as GIAS spells it.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="districts")
    name = models.TextField(db_index=True)

    class Meta:
        db_table = "region_district"
        constraints = [
            Unique(
                name="one_district_name_per_region",
                fields=["region", "name"],
                problem="name already_exists",
                sentence="This area already has a district with this name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.region})"


class PendingInductionSubmissionBatch(TimeStamped):
    """A CSV upload of claims or of passes and releases by one appropriate body."""

    appropriate_body = models.ForeignKey(AppropriateBody, models.PROTECT, related_name="batches")
    batch_type = models.CharField(max_length=6, choices=BatchType)
    batch_status = models.CharField(max_length=10, choices=BatchStatus, default=BatchStatus.PENDING)
    data = models.JSONField(null=True, blank=True)
    error_message = models.TextField(null=True, blank=True)
    file_name = models.TextField(null=True, blank=True)
    file_size = models.PositiveIntegerField(null=True, blank=True)
    file_type = models.TextField(null=True, blank=True)
    uploaded_count = models.PositiveIntegerField(null=True, blank=True)
    processed_count = models.PositiveIntegerField(null=True, blank=True)
    errored_count = models.PositiveIntegerField(null=True, blank=True)
    claimed_count = models.PositiveIntegerField(null=True, blank=True)
    passed_count = models.PositiveIntegerField(null=True, blank=True)
    released_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        db_table = "pending_induction_submission_batch"
        constraints = [
            one_of("batch_type_is_known", "batch_type", BatchType),
            one_of("batch_status_is_known", "batch_status", BatchStatus),
            Check(
                name="batch_of_at_most_1000_rows",
                condition=Q(uploaded_count__isnull=True) | Q(uploaded_count__lte=1000),
                problem="file too_many_rows",
                sentence="The file must have no more than 1,000 rows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_type} {self.pk}"


class PendingInductionSubmission(TimeStamped):
    """Short-lived working row of one claim or action. Holds personal data: never log it."""

    appropriate_body = models.ForeignKey(
        AppropriateBody, models.CASCADE, related_name="pending_submissions"
    )
    batch = models.ForeignKey(
        PendingInductionSubmissionBatch,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="submissions",
    )
    trn = models.CharField(max_length=7, null=True, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    number_of_terms = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    training_programme = models.CharField(max_length=12, null=True, blank=True)
    outcome = models.CharField(max_length=4, null=True, blank=True)
    fail_confirmation_sent_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    error_messages = models.JSONField(default=list)
    trs_snapshot = models.JSONField(default=dict)
    delete_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        db_table = "pending_induction_submission"

    def __str__(self) -> str:
        return f"submission {self.pk}"
