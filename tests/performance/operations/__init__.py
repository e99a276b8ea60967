"""Every operation that is timed: what it acts on in a population, and how it is called.

One module for each folder of ``register_ects/operations``, more or less.
"""

from register_ects.operations.lead_providers.partnerships import create_partnership
from register_ects.operations.schools.reminders import queue_reminders
from register_ects.operations.teachers.records import update_teacher_from_record
from register_ects.operations.training.funding import set_funding_eligibility
from tests.performance.operations import (
    declarations,
    files_of_bodies,
    inductions,
    lead_providers,
    placements,
    schools,
    several,
    statements,
    teachers,
    training,
)

OPERATIONS = [
    *placements.OPERATIONS,
    *training.OPERATIONS,
    *inductions.OPERATIONS,
    *files_of_bodies.OPERATIONS,
    *declarations.OPERATIONS,
    *lead_providers.OPERATIONS,
    *statements.OPERATIONS,
    *teachers.OPERATIONS,
    *schools.OPERATIONS,
    *several.OPERATIONS,
]

#: Operations that another one always calls, or that a timer runs one after the other.
PARTS_OF_OTHERS = {
    set_funding_eligibility: "registering, claiming and merging",
    queue_reminders: "a timer, which reads every school, five times a year",
    create_partnership: "beginning a partnership",
    update_teacher_from_record: "taking over a name from TRS",
}
