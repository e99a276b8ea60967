"""Every enumeration of the domain, in stored order (spec 01 §5). Pure: values and words only."""

from django.db.models import TextChoices


class TrainingProgramme(TextChoices):
    """How the two-year training is delivered."""

    PROVIDER_LED = "provider_led", "Provider-led"
    SCHOOL_LED = "school_led", "School-led"


class TraineeRole(TextChoices):
    """Seen from the lead provider API."""

    ECT = "ect", "ECT"
    MENTOR = "mentor", "Mentor"


class ScheduleIdentifier(TextChoices):
    """Type of schedule and the month it starts in, in display order."""

    STANDARD_JANUARY = "ecf-standard-january"
    STANDARD_APRIL = "ecf-standard-april"
    STANDARD_SEPTEMBER = "ecf-standard-september"
    EXTENDED_JANUARY = "ecf-extended-january"
    EXTENDED_APRIL = "ecf-extended-april"
    EXTENDED_SEPTEMBER = "ecf-extended-september"
    REDUCED_JANUARY = "ecf-reduced-january"
    REDUCED_APRIL = "ecf-reduced-april"
    REDUCED_SEPTEMBER = "ecf-reduced-september"
    REPLACEMENT_JANUARY = "ecf-replacement-january"
    REPLACEMENT_APRIL = "ecf-replacement-april"
    REPLACEMENT_SEPTEMBER = "ecf-replacement-september"


class ScheduleKind(TextChoices):
    """The middle part of a schedule identifier."""

    STANDARD = "standard"
    EXTENDED = "extended"
    REDUCED = "reduced"
    REPLACEMENT = "replacement"


class DeclarationType(TextChoices):
    """Training points that are declared; the order is significant."""

    STARTED = "started"
    RETAINED_1 = "retained-1"
    RETAINED_2 = "retained-2"
    RETAINED_3 = "retained-3"
    RETAINED_4 = "retained-4"
    COMPLETED = "completed"
    EXTENDED_1 = "extended-1"
    EXTENDED_2 = "extended-2"
    EXTENDED_3 = "extended-3"

    @property
    def within_a_sentence(self) -> str:
        """Return what a sentence calls it: ``retained 1``."""
        return str(self.label).lower()


class EvidenceType(TextChoices):
    """What a lead provider holds to show that a training point was reached."""

    TRAINING_EVENT_ATTENDED = "training-event-attended", "Training event attended"
    SELF_STUDY_MATERIAL_COMPLETED = "self-study-material-completed", "Self-study material completed"
    MATERIALS_ENGAGED_WITH_OFFLINE = (
        "materials-engaged-with-offline",
        "Materials engaged with offline",
    )
    ENGAGEMENT_MET = "75-percent-engagement-met", "75% engagement met"
    ENGAGEMENT_MET_REDUCED_INDUCTION = (
        "75-percent-engagement-met-reduced-induction",
        "75% engagement met, reduced induction",
    )
    ONE_TERM_INDUCTION = "one-term-induction", "One term induction"
    OTHER = "other", "Other"


class PaymentStatus(TextChoices):
    """Where a declaration is on its way to payment."""

    NO_PAYMENT = "no_payment", "Submitted"
    ELIGIBLE = "eligible", "Eligible"
    PAYABLE = "payable", "Payable"
    PAID = "paid", "Paid"
    VOIDED = "voided", "Voided"


class ClawbackStatus(TextChoices):
    """Whether a paid declaration is being, or has been, recovered."""

    NO_CLAWBACK = "no_clawback", "No clawback"
    AWAITING_CLAWBACK = "awaiting_clawback", "Awaiting clawback"
    CLAWED_BACK = "clawed_back", "Clawed back"


class WithdrawalReason(TextChoices):
    """Why a lead provider says that training ended."""

    LEFT_TEACHING_PROFESSION = "left_teaching_profession", "Left teaching profession"
    MOVED_SCHOOL = "moved_school", "Moved school"
    MENTOR_NO_LONGER_BEING_MENTOR = "mentor_no_longer_being_mentor", "Mentor no longer being mentor"
    SWITCHED_TO_SCHOOL_LED = "switched_to_school_led", "Switched to school-led"
    CHANGED_LEAD_PROVIDER = "changed_lead_provider", "Changed lead provider"
    OTHER = "other", "Other"


class DeferralReason(TextChoices):
    """Why a lead provider says that training is paused."""

    BEREAVEMENT = "bereavement", "Bereavement"
    LONG_TERM_SICKNESS = "long_term_sickness", "Long-term sickness"
    PARENTAL_LEAVE = "parental_leave", "Parental leave"
    CAREER_BREAK = "career_break", "Career break"
    OTHER = "other", "Other"


