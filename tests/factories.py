"""The smallest valid example of every model, with a trait for each state worth naming.

Years and dates agree by default: everything belongs to the 2025 contract period, and people
start on 1 September 2025. Ask for another with ``year=2024`` or ``lead_provider=...`` where a
factory offers them. People and organisations are invented.
"""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from register_ects import models
from register_ects.rules.enumerations import (
    AnonymisationReason,
    AppropriateBodyType,
    AuthorType,
    BatchType,
    ClawbackStatus,
    ContractType,
    DeclarationType,
    DeferralReason,
    FeeType,
    InductionOutcome,
    InductionStatus,
    MentorFundingEndReason,
    PaymentStatus,
    ScheduleIdentifier,
    StaffRole,
    StatementStatus,
    TrainingProgramme,
    WithdrawalReason,
)

FIRST_NAMES = ["Ada", "Bola", "Cerys", "Dev", "Esme", "Farid", "Greta", "Hamza", "Iona", "Jude"]
LAST_NAMES = ["Okafor", "Marchbank", "Thistle", "Varga", "Quillan", "Penhallow", "Sorrel"]


def noon(day: date) -> datetime:
    """Return twelve o'clock UTC, which is the same day in London all year."""
    return datetime.combine(day, time(12), tzinfo=UTC)


# -- Funding years ---------------------------------------------------------------------------


class ContractPeriodFactory(DjangoModelFactory):
    """1 June to 31 May; made once for each year. Traits: frozen."""

    class Meta:
        model = models.ContractPeriod
        django_get_or_create = ("year",)

    class Params:
        frozen = factory.Trait(
            payments_frozen_at=factory.LazyAttribute(lambda o: noon(date(o.year + 3, 6, 1)))
        )

    year = 2025
    started_on = factory.LazyAttribute(lambda o: date(o.year, 6, 1))
    finished_on = factory.LazyAttribute(lambda o: date(o.year + 1, 5, 31))
    enabled = True
    mentor_funding_enabled = factory.LazyAttribute(lambda o: o.year >= 2025)
    detailed_evidence_types_enabled = factory.LazyAttribute(lambda o: o.year >= 2025)
    uplift_fees_enabled = factory.LazyAttribute(lambda o: o.year < 2025)
    declarations_in_sequence = factory.LazyAttribute(lambda o: o.year >= 2025)


class ScheduleFactory(DjangoModelFactory):
    """``ecf-standard-september``; made once for each year. Traits: extended, reduced …"""

    class Meta:
        model = models.Schedule
        django_get_or_create = ("contract_period", "identifier")

    class Params:
        extended = factory.Trait(identifier=ScheduleIdentifier.EXTENDED_SEPTEMBER)
        reduced = factory.Trait(identifier=ScheduleIdentifier.REDUCED_SEPTEMBER)
        replacement = factory.Trait(identifier=ScheduleIdentifier.REPLACEMENT_SEPTEMBER)

    contract_period = factory.SubFactory(ContractPeriodFactory)
    identifier = ScheduleIdentifier.STANDARD_SEPTEMBER


class MilestoneFactory(DjangoModelFactory):
    """``started``, from 1 June to 31 December of the contract year."""

    class Meta:
        model = models.Milestone
        django_get_or_create = ("schedule", "declaration_type")

    schedule = factory.SubFactory(ScheduleFactory)
    declaration_type = DeclarationType.STARTED
    start_date = factory.LazyAttribute(lambda o: date(o.schedule.contract_period_id, 6, 1))
    milestone_date = factory.LazyAttribute(lambda o: date(o.start_date.year, 12, 31))


# -- Providers -------------------------------------------------------------------------------


class LeadProviderFactory(DjangoModelFactory):
    """A VAT-registered lead provider."""

    class Meta:
        model = models.LeadProvider

    name = factory.Sequence(lambda n: f"Lead Provider {n}")


