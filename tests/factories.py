"""The smallest valid example of every model, with a trait for each state worth naming.

Years and dates agree by default: everything belongs to the 2025 contract period, and people
start on 1 September 2025. Ask for another with ``year=2024`` or ``lead_provider=...`` where a
factory offers them. People and organisations are invented.
"""

from tests.factory_parts.base import PeriodFactory, noon
from tests.factory_parts.catalogue import (
    ActiveLeadProviderFactory,
    APITokenFactory,
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    LPDPFactory,
    MilestoneFactory,
    PairingFactory,
    ScheduleFactory,
)
from tests.factory_parts.declarations import DeclarationFactory
from tests.factory_parts.money import (
    ActiveLeadProviderBandFactory,
    BandedFeeStructureFactory,
    BandTermFactory,
    ContractFactory,
    FlatRateFeeStructureFactory,
    StatementAdjustmentFactory,
    StatementAuditNoteFactory,
    StatementFactory,
)
from tests.factory_parts.people import (
    AppropriateBodyFactory,
    AppropriateBodyFormerNameFactory,
    AppropriateBodyPeriodFactory,
    BatchFactory,
    DfESignInOrganisationFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    PendingInductionSubmissionFactory,
    RegionDistrictFactory,
    RegionFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TRSInductionUpdateFactory,
)
from tests.factory_parts.placements import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.factory_parts.schools import (
    GIASSchoolFactory,
    GIASSchoolLinkFactory,
    RegisterImportFactory,
    SchoolFactory,
    SchoolFundingEligibilityFactory,
    SchoolPartnershipFactory,
)
from tests.factory_parts.service import (
    APIRequestFactory,
    EventFactory,
    IdempotentAnswerFactory,
    JourneyDraftFactory,
    OutgoingEmailFactory,
    RegistrationBatchFactory,
    RegistrationBatchRowFactory,
    RegistrationClosureFactory,
    ServiceNoticeFactory,
    StaffUserFactory,
    SupportQueryFactory,
)
