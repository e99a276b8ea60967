"""What DfE staff mend of an induction (spec 06 §6.12): periods, and an outcome taken back.

Each asks for a reason, which the event keeps. TRS is told of all that then holds.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from register_ects import clock
from register_ects.models import AppropriateBody, InductionPeriod, Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.inductions.corrections import problems_with_recorded
from register_ects.operations.inductions.trs_updates import queue_trs_update
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.rules.enumerations import TraineeRole, TrainingProgramme
from register_ects.rules.induction_dates import problems_with_staff_period
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.staff_reasons import StaffReason, problems_with_reason

#: What a period loses when its induction goes on.
_ENDING = (
    *("finished_on", "number_of_terms", "terms_reason", "terms_reason_words"),
    *("outcome", "fail_confirmation_sent_on"),
)
_ALL = ("started_on", "training_programme", *_ENDING)


@dataclass(frozen=True)
class PeriodEntered:
    """What staff enter of a period; without a last day and terms it is open."""

    started_on: date
    finished_on: date | None
    number_of_terms: Decimal | None
    training_programme: str


@operation
def add_period(
    teacher: Teacher,
    body: AppropriateBody,
    entered: PeriodEntered,
    reason: StaffReason,
    *,
    author: Author,
) -> InductionPeriod:
    """Add a period of a person with a body, as a claim would: TRS and funding follow.

    Raises RuleBroken when the reason or the period cannot be; nothing changes then.
    """
    lock_people(lambda: [teacher.pk])
    refuse_if([*problems_with_reason(reason), *period_problems(teacher, entered)])
    period = InductionPeriod.objects.create(
        teacher=teacher, appropriate_body=body, **asdict(entered)
    )
    record_event(
        "induction_period_opened",
        f"An induction period of {teacher.name} with {body.name} was added",
        author=author,
        about=[teacher, body, period],
        happened_on=period.started_on,
        changes=_changes({}, _shown(period)),
        **_told(reason),
    )
    queue_trs_update(teacher)
    set_funding_eligibility(teacher, TraineeRole.ECT, author=author)
    return period


@operation
def change_period(
    period: InductionPeriod,
    entered: PeriodEntered,
    reason: StaffReason,
    *,
    seen: str,
    author: Author,
) -> None:
    """Change the days, terms or programme of any period; the same again records nothing.

    ``seen`` is the mark of what the author was shown (``mark_of_recorded``). Raises RuleBroken
    when the period was changed or deleted meanwhile, or the reason or the period cannot be.
    """
    now = _locked(period)
    refuse_if(problems_with_reason(reason))
    refuse_if(problems_with_recorded(now, seen))
    refuse_if(period_problems(now.teacher, entered, now))
    before = _shown(now)
    for name, value in asdict(entered).items():
        setattr(now, name, value)
    if now.is_open:
        now.terms_reason = now.terms_reason_words = None
    changes = _changes(before, _shown(now))
    if not changes:
        return
    now.save()
    teacher, body = now.teacher, now.appropriate_body
    record_event(
        "induction_period_updated",
        f"The induction period of {teacher.name} with {body.name} was changed",
        author=author,
        about=[teacher, body, now],
        changes=changes,
        **_told(reason),
    )
    queue_trs_update(teacher)
    set_funding_eligibility(teacher, TraineeRole.ECT, author=author)


def period_problems(
    teacher: Teacher, entered: PeriodEntered, held: InductionPeriod | None = None
) -> list[Problem]:
    """Return what is wrong with a period to add, or with what is to take the place of ``held``.

    One query.
    """
    problems = problems_with_staff_period(
        started_on=entered.started_on,
        finished_on=entered.finished_on,
        number_of_terms=entered.number_of_terms,
        outcome=held.outcome if held else None,
        qts_awarded_on=teacher.trs_qts_awarded_on,
        others=teacher.induction_periods.exclude(pk__in=[held.pk] if held else []),
        today=clock.today(),
    )
    if entered.training_programme not in TrainingProgramme.values:
        problems.append(Problem("training_programme", "unknown"))
    return problems


@operation
def delete_period(
    period: InductionPeriod, reason: StaffReason, *, seen: str, author: Author
) -> None:
    """Delete a period without an outcome; its event keeps all that it said.

    ``seen`` is the mark of what the author was shown (``mark_of_recorded``). Raises RuleBroken
    when the period has an outcome, was changed or deleted meanwhile or the reason cannot be.
    """
    now = _locked(period)
    refuse_if(problems_with_reason(reason))
    if now.outcome:
        refuse("", "has_outcome")
    refuse_if(problems_with_recorded(now, seen))
    teacher, body, before = now.teacher, now.appropriate_body, _shown(now)
    now.delete()
    record_event(
        "induction_period_deleted",
        f"The induction period of {teacher.name} with {body.name} was deleted",
        author=author,
        about=[teacher, body],
        changes={name: (value, None) for name, value in before.items() if value is not None},
        **_told(reason),
    )
    if not teacher.induction_periods.exists():
        record_event(
            "teacher_induction_status_reset",
            f"{teacher.name} has no induction period left and still has to complete induction",
            author=author,
            about=[teacher],
        )
    queue_trs_update(teacher)


@operation
def reopen_induction(
    period: InductionPeriod, reason: StaffReason, *, seen: str, author: Author
) -> None:
    """Take back the outcome of an induction, with its end: the period is open again.

    What the outcome closed at the school stays closed. Raises RuleBroken as ``delete_period``
    does, and when the period has no outcome.
    """
    now = _locked(period)
    refuse_if(problems_with_reason(reason))
    if not now.outcome:
        refuse("", "no_outcome")
    refuse_if(problems_with_recorded(now, seen))
    before = _values(now)
    for name in _ENDING:
        setattr(now, name, None)
    now.save(update_fields=[*_ENDING, "updated_at"])
    teacher, body = now.teacher, now.appropriate_body
    record_event(
        "induction_period_reopened",
        f"The induction of {teacher.name} with {body.name} was reopened",
        author=author,
        about=[teacher, body, now],
        changes={name: (before[name], None) for name in _ENDING if before[name] is not None},
        **_told(reason),
    )
    queue_trs_update(teacher)


def _locked(period: InductionPeriod) -> InductionPeriod:
    """Lock the person and return the period as it is now."""
    lock_people(owner_of(period))
    with_people = InductionPeriod.objects.select_related("teacher", "appropriate_body")
    found: InductionPeriod | None = with_people.filter(pk=period.pk).first()
    if found is None:
        refuse("", "already_deleted")
    return found


def _told(reason: StaffReason) -> dict[str, Any]:
    return {"body": reason.note.strip() or None, "ticket": reason.ticket_number}


def _values(period: InductionPeriod) -> dict[str, Any]:
    return {name: getattr(period, name) for name in _ALL}


def _shown(period: InductionPeriod) -> dict[str, Any]:
    """Return what a period says, its programme in words."""
    programme = period.get_training_programme_display() if period.training_programme else None
    return {**_values(period), "training_programme": programme}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    both = {name: (before.get(name), value) for name, value in after.items()}
    return {name: values for name, values in both.items() if values[0] != values[1]}