class ActiveLeadProviderFactory(DjangoModelFactory):
    """A lead provider with a contract year; made once for each provider and year."""

    class Meta:
        model = models.ActiveLeadProvider
        django_get_or_create = ("lead_provider", "contract_period")

    class Params:
        year = 2025

    lead_provider = factory.SubFactory(LeadProviderFactory)
    contract_period = factory.SubFactory(
        ContractPeriodFactory, year=factory.SelfAttribute("..year")
    )


class DeliveryPartnerFactory(DjangoModelFactory):
    """A delivery partner."""

    class Meta:
        model = models.DeliveryPartner

    name = factory.Sequence(lambda n: f"Delivery Partner {n}")


class PairingFactory(DjangoModelFactory):
    """A lead provider's agreement with a delivery partner, made once."""

    class Meta:
        model = models.LeadProviderDeliveryPartnership
        django_get_or_create = ("active_lead_provider", "delivery_partner")

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)

    active_lead_provider = factory.SubFactory(
        ActiveLeadProviderFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        year=factory.SelfAttribute("..year"),
    )
    delivery_partner = factory.SubFactory(DeliveryPartnerFactory)


LPDPFactory = PairingFactory


class APITokenFactory(DjangoModelFactory):
    """A token that nobody holds; tests that sign in make theirs with the operation."""

    class Meta:
        model = models.APIToken

    class Params:
        revoked = factory.Trait(revoked_at=noon(date(2025, 9, 1)))

    lead_provider = factory.SubFactory(LeadProviderFactory)
    prefix = "abc123"
    digest = factory.LazyFunction(lambda: uuid.uuid4().bytes + uuid.uuid4().bytes)
    description = "Main token"


# -- Schools ---------------------------------------------------------------------------------


class GIASSchoolFactory(DjangoModelFactory):
    """An eligible community school. Traits: independent, section_41, closed, children_centre."""

    class Meta:
        model = models.GIASSchool

    class Params:
        independent = factory.Trait(type_name="Other independent school", eligible=False)
        section_41 = factory.Trait(
            type_name="Other independent special school", section_41_approved=True
        )
        closed = factory.Trait(status="closed", eligible=False, closed_on=date(2025, 8, 31))

    urn = factory.Sequence(lambda n: 100_001 + n)
    name = factory.Sequence(lambda n: f"Hillside School {n}")
    type_name = "Community school"
    status = "open"
    in_england = True
    section_41_approved = False
    eligible = True
    local_authority_code = 999
    local_authority_name = "Northshire"
    administrative_district_name = "Northshire"
    phase_name = "Secondary"
    address_line1 = "1 School Lane"
    postcode = "ZZ1 1AA"


class GIASSchoolLinkFactory(DjangoModelFactory):
    """A link to the school that took this one's place."""

    class Meta:
        model = models.GIASSchoolLink

    urn = factory.SubFactory(GIASSchoolFactory, closed=True)
    link_urn = factory.Sequence(lambda n: 200_001 + n)
    link_type = "Successor"


class SchoolFactory(DjangoModelFactory):
    """A state-funded school. Traits: independent, section_41, with_tutor."""

    class Meta:
        model = models.School

    class Params:
        independent = factory.Trait(gias_school__independent=True)
        section_41 = factory.Trait(gias_school__section_41=True)
        with_tutor = factory.Trait(
            induction_tutor_name="Tilda Marsh",
            induction_tutor_email=factory.Sequence(lambda n: f"tutor{n}@school.example.com"),
        )

    gias_school = factory.SubFactory(GIASSchoolFactory)


class SchoolFundingEligibilityFactory(DjangoModelFactory):
    """No uplift. Set ``pupil_premium_uplift`` or ``sparsity_uplift``."""

    class Meta:
        model = models.SchoolFundingEligibility

    class Params:
        year = 2024

    gias_school = factory.SubFactory(GIASSchoolFactory)
    contract_period = factory.SubFactory(
        ContractPeriodFactory, year=factory.SelfAttribute("..year")
    )