class WorkingPattern(TextChoices):
    """How much of the week an ECT works as an ECT."""

    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"


class InductionOutcome(TextChoices):
    """How an induction ended."""

    PASS = "pass", "Passed"
    FAIL = "fail", "Failed"


class TermsReason(TextChoices):
    """Why the terms of an induction are fewer than needed, or more than its dates hold."""

    PRIOR_EXPERIENCE = "prior_experience", "They have taught before, so we reduced induction"
    PART_TIME_REDUCTION = "part_time_reduction", "They work part time, so we reduced induction"
    SERVED_IN_WALES = "served_in_wales", "They served some of it in Wales"
    SERVED_BEFORE = "served_before", "Some terms were served before this induction period"
    OTHER = "other", "Another reason"


class LegacyInductionProgramme(TextChoices):
    """What inductions were called before September 2025; history only."""

    CIP = "cip", "Core induction programme"
    FIP = "fip", "Full induction programme"
    DIY = "diy", "School-based induction programme"
    UNKNOWN = "unknown", "Not known"
    PRE_SEPTEMBER_2021 = "pre_september_2021", "Before September 2021"


class InductionStatus(TextChoices):
    """A person's induction as the Teaching Record System (TRS) tells it."""

    NONE = "None", "None"
    REQUIRED_TO_COMPLETE = "RequiredToComplete", "Required to complete"
    IN_PROGRESS = "InProgress", "In progress"
    PASSED = "Passed", "Passed"
    FAILED = "Failed", "Failed"
    FAILED_IN_WALES = "FailedInWales", "Failed in Wales"
    EXEMPT = "Exempt", "Exempt"


class AppropriateBodyType(TextChoices):
    """Kinds of organisation that quality-assure induction."""

    LOCAL_AUTHORITY = "local_authority", "Local authority"
    NATIONAL = "national", "National organisation"
    TEACHING_SCHOOL_HUB = "teaching_school_hub", "Teaching school hub"


class RegisterKind(TextChoices):
    """Which of the national register's lists an extract is."""

    REGISTER = "register", "Register"
    CHILDRENS_CENTRES = "childrens_centres", "Children’s centres"


class GIASSchoolStatus(TextChoices):
    """A school's state in Get Information About Schools (GIAS)."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    PROPOSED_TO_CLOSE = "proposed_to_close", "Open, but proposed to close"
    PROPOSED_TO_OPEN = "proposed_to_open", "Proposed to open"


class TRSResponse(TextChoices):
    """The last answer of TRS about a person."""

    OK = "ok", "Shown"
    NOT_FOUND = "not_found", "Not found"
    GONE = "gone", "Deactivated"
    PERMANENT_REDIRECT = "permanent_redirect", "Merged"

    @classmethod
    def not_shown(cls) -> list[str]:
        """Return the answers without a record: support looks into them."""
        return [cls.NOT_FOUND.value, cls.GONE.value, cls.PERMANENT_REDIRECT.value]


class MentorFundingEndReason(TextChoices):
    """Why a mentor may have no more funded training."""

    COMPLETED_DECLARATION_RECEIVED = (
        "completed_declaration_received",
        "Completed declaration received",
    )
    COMPLETED_DURING_EARLY_ROLL_OUT = (
        "completed_during_early_roll_out",
        "Completed during early roll-out",
    )
    STARTED_NOT_COMPLETED = "started_not_completed", "Started not completed"


class AnonymisationReason(TextChoices):
    """Why a person's data were cleared."""

    REGISTERED_IN_ERROR = "registered_in_error", "Registered in error"
    TEACHER_RECORD_MERGED = "teacher_record_merged", "Teacher record merged"


class ContractType(TextChoices):
    """The two kinds of lead provider contract."""

    ECF = "ecf", "ECF"
    ITTECF_ECTP = "ittecf_ectp", "ITTECF ECTP"


class FeeType(TextChoices):
    """Whether a statement's month pays declarations or the monthly share only."""

    OUTPUT = "output", "Output fee"
    SERVICE = "service", "Service fee"


class StatementStatus(TextChoices):
    """A statement's way from collecting declarations to settlement."""

    OPEN = "open", "Open"
    PAYABLE = "payable", "Payable"
    PAID = "paid", "Paid"


class BatchType(TextChoices):
    """What an appropriate body's upload asks for."""

    ACTION = "action", "Action"
    CLAIM = "claim", "Claim"


