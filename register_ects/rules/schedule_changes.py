"""May a lead provider change a participant's schedule or cohort, and what does it change? Pure.

Problems name the API's fields; there is at most one for each. Source: spec 03 §9.6 with its
Improves and §10, spec 02 §2.13.3, spec 00.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from register_ects.rules.declarations import COURSES, LiveDeclaration, MilestoneWindow
from register_ects.rules.enumerations import ScheduleIdentifier, ScheduleKind, TraineeRole
from register_ects.rules.instants import LONDON
from register_ects.rules.participant_actions import first_for_each_field, problem_with_course
from register_ects.rules.problems import Problem
from register_ects.rules.training import participant_status


@dataclass(frozen=True)
class ScheduleRequest:
    """What a lead provider sent, as text; None is absent or null.

    Without a ``cohort`` the training stays in its contract period.
    """

    course_identifier: str | None = None
    schedule_identifier: str | None = None
    cohort: str | None = None

    @property
    def role(self) -> TraineeRole | None:
        """Return the role that the course stands for."""
        return COURSES.get(self.course_identifier or "")


@dataclass(frozen=True)
class LaterTraining:
    """Training of the same person and role that begins after the provider's latest."""

    started_on: date
    is_provider_led: bool


@dataclass(frozen=True)
class CurrentTraining:
    """The provider's latest training of the participant in the role; both days inclusive.

    ``is_complete``: an ECT's induction has an outcome, or a mentor's funding has ended.
    ``completed_on`` is the day that counts for the participant status, TRS's included.
    ``frozen_year`` is the frozen contract period that the person once moved out of. ``declared``
    are its live declarations; ``has_declarations`` counts voided ones too.
    """

    role: TraineeRole
    year: int
    schedule_identifier: str
    started_on: date
    finished_on: date | None = None
    status: str = "active"
    is_complete: bool = False
    completed_on: date | None = None
    frozen_year: int | None = None
    declared: Sequence[LiveDeclaration] = ()
    has_declarations: bool = False
    later: LaterTraining | None = None


@dataclass(frozen=True)
class Target:
    """The contract period to train in from now on.

    ``identifiers`` are its schedules; ``milestones`` those of the schedule asked for.
    ``has_partnership``: the provider has one with the school in it.
    """

    year: int
    is_frozen: bool = False
    has_partnership: bool = True
    identifiers: Collection[str] = ()
    milestones: Mapping[str, MilestoneWindow] = field(default_factory=dict)


def problems_with_changing_schedule(
    request: ScheduleRequest,
    training: CurrentTraining | None,
    target: Target | None,
    *,
    today: date,
) -> list[Problem]:
    """List the reasons not to change the schedule; none means that it may be changed.

    ``training`` None means none in the role; ``target`` None that the cohort named is unknown, or
    that none was named and there is no training. Source: spec 03 §9.6.
    """
    problems = [
        problem_with_course(request.course_identifier, training),
        _problem_with_identifier(request.schedule_identifier),
    ]
    if request.cohort and target is None:
        problems.append(Problem("cohort", "unknown"))
    if training is not None:
        wanted = request.schedule_identifier or ""
        if target is not None:
            problems += [check(wanted, training, target, today) for check in _CHECKS]
        problems.append(_problem_with_participant(wanted, training, today))
    return first_for_each_field(*problems)


def is_changed_in_place(identifier: str, training: CurrentTraining, *, today: date) -> bool:
    """Whether the training itself gets the schedule; otherwise new training begins today.

    It does when it starts today or later, and when an ECT has completed (spec 03 §9.6).
    """
    return training.started_on >= today or _is_reduced_after_completion(identifier, training)


def last_day_of_old(training: CurrentTraining, *, today: date) -> date:
    """Return the last day of training that new training replaces from today on."""
    yesterday = today - timedelta(days=1)
    return min(training.finished_on or yesterday, yesterday)


def last_day_of_new(
    training: CurrentTraining, *, placement_finished_on: date | None, today: date
) -> date | None:
    """Return the last day of training that begins today, None for an open end.

    It is the end that the old training, or the time at the school, was to have.
    """
    ends = [day for day in (training.finished_on, placement_finished_on) if day and day >= today]
    return min(ends, default=None)


def frozen_year_after(
    recorded: int | None, *, old_year: int, old_is_frozen: bool, new_year: int, new_is_frozen: bool
) -> int | None:
    """Return the frozen contract period to remember after a move (spec 03 §10).

    Leaving a frozen one is remembered, even for another frozen one; going into one is forgotten.
    """
    if new_year == old_year:
        return recorded
    if old_is_frozen:
        return old_year
    return None if new_is_frozen else recorded


