"""What happens when, as tables: cohorts, milestones, schedules by month and statements.

From ``data/reference``, as loaded when the service was set up.
"""

from datetime import date
from functools import cache
from itertools import groupby
from typing import Final

from providers.documentation.content import UnreadableContent
from providers.documentation.tables import code, table
from register_ects.formats import govuk_date, govuk_date_short, govuk_month
from register_ects.reference_data.files import is_true, optional_date, read_rows
from register_ects.reference_data.funding_years import statement_months
from register_ects.rules.enumerations import DeclarationType, FeeType, ScheduleKind
from register_ects.rules.schedules import start_month

#: In the order of a contract year, which begins in June.
_MONTHS: Final = ("september", "january", "april")
_KINDS_WITHOUT_END: Final = (ScheduleKind.EXTENDED, ScheduleKind.REDUCED, ScheduleKind.REPLACEMENT)


def contract_periods(argument: str) -> str:
    """Return the cohorts with what holds in each."""
    rows = []
    for row in read_rows("reference/contract_periods.csv"):
        frozen = optional_date(row["payments_frozen_on"])
        rows.append(
            [
                row["year"],
                f"{govuk_date(date.fromisoformat(row['started_on']))} to"
                f" {govuk_date(date.fromisoformat(row['finished_on']))}",
                "Yes" if is_true(row["enabled"]) else "No",
                f"Since {govuk_date(frozen)}" if frozen else "No",
                "Started and completed only"
                if is_true(row["mentor_funding_enabled"])
                else "As on the schedule",
                "Yes" if is_true(row["uplift_fees_enabled"]) else "No",
            ]
        )
    head = ["Cohort", "Dates", "Open", "Payments frozen", "Mentors’ declarations", "Uplifts"]
    return table("Cohorts", head, rows)


def milestones(argument: str) -> str:
    """Return the windows of a cohort’s standard schedules; ``argument`` is the cohort’s year."""
    windows = _windows()
    identifiers = [f"ecf-{ScheduleKind.STANDARD}-{month}" for month in _MONTHS]
    rows = [
        [code(each), *(_window(windows, argument, identifier, each) for identifier in identifiers)]
        for each in DeclarationType
        if (argument, identifiers[0], str(each)) in windows
    ]
    if not rows:
        raise UnreadableContent(f"There are no milestones for {argument}")
    head = ["Declaration type", *(code(identifier) for identifier in identifiers)]
    return table(f"Dates of declarations, {argument} cohort, standard schedules", head, rows)


def open_schedules(argument: str) -> str:
    """Return the first days of schedules without windows; ``argument`` is a cohort’s year."""
    windows = _windows()
    started = str(DeclarationType.STARTED)
    rows = []
    for month in _MONTHS:
        firsts = [windows[argument, f"ecf-{kind}-{month}", started] for kind in _KINDS_WITHOUT_END]
        if len(set(firsts)) > 1 or firsts[0][1] is not None:
            raise UnreadableContent(f"The schedules of {argument} that begin in {month} differ")
        names = ", ".join(code(f"ecf-{kind}-{month}") for kind in _KINDS_WITHOUT_END)
        rows.append([names, govuk_date(firsts[0][0])])
    head = ["Schedules", "Every type may be dated from"]
    return table(f"Schedules without end dates, {argument} cohort", head, rows)


def start_months(argument: str) -> str:
    """Return which months of starting lead to which schedules."""
    months = [date(2025, 1 + (5 + ahead) % 12, 1) for ahead in range(12)]
    rows = []
    for name, group in groupby(months, key=start_month):
        days = list(group)
        rows.append([f"{days[0]:%B} to {days[-1]:%B}", code(f"ecf-standard-{name}")])
    head = ["Training starts, or is registered if that is later, in", "Schedule"]
    return table("Schedules by month", head, rows)


def statements(argument: str) -> str:
    """Return the statements that pay declarations of a cohort; ``argument`` is its year."""
    rows = [
        [
            govuk_month(each.year, each.month),
            govuk_date_short(each.deadline_date),
            govuk_date_short(each.payment_date),
        ]
        for each in statement_months(int(argument))
        if each.fee_type == FeeType.OUTPUT
    ]
    head = ["Statement", "Cut-off date", "Payment date"]
    return table(f"Statements that pay declarations, {argument} cohort", head, rows)


@cache
def _windows() -> dict[tuple[str, str, str], tuple[date, date | None]]:
    """Return the first and last day of each type of declaration, by cohort and schedule."""
    return {
        (row["contract_period"], row["schedule_identifier"], row["declaration_type"]): (
            date.fromisoformat(row["start_date"]),
            optional_date(row["milestone_date"]),
        )
        for row in read_rows("reference/milestones.csv")
    }


def _window(
    windows: dict[tuple[str, str, str], tuple[date, date | None]],
    year: str,
    identifier: str,
    kind: str,
) -> str:
    first, last = windows[year, identifier, kind]
    if last is None:
        return f"From {govuk_date_short(first)}"
    return f"{govuk_date_short(first)} to {govuk_date_short(last)}"