class BatchStatus(TextChoices):
    """How far an upload has come."""

    PENDING = "pending", "Not checked yet"
    PROCESSING = "processing", "Checking"
    PROCESSED = "processed", "Ready to confirm"
    COMPLETING = "completing", "Being recorded"
    COMPLETED = "completed", "Recorded"
    COMPLETED_WITH_ERRORS = "completed_with_errors", "Recorded with errors"
    DISCARDED = "discarded", "Discarded"


class SubmissionState(TextChoices):
    """How far one row of an upload has come."""

    WAITING = "waiting", "Being checked"
    OK = "ok", "Ready"
    ERROR = "error", "Needs changes"
    DONE = "done", "Recorded"


class RegistrationBatchState(TextChoices):
    """How far several registrations have come that a school makes together."""

    UPLOADED = "uploaded", "Not checked yet"
    CHECKING = "checking", "Being checked"
    READY = "ready", "Not registered yet"
    REGISTERING = "registering", "Being registered"
    DONE = "done", "Done"
    DISCARDED = "discarded", "Deleted"


class RegistrationRowState(TextChoices):
    """How far one person among several has come."""

    WAITING = "waiting", "Being checked"
    OK = "ok", "Ready"
    NEEDS_ATTENTION = "needs_attention", "Needs changes"
    BLOCKED = "blocked", "Cannot be registered"
    REGISTERED = "registered", "Registered"
    SKIPPED = "skipped", "Removed"


class StaffRole(TextChoices):
    """What a member of DfE staff may do."""

    ADMIN = "admin", "Admin"
    USER_MANAGER = "user_manager", "User manager"
    FINANCE = "finance", "Finance"
    PRODUCT_TEAM = "product_team", "Product team"


class AuthorType(TextChoices):
    """Who caused an event."""

    APPROPRIATE_BODY_USER = "appropriate_body_user", "Appropriate body user"
    SCHOOL_USER = "school_user", "School user"
    DFE_STAFF_USER = "dfe_staff_user", "DfE staff"
    SYSTEM = "system", "System"
    LEAD_PROVIDER_API = "lead_provider_api", "Lead provider"


class SupportQueryState(TextChoices):
    """How far a question to support has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Audience(TextChoices):
    """For whom a page is, as measurements tell them apart."""

    SCHOOL = "school", "Schools"
    APPROPRIATE_BODY = "appropriate_body", "Appropriate bodies"
    STAFF = "staff", "DfE staff"
    VISITOR = "visitor", "Visitors"


class Channel(TextChoices):
    """Whether people go through a journey themselves, staff do so for them, or it is done in bulk.

    ``BULK`` is one of several that were confirmed together.
    """

    SELF_SERVICE = "self_service"
    STAFF_ASSISTED = "staff_assisted"
    BULK = "bulk"


class RunOutcome(TextChoices):
    """How a run of a journey ended (spec 07 §22.2)."""

    COMPLETED = "completed"
    NOT_ELIGIBLE = "not_eligible"
    ABANDONED = "abandoned"
    ERROR = "error"


class WayOn(TextChoices):
    """Which way a page of a journey was left."""

    CONTINUE = "continue"
    BACK = "back"
    CHANGE = "change"


class TRSUpdateState(TextChoices):
    """How far a message to TRS has come."""

    QUEUED = "queued"
    SENT = "sent"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class EmailTemplate(TextChoices):
    """Which email is sent, by the name that the outbox keeps (spec 07 §9)."""

    ECT_REGISTERED_PROVIDER_LED = "ect_registered_provider_led", "ECT registered, provider-led"
    ECT_REGISTERED_SCHOOL_LED = "ect_registered_school_led", "ECT registered, school-led"
    MENTOR_REGISTERED = "mentor_registered", "Mentor registered"
    INDUCTION_FAILED = "teacher_failed_induction", "Induction failed"
    INDUCTION_EXTENDED = "teacher_induction_extended", "Induction extended"
    INDUCTION_TUTOR_NAMED = "induction_tutor_named", "Induction tutor named"
    REGISTRATION_OPENING = "registration_opening", "Registration opens"
    TERM_REMINDER = "term_reminder", "Start of term"
    NOBODY_REGISTERED = "nobody_registered", "Nobody registered"
    ECT_REGISTERED_SUMMARY = "ect_registered_summary", "Summary: ECT registered"
    SEVERAL_REGISTERED_SUMMARY = "several_registered_summary", "Summary: several ECTs registered"
    MENTOR_REGISTERED_SUMMARY = "mentor_registered_summary", "Summary: mentor registered"
    ECT_REGISTERED_ELSEWHERE = "ect_registered_elsewhere", "ECT registered by another school"
    ECT_MOVED_AWAY = "ect_moved_away", "ECT moved to another school"
    PARTNERSHIP_CONFIRMED = "partnership_confirmed", "Partnership confirmed"
    TRAINING_WITHDRAWN = "training_withdrawn", "Training withdrawn"
    TRAINING_DEFERRED = "training_deferred", "Training deferred"
    ECTS_WITHOUT_MENTOR = "ects_without_mentor", "ECTs without a mentor"


class TutorEmails(TextChoices):
    """Kinds of email that an induction tutor gets unless their school wants none."""

    REGISTRATIONS = "registrations", "When somebody is registered at your school"
    OTHER_SCHOOLS = "other_schools", "When another school registers one of your ECTs"
    PARTNERSHIPS = "partnerships", "When a lead provider confirms that it works with your school"
    TRAINING = "training", "When a lead provider withdraws or pauses somebody’s training"
    MISSING_MENTORS = "missing_mentors", "Once a week, who has had no mentor for two weeks"

    @classmethod
    def of(cls, template: EmailTemplate) -> "TutorEmails | None":
        """Return the kind of an email; None for one that tutors get in any case."""
        return {
            EmailTemplate.ECT_REGISTERED_SUMMARY: cls.REGISTRATIONS,
            EmailTemplate.MENTOR_REGISTERED_SUMMARY: cls.REGISTRATIONS,
            EmailTemplate.ECT_REGISTERED_ELSEWHERE: cls.OTHER_SCHOOLS,
            EmailTemplate.ECT_MOVED_AWAY: cls.OTHER_SCHOOLS,
            EmailTemplate.PARTNERSHIP_CONFIRMED: cls.PARTNERSHIPS,
            EmailTemplate.TRAINING_WITHDRAWN: cls.TRAINING,
            EmailTemplate.TRAINING_DEFERRED: cls.TRAINING,
            EmailTemplate.ECTS_WITHOUT_MENTOR: cls.MISSING_MENTORS,
        }.get(template)


class ReminderCampaign(TextChoices):
    """What schools are reminded of, once a year each (spec 05 §12.2, spec 07 §9)."""

    REGISTRATION_OPENING = "registration_opening", "registration opens"
    TERM_SEPTEMBER = "term_september", "term starts, September"
    TERM_JANUARY = "term_january", "term starts, January"
    TERM_APRIL = "term_april", "term starts, April"
    NOBODY_REGISTERED = "nobody_registered", "partnership but nobody registered"


class EmailState(TextChoices):
    """How far an email has come.

    Failed is left to support; what an address returned is left to the school that gave it.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    RETURNED = "returned"