class SchoolPartnershipFactory(DjangoModelFactory):
    """A school with a pairing; choose with ``lead_provider``, ``delivery_partner``, ``year``."""

    class Meta:
        model = models.SchoolPartnership

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)
        delivery_partner = factory.SubFactory(DeliveryPartnerFactory)

    school = factory.SubFactory(SchoolFactory)
    lead_provider_delivery_partnership = factory.SubFactory(
        PairingFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        delivery_partner=factory.SelfAttribute("..delivery_partner"),
        year=factory.SelfAttribute("..year"),
    )


# -- People ----------------------------------------------------------------------------------


class TeacherFactory(DjangoModelFactory):
    """A person with a TRN and QTS.

    Traits: trnless, anonymised, no_qts, passed, failed, exempt, in_progress, ect_fundable,
    mentor_fundable, mentor_completed.
    """

    class Meta:
        model = models.Teacher

    class Params:
        trnless_person = factory.Trait(trn=None, trnless=True)
        anonymised = factory.Trait(
            trn=None,
            trnless=True,
            trs_first_name=None,
            trs_last_name=None,
            anonymised_at=noon(date(2025, 9, 1)),
            anonymisation_reason=AnonymisationReason.REGISTERED_IN_ERROR,
        )
        no_qts = factory.Trait(trs_qts_awarded_on=None)
        in_progress = factory.Trait(
            trs_induction_status=InductionStatus.IN_PROGRESS,
            trs_induction_start_date=date(2025, 9, 1),
        )
        passed = factory.Trait(
            trs_induction_status=InductionStatus.PASSED,
            trs_induction_start_date=date(2023, 9, 1),
            trs_induction_completed_date=date(2025, 7, 18),
        )
        failed = factory.Trait(
            trs_induction_status=InductionStatus.FAILED,
            trs_induction_start_date=date(2023, 9, 1),
            trs_induction_completed_date=date(2025, 7, 18),
        )
        exempt = factory.Trait(trs_induction_status=InductionStatus.EXEMPT)
        ect_fundable = factory.Trait(
            ect_first_became_eligible_for_training_at=noon(date(2025, 9, 1))
        )
        mentor_fundable = factory.Trait(
            mentor_first_became_eligible_for_training_at=noon(date(2025, 9, 1))
        )
        mentor_completed = factory.Trait(
            mentor_became_ineligible_for_funding_on=date(2025, 7, 1),
            mentor_became_ineligible_for_funding_reason=(
                MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
            ),
        )

    trn = factory.Sequence(lambda n: f"{3_000_001 + n:07d}")
    trs_first_name = factory.Sequence(lambda n: FIRST_NAMES[n % len(FIRST_NAMES)])
    trs_last_name = factory.Sequence(lambda n: LAST_NAMES[n % len(LAST_NAMES)])
    trs_induction_status = InductionStatus.REQUIRED_TO_COMPLETE
    trs_qts_awarded_on = date(2021, 7, 1)
    trs_response = "ok"


class TeacherIdChangeFactory(DjangoModelFactory):
    """One participant id that became another's."""

    class Meta:
        model = models.TeacherIdChange

    from_teacher = factory.SubFactory(TeacherFactory, anonymised=True)
    to_teacher = factory.SubFactory(TeacherFactory)
    teacher = factory.SelfAttribute("to_teacher")


# -- Appropriate bodies ----------------------------------------------------------------------


class DfESignInOrganisationFactory(DjangoModelFactory):
    """An organisation of DfE Sign-in without a URN."""

    class Meta:
        model = models.DfESignInOrganisation

    uuid = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"Sign-in organisation {n}")


