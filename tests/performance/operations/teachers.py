"""Records of people, and what TRS says of them."""

from collections.abc import Iterator

from register_ects import clock
from register_ects.models import Teacher
from register_ects.operations.teachers import merging, trs_records
from register_ects.operations.teachers import records as teachers
from register_ects.rules.enumerations import TRSResponse
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def two_records() -> Iterator[tuple[Teacher, Teacher]]:
    """Yield a mentor and an ECT who might be one person."""
    mentors = subjects.people(
        ect_at_school_periods=None,
        mentor_at_school_periods__isnull=False,
        induction_periods=None,
    ).distinct()
    ects = subjects.people(
        mentor_at_school_periods=None, ect_at_school_periods__isnull=False
    ).distinct()
    number = subjects.MOST_CANDIDATES
    yield from zip(mentors[:number], ects[:number], strict=False)


def merge(subject: tuple[Teacher, Teacher]) -> None:
    source, destination = subject
    merging.merge_teachers(source, destination, note="Benchmark", author=AUTHOR)


def rename(teacher: Teacher) -> None:
    record = subjects.as_trs_shows(teacher, last_name="Renamed")
    teachers.find_or_create_teacher(record, author=AUTHOR)


def follow(teacher: Teacher) -> None:
    teachers.follow_merged_trn(teacher.trn or "", "8999999", author=AUTHOR)


def not_shown(teacher: Teacher) -> None:
    trs_records.record_not_shown(teacher, TRSResponse.GONE, asked_at=clock.now())


OPERATIONS = [
    MeasuredOperation("Merge two records", merging.merge_teachers, two_records, merge),
    MeasuredOperation(
        "Take over a name from TRS", teachers.find_or_create_teacher, subjects.ects, rename
    ),
    MeasuredOperation("Follow a changed TRN", teachers.follow_merged_trn, subjects.ects, follow),
    MeasuredOperation(
        "Note whom TRS does not show", trs_records.record_not_shown, subjects.ects, not_shown
    ),
]