class EmailReceipt(TextChoices):
    """What became of an email at its address, in GOV.UK Notify's words."""

    DELIVERED = "delivered", "Delivered"
    PERMANENT_FAILURE = "permanent-failure", "The address does not exist"
    TEMPORARY_FAILURE = "temporary-failure", "The inbox did not take it for three days"
    TECHNICAL_FAILURE = "technical-failure", "GOV.UK Notify could not send it"


class ResourceType(TextChoices):
    """What the API shows, by the ``type`` on the wire (spec 02 §2.18)."""

    PARTICIPANT = "participant"
    TRANSFER = "participant-transfer"
    DECLARATION = "participant-declaration"
    STATEMENT = "statement"
    DELIVERY_PARTNER = "delivery-partner"
    PARTNERSHIP = "partnership"
    SCHOOL = "school"
    UNFUNDED_MENTOR = "unfunded-mentor"


class ChangeKind(TextChoices):
    """What happened to a resource that a lead provider is or was shown (spec 02 §2.22.6)."""

    CREATED = "created"
    UPDATED = "updated"
    REMOVED = "removed"


class StaleKind(TextChoices):
    """A kind of fact that what providers are shown depends on, by whose key marks it."""

    TEACHER = "teacher"
    DECLARATION = "declaration"
    STATEMENT = "statement"
    PARTNERSHIP = "partnership"
    SCHOOL = "school"
    DELIVERY_PARTNER = "delivery_partner"
    # Details that many resources repeat: the refresh finds out which.
    PARTNERSHIP_DETAILS = "partnership_details"
    SCHOOL_DETAILS = "school_details"
    REGISTER_RECORD = "register_record"
    UPLIFTS = "uplifts"
    LEAD_PROVIDER_NAME = "lead_provider_name"
    DELIVERY_PARTNER_NAME = "delivery_partner_name"
    CONTRACT_PERIOD = "contract_period"


class SandboxGroup(TextChoices):
    """What a seeded situation of the sandbox is about."""

    SCHOOLS = "schools", "Schools"
    PARTICIPANTS = "participants", "Participants"
    SPECIAL = "special", "Special cases"