class AppropriateBodyFactory(DjangoModelFactory):
    """A teaching school hub. Traits: active, national, local_authority."""

    class Meta:
        model = models.AppropriateBody
        skip_postgeneration_save = True

    class Params:
        national = factory.Trait(body_type=AppropriateBodyType.NATIONAL)
        local_authority = factory.Trait(body_type=AppropriateBodyType.LOCAL_AUTHORITY)
        active = factory.Trait(
            dfe_sign_in_organisation=factory.SubFactory(DfESignInOrganisationFactory),
            designation=factory.RelatedFactory(
                "tests.factories.AppropriateBodyPeriodFactory", "appropriate_body"
            ),
        )

    name = factory.Sequence(lambda n: f"Teaching School Hub {n}")
    body_type = AppropriateBodyType.TEACHING_SCHOOL_HUB


class PeriodFactory(DjangoModelFactory):
    """An open period from 1 September 2025. Traits: finished (after 120 days), one_day."""

    class Meta:
        abstract = True

    class Params:
        finished = factory.Trait(
            finished_on=factory.LazyAttribute(lambda o: o.started_on + timedelta(days=120))
        )
        one_day = factory.Trait(finished_on=factory.SelfAttribute("started_on"))

    started_on = date(2025, 9, 1)
    finished_on = None


class AppropriateBodyPeriodFactory(PeriodFactory):
    """A designation since September 2021."""

    class Meta:
        model = models.AppropriateBodyPeriod

    appropriate_body = factory.SubFactory(AppropriateBodyFactory)
    started_on = date(2021, 9, 1)


class RegionFactory(DjangoModelFactory):
    """A hub area with a body."""

    class Meta:
        model = models.Region

    code = factory.Sequence(lambda n: f"Z{n}")
    appropriate_body = factory.SubFactory(AppropriateBodyFactory, active=True)


class RegionDistrictFactory(DjangoModelFactory):
    """A district of a hub area."""

    class Meta:
        model = models.RegionDistrict

    region = factory.SubFactory(RegionFactory)
    name = "Northshire"


class BatchFactory(DjangoModelFactory):
    """An upload of claims. Traits: action."""

    class Meta:
        model = models.PendingInductionSubmissionBatch

    class Params:
        action = factory.Trait(batch_type=BatchType.ACTION)

    appropriate_body = factory.SubFactory(AppropriateBodyFactory, active=True)
    batch_type = BatchType.CLAIM
    file_name = "claims.csv"


class PendingInductionSubmissionFactory(DjangoModelFactory):
    """One row of work in progress."""

    class Meta:
        model = models.PendingInductionSubmission

    appropriate_body = factory.SubFactory(AppropriateBodyFactory, active=True)
    trn = factory.Sequence(lambda n: f"{4_000_001 + n:07d}")
    date_of_birth = date(1999, 4, 5)


class InductionPeriodFactory(PeriodFactory):
    """An open induction. Traits: finished (released after 3 terms), passed, failed."""

    class Meta:
        model = models.InductionPeriod

    class Params:
        finished = factory.Trait(
            finished_on=factory.LazyAttribute(lambda o: o.started_on + timedelta(days=120)),
            number_of_terms=Decimal(3),
        )
        one_day = factory.Trait(
            finished_on=factory.SelfAttribute("started_on"), number_of_terms=Decimal(0)
        )
        passed = factory.Trait(finished=True, outcome=InductionOutcome.PASS)
        failed = factory.Trait(finished=True, outcome=InductionOutcome.FAIL)

    teacher = factory.SubFactory(TeacherFactory)
    appropriate_body = factory.SubFactory(AppropriateBodyFactory, active=True)
    training_programme = TrainingProgramme.PROVIDER_LED


class InductionExtensionFactory(DjangoModelFactory):
    """One term more."""

    class Meta:
        model = models.InductionExtension

    teacher = factory.SubFactory(TeacherFactory)
    number_of_terms = Decimal(1)


