"""Where a person mentors already, and when they may start at another school (spec 05 §8.3).

The date page, the check page and ``register_mentor`` ask the same functions with the same facts.
"""

from datetime import date, timedelta

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    School,
    Teacher,
)
from register_ects.models.placements import MentorAtSchoolPeriodQuerySet
from register_ects.operations.placements.finishing import (
    declared_records_of,
    placement_record,
    records_of,
    stays_here,
)
from register_ects.rules import contract_periods, registration
from register_ects.rules.problems import Problem
from register_ects.rules.registration import EarlierRecord


def active_mentor_placement(trn: str, school: School) -> MentorAtSchoolPeriod | None:
    """Return the person's current or future mentor placement at this school, if any."""
    return (
        MentorAtSchoolPeriod.objects.filter(teacher__trn=trn, school=school)
        .current_or_future(clock.today())
        .earliest_first()
        .first()
    )


def placements_elsewhere(trn: str, school: School, *, start: date) -> MentorAtSchoolPeriodQuerySet:
    """Return the person's mentor placements at other schools that reach ``start`` or later."""
    return (
        MentorAtSchoolPeriod.objects.filter(teacher__trn=trn)
        .exclude(school=school)
        .current_or_future(start)
    )


def problems_with_mentor_start(
    teacher: Teacher | None,
    ect: ECTAtSchoolPeriod,
    start: date,
    *,
    only_here: bool | None,
) -> list[Problem]:
    """List what is wrong with a mentor's start date at the ECT's school (spec 05 §8.3, §6.6).

    ``only_here`` is the answer of ``MentorRegistration``: who stays at another school too needs
    no day free of it.
    """
    records: list[EarlierRecord] = []
    elsewhere: MentorAtSchoolPeriod | None = None
    if teacher is not None and teacher.trn is not None:
        records = _records_in_the_way(teacher, ect.school, start, only_here)
        elsewhere = (
            placements_elsewhere(teacher.trn, ect.school, start=start)
            .select_related("school__gias_school")
            .latest_first()
            .first()
        )
    today = clock.today()
    return registration.problems_with_mentor_start(
        start=start,
        today=today,
        latest=contract_periods.latest_start(list(ContractPeriod.objects.all()), today=today),
        records=records,
        elsewhere=placement_record(elsewhere) if elsewhere else None,
        ect_leaves_on=ect.finished_on,
    )


def _records_in_the_way(
    teacher: Teacher, school: School, start: date, only_here: bool | None
) -> list[EarlierRecord]:
    """Return what the start must come after: time here, and elsewhere for who leaves it."""
    placements = teacher.mentor_at_school_periods.select_related("school__gias_school")
    records = stays_here(placements.filter(school=school).finished())
    if only_here is False:
        return records
    elsewhere = placements.exclude(school=school)
    latest = elsewhere.latest_first().first()
    if latest is not None:
        records += records_of(latest)
    for ended in elsewhere.containing(start - timedelta(days=1)):
        records += declared_records_of(ended)
    return records


def mentor_registration_is_open(start: date) -> bool:
    """Whether a mentor may start on a day: past, today, or in an enabled contract period."""
    periods = list(ContractPeriod.objects.all())
    return start <= clock.today() or contract_periods.is_open_for(
        periods, start=start, today=clock.today()
    )


def first_time_mentor_registration_is_open() -> bool:
    """Whether someone new to mentoring may start today: this year's period is enabled.

    Source: spec 05 §8.3.
    """
    current = contract_periods.containing(list(ContractPeriod.objects.all()), clock.today())
    return current is not None and current.enabled
