"""Jobs of the finance area."""

from celery import shared_task

from register_ects import clock
from register_ects.operations.base import Author
from register_ects.operations.statements import closing as statement_closing


class StatementsNotClosed(Exception):
    """Some statements that are due could not be closed; their errors are in the log."""


@shared_task(autoretry_for=(StatementsNotClosed,), retry_backoff=60, max_retries=5)
def close_due_statements() -> None:
    """Make statements payable whose deadline has passed. Running it twice does no harm.

    Tries five times more when a statement could not be closed. A run that was missed is made
    good by the next one. Source: spec 04 §4.1.
    """
    report = statement_closing.close_due_statements(clock.today(), Author.system())
    if report.failed:
        failed = ", ".join(str(statement.pk) for statement in report.failed)
        raise StatementsNotClosed(f"statements not closed: {failed}")
