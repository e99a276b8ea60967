"""Contract periods, schedules, milestones (spec 01 §12.1, §12.2) and statement months (§12.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from register_ects import clock
from register_ects.models import ContractPeriod, Milestone, Schedule
from register_ects.reference_data.adding import add_missing
from register_ects.reference_data.files import is_true, optional_date, read_rows
from register_ects.rules.enumerations import FeeType

#: Contract years whose months were published one by one; later ones follow the rule.
_LAST_LISTED_YEAR = 2024
_OUTPUT_MONTHS = frozenset({1, 4, 8, 11})
_FIRST_MONTH = 11
_MONTHS = 34
_PAYMENT_DAY = 25


def add_contract_periods() -> int:
    """Add the contract periods that are missing; return how many."""
    rows = [
        ContractPeriod(
            year=int(row["year"]),
            started_on=date.fromisoformat(row["started_on"]),
            finished_on=date.fromisoformat(row["finished_on"]),
            enabled=is_true(row["enabled"]),
            payments_frozen_at=_midnight(row["payments_frozen_on"]),
            successor_id=int(row["successor_year"]) if row["successor_year"] else None,
            mentor_funding_enabled=is_true(row["mentor_funding_enabled"]),
            detailed_evidence_types_enabled=is_true(row["detailed_evidence_types_enabled"]),
            declarations_in_sequence=is_true(row["declarations_in_sequence"]),
            uplift_fees_enabled=is_true(row["uplift_fees_enabled"]),
        )
        for row in read_rows("reference/contract_periods.csv")
    ]
    return len(add_missing(rows, ["year"]))


def add_schedules() -> int:
    """Add the schedules that are missing, each with its milestones; return how many schedules.

    A schedule that is held keeps its milestones as they are; see ``correct_milestones``.
    """
    rows = [
        Schedule(contract_period_id=int(row["contract_period"]), identifier=row["identifier"])
        for row in read_rows("reference/schedules.csv")
    ]
    added = add_missing(rows, ["contract_period_id", "identifier"])
    schedules = {(s.contract_period_id, s.identifier): s for s in added}
    milestones = []
    for row in read_rows("reference/milestones.csv"):
        schedule = schedules.get((int(row["contract_period"]), row["schedule_identifier"]))
        if schedule:
            milestones.append(
                Milestone(
                    schedule=schedule,
                    declaration_type=row["declaration_type"],
                    start_date=date.fromisoformat(row["start_date"]),
                    milestone_date=optional_date(row["milestone_date"]),
                )
            )
    Milestone.objects.bulk_create(milestones)
    return len(added)


def correct_milestones() -> int:
    """Correct held milestones that still have a first day since found wrong; return how many.

    The file names that day as ``corrected_from``. A day that staff have chosen stays. Source:
    spec 00 "Declarations and training" (schedules of 2026).
    """
    corrected = 0
    for row in read_rows("reference/milestones.csv"):
        if row["corrected_from"]:
            corrected += Milestone.objects.filter(
                schedule__contract_period=int(row["contract_period"]),
                schedule__identifier=row["schedule_identifier"],
                declaration_type=row["declaration_type"],
                start_date=date.fromisoformat(row["corrected_from"]),
            ).update(start_date=date.fromisoformat(row["start_date"]), updated_at=clock.now())
    return corrected


def _midnight(text: str) -> datetime | None:
    day = optional_date(text)
    return clock.london_midnight(day) if day else None


@dataclass(frozen=True)
class StatementMonth:
    """One month's statement of a contract period; ``deadline_date`` is inclusive."""

    year: int
    month: int
    deadline_date: date
    payment_date: date
    fee_type: str


def statement_months(contract_year: int) -> list[StatementMonth]:
    """Return the statements of a contract period in order, by default November for 34 months.

    Until 2024 as published, with deadlines corrected; from 2025 the deadline is the last day of
    the month before and payment on the 25th. Source: spec 01 §12.5, spec 00 "Statement
    deadlines".
    """
    if contract_year > _LAST_LISTED_YEAR:
        return list(_months_by_rule(contract_year))
    return [
        StatementMonth(
            year=int(row["year"]),
            month=int(row["month"]),
            deadline_date=date.fromisoformat(row["deadline_date"]),
            payment_date=date.fromisoformat(row["payment_date"]),
            fee_type=row["fee_type"],
        )
        for row in read_rows("reference/statements_calendar.csv")
        if int(row["contract_period"]) == contract_year
    ]


def _months_by_rule(contract_year: int) -> Iterator[StatementMonth]:
    for ahead in range(_MONTHS):
        years, index = divmod(_FIRST_MONTH - 1 + ahead, 12)
        first = date(contract_year + years, index + 1, 1)
        yield StatementMonth(
            year=first.year,
            month=first.month,
            deadline_date=first - timedelta(days=1),
            payment_date=first.replace(day=_PAYMENT_DAY),
            fee_type=FeeType.OUTPUT if first.month in _OUTPUT_MONTHS else FeeType.SERVICE,
        )
