"""bin/manage close_statements, and the daily job that does the same."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from finance.tasks import StatementsNotClosed, close_due_statements
from register_ects.celery import app
from tests.database import refuse_updates
from tests.factories import DeclarationFactory, StatementFactory


def test_prints_what_was_closed(capsys):
    statement = DeclarationFactory(
        eligible=True, training_period__lead_provider__name="Cedar Learning"
    ).payment_statement

    call_command("close_statements", "--date", "2025-11-01")

    assert capsys.readouterr().out.splitlines() == [
        "Closed: Cedar Learning, contract period 2025, November 2025 (output),"
        " declarations made payable: 1",
        "1 closed, 0 not closed",
    ]
    statement.refresh_from_db()
    assert statement.status == "payable"


def test_closes_what_is_due_today_when_no_date_is_given(on):
    on("2025-11-01")
    due = StatementFactory(deadline_date=date(2025, 10, 31))
    not_due = StatementFactory(deadline_date=date(2025, 11, 1), payment_date=date(2025, 11, 25))

    call_command("close_statements")

    due.refresh_from_db()
    not_due.refresh_from_db()
    assert (due.status, not_due.status) == ("payable", "open")


def test_ends_with_status_1_when_one_could_not_be_closed(capsys):
    refuse_updates(StatementFactory(lead_provider__name="Cedar Learning"))

    with pytest.raises(SystemExit) as ending:
        call_command("close_statements", "--date", "2025-11-01")

    assert ending.value.code == 1
    printed = capsys.readouterr()
    assert "Not closed, see the log: Cedar Learning" in printed.err
    assert "0 closed, 1 not closed" in printed.out


def test_refuses_a_date_that_is_none():
    with pytest.raises(CommandError, match="'1 November' is not a date"):
        call_command("close_statements", "--date", "1 November")


def test_the_daily_job_closes_what_is_due_in_london(on):
    on("2026-05-31T23:30:00+00:00")  # 00:30 on 1 June in London
    statement = StatementFactory(deadline_date=date(2026, 5, 31), payment_date=date(2026, 6, 25))

    close_due_statements.apply(throw=True)

    statement.refresh_from_db()
    assert statement.status == "payable"


def test_the_daily_job_fails_loudly_when_one_could_not_be_closed(on):
    on("2025-11-01")
    refuse_updates(StatementFactory())

    with pytest.raises(StatementsNotClosed):
        close_due_statements.run()


def test_the_job_runs_just_after_midnight_in_london():
    entry = app.conf.beat_schedule["close-due-statements"]

    assert entry["task"] == close_due_statements.name
    assert entry["schedule"].hour == {0}
    assert app.conf.timezone == "Europe/London"
    assert timedelta(minutes=min(entry["schedule"].minute)) < timedelta(minutes=15)
