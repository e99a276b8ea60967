"""Close the statements whose deadline has passed, now."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand

from register_ects import clock
from register_ects.operations.base import Author
from register_ects.operations.statements.closing import ClosingReport, close_due_statements


class Command(BaseCommand):
    """Do what the daily job does, for a chosen day."""

    help = "Make every open statement payable whose deadline has passed. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--date",
            dest="on_date",
            type=_date,
            metavar="YYYY-MM-DD",
            help="close what is due on this day (default: today); a deadline must be before it",
        )

    def handle(self, *, on_date: date | None, **options: object) -> None:
        """Print a line for each statement; end with status 1 when any could not be closed."""
        report = close_due_statements(on_date or clock.today(), Author.system())
        self._print(report)
        if report.failed:
            sys.exit(1)

    def _print(self, report: ClosingReport) -> None:
        for closed in report.closed:
            statement = closed.statement
            self.stdout.write(
                f"Closed: {statement.lead_provider.name}, contract period"
                f" {statement.contract_period_id}, {statement.month_name} ({statement.fee_type}),"
                f" declarations made payable: {closed.declarations}"
            )
        for failed in report.failed:
            self.stderr.write(
                f"Not closed, see the log: {failed.lead_provider.name}, contract period"
                f" {failed.contract_period_id}, {failed.month_name}"
            )
        self.stdout.write(f"{len(report.closed)} closed, {len(report.failed)} not closed")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date like 2025-11-01") from error
