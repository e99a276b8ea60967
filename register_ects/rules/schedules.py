"""Which schedule training starts on (spec 01 §8.3, spec 05 §6.5 R5)."""

from collections.abc import Collection
from datetime import date

from register_ects.rules.contract_periods import PreviousTraining

#: Where an ECT goes who leaves a frozen contract period.
REASSIGNED_SCHEDULE = "ecf-extended-september"


def start_month(day: date) -> str:
    """Return the month a schedule is named by: June to October is september, and so on."""
    if 6 <= day.month <= 10:
        return "september"
    return "april" if 3 <= day.month <= 5 else "january"


def schedule_identifier(
    *,
    year: int,
    reassigned: bool,
    previous: PreviousTraining | None,
    identifiers_of_year: Collection[str],
    starts_on: date,
    today: date,
    replaces_a_mentor: bool,
) -> str:
    """Return the identifier of the schedule in contract period ``year``.

    ``previous`` is the person's latest provider-led training in the same role: its identifier is
    kept, and carried into another year that has it. ``replaces_a_mentor`` puts a mentor new to
    training on the replacement schedule.
    """
    if reassigned:
        return REASSIGNED_SCHEDULE
    kept = previous.schedule_identifier if previous else None
    if kept and previous and (previous.year == year or kept in identifiers_of_year):
        return kept
    kind = "replacement" if replaces_a_mentor else "standard"
    return f"ecf-{kind}-{start_month(max(starts_on, today))}"
