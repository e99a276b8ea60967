"""Somebody moves to another school: reported as leaving and registered in one transaction.

What is allowed is asked of ``leaving`` and ``registration``, which do it too; only that the days
follow each other is asked here. Source: spec 05 §20.6, §10, §7.
"""

from collections.abc import Collection
from datetime import date
from itertools import chain

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, Placement, School
from register_ects.operations.base import Author, operation
from register_ects.operations.placements.email_addresses import lock_email
from register_ects.operations.placements.leaving import (
    leaving_state_of,
    problems_with_leaving,
    report_leaving,
)
from register_ects.operations.placements.mentor_starts import problems_with_mentor_start
from register_ects.operations.placements.mentoring import (
    MentorRegistration,
    assign_mentor,
    may_train_first,
    register_mentor,
)
from register_ects.operations.placements.registration import ECTRegistration, register_ect
from register_ects.operations.teachers.locking import lock_people
from register_ects.rules.leaving import LeavingState, problems_with_days_of_move
from register_ects.rules.problems import Problem, refuse, refuse_if


def problems_with_move(placement: Placement, *, last_day: date, start: date) -> list[Problem]:
    """List what is wrong with the last day at a school, and with a first day elsewhere after it."""
    return [
        *problems_with_leaving(placement, last_day),
        *problems_with_days_of_move(last_day=last_day, start=start),
    ]


@operation
def move_ect(
    placement: ECTAtSchoolPeriod,
    school: School,
    details: ECTRegistration,
    *,
    last_day: date,
    author: Author,
    mentor: MentorAtSchoolPeriod | None = None,
) -> ECTAtSchoolPeriod:
    """Report that an ECT leaves a school on ``last_day`` and register them at another.

    ``mentor`` is one of the new school's, who mentors them there; the ECT's lead provider gives
    the mentor their first training if it is due. Returns the new placement. Raises RuleBroken,
    with the fields of ``report_leaving``, ``register_ect`` and ``assign_mentor``; nothing is then
    written.
    """
    lock_email(details.email)
    lock_people(lambda: _concerned(placement, mentor))
    _refuse_unless_open(placement)
    refuse_if(problems_with_move(placement, last_day=last_day, start=details.started_on))
    moved = register_ect(school, details, author=author, left_on=last_day)
    if mentor is not None:
        is_trained = may_train_first(mentor.teacher)
        assign_mentor(
            moved,
            mentor,
            author=author,
            lead_provider=details.lead_provider if is_trained else None,
            replacing=(),
        )
    return moved


@operation
def move_mentor(
    placement: MentorAtSchoolPeriod,
    ect: ECTAtSchoolPeriod,
    details: MentorRegistration,
    *,
    last_day: date,
    author: Author,
    replacing: Collection[int] | None = None,
) -> MentorAtSchoolPeriod:
    """Report that a mentor leaves a school on ``last_day`` and register them at the ECT's.

    ``replacing`` is as in ``assign_mentor``. Returns the new placement. Raises RuleBroken, with the
    fields of ``report_leaving`` and ``register_mentor``; nothing is then written.
    """
    lock_email(details.email)
    lock_people(lambda: _concerned(placement, ect))
    start = details.started_on or clock.today()
    refuse_if(problems_with_move(placement, last_day=last_day, start=start))
    only_here = details.only_here
    refuse_if(problems_with_mentor_start(placement.teacher, ect, start, only_here=only_here))
    report_leaving(placement, last_day=last_day, author=author)
    return register_mentor(ect.school, ect, details, author=author, replacing=replacing)


def _concerned(placement: Placement, other: Placement | None) -> set[int]:
    """Return who is locked: the person and whoever they are brought together with, and for both
    whom they mentor or are mentored by.
    """
    placement.refresh_from_db()
    concerned = [placement, *([other] if other else [])]
    pairs = (
        one.mentorship_periods.values_list("ect_teacher", "mentor_teacher") for one in concerned
    )
    return {*(one.teacher_id for one in concerned), *chain(*chain(*pairs))}


def _refuse_unless_open(placement: Placement) -> None:
    """Refuse to move somebody whose last day is known: a colleague may have reported it."""
    state = leaving_state_of(placement)
    if state is not LeavingState.OPEN:
        refuse("leaving_on", state.value)
