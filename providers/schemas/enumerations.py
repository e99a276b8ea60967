"""The lists of possible values, as they are spelt on the wire (spec 02 §2.18).

Taken from the enumerations of the domain, so that a new value cannot be missing here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from django.db.models import TextChoices
from pydantic import WithJsonSchema

from register_ects.rules.declarations import COURSES
from register_ects.rules.enumerations import (
    ChangeKind,
    ClawbackStatus,
    DeclarationType,
    DeferralReason,
    EvidenceType,
    MentorFundingEndReason,
    PaymentStatus,
    ResourceType,
    ScheduleIdentifier,
    TraineeRole,
    WithdrawalReason,
    WorkingPattern,
)


@dataclass(frozen=True)
class Values:
    """A named list of values and what they say."""

    description: str
    values: tuple[str, ...]

    @property
    def schema(self) -> dict[str, object]:
        """Return the schema of one of the values."""
        return {"type": "string", "enum": list(self.values), "description": self.description}


def _plain(choices: type[TextChoices]) -> tuple[str, ...]:
    return tuple(str(value) for value in choices.values)


def _hyphenated(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.replace("_", "-") for value in values)


_STATES = (
    "submitted",
    *(
        value
        for value in (*_plain(PaymentStatus), *_plain(ClawbackStatus))
        if value not in (PaymentStatus.NO_PAYMENT, ClawbackStatus.NO_CLAWBACK)
    ),
)

ENUMERATIONS: Final[dict[str, Values]] = {
    "CourseIdentifier": Values(
        "The course of a role: `ecf-induction` for ECTs, `ecf-mentor` for mentors.",
        tuple(COURSES),
    ),
    "ScheduleIdentifier": Values(
        "A schedule. `reduced` ones are for ECTs only, `replacement` ones for mentors only.",
        _plain(ScheduleIdentifier),
    ),
    "DeclarationType": Values(
        "A training point, in the order in which training reaches them.", _plain(DeclarationType)
    ),
    "DeclarationState": Values(
        "Where a declaration is on its way to payment. `submitted`: received, the participant is"
        " not yet known to be eligible for funding. `eligible`: on a statement. `payable`: the"
        " statement's deadline has passed. `paid`. `voided`: withdrawn before it was paid."
        " `awaiting-clawback` and `clawed-back`: paid, and being or having been paid back.",
        _hyphenated(_STATES),
    ),
    "EvidenceHeld": Values(
        "What you hold to show that the training point was reached. Which values are possible"
        " depends on the cohort, the course and the declaration type.",
        _plain(EvidenceType),
    ),
    "TrainingStatus": Values(
        "What you last told us: `active`, `deferred` (paused) or `withdrawn` (ended).",
        ("active", "deferred", "withdrawn"),
    ),
    "ParticipantStatus": Values(
        "Where the training stands by the calendar: `joining` starts in the future, `active`"
        " is training or has completed it, `leaving` ends in the future, `left` has ended.",
        ("joining", "active", "leaving", "left"),
    ),
    "ParticipantType": Values("The role trained in.", _plain(TraineeRole)),
    "WithdrawalReason": Values(
        "Why training ended. `mentor-no-longer-being-mentor` is for mentors only.",
        _hyphenated(_plain(WithdrawalReason)),
    ),
    "DeferralReason": Values("Why training is paused.", _hyphenated(_plain(DeferralReason))),
    "MentorIneligibleForFundingReason": Values(
        "Why a mentor can have no more funded training.", _plain(MentorFundingEndReason)
    ),
    "WorkingPattern": Values("How much of the week an ECT works.", _plain(WorkingPattern)),
    "TransferType": Values(
        "`new_school`: the same provider at another school. `new_provider`: another provider at"
        " another school. `unknown`: left, and not seen anywhere since.",
        ("new_school", "new_provider", "unknown"),
    ),
    "TransferStatus": Values(
        "`incomplete` while the leaving or the joining date is in the future.",
        ("incomplete", "complete"),
    ),
    "InductionProgrammeChoice": Values(
        "How the school delivers training in the cohort, as far as its registrations show.",
        ("provider_led", "school_led", "not_yet_known"),
    ),
    "Month": Values(
        "The English name of a month.",
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
    ),
    "ResourceType": Values("A kind of resource, as in its `type`.", _plain(ResourceType)),
    "ChangeKind": Values(
        "`created`: you see it for the first time. `updated`: what you see of it changed."
        " `removed`: you no longer see it.",
        _plain(ChangeKind),
    ),
}


#: Marks, in a shape's schema, where one of the lists belongs.
NAMED: Final = "x-enumeration"


def _named(name: str) -> WithJsonSchema:
    return WithJsonSchema({NAMED: name})


CourseName = Annotated[str, _named("CourseIdentifier")]
ScheduleName = Annotated[str, _named("ScheduleIdentifier")]
DeclarationTypeName = Annotated[str, _named("DeclarationType")]
DeclarationStateName = Annotated[str, _named("DeclarationState")]
EvidenceName = Annotated[str, _named("EvidenceHeld")]
TrainingStatusName = Annotated[str, _named("TrainingStatus")]
ParticipantStatusName = Annotated[str, _named("ParticipantStatus")]
ParticipantTypeName = Annotated[str, _named("ParticipantType")]
WithdrawalReasonName = Annotated[str, _named("WithdrawalReason")]
DeferralReasonName = Annotated[str, _named("DeferralReason")]
MentorFundingEndReasonName = Annotated[str, _named("MentorIneligibleForFundingReason")]
WorkingPatternName = Annotated[str, _named("WorkingPattern")]
TransferTypeName = Annotated[str, _named("TransferType")]
TransferStatusName = Annotated[str, _named("TransferStatus")]
ProgrammeChoiceName = Annotated[str, _named("InductionProgrammeChoice")]
MonthName = Annotated[str, _named("Month")]
ResourceTypeName = Annotated[str, _named("ResourceType")]
ChangeKindName = Annotated[str, _named("ChangeKind")]
