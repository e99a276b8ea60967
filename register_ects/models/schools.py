"""Schools: our own long-lived record of one, its funding and its partnerships."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from register_ects.models.appropriate_bodies import AppropriateBody
from register_ects.models.base import (
    CaseInsensitiveTextField,
    TimeStamped,
    both_or_neither,
    keep_history,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique
from register_ects.models.funding_years import ContractPeriod
from register_ects.models.lead_providers import (
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from register_ects.models.school_register import GIASSchool
from register_ects.rules import establishments
from register_ects.rules.enumerations import TrainingProgramme, TutorEmails

#: The independent types, as SQL.
_INDEPENDENT = ", ".join(f"'{each}'" for each in sorted(establishments.INDEPENDENT_TYPES))


class SchoolQuerySet(models.QuerySet["School"]):
    """Finding schools."""

    def with_register_record(self) -> Self:
        """Fetch each school's register record in the same query."""
        return self.select_related("gias_school")


@keep_history
class School(TimeStamped):
    """Our own school; when a school changes URN (academisation) only ``gias_school`` changes."""

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gias_school = models.OneToOneField(
        GIASSchool, models.PROTECT, db_column="urn", related_name="school"
    )
    induction_tutor_name = models.TextField(null=True, blank=True)
    induction_tutor_email = CaseInsensitiveTextField(null=True, blank=True)
    induction_tutor_last_nominated_in = models.ForeignKey(
        ContractPeriod, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_chosen_appropriate_body = models.ForeignKey(
        AppropriateBody, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_chosen_training_programme = models.CharField(
        max_length=12, choices=TrainingProgramme, null=True, blank=True
    )
    last_chosen_lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, null=True, blank=True, related_name="+"
    )
    marked_as_eligible = models.BooleanField(default=False)
    opted_out_of_reminder_emails_until = models.DateField(null=True, blank=True)
    unwanted_emails = ArrayField(models.TextField(choices=TutorEmails), default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_schools"
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        db_table = "school"
        constraints = [
            both_or_neither(
                "induction_tutor_name_and_email_together",
                "induction_tutor_name",
                "induction_tutor_email",
                problem="induction_tutor_email incomplete",
                sentence="Enter both the name and the email address of the induction tutor",
            ),
            Check(
                name="induction_tutor_confirmed_only_when_known",
                condition=Q(induction_tutor_last_nominated_in__isnull=True)
                | Q(induction_tutor_email__isnull=False),
                problem="induction_tutor_email missing",
                sentence="Enter the induction tutor's details before confirming them",
            ),
            one_of(
                "last_chosen_programme_is_known",
                "last_chosen_training_programme",
                TrainingProgramme,
            ),
            Check(
                name="last_chosen_lead_provider_only_if_provider_led",
                condition=Q(
                    last_chosen_training_programme=TrainingProgramme.PROVIDER_LED,
                    last_chosen_training_programme__isnull=False,
                    last_chosen_lead_provider__isnull=False,
                )
                | (
                    Q(last_chosen_lead_provider__isnull=True)
                    & (
                        Q(last_chosen_training_programme__isnull=True)
                        | Q(last_chosen_training_programme=TrainingProgramme.SCHOOL_LED)
                    )
                ),
                problem="lead_provider does_not_match",
                sentence="Choose a lead provider for provider-led training, and none for school-led"
                " training",
            ),
            Check(
                name="school_unwanted_emails_are_known",
                condition=Q(unwanted_emails__contained_by=TutorEmails.values),
                problem="unwanted_emails not_listed",
                sentence="Choose kinds of email from the list",
            ),
            Check(
                name="schools_merge_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                problem="merged_into same_record",
                sentence="A school cannot be merged into itself. Choose another school",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="schools_choose_no_local_authority",
                condition="NEW.last_chosen_appropriate_body_id IS NOT NULL",
                when_set=["last_chosen_appropriate_body_id"],
                when_broken="""EXISTS (
                    SELECT 1 FROM appropriate_body
                    WHERE id = NEW.last_chosen_appropriate_body_id
                    AND body_type = 'local_authority')""",
                message="Local authorities take no new ECTs",
                problem="appropriate_body local_authority",
                sentence="Local authorities take no new ECTs. Choose a teaching school hub",
            ),
            refusing_trigger(
                name="state_schools_choose_no_national_body",
                condition="NEW.last_chosen_appropriate_body_id IS NOT NULL",
                when_set=["last_chosen_appropriate_body_id"],
                when_broken=f"""EXISTS (
                    SELECT 1 FROM appropriate_body
                    WHERE id = NEW.last_chosen_appropriate_body_id AND body_type = 'national'
                ) AND EXISTS (
                    SELECT 1 FROM gias_school
                    WHERE urn = NEW.urn AND type_name NOT IN ({_INDEPENDENT}))""",  # noqa: S608 - ours
                message="State-funded schools choose a teaching school hub",
                problem="appropriate_body not_allowed_for_school",
                sentence="A state-funded school chooses a teaching school hub, not a national "
                "appropriate body",
            ),
            refusing_trigger(
                name="schools_never_merge_in_a_circle",
                condition="NEW.merged_into_id IS NOT NULL",
                when_set=["merged_into_id"],
                # UNION ends even where a circle is already.
                when_broken="""EXISTS (
                    WITH RECURSIVE followed AS (
                        SELECT id, merged_into_id FROM school WHERE id = NEW.merged_into_id
                        UNION
                        SELECT school.id, school.merged_into_id
                        FROM school JOIN followed ON school.id = followed.merged_into_id)
                    SELECT 1 FROM followed WHERE merged_into_id = NEW.id)""",
                message="A school cannot be merged into one that was merged into it",
                problem="merged_into circular",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the register's name of the school."""
        return self.gias_school.name

    @property
    def urn(self) -> int:
        """Return the register's number of the school."""
        return self.gias_school_id

    @property
    def is_independent(self) -> bool:
        """Whether it is an independent school, which may choose a national body."""
        return self.gias_school.is_independent

    @property
    def is_eligible(self) -> bool:
        """Whether it may have DfE-funded training."""
        return self.marked_as_eligible or self.gias_school.eligible


@keep_history
class SchoolFundingEligibility(TimeStamped):
    """Whether starts at a school in one contract period earn an uplift."""

    gias_school = models.ForeignKey(
        GIASSchool, models.CASCADE, db_column="gias_school_urn", related_name="funding_eligibility"
    )
    contract_period = models.ForeignKey(
        ContractPeriod, models.PROTECT, db_column="contract_period_year", related_name="+"
    )
    pupil_premium_uplift = models.BooleanField(default=False)
    sparsity_uplift = models.BooleanField(default=False)

    class Meta:
        db_table = "school_funding_eligibility"
        constraints = [
            Unique(
                name="one_funding_eligibility_per_school_and_year",
                fields=["gias_school", "contract_period"],
                problem="contract_period already_exists",
                sentence="The school's funding for this contract period is already recorded. Change"
                " that record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gias_school_id} in {self.contract_period_id}"


@keep_history
class SchoolPartnership(TimeStamped):
    """A school with a lead provider and a delivery partner in one contract period.

    Its existence confirms the training of trainees there. A school may have several in one
    period; the earliest created is used for new training periods.
    """

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="partnerships")
    lead_provider_delivery_partnership = models.ForeignKey(
        LeadProviderDeliveryPartnership, models.PROTECT, related_name="school_partnerships"
    )
    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, related_name="+", editable=False
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        db_column="contract_period_year",
        related_name="+",
        editable=False,
    )

    copied_once = {
        "lead_provider_id": "lead_provider_delivery_partnership.lead_provider_id",
        "contract_period_id": "lead_provider_delivery_partnership.contract_period_id",
    }

    class Meta:
        db_table = "school_partnership"
        constraints = [
            Unique(
                name="one_partnership_of_a_school_with_a_pairing",
                fields=["school", "lead_provider_delivery_partnership"],
                problem="delivery_partner already_exists",
                sentence="The school already has a partnership with this lead provider and delivery"
                " partner",
            ),
            models.UniqueConstraint(
                name="partnership_key_with_school_provider_and_year",
                fields=["id", "school", "lead_provider", "contract_period"],
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "lead_provider", "contract_period", "created_at"],
                name="school_partnership_lookup",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} with {self.lead_provider_delivery_partnership}"

    @property
    def delivery_partner(self) -> DeliveryPartner:
        """Return the delivery partner."""
        return self.lead_provider_delivery_partnership.delivery_partner

    @property
    def delivery_partner_id(self) -> int:
        """Return the delivery partner's key."""
        return self.lead_provider_delivery_partnership.delivery_partner_id