_Check = Callable[[str, CurrentTraining, Target, date], Problem | None]


def _problem_with_identifier(identifier: str | None) -> Problem | None:
    if not (identifier or "").strip():
        return Problem("schedule_identifier", "blank")
    known = identifier in ScheduleIdentifier.values
    return None if known else Problem("schedule_identifier", "unknown")


def _is_offered(wanted: str, _: CurrentTraining, target: Target, __: date) -> Problem | None:
    if wanted in target.identifiers:
        return None
    return Problem("schedule_identifier", "not_offered", {"year": target.year})


def _is_new(wanted: str, training: CurrentTraining, target: Target, _: date) -> Problem | None:
    is_same = (wanted, target.year) == (training.schedule_identifier, training.year)
    return Problem("schedule_identifier", "no_change") if is_same else None


def _fits_the_role(wanted: str, training: CurrentTraining, _: Target, __: date) -> Problem | None:
    kind = _kind(wanted)
    if training.role == TraineeRole.ECT and kind == ScheduleKind.REPLACEMENT:
        return Problem("schedule_identifier", "not_for_ects")
    if training.role == TraineeRole.MENTOR and kind == ScheduleKind.REDUCED:
        return Problem("schedule_identifier", "not_for_mentors")
    return None


def _declarations_stay_valid(
    wanted: str, training: CurrentTraining, target: Target, today: date
) -> Problem | None:
    """Return what declarations stand in the way of a change in place.

    They stay with the training: their contract period and statements cannot change with it, and
    their dates must lie in the new schedule's milestones. The milestones are not looked at for an
    ECT who has completed and moves to a reduced schedule (spec 00).
    """
    if not is_changed_in_place(wanted, training, today=today):
        return None
    if target.year != training.year and training.has_declarations:
        return Problem("schedule_identifier", "declarations_in_old_cohort", {"year": training.year})
    if _is_reduced_after_completion(wanted, training):
        return None
    for declared in training.declared:
        window = target.milestones.get(declared.declaration_type)
        day = declared.declared_at.astimezone(LONDON).date()
        if window and not window.first <= day <= (window.last or date.max):
            kind = {"declaration_type": declared.declaration_type}
            return Problem("schedule_identifier", "declaration_outside_milestone", kind)
    return None


def _has_partnership(_: str, training: CurrentTraining, target: Target, __: date) -> Problem | None:
    if target.year == training.year or target.has_partnership:
        return None
    return Problem("cohort", "no_partnership", {"year": target.year})


def _is_open_for_payment(
    _: str, training: CurrentTraining, target: Target, __: date
) -> Problem | None:
    if not target.is_frozen or target.year == training.frozen_year:
        return None
    return Problem("cohort", "payments_frozen", {"year": target.year})


#: Checks 3 to 9 of spec 03 §9.6: the contract period and its schedule, in order.
_CHECKS: Sequence[_Check] = (
    _is_offered,
    _is_new,
    _fits_the_role,
    _declarations_stay_valid,
    _has_partnership,
    _is_open_for_payment,
)


def _problem_with_participant(
    wanted: str, training: CurrentTraining, today: date
) -> Problem | None:
    """Return why nothing can be changed for the participant (checks 10 to 13)."""
    if training.is_complete and not _is_reduced_after_completion(wanted, training):
        code = "ect_completed" if training.role == TraineeRole.ECT else "mentor_completed"
        return Problem("participant_id", code)
    status = participant_status(
        status=training.status,
        started_on=training.started_on,
        finished_on=training.finished_on,
        completed_on=training.completed_on,
        today=today,
    )
    if status == "left":
        return Problem("participant_id", "left" if training.status == "active" else "stopped")
    if training.status == "withdrawn":
        return Problem("participant_id", "stopped")
    if training.later is not None:
        return _problem_with_later(training.later)
    return None


def _problem_with_later(later: LaterTraining) -> Problem:
    code = "later_training" if later.is_provider_led else "later_school_led_training"
    return Problem("participant_id", code, {"starts_on": later.started_on})


def _is_reduced_after_completion(identifier: str, training: CurrentTraining) -> bool:
    return (
        training.role == TraineeRole.ECT
        and training.is_complete
        and _kind(identifier) == ScheduleKind.REDUCED
    )


def _kind(identifier: str) -> str:
    """Return the middle part of a schedule identifier, "" for what is none."""
    return identifier.split("-")[1] if identifier in ScheduleIdentifier.values else ""
