"""What lead providers declared, and what became of it: paid, voided, clawed back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from register_ects.invented.population.chance import moment, new_id
from register_ects.invented.population.neighbourhoods import Neighbourhood
from register_ects.invented.population.plans import Declaration, Mentorship, Person, Training
from register_ects.invented.population.school_days import last_school_day, school_day
from register_ects.invented.population.world import OutputStatement, ScheduleFacts
from register_ects.models import ContractPeriod
from register_ects.rules import evidence, mentorships
from register_ects.rules.declaration_states import BILLED
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    MentorFundingEndReason,
    PaymentStatus,
    ScheduleKind,
    StatementStatus,
    TraineeRole,
)
from register_ects.rules.instants import LONDON

#: When, from the beginning (0) to the end (1) of training, each point is usually reached.
_PROGRESS = {
    DeclarationType.STARTED: 0.06,
    DeclarationType.RETAINED_1: 0.24,
    DeclarationType.RETAINED_2: 0.4,
    DeclarationType.RETAINED_3: 0.58,
    DeclarationType.RETAINED_4: 0.75,
    DeclarationType.EXTENDED_1: 0.82,
    DeclarationType.EXTENDED_2: 0.87,
    DeclarationType.EXTENDED_3: 0.92,
    DeclarationType.COMPLETED: 0.96,
}
_EXTENDED = (DeclarationType.EXTENDED_1, DeclarationType.EXTENDED_2, DeclarationType.EXTENDED_3)
_MENTOR_FUNDED = (DeclarationType.STARTED, DeclarationType.COMPLETED)
_MADE = 0.94
_VOIDED = 0.03
_CLAWED_BACK = 0.03
_DECLARED_AGAIN = 0.4
#: Days between two training points at least, and until a declaration is made at most.
_APART = 7
_DELAY = 25
#: Days within which a point is reached that would be beyond its milestone or the training.
_NEAR = 30


@dataclass(slots=True)
class Course:
    """A person's training in one role, in order, with what was declared of it so far.

    It is to end on ``ends_on``; ``completes`` says whether it gets there.
    """

    place: Neighbourhood
    person: Person
    role: TraineeRole
    trainings: Sequence[Training]
    ends_on: date
    completes: bool
    seen: set[str] = field(default_factory=set)
    latest: date = date.min

    @property
    def eligible_at(self) -> datetime | None:
        """Return since when the person is fundable in the role."""
        if self.role == TraineeRole.ECT:
            return self.person.ect_first_became_eligible_for_training_at
        return self.person.mentor_first_became_eligible_for_training_at


def declare(course: Course) -> None:
    """Plan the declarations of all confirmed training of a person in a role."""
    for training in course.trainings:
        schedule = training.schedule
        if schedule is None or training.partnership is None:
            continue
        for declaration_type in _PROGRESS:
            if declaration_type not in course.seen and _is_possible(
                course, schedule, declaration_type
            ):
                _reach(course, training, schedule, declaration_type)


def _is_possible(course: Course, schedule: ScheduleFacts, declaration_type: str) -> bool:
    year = course.place.world.years[schedule.year]
    if declaration_type not in schedule.windows:
        return False
    if declaration_type == DeclarationType.COMPLETED and not course.completes:
        return False
    if declaration_type in _EXTENDED:
        # Where a sequence is held to, they come after completion: hardly ever.
        return course.role == TraineeRole.ECT and not year.declarations_in_sequence
    only_some = course.role == TraineeRole.MENTOR and year.mentor_funding_enabled
    return not only_some or declaration_type in _MENTOR_FUNDED


def _reach(
    course: Course, training: Training, schedule: ScheduleFacts, declaration_type: str
) -> None:
    """Declare a training point if it was reached in this training."""
    is_last = training is course.trainings[-1]
    day = _day(course, training, schedule, declaration_type)
    if day is None or (declaration_type == DeclarationType.COMPLETED and not is_last):
        return
    course.seen.add(declaration_type)
    if course.place.rng.random() > _MADE:
        return
    declared_at = moment(course.place.rng, day, course.place.world)
    delay = timedelta(days=course.place.rng.randint(0, _DELAY))
    made_on = last_school_day(min(day + delay, _last_chance(course, training)))
    declaration = _make(course, training, declaration_type, declared_at, made_on)
    if declaration is None:
        return
    course.latest = day
    if declaration_type == DeclarationType.COMPLETED and course.role == TraineeRole.MENTOR:
        _end_mentor_training(course.person, training, declaration, day)
    else:
        _undo_some(course, declaration)


def _day(
    course: Course, training: Training, schedule: ScheduleFacts, declaration_type: str
) -> date | None:
    """Return the day that a point was reached, within its milestone and the training."""
    window, rng = schedule.windows[declaration_type], course.place.rng
    began = course.trainings[0].started_on
    whole = (course.ends_on - began).days
    usual = began + timedelta(
        days=int(whole * _PROGRESS[DeclarationType(declaration_type)]) + rng.randint(-8, 20)
    )
    first = max(window.start_date, training.started_on)
    if course.latest > date.min:
        first = max(first, course.latest + timedelta(days=_APART))
    yesterday = course.place.world.ago(1)
    last = min(window.milestone_date or date.max, training.finished_on or date.max, yesterday)
    if training.withdrawn_at:
        last = min(last, training.withdrawn_at.date() - timedelta(days=1))
    if first > last or (window.milestone_date is None and usual > last):
        return None
    if not first <= usual <= last:
        # Near the end that it is beyond, not upon it: that is a day for everybody.
        near = timedelta(days=rng.randint(0, min((last - first).days, _NEAR)))
        usual = first + near if usual < first else last - near
    later, earlier = school_day(usual), last_school_day(usual)
    return later if later <= last else earlier if earlier >= first else None


def _last_chance(course: Course, training: Training) -> date:
    """Return the last day before its provider has newer training to declare for, or today."""
    newer = [each.created_at.date() for each in _newer(course, training)]
    return min([*newer, course.place.world.today]) - timedelta(days=1)


def _newer(course: Course, training: Training) -> list[Training]:
    """Return the confirmed training with the same provider that comes after this."""
    return [
        each
        for each in course.trainings
        if each.partnership
        and each.provider
        and each.provider.id == (training.provider and training.provider.id)
        and each.started_on > training.started_on
    ]


def _make(
    course: Course,
    training: Training,
    declaration_type: str,
    declared_at: datetime,
    made_on: date,
) -> Declaration | None:
    """Add a declaration made on a day; None when it would have been refused then."""
    place, partnership, schedule = course.place, training.partnership, training.schedule
    if partnership is None or schedule is None or training.provider is None:
        return None
    year = place.world.years[schedule.year]
    made_at = max(moment(place.rng, made_on, place.world), declared_at, training.created_at)
    frozen_on = year.payments_frozen_on
    if frozen_on and made_at.date() >= frozen_on:
        return None
    if any(each.created_at <= made_at for each in _newer(course, training)):
        return None
    declaration = Declaration(
        made_at,
        made_at,
        new_id(place.rng),
        training,
        declaration_type,
        declared_at,
        _evidence(course, declaration_type, year),
        partnership.delivery_partner_id,
        _mentorship(training, declared_at, known_at=made_at),
    )
    if not _attach(course, declaration, training.provider.id, year):
        return None
    _set_uplifts(course, declaration, training, schedule, year)
    place.facts.declarations.append(declaration)
    return declaration


def _evidence(course: Course, declaration_type: str, year: ContractPeriod) -> str | None:
    allowed = evidence.allowed(
        declaration_type, role=course.role, detailed=year.detailed_evidence_types_enabled
    )
    if allowed is None:
        return None
    return course.place.rng.choice(allowed) if course.place.rng.random() < 0.3 else allowed[0]


def _mentorship(
    training: Training, declared_at: datetime, *, known_at: datetime
) -> Mentorship | None:
    if training.placement.role == TraineeRole.MENTOR:
        return None
    known = [each for each in training.placement.mentorships if each.created_at <= known_at]
    return mentorships.nearest(known, declared_at.astimezone(LONDON).date())


def _set_uplifts(
    course: Course,
    declaration: Declaration,
    training: Training,
    schedule: ScheduleFacts,
    year: ContractPeriod,
) -> None:
    """Copy the school's uplifts to a start, in years that pay them."""
    if declaration.declaration_type != DeclarationType.STARTED or not year.uplift_fees_enabled:
        return
    if schedule.kind == ScheduleKind.REPLACEMENT and not year.uplifts_on_replacement_schedules:
        return
    key = training.placement.school.urn, year.year
    uplifts = course.place.world.uplifts.get(key, (False, False))
    declaration.pupil_premium_uplift, declaration.sparsity_uplift = uplifts


