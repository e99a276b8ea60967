"""Declarations: a lead provider's claim that a trainee reached a training point."""

import uuid
from datetime import UTC, date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual

from register_ects import clock
from register_ects.models.base import (
    TimeStamped,
    both_or_neither,
    keep_history,
    london_day,
    one_of,
)
from register_ects.models.constraints import Check, Unique
from register_ects.models.declaration_triggers import DECLARATION_TRIGGERS
from register_ects.models.funding_years import ContractPeriod
from register_ects.models.lead_providers import DeliveryPartner, LeadProvider
from register_ects.models.placements import ECTAtSchoolPeriod, MentorshipPeriod
from register_ects.models.statements import Statement
from register_ects.models.teachers import Teacher
from register_ects.models.training import TrainingPeriod
from register_ects.models.users import StaffUser
from register_ects.rules.declaration_states import BILLED, state
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    EvidenceType,
    FeeType,
    PaymentStatus,
    StatementStatus,
    TraineeRole,
)

#: Payment statuses that count as billable on the payment statement, whatever was clawed back.
BILLABLE = tuple(BILLED.values())
#: Clawback statuses that count as refundable on the clawback statement.
REFUNDABLE = (ClawbackStatus.AWAITING_CLAWBACK, ClawbackStatus.CLAWED_BACK)
#: What decides, besides its state, what a declaration is worth.
_PLACED_BY = ("trainee_role", "declaration_type", "pupil_premium_uplift", "sparsity_uplift")
#: Midnight in London when the training that is declared for began.
FIRST_DECLARED = datetime(2021, 8, 31, 23, tzinfo=UTC)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Finding declarations."""

    def live(self) -> "DeclarationQuerySet":
        """Keep those that hold their slot: neither voided nor clawed back."""
        return self.exclude(payment_status=PaymentStatus.VOIDED).filter(
            clawback_status=ClawbackStatus.NO_CLAWBACK
        )

    def waiting_for_statement(self) -> "DeclarationQuerySet":
        """Keep ``no_payment`` ones of people who are fundable in the role: they are due."""
        fundable = Q(
            trainee_role=TraineeRole.ECT,
            teacher__ect_first_became_eligible_for_training_at__isnull=False,
        ) | Q(
            trainee_role=TraineeRole.MENTOR,
            teacher__mentor_first_became_eligible_for_training_at__isnull=False,
        )
        return self.filter(fundable, payment_status=PaymentStatus.NO_PAYMENT)

    def with_open_statement(self, on_date: date) -> "DeclarationQuerySet":
        """Keep those whose provider and contract period have a statement that takes them.

        It is an open output statement with its deadline on or after ``on_date``.
        """
        statements = Statement.objects.filter(
            lead_provider=OuterRef("lead_provider"),
            contract_period=OuterRef("contract_period"),
            fee_type=FeeType.OUTPUT,
            status=StatementStatus.OPEN,
            deadline_date__gte=on_date,
        )
        return self.filter(Exists(statements))


@keep_history
class Declaration(TimeStamped):
    """One claim. One live declaration per person, role and type, across providers.

    ``teacher``, ``trainee_role``, ``lead_provider``, ``contract_period`` and
    ``ect_at_school_period`` repeat the training period's; composite foreign keys keep them true.
    Source: spec 01 §4.7, spec 03 §3.
    """

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    training_period = models.ForeignKey(TrainingPeriod, models.PROTECT, related_name="declarations")
    declaration_type = models.CharField(
        max_length=11, choices=DeclarationType, default=DeclarationType.STARTED
    )
    declaration_date = models.DateTimeField(default=clock.now)
    evidence_type = models.CharField(max_length=43, choices=EvidenceType, null=True, blank=True)
    payment_status = models.CharField(
        max_length=10, choices=PaymentStatus, default=PaymentStatus.NO_PAYMENT
    )
    clawback_status = models.CharField(
        max_length=17, choices=ClawbackStatus, default=ClawbackStatus.NO_CLAWBACK
    )
    payment_statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payment_declarations",
        db_index=False,  # declarations_in_order begins with it
    )
    clawback_statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clawback_declarations",
        db_index=False,  # clawbacks_in_order begins with it
    )
    delivery_partner_when_created = models.ForeignKey(
        DeliveryPartner, models.PROTECT, related_name="+"
    )
    mentorship_period = models.ForeignKey(
        MentorshipPeriod, models.PROTECT, null=True, blank=True, related_name="declarations"
    )
    pupil_premium_uplift = models.BooleanField(default=False)
    sparsity_uplift = models.BooleanField(default=False)
    voided_by_user = models.ForeignKey(
        StaffUser, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_by_user_at = models.DateTimeField(null=True, blank=True)

    teacher = models.ForeignKey(
        Teacher, models.PROTECT, related_name="declarations", editable=False
    )
    trainee_role = models.CharField(max_length=6, choices=TraineeRole, editable=False)
    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, related_name="declarations", editable=False
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        db_column="contract_period_year",
        related_name="+",
        editable=False,
    )
    ect_at_school_period = models.ForeignKey(
        ECTAtSchoolPeriod, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    copied_once = {
        "teacher_id": "training_period.teacher_id",
        "trainee_role": "training_period.trainee_role",
        "lead_provider_id": "training_period.lead_provider_id",
        "contract_period_id": "training_period.contract_period_id",
        "ect_at_school_period_id": "training_period.ect_at_school_period_id",
    }
    objects = DeclarationQuerySet.as_manager()

    class Meta:
        db_table = "declaration"
        constraints = [
            one_of("declaration_type_is_known", "declaration_type", DeclarationType),
            one_of("evidence_type_is_known", "evidence_type", EvidenceType),
            one_of("payment_status_is_known", "payment_status", PaymentStatus),
            one_of("clawback_status_is_known", "clawback_status", ClawbackStatus),
            Unique(
                name="one_live_declaration_per_person_role_and_type",
                fields=["teacher", "trainee_role", "declaration_type"],
                condition=~Q(payment_status=PaymentStatus.VOIDED)
                & Q(clawback_status=ClawbackStatus.NO_CLAWBACK),
                problem="declaration_type already_declared",
                sentence="A declaration of this type has already been submitted for this "
                "participant",
            ),
            Check(
                name="payment_statement_present_when_billable",
                condition=Q(payment_status__in=[PaymentStatus.NO_PAYMENT, PaymentStatus.VOIDED])
                | Q(payment_statement__isnull=False),
                problem="payment_statement missing",
                sentence="A declaration that is to be paid needs a statement to be paid on",
            ),
            Check(
                name="no_payment_statement_before_eligible",
                condition=~Q(payment_status=PaymentStatus.NO_PAYMENT)
                | Q(payment_statement__isnull=True),
                problem="payment_statement not_eligible",
                sentence="A declaration joins a statement once it is eligible for payment, not "
                "before",
            ),
            Check(
                name="clawback_statement_present_only_when_clawed_back",
                condition=Q(
                    clawback_status=ClawbackStatus.NO_CLAWBACK, clawback_statement__isnull=True
                )
                | ~Q(clawback_status=ClawbackStatus.NO_CLAWBACK)
                & Q(clawback_statement__isnull=False),
                problem="clawback_statement does_not_match",
                sentence="A declaration being clawed back needs a statement for it, and any other "
                "has none",
            ),
            Check(
                name="only_paid_declarations_are_clawed_back",
                condition=Q(clawback_status=ClawbackStatus.NO_CLAWBACK)
                | Q(payment_status=PaymentStatus.PAID),
                problem="clawback_status not_paid",
                sentence="Only a paid declaration can be clawed back",
            ),
            Check(
                name="clawed_back_on_another_statement",
                condition=Q(clawback_statement__isnull=True)
                | ~Q(clawback_statement=F("payment_statement")),
                problem="clawback_statement same_statement",
                sentence="A declaration is clawed back on a later statement than the one it was "
                "paid on",
            ),
            Check(
                name="uplift_only_on_started",
                condition=Q(pupil_premium_uplift=False, sparsity_uplift=False)
                | Q(declaration_type=DeclarationType.STARTED),
                problem="declaration_type uplift_not_allowed",
                sentence="Only a started declaration can have an uplift",
            ),
            Check(
                name="ect_declaration_names_its_placement",
                condition=Q(trainee_role=TraineeRole.ECT, ect_at_school_period__isnull=False)
                | Q(trainee_role=TraineeRole.MENTOR, ect_at_school_period__isnull=True),
                problem="participant_id stale",
                sentence="This record has changed since you opened it. Go back, reload the page and"
                " try again",
            ),
            Check(
                name="mentorship_only_on_ect_declarations",
                condition=Q(mentorship_period__isnull=True)
                | Q(trainee_role=TraineeRole.ECT, ect_at_school_period__isnull=False),
                problem="mentorship_period not_for_mentors",
                sentence="Only an ECT's declaration can name a mentor",
            ),
            both_or_neither(
                "voided_by_user_and_time_together",
                "voided_by_user",
                "voided_by_user_at",
                problem="voided_by_user incomplete",
                sentence="A declaration voided by staff needs both the person and the time",
            ),
            Check(
                name="voided_by_staff_only_when_voided",
                condition=Q(voided_by_user__isnull=True)
                | Q(payment_status=PaymentStatus.VOIDED)
                | ~Q(clawback_status=ClawbackStatus.NO_CLAWBACK),
                problem="voided_by_user not_voided",
                sentence="Only a declaration that was voided or is clawed back names who did so",
            ),
            Check(
                name="declared_from_1_september_2021",
                condition=Q(declaration_date__gte=FIRST_DECLARED),
                problem="declaration_date too_early",
                sentence="The declaration date must be on or after 1 September 2021",
            ),
            Check(
                name="declared_on_or_before_the_day_it_was_made",
                condition=LessThanOrEqual(london_day("declaration_date"), london_day("created_at")),
                problem="declaration_date in_the_future",
                sentence="The declaration date must not be after the day the declaration is made",
            ),
            Check(
                name="extended_points_are_for_ects",
                condition=Q(trainee_role=TraineeRole.ECT)
                | ~Q(declaration_type__startswith="extended-"),
                problem="declaration_type not_for_mentors",
                sentence="Only an ECT can have an extended declaration",
            ),
        ]
        indexes = [
            # A statement's declarations in the order in which they fill the bands, with all that
            # counts them and places them: both are read from the index alone.
            models.Index(
                fields=["payment_statement", "declaration_date", "created_at", "id"],
                include=[*_PLACED_BY, "payment_status"],
                name="declarations_in_order",
            ),
            models.Index(
                fields=["clawback_statement", "declaration_date", "created_at", "id"],
                include=[*_PLACED_BY, "clawback_status"],
                name="clawbacks_in_order",
                condition=Q(clawback_statement__isnull=False),
            ),
        ]
        triggers = DECLARATION_TRIGGERS

    def __str__(self) -> str:
        return f"{self.declaration_type} for {self.teacher}"

    @property
    def state(self) -> str:
        """Return the overall status in the API's words, for example ``awaiting-clawback``."""
        return state(self.payment_status, self.clawback_status)

    @property
    def type_in_words(self) -> str:
        """Return its type as a sentence calls it: ``retained 1``."""
        return DeclarationType(self.declaration_type).within_a_sentence

    @property
    def has_uplift(self) -> bool:
        """Whether either uplift was given: one fee, even for both."""
        return self.pupil_premium_uplift or self.sparsity_uplift
