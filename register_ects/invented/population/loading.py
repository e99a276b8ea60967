"""Copy planned facts into the database, obeying every constraint.

What ``save`` of the models copies from parents is filled in here. Keys come from the tables' own
sequences, so that others may go on writing meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection
from django.db.models import Model

from register_ects.invented.people import email_of
from register_ects.invented.population.events import COLUMNS, events_of
from register_ects.invented.population.plans import (
    Declaration,
    Extension,
    Facts,
    IdChange,
    Induction,
    Mentorship,
    Partnership,
    Person,
    Placement,
    Record,
    Training,
    Tutor,
)
from register_ects.invented.population.world import World
from register_ects.models import Declaration as DeclarationModel
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionExtension,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolPartnership,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.rules.enumerations import (
    AnonymisationReason,
    TraineeRole,
    TrainingProgramme,
    TRSResponse,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Where records of one kind go, and what they hold besides the fields named as columns are."""

    model: type[Model]
    records: Callable[[Facts], Sequence[Any]]
    others: Callable[[Any], Row]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.model._meta.db_table


def stop_marking() -> None:
    """Let the rest of this transaction leave no marks: everything is rebuilt afterwards.

    Constraints are checked with each statement, not piled up for the end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL register_ects.mark_stale = 'off'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def load(facts: Facts) -> dict[str, int]:
    """Copy everything in, parents first; return how many rows each table got."""
    return {table.name: _copy_in(table, table.records(facts)) for table in TABLES}


def load_events(facts: Facts, world: World) -> int:
    """Copy in what the service would have recorded of facts that were loaded."""
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY event ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in events_of(facts, world):
            copy.write_row(row)
            count += 1
    return count


def set_tutors(tutors: Sequence[Tutor]) -> None:
    """Give schools their induction tutors."""
    rows = [(each.school.id, each.name, each.email, each.confirmed_in, each.at) for each in tutors]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE school SET induction_tutor_name = given.name,
                    induction_tutor_email = given.email,
                    induction_tutor_last_nominated_in_id = given.year,
                    updated_at = given.at
                FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::timestamptz[])
                    AS given (id, name, email, year, at)
                WHERE school.id = given.id
                """,
                [list(column) for column in zip(*rows, strict=True)],
            )


def gather_statistics() -> None:
    """Tell the planner what all tables hold now, those of what is shown too."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy_in(table: Table, records: Sequence[Record]) -> int:
    if not records:
        return 0
    with connection.cursor() as cursor:
        for record, key in zip(records, _keys(cursor, table.name, len(records)), strict=True):
            record.id = key
        columns = {each.column for each in table.model._meta.concrete_fields}
        own = [each.name for each in fields(records[0]) if each.name in columns]
        names = [*own, *table.others(records[0])]
        with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for record in records:
                values = (getattr(record, name) for name in own)
                copy.write_row((*values, *table.others(record).values()))
    return len(records)


def _keys(cursor: Any, table: str, count: int) -> list[int]:
    """Take new keys from a table's sequence."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [table, count],
    )
    return [key for (key,) in cursor.fetchall()]


# -- The columns of each kind ----------------------------------------------------------------


def _person(person: Person) -> Row:
    is_merged = person.anonymised_at is not None
    return {
        "trnless": person.trn is None,
        "trs_response": None if is_merged else TRSResponse.OK.value,
        "trs_data_last_refreshed_at": None if is_merged else person.updated_at,
        "anonymisation_reason": (
            AnonymisationReason.TEACHER_RECORD_MERGED.value if is_merged else None
        ),
    }


def _partnership(partnership: Partnership) -> Row:
    return {
        "school_id": partnership.school.id,
        "lead_provider_id": partnership.provider.id,
        "contract_period_year": partnership.year,
    }


def _placement(placement: Placement) -> Row:
    return {
        "teacher_id": placement.person.id,
        "school_id": placement.school.id,
        "email": email_of(placement.person.trn),
        "reported_leaving_by_school_id": (
            placement.school.id if placement.reported_leaving else None
        ),
    }


def _mentorship(mentorship: Mentorship) -> Row:
    return {
        "ect_at_school_period_id": mentorship.ect.id,
        "mentor_at_school_period_id": mentorship.mentor.id,
        "ect_teacher_id": mentorship.ect.person.id,
        "mentor_teacher_id": mentorship.mentor.person.id,
        "school_id": mentorship.ect.school.id,
    }


def _training(training: Training) -> Row:
    placement, provider, schedule = training.placement, training.provider, training.schedule
    is_ect = placement.role == TraineeRole.ECT
    led_by = TrainingProgramme.PROVIDER_LED if provider else TrainingProgramme.SCHOOL_LED
    return {
        "ect_at_school_period_id": placement.id if is_ect else None,
        "mentor_at_school_period_id": None if is_ect else placement.id,
        "training_programme": led_by.value,
        "school_partnership_id": training.partnership.id if training.partnership else None,
        "expression_of_interest_id": (
            provider.agreement_id if provider and training.is_expressed else None
        ),
        "schedule_id": schedule.id if schedule else None,
        "teacher_id": placement.person.id,
        "trainee_role": placement.role.value,
        "school_id": placement.school.id,
        "lead_provider_id": provider.id if provider else None,
        "contract_period_year": schedule.year if schedule else None,
        "schedule_kind": schedule.kind if schedule else None,
    }


def _declaration(declaration: Declaration) -> Row:
    training = _training(declaration.training)
    clawback = declaration.clawback_statement
    return {
        "training_period_id": declaration.training.id,
        "payment_statement_id": declaration.statement.id if declaration.statement else None,
        "clawback_statement_id": clawback.id if clawback else None,
        "mentorship_period_id": declaration.mentorship.id if declaration.mentorship else None,
        "teacher_id": training["teacher_id"],
        "trainee_role": training["trainee_role"],
        "lead_provider_id": training["lead_provider_id"],
        "contract_period_year": training["contract_period_year"],
        "ect_at_school_period_id": training["ect_at_school_period_id"],
    }


def _teacher(of_a_person: Induction | Extension) -> Row:
    return {"teacher_id": of_a_person.person.id}


def _id_change(change: IdChange) -> Row:
    return {
        "teacher_id": change.person.id,
        "api_from_teacher_id": change.retired.api_id,
        "api_to_teacher_id": change.person.api_id,
    }


#: Parents before children.
TABLES = (
    Table(Teacher, lambda facts: facts.people, _person),
    Table(SchoolPartnership, lambda facts: facts.partnerships, _partnership),
    Table(ECTAtSchoolPeriod, lambda facts: facts.ect_placements, _placement),
    Table(MentorAtSchoolPeriod, lambda facts: facts.mentor_placements, _placement),
    Table(MentorshipPeriod, lambda facts: facts.mentorships, _mentorship),
    Table(TrainingPeriod, lambda facts: facts.trainings, _training),
    Table(DeclarationModel, lambda facts: facts.declarations, _declaration),
    Table(InductionPeriod, lambda facts: facts.inductions, _teacher),
    Table(InductionExtension, lambda facts: facts.extensions, _teacher),
    Table(TeacherIdChange, lambda facts: facts.id_changes, _id_change),
)
