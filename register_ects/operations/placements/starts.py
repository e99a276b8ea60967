"""A school corrects the first day of an ECT there (spec 05 §9 Improve).

Pages ask ``problems_with_start_of`` and ``affected_by_start``; ``correct_start`` asks them again
under its lock.
"""

from datetime import date
from typing import Any

from register_ects import clock
from register_ects.models import ContractPeriod, Declaration, ECTAtSchoolPeriod
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.placements.locking import locked_for_change
from register_ects.rules import contract_periods
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import problems_with_seen
from register_ects.rules.start_corrections import (
    Affected,
    StartFacts,
    affected_by,
    problems_with_corrected_start,
)


@operation
def correct_start(
    placement: ECTAtSchoolPeriod, started_on: date, *, seen: str, author: Author
) -> None:
    """Correct the first day of an ECT at a school; nothing else changes.

    ``seen`` is the mark of the date that the school was shown. Raises RuleBroken when the date is
    not allowed, something else depends on it (then support is to be asked), it was changed
    meanwhile, or they have left.
    """
    placement = locked_for_change(placement)
    refuse_if(problems_with_start_of(placement, started_on))
    refuse_if(problems_with_seen(seen, placement.started_on, field_name="shown"))
    affected = affected_by_start(placement, started_on)
    if affected is not None:
        refuse("started_on", "others_affected", what=affected)
    old, placement.started_on = placement.started_on, started_on
    placement.save(update_fields=["started_on", "updated_at"])
    record_event(
        "teacher_school_start_date_corrected",
        f"{placement.teacher.name}'s start date at {placement.school.name} was corrected",
        author=author,
        about=[placement.teacher, placement.school, placement],
        changes={"started_on": (old, started_on)},
    )


def problems_with_start_of(placement: ECTAtSchoolPeriod, start: date) -> list[Problem]:
    """List why a date cannot be an ECT's first day at this school. One query."""
    today, periods = clock.today(), list(ContractPeriod.objects.all())
    return problems_with_corrected_start(
        start,
        placement,
        today=today,
        earliest=contract_periods.earliest_start(periods, today=today),
        latest=contract_periods.latest_start(periods, today=today),
        is_open=contract_periods.is_open_for(periods, start=start, today=today),
    )


def affected_by_start(placement: ECTAtSchoolPeriod, start: date) -> Affected | None:
    """Return what else would have to change with an ECT's first day; or None. Five queries."""
    others = placement.teacher.ect_at_school_periods.exclude(pk=placement.pk)
    training = list(placement.training_periods.all())
    facts = StartFacts(
        placement=placement,
        others=tuple(others),
        training=tuple(one.started_on for one in training),
        mentoring=_first_days(placement.mentorship_periods),
        inductions=tuple(
            day
            for day in _first_days(placement.teacher.induction_periods)
            if placement.contains(day)
        ),
        has_declarations=Declaration.objects.filter(training_period__in=training).exists(),
    )
    return affected_by(facts, start, today=clock.today())


def _first_days(periods: Any) -> tuple[date, ...]:
    return tuple(periods.values_list("started_on", flat=True))