# -- What became of it -----------------------------------------------------------------------


def _attach(
    course: Course, declaration: Declaration, provider_id: int, year: ContractPeriod
) -> bool:
    """Put a fundable person's declaration on its statement; False when there was none for it."""
    eligible_at = course.eligible_at
    if eligible_at is None:
        return True
    at = max(declaration.created_at, eligible_at)
    statement = course.place.world.statement_for(provider_id, year.year, at.date())
    if statement is None:
        return eligible_at > declaration.created_at
    declaration.statement = statement
    declaration.payment_status = BILLED[StatementStatus(statement.status)]
    declaration.touch(at)
    declaration.touch(_settled_at(statement, course.place) or at)
    return True


def _settled_at(statement: OutputStatement, place: Neighbourhood) -> datetime | None:
    """Return when a statement was last settled: closed the day after its deadline, or paid."""
    if statement.status == StatementStatus.OPEN:
        return None
    day = statement.paid_on or statement.deadline + timedelta(days=1)
    return min(datetime.combine(day, time(0, 5), LONDON), place.world.now)


def _undo_some(course: Course, declaration: Declaration) -> None:
    """Void some declarations and claw some back; some of these are declared again."""
    draw = course.place.rng.random()
    if draw < _VOIDED:
        undone_on = _void(course, declaration)
    elif draw < _VOIDED + _CLAWED_BACK:
        undone_on = _claw_back(course, declaration)
    else:
        return
    if undone_on and course.place.rng.random() < _DECLARED_AGAIN:
        _declare_again(course, declaration, undone_on)