class TRSInductionUpdateFactory(DjangoModelFactory):
    """A message to TRS that waits."""

    class Meta:
        model = models.TRSInductionUpdate

    teacher = factory.SubFactory(TeacherFactory)
    status = InductionStatus.IN_PROGRESS
    start_date = date(2025, 9, 1)
    changed_at = noon(date(2025, 9, 1))


# -- Placements and training -----------------------------------------------------------------


class ECTAtSchoolPeriodFactory(PeriodFactory):
    """An ECT's open placement. Traits: with_appropriate_body."""

    class Meta:
        model = models.ECTAtSchoolPeriod

    class Params:
        with_appropriate_body = factory.Trait(
            school_reported_appropriate_body=factory.SubFactory(AppropriateBodyFactory, active=True)
        )

    teacher = factory.SubFactory(TeacherFactory)
    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"ect{n}@school.example.com")
    working_pattern = "full_time"


class MentorAtSchoolPeriodFactory(PeriodFactory):
    """A mentor's open placement."""

    class Meta:
        model = models.MentorAtSchoolPeriod

    teacher = factory.SubFactory(TeacherFactory)
    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"mentor{n}@school.example.com")


class MentorshipPeriodFactory(PeriodFactory):
    """A mentor and an ECT of one school; give either placement, the other follows it."""

    class Meta:
        model = models.MentorshipPeriod

    class Params:
        school = factory.SubFactory(SchoolFactory)

    ect_at_school_period = factory.SubFactory(
        ECTAtSchoolPeriodFactory,
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )
    mentor_at_school_period = factory.SubFactory(
        MentorAtSchoolPeriodFactory,
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Any:
        for placement in ("ect_at_school_period", "mentor_at_school_period"):
            if params.get(placement) is not None:
                params.setdefault("school", params[placement].school)
                params.setdefault("started_on", params[placement].started_on)
        return super()._generate(strategy, params)


class TrainingPeriodFactory(PeriodFactory):
    """An ECT's confirmed provider-led training from 1 September of ``year``.

    Give a placement, a partnership, a school, a lead provider or a year: the rest follows.
    Traits: for_ect (default), for_mentor, provider_led (default), school_led, confirmed
    (default), eoi_only, withdrawn, deferred, finished.
    """

    class Meta:
        model = models.TrainingPeriod

    class Params:
        year = 2025
        school = factory.SubFactory(SchoolFactory)
        lead_provider = factory.SubFactory(LeadProviderFactory)
        delivery_partner = factory.SubFactory(DeliveryPartnerFactory)
        teacher = factory.SubFactory(TeacherFactory)
        for_ect = factory.Trait()
        for_mentor = factory.Trait(
            ect_at_school_period=None,
            mentor_at_school_period=factory.SubFactory(
                MentorAtSchoolPeriodFactory,
                teacher=factory.SelfAttribute("..teacher"),
                school=factory.SelfAttribute("..school"),
                started_on=factory.SelfAttribute("..started_on"),
            ),
        )
        provider_led = factory.Trait()
        confirmed = factory.Trait()
        school_led = factory.Trait(
            training_programme=TrainingProgramme.SCHOOL_LED,
            school_partnership=None,
            schedule=None,
        )
        eoi_only = factory.Trait(
            school_partnership=None,
            expression_of_interest=factory.SubFactory(
                ActiveLeadProviderFactory,
                lead_provider=factory.SelfAttribute("..lead_provider"),
                year=factory.SelfAttribute("..year"),
            ),
        )
        withdrawn = factory.Trait(
            finished=True,
            withdrawn_at=factory.LazyAttribute(lambda o: noon(o.finished_on)),
            withdrawal_reason=WithdrawalReason.LEFT_TEACHING_PROFESSION,
        )
        deferred = factory.Trait(
            finished=True,
            deferred_at=factory.LazyAttribute(lambda o: noon(o.finished_on)),
            deferral_reason=DeferralReason.PARENTAL_LEAVE,
        )

    started_on = factory.LazyAttribute(lambda o: date(o.year, 9, 1))
    training_programme = TrainingProgramme.PROVIDER_LED
    ect_at_school_period = factory.SubFactory(
        ECTAtSchoolPeriodFactory,
        teacher=factory.SelfAttribute("..teacher"),
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )
    mentor_at_school_period = None
    school_partnership = factory.SubFactory(
        SchoolPartnershipFactory,
        school=factory.SelfAttribute("..school"),
        lead_provider=factory.SelfAttribute("..lead_provider"),
        delivery_partner=factory.SelfAttribute("..delivery_partner"),
        year=factory.SelfAttribute("..year"),
    )
    expression_of_interest = None
    schedule = factory.SubFactory(
        ScheduleFactory,
        contract_period=factory.LazyAttribute(
            lambda o: ContractPeriodFactory(year=o.factory_parent.year)
        ),
    )

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Any:
        """Let what is given decide what is not."""
        mentor, ect = params.get("mentor_at_school_period"), params.get("ect_at_school_period")
        partnership = params.get("school_partnership")
        agreement = partnership or params.get("expression_of_interest")
        if mentor:
            params.setdefault("ect_at_school_period", None)
        if partnership:
            params.setdefault("school", partnership.school)
        if agreement:
            params.setdefault("lead_provider", agreement.lead_provider)
            params.setdefault("year", agreement.contract_period_id)
        elif params.get("schedule"):
            params.setdefault("year", params["schedule"].contract_period_id)
        if placement := mentor or ect:
            params.setdefault("school", placement.school)
            params.setdefault("started_on", placement.started_on)
        return super()._generate(strategy, params)


# -- Contracts and statements ----------------------------------------------------------------


class ActiveLeadProviderBandFactory(DjangoModelFactory):
    """The next band, for 100 declarations."""

    class Meta:
        model = models.ActiveLeadProviderBand

    active_lead_provider = factory.SubFactory(ActiveLeadProviderFactory)
    allocation_order = factory.LazyAttribute(lambda o: o.active_lead_provider.bands.count() + 1)
    capacity = 100


class BandedFeeStructureFactory(DjangoModelFactory):
    """Prices of an ECF contract. ``ContractFactory`` makes one for every contract."""

    class Meta:
        model = models.BandedFeeStructure

    contract = factory.SubFactory("tests.factories.ContractFactory", year=2024, banded=False)
    recruitment_target = 100
    setup_fee = Decimal("10000.00")
    monthly_service_fee = Decimal("2000.00")
    uplift_fee_per_declaration = Decimal("100.00")
    uplift_target_ratio = Decimal("0.33")


class BandTermFactory(DjangoModelFactory):
    """1,000 pounds in a band, 60% of it output fees."""

    class Meta:
        model = models.BandTerm

    banded_fee_structure = factory.SubFactory(BandedFeeStructureFactory)
    band = factory.SubFactory(
        ActiveLeadProviderBandFactory,
        active_lead_provider=factory.SelfAttribute("..banded_fee_structure.active_lead_provider"),
    )
    fee_per_declaration = Decimal("1000.00")
    output_fee_ratio = Decimal("0.60")
    service_fee_ratio = Decimal("0.40")


class FlatRateFeeStructureFactory(DjangoModelFactory):
    """1,000 pounds a mentor."""

    class Meta:
        model = models.FlatRateFeeStructure

    contract = factory.SubFactory("tests.factories.ContractFactory", flat_rate=False)
    recruitment_target = 50
    fee_per_declaration = Decimal("1000.00")


class ContractFactory(DjangoModelFactory):
    """A contract with its fee structures, in one transaction: ECF until 2024, then ITTECF ECTP.

    Every band of the lead provider gets a term; without bands, a first one is made. With
    ``banded=False`` or ``flat_rate=False`` the caller adds them before the transaction ends.
    """

    class Meta:
        model = models.Contract

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)

    active_lead_provider = factory.SubFactory(
        ActiveLeadProviderFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        year=factory.SelfAttribute("..year"),
    )
    contract_type = factory.LazyAttribute(
        lambda o: (
            ContractType.ECF
            if o.active_lead_provider.contract_period_id < 2025
            else ContractType.ITTECF_ECTP
        )
    )
    banded = True
    flat_rate = factory.LazyAttribute(lambda o: o.contract_type == ContractType.ITTECF_ECTP)

    @classmethod
    def _create(
        cls, model_class: Any, *args: Any, banded: bool, flat_rate: bool, **kwargs: Any
    ) -> models.Contract:
        with transaction.atomic():
            contract = super()._create(model_class, *args, **kwargs)
            if banded:
                cls._add_banded_structure(contract)
            if flat_rate:
                FlatRateFeeStructureFactory(contract=contract)
        return contract

    @staticmethod
    def _add_banded_structure(contract: models.Contract) -> None:
        structure = BandedFeeStructureFactory(contract=contract)
        bands = list(contract.active_lead_provider.bands.all()) or [
            ActiveLeadProviderBandFactory(active_lead_provider=contract.active_lead_provider)
        ]
        for band in bands:
            BandTermFactory(banded_fee_structure=structure, band=band)


