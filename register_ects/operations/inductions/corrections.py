"""Correct what a body recorded of its own period (spec 06 §6.9 with its Improves).

Of an open one the first day and the programme; of one that it released, for 30 days, the last day
and the terms. What is allowed: ``rules/induction_dates.py``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from register_ects import clock
from register_ects.models import Event, InductionPeriod
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.inductions.periods import Closing, close_period
from register_ects.operations.inductions.trs_updates import queue_trs_update
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.induction_dates import (
    CORRECTABLE_FOR,
    problems_with_correcting,
    problems_with_new_start,
)
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import mark_of, problems_with_seen


@dataclass(frozen=True)
class Beginning:
    """The first day of an induction period, and how the ECT is trained."""

    started_on: date
    training_programme: str


@operation
def edit_period(
    period: InductionPeriod, beginning: Beginning, *, seen: str, author: Author
) -> None:
    """Correct the first day or the programme of an open period; the same again records nothing.

    TRS is told of another first day of the induction. ``seen`` is the mark of what the author was
    shown (``mark_of_recorded``). Raises RuleBroken; nothing changes then.
    """
    lock_people(owner_of(period))
    period.refresh_from_db()
    if not period.is_open:
        refuse("", "already_closed")
    before = (period.started_on, period.training_programme)
    if before == (beginning.started_on, beginning.training_programme):
        return
    refuse_if(problems_with_recorded(period, seen))
    problems = start_problems(period, beginning.started_on)
    if beginning.training_programme not in TrainingProgramme.values:
        problems.append(Problem("training_programme", "unknown"))
    refuse_if(problems)
    programme = _programme(period)
    period.started_on = beginning.started_on
    period.training_programme = beginning.training_programme
    period.save(update_fields=["started_on", "training_programme", "updated_at"])
    queue_trs_update(period.teacher)
    _record(
        period,
        author,
        started_on=(before[0], period.started_on),
        training_programme=(programme, _programme(period)),
    )


@operation
def correct_release(period: InductionPeriod, *, author: Author, **closing: Unpack[Closing]) -> None:
    """Correct the last day or the terms of a period that the body released lately.

    ``seen`` is the mark of all that is recorded of it (``mark_of_recorded``). Raises RuleBroken
    when another period followed, 30 days have passed since the release, it was changed meanwhile
    or the answers cannot be; nothing changes then.
    """
    lock_people(owner_of(period))
    period.refresh_from_db()
    refuse_if(correcting_problems(period))
    seen = closing.get("seen")
    refuse_if(problems_with_recorded(period, seen) if seen is not None else [])
    closing["seen"] = None
    names = ("finished_on", "number_of_terms", "terms_reason", "terms_reason_words")
    before = {name: getattr(period, name) for name in names}
    close_period(period, **closing)
    _record(period, author, **{name: (before[name], getattr(period, name)) for name in names})


def start_problems(period: InductionPeriod, started_on: date) -> list[Problem]:
    """Return what is wrong with another first day of a period. One query."""
    return problems_with_new_start(
        started_on=started_on,
        recorded=period.started_on,
        qts_awarded_on=period.teacher.trs_qts_awarded_on,
        others=period.teacher.induction_periods.exclude(pk=period.pk),
        today=clock.today(),
    )


def correcting_problems(period: InductionPeriod) -> list[Problem]:
    """Return why the end of a period cannot be corrected by its body, or nothing. Two queries."""
    if period.is_open or period.outcome:
        return [Problem("", "not_released")]
    until = correctable_until(period)
    return problems_with_correcting(
        recorded_on=until - CORRECTABLE_FOR if until else None,
        started_on=period.started_on,
        others=period.teacher.induction_periods.exclude(pk=period.pk),
        today=clock.today(),
    )


def correctable_until(period: InductionPeriod) -> date | None:
    """Return the last day on which a release may be corrected; None when none is known here."""
    told = Event.objects.filter(induction_period=period, event_type="induction_period_closed")
    recorded = told.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return recorded.astimezone(clock.LONDON).date() + CORRECTABLE_FOR if recorded else None


def mark_of_recorded(period: InductionPeriod) -> str:
    """Return the mark of what a page shows that corrects a period (``rules.seen``)."""
    return mark_of(*_recorded(period))


def problems_with_recorded(period: InductionPeriod, seen: str) -> list[Problem]:
    """Whether something else was shown of a period than what is recorded now."""
    return problems_with_seen(seen, *_recorded(period), name=period.teacher.name)


def _recorded(period: InductionPeriod) -> list[Any]:
    return [
        period.pk,
        period.started_on,
        period.training_programme,
        period.finished_on,
        period.number_of_terms,
    ]


def _programme(period: InductionPeriod) -> str | None:
    return period.get_training_programme_display() if period.training_programme else None


def _record(period: InductionPeriod, author: Author, **values: tuple[Any, Any]) -> None:
    body, teacher = period.appropriate_body, period.teacher
    changes = {name: both for name, both in values.items() if both[0] != both[1]}
    if changes:
        record_event(
            "induction_period_updated",
            f"{body.name} corrected the induction of {teacher.name}",
            author=author,
            about=[teacher, body, period],
            changes=changes,
        )
