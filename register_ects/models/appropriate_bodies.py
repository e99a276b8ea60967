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
from register_ects.models.constraints import Unique
from register_ects.rules.enumerations import AppropriateBodyType


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