class StatementFactory(DjangoModelFactory):
    """The next month's open output statement of an active lead provider, from November on.

    Choose with ``active_lead_provider``, or with ``lead_provider`` and ``contract_year``.
    Traits: payable, paid, service.
    """

    class Meta:
        model = models.Statement

    class Params:
        contract_year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)
        active_lead_provider = factory.SubFactory(
            ActiveLeadProviderFactory,
            lead_provider=factory.SelfAttribute("..lead_provider"),
            year=factory.SelfAttribute("..contract_year"),
        )
        position = factory.LazyAttribute(
            lambda o: 10 + o.contract.active_lead_provider.statements.count()
        )
        payable = factory.Trait(status=StatementStatus.PAYABLE)
        paid = factory.Trait(
            status=StatementStatus.PAID,
            marked_as_paid_at=factory.LazyAttribute(lambda o: noon(o.payment_date)),
        )
        service = factory.Trait(fee_type=FeeType.SERVICE)

    contract = factory.LazyAttribute(
        lambda o: (
            o.active_lead_provider.contracts.order_by("-pk").first()
            or ContractFactory(active_lead_provider=o.active_lead_provider)
        )
    )
    month = factory.LazyAttribute(lambda o: o.position % 12 + 1)
    year = factory.LazyAttribute(
        lambda o: o.contract.active_lead_provider.contract_period_id + o.position // 12
    )
    fee_type = FeeType.OUTPUT
    deadline_date = factory.LazyAttribute(lambda o: date(o.year, o.month, 1) - timedelta(days=1))
    payment_date = factory.LazyAttribute(lambda o: date(o.year, o.month, 25))


