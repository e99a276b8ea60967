"""Participants and what providers do with their training (spec 02 §2.13)."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import (
    CohortYear,
    Many,
    One,
    SchoolUrn,
    TeacherReferenceNumber,
    UpdatedAt,
    public_id,
    type_sent,
)
from providers.schemas.enumerations import (
    CourseName,
    DeferralReasonName,
    MentorFundingEndReasonName,
    ParticipantStatusName,
    ParticipantTypeName,
    ScheduleName,
    TrainingStatusName,
    WithdrawalReasonName,
    WorkingPatternName,
)


class Withdrawal(BaseModel):
    """Why and when you ended the training."""

    reason: WithdrawalReasonName
    date: datetime = Field(
        description="When you withdrew the participant.", examples=["2026-02-10T14:00:00Z"]
    )


class Deferral(BaseModel):
    """Why and when you paused the training."""

    reason: DeferralReasonName
    date: datetime = Field(
        description="When you deferred the participant.", examples=["2026-07-02T08:41:19Z"]
    )


class ParticipantECFEnrolment(BaseModel):
    """The latest training of one role with you, future training included."""

    training_record_id: UUID = Field(
        description="The participant's training record for this role. It stays the same whatever"
        " the provider, and when records are merged.",
        examples=[base.TRAINING_RECORD_ID],
    )
    email: str | None = Field(
        description="The email address that the school gave for this placement. Null when it gave"
        " none.",
        examples=["i.farrow@larkhill.example"],
    )
    mentor_id: UUID | None = Field(
        description="For an ECT, the participant id of their mentor today, or else of the next"
        " one. Look it up under participants or unfunded mentors. Null when there is none, and for"
        " mentors.",
        examples=[base.MENTOR_ID],
    )
    school_urn: SchoolUrn
    participant_type: ParticipantTypeName
    cohort: CohortYear
    training_status: TrainingStatusName
    participant_status: ParticipantStatusName
    eligible_for_funding: bool | None = Field(
        description="Whether DfE funds this person's training in this role. Null while that is not"
        " known. Once true it stays true.",
        examples=[True],
    )
    pupil_premium_uplift: bool = Field(
        description="Whether the school attracts the pupil premium uplift in this cohort, for ECTs"
        " and mentors alike. Always false from the 2025 cohort.",
        examples=[False],
    )
    sparsity_uplift: bool = Field(
        description="Whether the school attracts the sparsity uplift in this cohort, for ECTs and"
        " mentors alike. Always false from the 2025 cohort.",
        examples=[False],
    )
    schedule_identifier: ScheduleName
    delivery_partner_id: UUID = public_id(
        "the delivery partner that now delivers the training", base.DELIVERY_PARTNER_ID
    )
    withdrawal: Withdrawal | None = Field(
        description="Set only while `training_status` is `withdrawn`."
    )
    deferral: Deferral | None = Field(description="Set only while `training_status` is `deferred`.")
    created_at: datetime = Field(
        description="When the participant was first registered in this role, at any school.",
        examples=["2025-07-14T13:05:52Z"],
    )
    induction_end_date: date | None = Field(
        description="The day an ECT passed or failed induction. Null until then, and for mentors.",
        examples=[None],
    )
    most_recent_induction_period_end_date: date | None = Field(
        description="The last day of an ECT's latest period with an appropriate body. Null while"
        " it goes on, when there is none, and for mentors.",
        examples=[None],
    )
    overall_induction_start_date: date | None = Field(
        description="The first day of an ECT's induction. Null before it starts, and for mentors.",
        examples=["2025-09-01"],
    )
    mentor_funding_end_date: date | None = Field(
        description="The day from which a mentor can have no more funded training. Null until"
        " then, and for ECTs.",
        examples=[None],
    )
    cohort_changed_after_payments_frozen: bool = Field(
        description="Whether the participant was moved to this cohort because payments for their"
        " earlier cohort were closed.",
        examples=[False],
    )
    mentor_ineligible_for_funding_reason: MentorFundingEndReasonName | None = Field(
        description="Why a mentor can have no more funded training. Null until then, and for ECTs."
    )
    working_pattern: WorkingPatternName | None = Field(
        description="How much of the week an ECT works. Null when not known, and for mentors."
    )


class ParticipantIDChange(BaseModel):
    """An id that stands for this participant no more, because two records were merged."""

    from_participant_id: UUID = public_id("the record that was retired", base.RETIRED_ID)
    to_participant_id: UUID = public_id("the record that took over", base.PARTICIPANT_ID)
    changed_at: datetime = Field(
        description="When the records were merged.", examples=["2025-10-21T10:00:04Z"]
    )


class ParticipantAttributes(BaseModel):
    """What you see of a participant."""

    full_name: str = Field(
        description="The name the school corrected, or else the one teaching records hold;"
        " `Unknown` when there is none.",
        examples=["Imogen Farrow"],
    )
    teacher_reference_number: TeacherReferenceNumber | None
    updated_at: UpdatedAt
    ecf_enrolments: list[ParticipantECFEnrolment] = Field(
        min_length=1,
        max_length=2,
        description="The latest training with you as an ECT, then as a mentor: one or both.",
    )
    participant_id_changes: list[ParticipantIDChange] = Field(
        description="The ids that this one replaced, oldest first."
    )


class Participant(BaseModel):
    """A person whom you train, or have trained, as an ECT, as a mentor or as both."""

    id: UUID = public_id("the participant, the same for both roles", base.PARTICIPANT_ID)
    type: Literal["participant"]
    attributes: ParticipantAttributes


class ParticipantResponse(One[Participant]):
    """One participant."""


class ParticipantsResponse(Many[Participant]):
    """A page of participants."""


# -- What is sent ----------------------------------------------------------------------------


class DeferAttributes(BaseModel):
    """Whose training is paused and why."""

    reason: DeferralReasonName
    course_identifier: CourseName


class DeferData(BaseModel):
    """The envelope's content."""

    type: Literal["participant-defer"] = type_sent("participant-defer")
    attributes: DeferAttributes


class ParticipantDeferRequest(One[DeferData]):
    """Pause a participant's training."""


class WithdrawAttributes(BaseModel):
    """Whose training is ended and why."""

    reason: WithdrawalReasonName
    course_identifier: CourseName


class WithdrawData(BaseModel):
    """The envelope's content."""

    type: Literal["participant-withdraw"] = type_sent("participant-withdraw")
    attributes: WithdrawAttributes


class ParticipantWithdrawRequest(One[WithdrawData]):
    """End a participant's training."""


class ResumeAttributes(BaseModel):
    """Whose training is taken up again."""

    course_identifier: CourseName


class ResumeData(BaseModel):
    """The envelope's content."""

    type: Literal["participant-resume"] = type_sent("participant-resume")
    attributes: ResumeAttributes


class ParticipantResumeRequest(One[ResumeData]):
    """Take up training that was deferred or withdrawn."""


class ChangeScheduleAttributes(BaseModel):
    """The schedule, and the cohort, to train in from now on."""

    schedule_identifier: ScheduleName
    course_identifier: CourseName
    cohort: CohortYear = Field(
        default_factory=str,
        description="The cohort to move to. Leave it out to stay in the present one. You need a"
        " partnership with the school in that cohort.",
        examples=["2025"],
    )


class ChangeScheduleData(BaseModel):
    """The envelope's content."""

    type: Literal["participant-change-schedule"] = type_sent("participant-change-schedule")
    attributes: ChangeScheduleAttributes


class ParticipantChangeScheduleRequest(One[ChangeScheduleData]):
    """Move a participant to another schedule, and if need be to another cohort."""
