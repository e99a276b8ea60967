"""Closing statements: what is due becomes payable, once, each on its own."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from register_ects.models import Event, Statement
from register_ects.operations.base import Author
from register_ects.operations.statements.closing import close_due_statements
from tests.database import refuse_updates, wait_for_blocked
from tests.factories import DeclarationFactory, StatementFactory

SYSTEM = Author.system()
DEADLINE = date(2025, 10, 31)
DAY_AFTER = date(2025, 11, 1)


@pytest.mark.parametrize("traits", [{}, {"service": True}], ids=["output", "service"])
def test_a_statement_becomes_payable_the_day_after_its_deadline(traits):
    statement = StatementFactory(deadline_date=DEADLINE, **traits)

    report = close_due_statements(DAY_AFTER, SYSTEM)

    statement.refresh_from_db()
    assert statement.status == "payable"
    assert [closed.statement for closed in report.closed] == [statement]


def test_the_deadline_day_still_belongs_to_the_statement():
    statement = StatementFactory(deadline_date=DEADLINE)

    assert close_due_statements(DEADLINE, SYSTEM).closed == []

    statement.refresh_from_db()
    assert statement.status == "open"


def test_eligible_declarations_become_payable_each_with_an_event():
    declaration = DeclarationFactory(eligible=True)
    statement = declaration.payment_statement

    report = close_due_statements(DAY_AFTER, SYSTEM)

    declaration.refresh_from_db()
    assert declaration.payment_status == "payable"
    assert report.closed[0].declarations == 1
    told = Event.objects.get(declaration=declaration)
    assert told.heading.endswith("became payable")
    assert (told.event_type, told.statement) == ("teacher_declaration_payable", statement)
    assert (told.teacher, told.author_type) == (declaration.teacher, "system")


def test_records_that_the_statement_became_payable():
    statement = StatementFactory(deadline_date=DEADLINE, lead_provider__name="Cedar Learning")

    close_due_statements(DAY_AFTER, SYSTEM)

    told = Event.objects.get(event_type="statement_marked_payable")
    assert told.heading == "The Cedar Learning statement for November 2025 became payable"
    assert (told.statement, told.lead_provider) == (statement, statement.lead_provider)


def test_leaves_everything_else_as_it_is():
    eligible = DeclarationFactory(eligible=True)
    statement = eligible.payment_statement
    voided = DeclarationFactory(
        voided=True,
        payment_statement=statement,
        training_period__lead_provider=statement.lead_provider,
    )
    submitted = DeclarationFactory(training_period__lead_provider=statement.lead_provider)
    later = StatementFactory(lead_provider=statement.lead_provider)
    elsewhere = DeclarationFactory(
        payment_status="eligible",
        payment_statement=later,
        training_period__lead_provider=statement.lead_provider,
    )

    report = close_due_statements(DAY_AFTER, SYSTEM)

    assert [closed.statement for closed in report.closed] == [statement]
    for declaration, status in [
        (voided, "voided"),
        (submitted, "no_payment"),
        (elsewhere, "eligible"),
    ]:
        declaration.refresh_from_db()
        assert declaration.payment_status == status


def test_closing_asks_as_much_for_many_declarations_as_for_one():
    asked = []
    for declarations in (1, 6):
        first = DeclarationFactory(eligible=True)
        for _ in range(declarations - 1):
            DeclarationFactory(eligible=True, training_period__lead_provider=first.lead_provider)
        with CaptureQueriesContext(connection) as queries:
            report = close_due_statements(DAY_AFTER, SYSTEM)
        assert [closed.declarations for closed in report.closed] == [declarations]
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_closing_again_changes_nothing():
    DeclarationFactory(eligible=True)
    close_due_statements(DAY_AFTER, SYSTEM)
    events = Event.objects.count()

    assert close_due_statements(DAY_AFTER, SYSTEM).closed == []
    assert Event.objects.count() == events


def test_one_that_fails_is_left_as_it_was_and_does_not_hold_up_the_rest():
    broken = DeclarationFactory(eligible=True)
    sound = DeclarationFactory(eligible=True)
    refuse_updates(broken.payment_statement)

    report = close_due_statements(DAY_AFTER, SYSTEM)

    assert report.failed == [broken.payment_statement]
    assert [closed.statement for closed in report.closed] == [sound.payment_statement]
    broken.refresh_from_db()
    assert broken.payment_status == "eligible"
    assert not Event.objects.filter(declaration=broken).exists()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_close_a_statement_once():
    statement = DeclarationFactory(eligible=True).payment_statement
    reports = []

    def run():
        reports.append(close_due_statements(DAY_AFTER, SYSTEM))
        connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    with transaction.atomic():  # both have found it due before either may close it
        Statement.objects.select_for_update().get(pk=statement.pk)
        for thread in runs:
            thread.start()
        wait_for_blocked(2)
    for thread in runs:
        thread.join()

    assert sorted(len(report.closed) for report in reports) == [0, 1]
    assert [report.failed for report in reports] == [[], []]
    assert Event.objects.filter(event_type="statement_marked_payable").count() == 1
    assert Event.objects.filter(event_type="teacher_declaration_payable").count() == 1
