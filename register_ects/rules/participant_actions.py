"""May a lead provider defer, withdraw or resume a participant's training? Pure.

Problems name the API's fields; there is at most one for each. Changing the schedule is in
rules/schedule_changes.py. Source: spec 03 §9 with its Improves, spec 02 §2.13.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from register_ects.rules.declarations import COURSES
from register_ects.rules.enumerations import DeferralReason, TraineeRole, WithdrawalReason
from register_ects.rules.problems import Problem

#: Reasons as they are spelt on the wire, with hyphens, and what is stored for each.
DEFERRAL_REASONS: Mapping[str, str] = {
    str(value).replace("_", "-"): str(value) for value in DeferralReason.values
}
WITHDRAWAL_REASONS: Mapping[str, str] = {
    str(value).replace("_", "-"): str(value) for value in WithdrawalReason.values
}


@dataclass(frozen=True)
class ActionRequest:
    """What a lead provider sent, as text; None is absent or null. Resuming has no reason."""

    course_identifier: str | None = None
    reason: str | None = None

    @property
    def role(self) -> TraineeRole | None:
        """Return the role that the course stands for."""
        return COURSES.get(self.course_identifier or "")


@dataclass(frozen=True)
class Training:
    """The provider's latest training of the participant in the role; both days inclusive.

    ``status`` is the training status: active, deferred or withdrawn.
    """

    role: TraineeRole
    started_on: date
    finished_on: date | None = None
    status: str = "active"


@dataclass(frozen=True)
class OtherTraining:
    """Other training of the person in the role that reaches today or begins later.

    ``is_here`` says that it belongs to the same placement at a school.
    """

    is_here: bool
    is_provider_led: bool
    started_on: date
    finished_on: date | None = None

    def contains(self, day: date) -> bool:
        """Whether ``day`` is one of its days."""
        return self.started_on <= day <= (self.finished_on or date.max)


def problems_with_deferring(
    request: ActionRequest, training: Training | None, *, today: date
) -> list[Problem]:
    """List the reasons not to pause training; ``training`` None means none in the role.

    Training that has ended may be deferred: its last day stays. Source: spec 03 §9.3.
    """
    return first_for_each_field(
        problem_with_course(request.course_identifier, training),
        _problem_with_reason(request.reason, DEFERRAL_REASONS),
        _problem_with_deferring(training, today) if training else None,
    )


def problems_with_withdrawing(
    request: ActionRequest, training: Training | None, *, today: date
) -> list[Problem]:
    """List the reasons not to end training; a deferred participant may be withdrawn.

    Source: spec 03 §9.4.
    """
    problems = first_for_each_field(
        problem_with_course(request.course_identifier, training),
        _problem_with_reason(request.reason, WITHDRAWAL_REASONS),
        _problem_with_withdrawing(training, today) if training else None,
    )
    reason = WITHDRAWAL_REASONS.get(request.reason or "")
    is_for_mentors = reason == WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR
    if not problems and is_for_mentors and request.role == TraineeRole.ECT:
        return [Problem("reason", "not_for_ects")]
    return problems


def problems_with_resuming(
    request: ActionRequest,
    training: Training | None,
    *,
    placement_finished_on: date | None,
    others: Sequence[OtherTraining],
    today: date,
) -> list[Problem]:
    """List the reasons not to take training up again from today.

    ``placement_finished_on`` is the last day at the school, None for none. A frozen contract
    period is no reason. Source: spec 03 §9.5 with its Improve, spec 00.
    """
    return first_for_each_field(
        problem_with_course(request.course_identifier, training),
        _problem_with_resuming(training, placement_finished_on, others, today)
        if training
        else None,
    )


def problem_with_course(course_identifier: str | None, training: object | None) -> Problem | None:
    """Return what is wrong with the course: not sent, not known, or not trained in (§9.1)."""
    if not (course_identifier or "").strip():
        return Problem("course_identifier", "blank")
    if course_identifier not in COURSES:
        return Problem("course_identifier", "unknown")
    return Problem("course_identifier", "never_trained") if training is None else None


def first_for_each_field(*problems: Problem | None) -> list[Problem]:
    """Return the first problem of each field, in the order in which fields failed."""
    first: dict[str, Problem] = {}
    for problem in problems:
        if problem is not None:
            first.setdefault(problem.field, problem)
    return list(first.values())


def _problem_with_reason(reason: str | None, known: Mapping[str, str]) -> Problem | None:
    possible = {"possible": tuple(known)}
    if not (reason or "").strip():
        return Problem("reason", "blank", possible)
    return None if reason in known else Problem("reason", "unknown", possible)


def _problem_with_deferring(training: Training, today: date) -> Problem | None:
    if training.status == "deferred":
        return Problem("participant_id", "already_deferred")
    return _problem_with_withdrawing(training, today)


def _problem_with_withdrawing(training: Training, today: date) -> Problem | None:
    if training.status == "withdrawn":
        return Problem("participant_id", "already_withdrawn")
    if training.started_on > today:
        return Problem("participant_id", "not_started", {"starts_on": training.started_on})
    if training.started_on == today:
        return Problem("participant_id", "started_today", {"earliest": today + timedelta(days=1)})
    return None


def _problem_with_resuming(
    training: Training,
    placement_finished_on: date | None,
    others: Sequence[OtherTraining],
    today: date,
) -> Problem | None:
    field = "participant_id"
    if training.status == "active":
        return Problem(field, "already_active")
    now_here = next((each for each in others if each.is_here and each.contains(today)), None)
    if now_here:
        is_training = now_here.is_provider_led
        return Problem(field, "already_training" if is_training else "training_is_school_led")
    if training.finished_on and training.finished_on >= today:
        earliest = training.finished_on + timedelta(days=1)
        return Problem(field, "resumed_too_soon", {"earliest": earliest})
    if placement_finished_on and placement_finished_on <= today:
        return Problem(field, "left_school", {"finished_on": placement_finished_on})
    return _problem_with_overlapping(placement_finished_on or date.max, others)


def _problem_with_overlapping(last_day: date, others: Sequence[OtherTraining]) -> Problem | None:
    """Return what training until ``last_day`` would run into: later here, or at another school."""
    for other in sorted(others, key=lambda each: (not each.is_here, each.started_on)):
        if other.started_on > last_day:
            continue
        code = "later_training_here" if other.is_here else "trains_at_another_school"
        return Problem("participant_id", code, {"starts_on": other.started_on})
    return None
