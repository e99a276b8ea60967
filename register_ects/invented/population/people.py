"""Who the people are, and their records that were merged."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from register_ects.invented.names import random_name
from register_ects.invented.population.chance import day_between, new_id
from register_ects.invented.population.plans import Facts, IdChange, Person, Tutor
from register_ects.invented.population.school_days import last_school_day
from register_ects.invented.population.world import SchoolFacts
from register_ects.rules.enumerations import InductionStatus
from register_ects.rules.working_days import is_working_day

_CORRECTED = 0.04
_HAS_TUTOR, _CONFIRMED = 0.95, 0.8
#: Until 2021 induction took one year.
_INDUCTION_DAYS = 330
_QUALIFIED_IN_SUMMER = 0.88


def new_person(
    rng: Random, facts: Facts, trns: Iterator[str], *, met_at: datetime, qualified_by: date
) -> Person:
    """Add somebody whom the service met at a time, qualified before a day.

    TRS says that their induction is still to come.
    """
    first, last = random_name(rng)
    person = Person(
        created_at=met_at,
        updated_at=met_at,
        api_id=new_id(rng),
        api_ect_training_record_id=new_id(rng),
        api_mentor_training_record_id=new_id(rng),
        trn=next(trns),
        trs_first_name=first,
        trs_last_name=last,
        corrected_name=f"{first} {random_name(rng)[1]}" if rng.random() < _CORRECTED else None,
        trs_qts_awarded_on=_qts_awarded_on(rng, qualified_by),
        trs_induction_status=InductionStatus.REQUIRED_TO_COMPLETE,
    )
    facts.people.append(person)
    return person


def _qts_awarded_on(rng: Random, qualified_by: date) -> date:
    """Return a working day before a day: mostly of the last summer, when courses end."""
    last = qualified_by - timedelta(days=3)
    if rng.random() < _QUALIFIED_IN_SUMMER:
        begins = last.replace(month=6, day=20)
        if last < begins + timedelta(days=15):  # hardly any courses have ended yet
            begins = begins.replace(year=begins.year - 1)
        first, last = begins, min(last, begins.replace(month=9, day=15))
    else:
        first = last - timedelta(days=330)
    while not is_working_day(day := day_between(rng, first, last)):
        pass
    return day


def pass_long_ago(person: Person, began_on: date) -> None:
    """Let somebody have served their induction before the service was there."""
    person.trs_induction_status = InductionStatus.PASSED
    person.trs_induction_start_date = began_on
    person.trs_induction_completed_date = last_school_day(
        began_on + timedelta(days=_INDUCTION_DAYS)
    )


def merge_a_second_record(rng: Random, facts: Facts, person: Person, *, at: datetime) -> None:
    """Let the person have had another record, cleared when the two were found to be one."""
    met_at = person.created_at - timedelta(days=rng.randint(1, 20))
    retired = Person(
        created_at=met_at,
        updated_at=at,
        api_id=new_id(rng),
        api_ect_training_record_id=new_id(rng),
        api_mentor_training_record_id=new_id(rng),
        trn=None,
        trs_first_name=None,
        trs_last_name=None,
        anonymised_at=at,
    )
    facts.people.append(retired)
    facts.id_changes.append(IdChange(at, at, person, retired))
    person.touch(at)


def add_tutors(
    rng: Random, facts: Facts, schools: Sequence[SchoolFacts], year: int, *, now: datetime
) -> None:
    """Let most schools have an induction tutor, whom most have confirmed in this year."""
    for school in schools:
        first, last = random_name(rng)
        confirmed_in = year if rng.random() < _CONFIRMED else year - 1
        if rng.random() < _HAS_TUTOR:
            email = f"induction.{school.urn}@example.com"
            facts.tutors.append(Tutor(school, f"{first} {last}", email, confirmed_in, now))


def mark_first(person: Person, first_id: UUID, load_id: UUID) -> None:
    """Give the first person of a population the ids that it is recognised by."""
    person.api_mentor_training_record_id, person.api_ect_training_record_id = first_id, load_id
