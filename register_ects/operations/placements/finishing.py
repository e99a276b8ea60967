"""Finish placements: close what is open on the last day, remove what had not begun.

Children close before parents, as the database demands. Events stay (spec 05 §10.3, §10.4).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    School,
    TrainingPeriod,
)
from register_ects.operations.base import Author, record_event
from register_ects.operations.placements.ended import Ended, PartKind, as_metadata
from register_ects.operations.placements.history import is_declared, mentorships_in, training_in
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.leaving import Fate, fate_of
from register_ects.rules.problems import refuse
from register_ects.rules.registration import EarlierRecord, RecordKind


def finish_placement(
    placement: Placement,
    *,
    last_day: date,
    author: Author,
    reported_by: School | None,
    instead_of: date | None = None,
) -> None:
    """Finish somebody's time at a school on ``last_day`` (inclusive), inside a transaction.

    ``reported_by`` is the school that reported the leaving; None when another school's
    registration causes it, which then is what set the date. A placement that ends by then keeps
    its date. ``instead_of`` is the last day that was corrected, for the event, which keeps what
    was ended, so that it can be taken back (``ended``).
    """
    # Children first: the order that the database demands.
    mentorships = placement.mentorship_periods.select_for_update()
    ended = [finish_mentorship(one, last_day=last_day, author=author) for one in mentorships]
    training = placement.training_periods.select_for_update()
    ended += [finish_training(one, last_day=last_day, author=author) for one in training]
    before = placement.finished_on
    if before is not None and before <= last_day:
        placement.reported_leaving_by_school = reported_by or placement.reported_leaving_by_school
        placement.save(update_fields=["reported_leaving_by_school", "updated_at"])
        return
    placement.finished_on, placement.reported_leaving_by_school = last_day, reported_by
    placement.save(update_fields=["finished_on", "reported_leaving_by_school", "updated_at"])
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    record_event(
        "teacher_left_school_as_ect" if is_ect else "teacher_left_school_as_mentor",
        f"{placement.teacher.name} left {placement.school.name}{'' if is_ect else ' as a mentor'}",
        author=author,
        about=[placement.teacher, placement.school, placement],
        happened_on=last_day,
        changes={"finished_on": (instead_of or before, last_day)},
        metadata=as_metadata(before, last_day, [one for one in ended if one is not None]),
    )


def records_of(placement: Placement) -> list[EarlierRecord]:
    """Return what a new placement elsewhere must come after, if this one is the latest.

    The placement and its latest training that has begun (spec 05 §6.6), and what cannot be
    removed because declarations refer to it. Three queries.
    """
    today, training = clock.today(), training_in(placement)
    begun = next((each for each in training if each.started_on <= today), None)
    records = [placement_record(placement)]
    if begun is not None:
        records.append(_record(RecordKind.TRAINING, placement, begun.started_on))
    return [*records, *declared_records_of(placement)]


def declared_records_of(
    placement: Placement,
) -> list[EarlierRecord]:
    """Return the latest training and mentoring of a placement that declarations refer to.

    What ``finish_training`` and ``finish_mentorship`` refuse to remove. Two queries.
    """
    latest = [
        next(filter(is_declared, periods), None)
        for periods in (training_in(placement), mentorships_in(placement))
    ]
    return [
        _record(RecordKind.DECLARED, placement, period.started_on)
        for period in latest
        if period is not None
    ]


def placement_record(placement: Placement) -> EarlierRecord:
    """Return the placement itself as what a new one elsewhere must come after. No queries."""
    return _record(RecordKind.PLACEMENT, placement, placement.started_on)


def stays_here(
    placements: Iterable[Placement],
) -> list[EarlierRecord]:
    """Return finished time at the school that registers now: only days after it are free."""
    return [
        EarlierRecord(
            RecordKind.HERE,
            here.school.name,
            here.started_on,
            first_free=here.finished_on + timedelta(days=1),
            finished_on=here.finished_on,
        )
        for here in placements
        if here.finished_on is not None
    ]


def _record(kind: RecordKind, placement: Placement, started_on: date) -> EarlierRecord:
    return EarlierRecord(
        kind, placement.school.name, started_on, first_free=started_on + timedelta(days=1)
    )


def finish_mentorship(
    mentorship: MentorshipPeriod,
    *,
    last_day: date,
    author: Author,
    remove_from: date | None = None,
) -> Ended | None:
    """Finish a mentorship on ``last_day``; one that starts on it or later is removed.

    ``remove_from`` names another first day from which mentorships are removed. One that
    declarations refer to is never removed: it ends on its first day at the earliest. Returns what
    was done; None when it ends by then.
    """
    before = mentorship.finished_on
    fate = fate_of_part(mentorship, until=before, last_day=last_day, remove_from=remove_from)
    if fate is Fate.STAYS:
        return None
    ended = Ended(PartKind.MENTORSHIP, mentorship.pk, before)
    if fate is Fate.REMOVED:
        _record_mentoring_end(mentorship, last_day, author, removed=True)
        mentorship.delete()
        return ended.removed()
    if mentorship.started_on > last_day:
        refuse("finished_on", "declarations_after", earliest=mentorship.started_on)
    mentorship.finished_on = last_day
    mentorship.save(update_fields=["finished_on", "updated_at"])
    _record_mentoring_end(mentorship, last_day, author, removed=False)
    return ended


def fate_of_part(
    part: MentorshipPeriod | TrainingPeriod,
    *,
    until: date | None,
    last_day: date,
    remove_from: date | None = None,
) -> Fate:
    """Return what becomes of a mentorship or training that would else end on ``until``.

    ``last_day`` is that of its placement. One query, where declarations may keep it.
    """
    is_to_go = part.started_on >= (remove_from or last_day)
    return fate_of(
        started_on=part.started_on,
        finished_on=until,
        is_declared=is_to_go and is_declared(part),
        last_day=last_day,
        remove_from=remove_from,
    )


def finish_training(training: TrainingPeriod, *, last_day: date, author: Author) -> Ended | None:
    """Finish training on ``last_day``; training that starts on it or later is removed.

    Training with declarations is never removed: it ends on its first day at the earliest. Returns
    what was done; None when it ends by then.
    """
    before = training.finished_on
    fate = fate_of_part(training, until=before, last_day=last_day)
    if fate is Fate.STAYS:
        return None
    ended = Ended(PartKind.TRAINING, training.pk, before)
    if fate is Fate.REMOVED:
        remove_training(training, last_day=last_day, author=author)
        return ended.removed()
    if training.started_on > last_day:
        refuse("finished_on", "declarations_after", earliest=training.started_on)
    end_training(training, last_day=last_day, author=author)
    return ended


def end_training(training: TrainingPeriod, *, last_day: date, author: Author) -> None:
    """Let ``last_day`` be the last of training that has begun by then."""
    training.finished_on = last_day
    training.save(update_fields=["finished_on", "updated_at"])
    _record_training_end(training, last_day, author, removed=False)


def remove_training(training: TrainingPeriod, *, last_day: date, author: Author) -> None:
    """Remove training without declarations; ``last_day`` is the last before what follows it."""
    _record_training_end(training, last_day, author, removed=True)
    training.delete()


def _record_mentoring_end(
    mentorship: MentorshipPeriod, last_day: date, author: Author, *, removed: bool
) -> None:
    ending, mentoring = "finished being mentored by", "finished mentoring"
    if removed and mentorship.started_on > clock.today():
        ending, mentoring = "will not be mentored by", "will not mentor"
    elif removed:
        ending, mentoring = (
            "is no longer recorded as mentored by",
            "is no longer recorded as mentor of",
        )
    record_for_both(
        mentorship,
        ("teacher_finishes_being_mentored", ending),
        ("teacher_finishes_mentoring", mentoring),
        happened_on=last_day,
        author=author,
        removed=removed,
    )


def record_for_both(
    mentorship: MentorshipPeriod,
    of_ect: tuple[str, str],
    of_mentor: tuple[str, str],
    *,
    happened_on: date,
    author: Author,
    removed: bool = False,
) -> None:
    """Record what happens to a mentorship once for each of the two.

    For each the type of the event, and the words between their name and the other's.
    """
    mentor, ect = mentorship.mentor_at_school_period, mentorship.ect_at_school_period
    told: list[tuple[tuple[str, str], Placement, Placement]]
    told = [(of_ect, ect, mentor), (of_mentor, mentor, ect)]
    for (event_type, words), one, other in told:
        record_event(
            event_type,
            f"{one.teacher.name} {words} {other.teacher.name}",
            author=author,
            about=[one.teacher, one.school, None if removed else mentorship, one],
            happened_on=happened_on,
            metadata={"mentor_id": mentor.teacher_id, "mentee_id": ect.teacher_id},
        )


def _record_training_end(
    training: TrainingPeriod, last_day: date, author: Author, *, removed: bool
) -> None:
    role = "an ECT" if training.trainee_role == TraineeRole.ECT else "a mentor"
    ending = "finished"
    if removed:
        begun = training.started_on <= clock.today()
        ending = "is no longer recorded as having begun" if begun else "will not start"
    record_event(
        "teacher_finishes_training_period",
        f"{training.teacher.name} {ending} training as {role}",
        author=author,
        about=[
            training.teacher,
            training.school,
            None if removed else training,
            training.placement,
        ],
        happened_on=last_day,
    )