def _void(course: Course, declaration: Declaration) -> date | None:
    """Void a declaration before it was paid; return on which day."""
    place, statement = course.place, declaration.statement
    day = declaration.created_at.date() + timedelta(days=place.rng.randint(0, 40))
    if statement and statement.paid_on:
        day = min(day, statement.paid_on - timedelta(days=1))
    at = moment(place.rng, last_school_day(day), place.world)
    if at < declaration.created_at:
        return None
    declaration.payment_status = PaymentStatus.VOIDED
    declaration.updated_at = at
    if course.eligible_at and course.eligible_at > at:
        declaration.statement = None
    return day


def _claw_back(course: Course, declaration: Declaration) -> date | None:
    """Begin to recover a declaration that was paid; return on which day."""
    place, statement, training = course.place, declaration.statement, declaration.training
    if statement is None or statement.paid_on is None or training.provider is None:
        return None
    if training.schedule is None:
        return None
    day = statement.paid_on + timedelta(days=place.rng.randint(3, 250))
    if not place.world.is_past(day):
        return None
    recovery = place.world.statement_for(training.provider.id, training.schedule.year, day)
    if recovery is None:
        return None
    is_done = recovery.status == StatementStatus.PAID
    declaration.clawback_statement = recovery
    declaration.clawback_status = (
        ClawbackStatus.CLAWED_BACK if is_done else ClawbackStatus.AWAITING_CLAWBACK
    )
    declaration.touch(moment(place.rng, day, place.world))
    declaration.touch(_settled_at(recovery, place) or declaration.updated_at)
    return day


def _declare_again(course: Course, declaration: Declaration, undone_on: date) -> None:
    made_on = school_day(undone_on + timedelta(days=course.place.rng.randint(1, 15)))
    if course.place.world.is_past(made_on):
        _make(
            course,
            declaration.training,
            declaration.declaration_type,
            declaration.declaration_date,
            made_on,
        )


def _end_mentor_training(
    person: Person, training: Training, declaration: Declaration, day: date
) -> None:
    """End the funding and the training of a mentor who has completed."""
    person.mentor_became_ineligible_for_funding_on = day
    person.mentor_became_ineligible_for_funding_reason = (
        MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED
    )
    person.touch(declaration.created_at)
    if training.finished_on is None or training.finished_on > day:
        training.finished_on = max(day, training.started_on)
        training.touch(declaration.created_at)