class StatementAdjustmentFactory(DjangoModelFactory):
    """100 pounds more."""

    class Meta:
        model = models.StatementAdjustment

    statement = factory.SubFactory(StatementFactory)
    payment_type = "Late registrations"
    amount = Decimal("100.00")


class StatementAuditNoteFactory(DjangoModelFactory):
    """A note."""

    class Meta:
        model = models.StatementAuditNote

    statement = factory.SubFactory(StatementFactory)
    body = "Checked against the contract."


# -- Declarations ----------------------------------------------------------------------------


def _statement_of(training: models.TrainingPeriod, status: str) -> models.Statement:
    """Return the provider's statement of that status for the training's year, made if needed."""
    active = models.ActiveLeadProvider.objects.get(
        lead_provider=training.lead_provider_id, contract_period=training.contract_period_id
    )
    found = active.statements.filter(status=status, fee_type=FeeType.OUTPUT).first()
    return found or StatementFactory(
        active_lead_provider=active,
        status=status,
        paid=status == StatementStatus.PAID,
    )


class DeclarationFactory(DjangoModelFactory):
    """A submitted ``started`` declaration, dated 1 October of the contract year.

    Traits: for_mentor, eligible, payable, paid, voided, awaiting_clawback, clawed_back: each on
    a statement of the same lead provider and year.
    """

    class Meta:
        model = models.Declaration

    class Params:
        for_mentor = factory.Trait(training_period__for_mentor=True)
        eligible = factory.Trait(
            payment_status=PaymentStatus.ELIGIBLE,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.OPEN)
            ),
        )
        payable = factory.Trait(
            payment_status=PaymentStatus.PAYABLE,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.PAYABLE)
            ),
        )
        paid = factory.Trait(
            payment_status=PaymentStatus.PAID,
            payment_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.PAID)
            ),
        )
        voided = factory.Trait(payment_status=PaymentStatus.VOIDED)
        awaiting_clawback = factory.Trait(
            paid=True,
            clawback_status=ClawbackStatus.AWAITING_CLAWBACK,
            clawback_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.OPEN)
            ),
        )
        clawed_back = factory.Trait(
            paid=True,
            clawback_status=ClawbackStatus.CLAWED_BACK,
            clawback_statement=factory.LazyAttribute(
                lambda o: _statement_of(o.training_period, StatementStatus.PAID)
            ),
        )

    training_period = factory.SubFactory(TrainingPeriodFactory)
    declaration_type = DeclarationType.STARTED
    declaration_date = factory.LazyAttribute(
        lambda o: noon(date(o.training_period.contract_period_id, 10, 1))
    )
    evidence_type = None
    delivery_partner_when_created = factory.LazyAttribute(
        lambda o: (
            o.training_period.school_partnership.lead_provider_delivery_partnership.delivery_partner
        )
    )


