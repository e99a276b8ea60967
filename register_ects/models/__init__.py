"""The one normalised data model of the service, a file per aggregate."""

from django.apps import apps

from register_ects.models.api_requests import APIRequest, IdempotentAnswer
from register_ects.models.appropriate_bodies import (
    AppropriateBody,
    AppropriateBodyFormerName,
    AppropriateBodyPeriod,
    DfESignInOrganisation,
    Region,
    RegionDistrict,
)
from register_ects.models.batches import RegistrationBatch, RegistrationBatchRow
from register_ects.models.contracts import (
    ActiveLeadProviderBand,
    BandedFeeStructure,
    BandTerm,
    Contract,
    FlatRateFeeStructure,
)
from register_ects.models.declarations import BILLABLE, REFUNDABLE, Declaration
from register_ects.models.events import Event
from register_ects.models.every_table import guard_every_table
from register_ects.models.funding_years import ContractPeriod, Milestone, Schedule
from register_ects.models.inductions import (
    InductionExtension,
    InductionPeriod,
    TRSInductionUpdate,
)
from register_ects.models.lead_providers import (
    ActiveLeadProvider,
    APIToken,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from register_ects.models.measurements import (
    FeedbackResponse,
    FormError,
    JourneyRun,
    JourneyStepVisit,
    RegistrationDay,
)
from register_ects.models.placements import (
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
)
from register_ects.models.projections import (
    ProjectionState,
    ShownChange,
    ShownResource,
    StaleMark,
)
from register_ects.models.sandbox import SandboxScenario
from register_ects.models.school_register import GIASSchool, GIASSchoolLink, RegisterImport
from register_ects.models.schools import School, SchoolFundingEligibility, SchoolPartnership
from register_ects.models.service import (
    JourneyDraft,
    OutgoingEmail,
    RegistrationClosure,
    SchoolReminder,
    SentForm,
    ServiceNotice,
    SupportQuery,
)
from register_ects.models.shown_schools import (
    ShownSchool,
    ShownSchoolInterest,
    ShownSchoolYear,
)
from register_ects.models.statement_counts import DeclarationCount, StatementCount
from register_ects.models.statements import Statement, StatementAdjustment, StatementAuditNote
from register_ects.models.submissions import (
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.models.teachers import Teacher, TeacherIdChange
from register_ects.models.training import TrainingPeriod
from register_ects.models.users import StaffUser

from register_ects.models import staleness  # isort: skip - registers its triggers

guard_every_table(apps.all_models["register_ects"].values())
