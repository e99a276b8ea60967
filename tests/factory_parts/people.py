"""Factories of people, appropriate bodies and inductions."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from register_ects import clock, models
from register_ects.rules.enumerations import (
    AnonymisationReason,
    AppropriateBodyType,
    BatchType,
    InductionOutcome,
    InductionStatus,
    MentorFundingEndReason,
    TrainingProgramme,
)
from tests.factory_parts.base import PeriodFactory, noon

FIRST_NAMES = ["Ada", "Bola", "Cerys", "Dev", "Esme", "Farid", "Greta", "Hamza", "Iona", "Jude"]
LAST_NAMES = ["Okafor", "Marchbank", "Thistle", "Varga", "Quillan", "Penhallow", "Sorrel"]


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
            trs_induction_status=None,
            trs_qts_awarded_on=None,
            trs_response=None,
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

    trn = factory.Sequence(lambda n: f"{3_100_001 + n:07d}")  # 3000…: those that tests name
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


class AppropriateBodyFormerNameFactory(DjangoModelFactory):
    """A name that a body had."""

    class Meta:
        model = models.AppropriateBodyFormerName

    appropriate_body = factory.SubFactory(AppropriateBodyFactory)
    name = factory.Sequence(lambda n: f"Former hub {n}")


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
    uploaded_by_name = "Robin Asker"
    uploaded_by_email = "robin@hub.example.com"
    file_name = "claims.csv"
    file_sha256 = "0" * 64
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=14))


class PendingInductionSubmissionFactory(DjangoModelFactory):
    """One row of an upload, not checked yet."""

    class Meta:
        model = models.PendingInductionSubmission

    batch = factory.SubFactory(BatchFactory)
    number = factory.Sequence(lambda n: n + 2)


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
