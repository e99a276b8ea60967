"""A school reports that somebody leaves, corrects the last day, or takes the report back.

What ends then is in ``finishing``, what comes back in ``restoring``. Source: spec 05 §10 with its
Improve.
"""

from datetime import date
from itertools import chain

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorshipPeriod, Placement
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.placements.finishing import (
    finish_placement,
    record_for_both,
    records_of,
)
from register_ects.operations.placements.restoring import Report, Restoring, report_of
from register_ects.operations.teachers.locking import lock_people
from register_ects.operations.training.periods import record_training_start
from register_ects.rules.ect_status import CONCLUDED_STATUSES
from register_ects.rules.leaving import (
    LeavingFacts,
    LeavingState,
    leaving_state,
    problems_with_last_day,
)
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import CHANGED_MEANWHILE


def leaving_state_of(placement: Placement) -> LeavingState:
    """Return how a person's leaving stands at their school. Three queries at most."""
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    teacher, last_day = placement.teacher, placement.finished_on
    if last_day is None:
        return LeavingState.OPEN
    of_role = teacher.ect_at_school_periods if is_ect else teacher.mentor_at_school_periods
    later = list(of_role.filter(started_on__gt=last_day).values_list("school_id", flat=True))
    facts = LeavingFacts(
        finished_on=last_day,
        reported_here=placement.reported_leaving_by_school_id == placement.school_id,
        is_followed=bool(later),
        cannot_stay=bool(later) if is_ect else placement.school_id in later,
        induction_over=is_ect and teacher.induction_status in CONCLUDED_STATUSES,
    )
    return leaving_state(facts, today=clock.today())


def problems_with_leaving(placement: Placement, last_day: date) -> list[Problem]:
    """List what is wrong with a last day at a placement (spec 05 §6.6 Improve). Four queries."""
    return problems_with_last_day(
        last_day, records_of(placement), today=clock.today(), now=placement.finished_on
    )


@operation
def report_leaving(
    placement: Placement, *, last_day: date, author: Author, was: date | None = None
) -> None:
    """Record the last day (inclusive) of somebody who leaves the school, or another one instead.

    What lies in the placement ends with it; what would begin then is removed. Of another last day
    what the first had ended comes back before. ``was`` is the last day that the school knew of.
    Raises RuleBroken (field ``leaving_on``) when another is recorded by now, when it may not be
    changed, or when the day is not allowed.
    """
    _lock(placement, was)
    allowed = LeavingState.OPEN if was is None else LeavingState.REPORTED
    _refuse_unless(placement, allowed)
    refuse_if(problems_with_leaving(placement, last_day))
    if was is not None:
        _restore(placement, report_of(placement))
    finish_placement(
        placement,
        last_day=last_day,
        author=author,
        reported_by=placement.school,
        instead_of=was,
    )


@operation
def cancel_leaving(placement: Placement, *, was: date, author: Author) -> None:
    """Take back the last day that the school reported, while it is not past.

    What the report ended comes back where nothing has taken its place (``report_of``). ``was`` is
    the last day that the school knew of. Raises RuleBroken (field ``leaving_on``) as
    ``report_leaving``.
    """
    _lock(placement, was)
    _refuse_unless(placement, LeavingState.REPORTED)
    restored = _restore(placement, report_of(placement))
    role = "" if isinstance(placement, ECTAtSchoolPeriod) else " as a mentor"
    record_event(
        "teacher_leaving_cancelled",
        f"{placement.teacher.name} is not leaving {placement.school.name}{role} after all",
        author=author,
        about=[placement.teacher, placement.school, placement],
        changes={"finished_on": (was, placement.finished_on)},
    )
    for one in restored:
        _record_restored(one, was, author)


def _lock(placement: Placement, was: date | None) -> None:
    """Lock the person and whom they mentor or are mentored by; refuse when the day is another."""

    def concerned() -> set[int]:
        placement.refresh_from_db()
        both = placement.mentorship_periods.values_list("ect_teacher", "mentor_teacher")
        report = report_of(placement) if was else None
        others = [one.other for one in (report.restorings if report else ()) if one.other]
        return {placement.teacher_id, *chain(*both), *(other.teacher_id for other in others)}

    lock_people(concerned)
    if placement.finished_on != was:
        refuse("leaving_on", CHANGED_MEANWHILE, now=placement.finished_on)


def _refuse_unless(placement: Placement, allowed: LeavingState) -> None:
    state = leaving_state_of(placement)
    if state is not allowed:
        refuse("leaving_on", state.value)


def _restore(placement: Placement, report: Report | None) -> list[Restoring]:
    """Give the placement its earlier last day, and what lies in it where nothing is in the way.

    The placement first: the order that the database demands. Of a report of which nothing is known
    only the last day goes.
    """
    placement.finished_on = report.was_to_end_on if report else None
    placement.reported_leaving_by_school = None
    placement.save(update_fields=["finished_on", "reported_leaving_by_school"])
    restored = [one for one in (report.restorings if report else ()) if one.obstacle is None]
    for one in restored:
        one.part.finished_on = one.until
        if one.was_removed:
            one.part.save(force_insert=True)
        else:
            one.part.save(update_fields=["finished_on"])
    return restored


def _record_restored(restored: Restoring, was: date, author: Author) -> None:
    """Record that what ended on ``was`` goes on, or that what was removed begins after all."""
    part = restored.part
    if isinstance(part, MentorshipPeriod):
        _record_mentoring(part, restored, author)
    elif restored.was_removed:
        record_training_start(part, author=author)
    else:
        role = "an ECT" if part.ect_at_school_period_id else "a mentor"
        record_event(
            "teacher_starts_training_period",
            f"{part.teacher.name} goes on training as {role}",
            author=author,
            about=[part.teacher, part.school, part, part.placement],
            changes={"finished_on": (was, restored.until)},
        )


def _record_mentoring(mentorship: MentorshipPeriod, restored: Restoring, author: Author) -> None:
    mentored, mentoring = "goes on being mentored by", "goes on mentoring"
    if restored.was_removed:
        mentored, mentoring = "is mentored by", "mentors"
    record_for_both(
        mentorship,
        ("teacher_starts_being_mentored", mentored),
        ("teacher_starts_mentoring", mentoring),
        happened_on=mentorship.started_on if restored.was_removed else clock.today(),
        author=author,
    )
