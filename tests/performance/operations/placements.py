"""Who comes to a school, changes there and leaves."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    Placement,
    SchoolPartnership,
)
from register_ects.operations.placements import (
    details,
    leaving,
    mentoring,
    moving,
    registration,
    starts,
)
from register_ects.operations.teachers import names
from register_ects.rules.seen import mark_of
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def register_ect(subject: Any) -> None:
    partnership, mover = subject
    details = registration_of(partnership, mover or subjects.new_person())
    registration.register_ect(partnership.school, details, author=AUTHOR)


def registration_of(
    partnership: SchoolPartnership, person: TeacherRecord
) -> registration.ECTRegistration:
    """Return that somebody starts today, trained by the lead provider of a partnership."""
    return registration.ECTRegistration(
        record=person,
        corrected_name=None,
        email=f"ect{person.trn}@bench.example.org",
        started_on=clock.today(),
        working_pattern="full_time",
        appropriate_body=subjects.a_hub(),
        training_programme="provider_led",
        lead_provider=partnership.lead_provider,
    )


def move_ect(subject: Any) -> None:
    partnership, person = subject
    placement = subjects.ect_placements().get(teacher__trn=person.trn)
    moving.move_ect(
        placement,
        partnership.school,
        registration_of(partnership, person),
        last_day=clock.today() - timedelta(days=1),
        author=AUTHOR,
    )


def newcomers() -> Iterator[Any]:
    return ((partnership, None) for partnership in subjects.partnerships_of_this_year())


def movers() -> Iterator[Any]:
    placements = subjects.ect_placements().filter(started_on__lt=clock.today() - timedelta(400))
    held = list(subjects.partnerships_of_this_year()[: subjects.MOST_CANDIDATES])
    for number, placement in enumerate(placements[: subjects.MOST_CANDIDATES]):
        partnership = held[number % len(held)]
        if partnership.school_id != placement.school_id:
            yield partnership, subjects.as_trs_shows(placement.teacher)


def ects_in_training() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        training = mentoring.current_provider_led_training(placement)
        if training is not None:
            yield placement, training.lead_provider


def register_mentor(subject: Any) -> None:
    placement, provider = subject
    person = subjects.new_person()
    mentoring.register_mentor(
        placement.school,
        placement,
        mentoring.MentorRegistration(
            record=person,
            corrected_name=None,
            email=f"mentor{person.trn}@bench.example.org",
            lead_provider=provider,
        ),
        author=AUTHOR,
    )


def ects_with_another_mentor() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        now = placement.mentorship_periods.current_or_future(clock.today()).first()
        others = mentoring.eligible_mentors(placement).exclude(
            pk=now.mentor_at_school_period_id if now else None
        )
        mentor = others.order_by("pk").first()
        if mentor is not None:
            yield placement, mentor


def assign_mentor(subject: tuple[Any, MentorAtSchoolPeriod]) -> None:
    placement, mentor = subject
    training = mentoring.current_provider_led_training(placement)
    provider = training.lead_provider if training else None
    mentoring.assign_mentor(placement, mentor, author=AUTHOR, lead_provider=provider)


def mentors_with_ects() -> Iterator[Any]:
    for placement in subjects.ect_placements()[: subjects.MOST_CANDIDATES]:
        now = placement.mentorship_periods.open().first()
        if now is not None:
            yield now.mentor_at_school_period


def leaving_on() -> date:
    return clock.today() + timedelta(days=30)


def report_leaving(placement: Placement) -> None:
    leaving.report_leaving(placement, last_day=leaving_on(), author=AUTHOR)


def cancel_leaving(placement: Placement) -> None:
    leaving.cancel_leaving(placement, was=leaving_on(), author=AUTHOR)


def change_email(placement: ECTAtSchoolPeriod) -> None:
    seen = mark_of(placement.email)
    details.change_email(placement, "another@bench.example.org", seen=seen, author=AUTHOR)


def change_working_pattern(placement: ECTAtSchoolPeriod) -> None:
    now = placement.working_pattern
    other = {"full_time": "part_time"}.get(now or "", "full_time")
    details.change_working_pattern(placement, other, seen=mark_of(now), author=AUTHOR)


def without_induction() -> Iterator[ECTAtSchoolPeriod]:
    inductions = InductionPeriod.objects.open().filter(teacher=OuterRef("teacher"))
    yield from subjects.ect_placements().filter(~Exists(inductions))[: subjects.MOST_CANDIDATES]


def change_appropriate_body(placement: ECTAtSchoolPeriod) -> None:
    now = placement.school_reported_appropriate_body
    hubs = AppropriateBody.objects.active(clock.today()).teaching_school_hubs().order_by("pk")
    another = next(hub for hub in hubs[:2] if hub != now)
    seen = mark_of(now.name if now else None)
    details.change_appropriate_body(placement, another, seen=seen, author=AUTHOR)


def correct_start(placement: ECTAtSchoolPeriod) -> None:
    earlier = placement.started_on - timedelta(days=1)
    seen = mark_of(placement.started_on)
    starts.correct_start(placement, earlier, seen=seen, author=AUTHOR)


def change_name(placement: ECTAtSchoolPeriod) -> None:
    seen = mark_of(placement.teacher.name)
    names.change_name(placement, "Bench Marked", seen=seen, author=AUTHOR)


def mentors_who_move() -> Iterator[Any]:
    ects = list(subjects.ect_placements()[: subjects.MOST_CANDIDATES])
    for number, placement in enumerate(mentors_with_ects()):
        ect = ects[-number % len(ects)]
        if ect.school_id != placement.school_id:
            yield placement, ect


def move_mentor(subject: tuple[MentorAtSchoolPeriod, Any]) -> None:
    placement, ect = subject
    person = subjects.as_trs_shows(placement.teacher)
    training = mentoring.current_provider_led_training(ect)
    details = mentoring.MentorRegistration(
        record=person,
        corrected_name=None,
        email=f"mentor{person.trn}@bench.example.org",
        started_on=clock.today() + timedelta(days=1),
        only_here=True,
        lead_provider=training.lead_provider if training else None,
    )
    moving.move_mentor(placement, ect, details, last_day=clock.today(), author=AUTHOR)


OPERATIONS = [
    MeasuredOperation("Register an ECT", registration.register_ect, newcomers, register_ect),
    MeasuredOperation(
        "Register an ECT who moves here", registration.register_ect, movers, register_ect
    ),
    MeasuredOperation("Move an ECT to another school", moving.move_ect, movers, move_ect),
    MeasuredOperation(
        "Move a mentor to another school", moving.move_mentor, mentors_who_move, move_mentor
    ),
    MeasuredOperation(
        "Register a mentor", mentoring.register_mentor, ects_in_training, register_mentor
    ),
    MeasuredOperation(
        "Assign a mentor", mentoring.assign_mentor, ects_with_another_mentor, assign_mentor
    ),
    MeasuredOperation(
        "Report that an ECT leaves", leaving.report_leaving, subjects.ect_placements, report_leaving
    ),
    MeasuredOperation(
        "Report that a mentor leaves", leaving.report_leaving, mentors_with_ects, report_leaving
    ),
    MeasuredOperation(
        "Cancel an ECT's leaving",
        leaving.cancel_leaving,
        subjects.ect_placements,
        cancel_leaving,
        prepare=report_leaving,
    ),
    MeasuredOperation(
        "Cancel a mentor's leaving",
        leaving.cancel_leaving,
        mentors_with_ects,
        cancel_leaving,
        prepare=report_leaving,
    ),
    MeasuredOperation(
        "Change an email address", details.change_email, subjects.ect_placements, change_email
    ),
    MeasuredOperation(
        "Change a working pattern",
        details.change_working_pattern,
        subjects.ect_placements,
        change_working_pattern,
    ),
    MeasuredOperation(
        "Change an appropriate body",
        details.change_appropriate_body,
        without_induction,
        change_appropriate_body,
    ),
    MeasuredOperation(
        "Correct a start date", starts.correct_start, subjects.ect_placements, correct_start
    ),
    MeasuredOperation("Correct a name", names.change_name, subjects.ect_placements, change_name),
]
