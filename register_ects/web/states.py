"""Every state with its words and the colour of its tag: one table for all audiences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from register_ects.rules.ect_status import ECTStatus
from register_ects.rules.enumerations import (
    BatchStatus,
    FeeType,
    RegistrationBatchState,
    RegistrationRowState,
    StatementStatus,
    SubmissionState,
)
from register_ects.rules.inductions import InductionState


@dataclass(frozen=True)
class State:
    """How people read a state: its words, and GOV.UK's colour of its tag."""

    label: str
    colour: str


_STATES: Mapping[type[Enum], Mapping[Enum, State]] = {
    # Two of these ask a school to act: they have words of their own, so that two things to do
    # never look the same (spec 05 §5.2 Improve).
    ECTStatus: {
        ECTStatus.LEFT_SCHOOL: State("Left school", "grey"),
        ECTStatus.LEAVING_SCHOOL: State("Leaving school", "yellow"),
        ECTStatus.JOINING_ANOTHER_SCHOOL: State("Joining another school", "yellow"),
        ECTStatus.EXEMPT: State("Exempt", "grey"),
        ECTStatus.COMPLETED_INDUCTION: State("Completed induction", "blue"),
        ECTStatus.FAILED_INDUCTION: State("Failed induction", "magenta"),
        ECTStatus.TRAINING_WITHDRAWN: State("No longer training", "red"),
        ECTStatus.TRAINING_PAUSED: State("Training paused", "orange"),
        ECTStatus.MENTOR_NEEDED: State("Mentor needed", "red"),
        ECTStatus.REGISTERED: State("Registered", "green"),
    },
    InductionState: {
        InductionState.NONE: State("None", "grey"),
        InductionState.REQUIRED_TO_COMPLETE: State("Required to complete", "yellow"),
        InductionState.IN_PROGRESS: State("In progress", "blue"),
        InductionState.PASSED: State("Passed", "green"),
        InductionState.FAILED: State("Failed", "red"),
        InductionState.FAILED_IN_WALES: State("Failed in Wales", "red"),
        InductionState.EXEMPT: State("Exempt", "green"),
        InductionState.PAUSED: State("Paused", "magenta"),
        InductionState.RELEASED: State("Released", "grey"),
        InductionState.UNKNOWN: State("Unknown", "grey"),
    },
    RegistrationBatchState: {
        RegistrationBatchState.UPLOADED: State("Not checked yet", "yellow"),
        RegistrationBatchState.CHECKING: State("Being checked", "blue"),
        RegistrationBatchState.READY: State("Not registered yet", "yellow"),
        RegistrationBatchState.REGISTERING: State("Being registered", "blue"),
        RegistrationBatchState.DONE: State("Done", "green"),
        RegistrationBatchState.DISCARDED: State("Deleted", "grey"),
    },
    RegistrationRowState: {
        RegistrationRowState.WAITING: State("Being checked", "blue"),
        RegistrationRowState.OK: State("Ready", "turquoise"),
        RegistrationRowState.NEEDS_ATTENTION: State("Needs changes", "yellow"),
        RegistrationRowState.BLOCKED: State("Cannot be registered", "red"),
        RegistrationRowState.REGISTERED: State("Registered", "green"),
        RegistrationRowState.SKIPPED: State("Removed", "grey"),
    },
    BatchStatus: {
        BatchStatus.PENDING: State("Not checked yet", "yellow"),
        BatchStatus.PROCESSING: State("Checking", "grey"),
        BatchStatus.PROCESSED: State("Ready to confirm", "yellow"),
        BatchStatus.COMPLETING: State("Being recorded", "blue"),
        BatchStatus.COMPLETED: State("Recorded", "green"),
        BatchStatus.COMPLETED_WITH_ERRORS: State("Recorded with errors", "orange"),
        BatchStatus.DISCARDED: State("Discarded", "grey"),
    },
    SubmissionState: {
        SubmissionState.WAITING: State("Being checked", "grey"),
        SubmissionState.OK: State("Ready", "turquoise"),
        SubmissionState.ERROR: State("Needs changes", "red"),
        SubmissionState.DONE: State("Recorded", "green"),
    },
    StatementStatus: {
        StatementStatus.OPEN: State("Open", "blue"),
        StatementStatus.PAYABLE: State("Payable", "yellow"),
        StatementStatus.PAID: State("Paid", "green"),
    },
}
_AUTHORISED = State("Authorised for payment", "green")


def state_of(status: Enum) -> State:
    """Return how a status is shown. Raises KeyError for one that is not in the table."""
    return _STATES[type(status)][status]


def state_of_statement(status: str, fee_type: str) -> State:
    """Return how a statement's status is shown: what pays outputs is authorised (spec 04 §2)."""
    if (status, fee_type) == (StatementStatus.PAID, FeeType.OUTPUT):
        return _AUTHORISED
    return state_of(StatementStatus(status))