# -- Platform --------------------------------------------------------------------------------


class StaffUserFactory(DjangoModelFactory):
    """An admin. Traits: user_manager, finance, product_team."""

    class Meta:
        model = models.StaffUser

    class Params:
        user_manager = factory.Trait(role=StaffRole.USER_MANAGER)
        finance = factory.Trait(role=StaffRole.FINANCE)
        product_team = factory.Trait(role=StaffRole.PRODUCT_TEAM)

    email = factory.Sequence(lambda n: f"staff{n}@education.gov.uk")
    name = "Sam Staff"
    role = StaffRole.ADMIN


class EventFactory(DjangoModelFactory):
    """Something that the system did."""

    class Meta:
        model = models.Event

    event_type = "teacher_imported_from_trs"
    category = "trs"
    heading = "Ada Okafor was imported from TRS"
    author_type = AuthorType.SYSTEM


class JourneyDraftFactory(DjangoModelFactory):
    """A draft without answers that expires in 2030."""

    class Meta:
        model = models.JourneyDraft

    journey = "register-ect"
    school = factory.SubFactory(SchoolFactory)
    owner = "someone@school.example.com"
    expires_at = noon(date(2030, 1, 1))


class SupportQueryFactory(DjangoModelFactory):
    """A question from a school."""

    class Meta:
        model = models.SupportQuery

    name = "Tilda Marsh"
    email = "tilda@school.example.com"
    school_name = "Hillside School"
    school_urn = 100_001
    message = "How do I change a mentor?"


class RegistrationClosureFactory(DjangoModelFactory):
    """The first fortnight of June 2026."""

    class Meta:
        model = models.RegistrationClosure

    starts_on = date(2026, 6, 1)
    ends_on = date(2026, 6, 14)
    message = "Registration opens on 15 June"


class OutgoingEmailFactory(DjangoModelFactory):
    """An email that waits to be sent."""

    class Meta:
        model = models.OutgoingEmail

    template = "induction_tutor_invitation"
    recipient = "tilda@school.example.com"
