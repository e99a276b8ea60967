"""What is kept of a paid statement is what a recount finds, or it is gone."""

from contextlib import contextmanager

import pgtrigger
import pytest
from django.db import connection

from register_ects.models import Declaration, StatementCount
from register_ects.models.declarations import DECLARATION_TRIGGERS
from register_ects.operations.base import Author
from register_ects.operations.statements.authorisation import authorise_statement
from tests.finance.ledgers import Ledger

ECF = {
    "contract_type": "ecf",
    "bands": [{"capacity": 9, "fee_per_declaration": "1000.00", "output_fee_ratio": "0.60"}],
}


@pytest.fixture
def ledger():
    return Ledger(ECF)


@pytest.fixture
def statement(ledger):
    statement = ledger.add_statement(
        year=2025,
        month=1,
        payment_date="2025-01-25",
        ect={"started": {"billable": 3}},
        mentor={"started": {"billable": 2}},
        uplifts={"billable": 1},
    )
    ledger.pay(statement, "ect", "completed", 1, payment_status="voided")
    return statement


@pytest.fixture
def paid(ledger, statement):
    ledger.settle(statement)
    assert kept(statement)
    return statement


@pytest.fixture
def later(ledger, statement):
    return ledger.add_statement(year=2025, month=4, payment_date="2025-04-25")


def keep(*statements):
    """Keep what is on paid statements."""
    StatementCount.objects.keep([each.pk for each in statements])
    assert all(map(kept, statements))


@contextmanager
def nothing_refused():
    """Let declarations be changed that are on paid statements."""
    with pgtrigger.ignore(
        *(f"register_ects.Declaration:{each.name}" for each in DECLARATION_TRIGGERS)
    ):
        yield


def kept(*statements):
    return StatementCount.objects.filter(statement__in=statements).exists()


def sorted_of(*statements):
    keys = [each.pk for each in statements]
    return sorted(StatementCount.objects.of(keys)), sorted(StatementCount.objects.counted(keys))


def test_what_is_kept_is_what_was_counted(ledger, statement, later):
    ledger.claw_back(later, "ect", "started", 2, uplifts=1)
    _, counted = sorted_of(statement, later)

    ledger.settle(later)

    assert kept(statement)
    assert kept(later)
    assert [tuple(each) for each in counted] == [
        (statement.pk, "ect", "completed", 0, 0, 0, 0, 1),
        (statement.pk, "ect", "started", 3, 0, 1, 0, 0),
        (statement.pk, "mentor", "started", 2, 0, 0, 0, 0),
        (later.pk, "ect", "started", 0, 2, 0, 1, 0),
    ]
    assert sorted(StatementCount.objects.of([statement.pk, later.pk])) == counted


def test_some_are_kept_and_others_counted(ledger, paid, later):
    ledger.pay(later, "ect", "completed", 2)

    both, counted = sorted_of(paid, later)

    assert both == counted
    assert not kept(later)


def test_to_keep_again_replaces(paid):
    keep(paid)

    assert StatementCount.objects.filter(statement=paid).count() == 3


def test_what_was_dropped_is_kept_when_asked_for(paid):
    with nothing_refused():
        Declaration.objects.filter(payment_statement=paid).update(payment_status="voided")
    assert not kept(paid)

    keep(paid)

    assert sorted_of(paid)[0] == sorted_of(paid)[1]


def test_nothing_is_kept_of_what_is_not_paid(statement):
    StatementCount.objects.keep([statement.pk])

    assert not kept(statement)


def test_authorising_a_statement_keeps_its_counts(ledger, statement):
    ledger.pay(statement, "mentor", "completed", 1, payment_status="payable")

    authorise_statement(statement, author=Author.system())

    both, counted = sorted_of(statement)
    assert kept(statement)
    assert both == counted
    assert (statement.pk, "mentor", "completed", 1, 0, 0, 0, 0) in both


def test_a_clawback_leaves_what_is_kept_of_the_statement_that_paid(ledger, paid, later):
    ledger.claw_back(later, "ect", "started", 1)

    assert kept(paid)
    assert sorted_of(paid, later)[0] == sorted_of(paid, later)[1]


def test_what_changes_no_count_leaves_what_is_kept(paid):
    Declaration.objects.filter(payment_statement=paid).update(evidence_type=None)

    assert kept(paid)


def _add(ledger, statement, later):
    ledger.pay(statement, "ect", "retained-1", 1)


def _void(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "retained-1", 1, payment_status="payable")
    keep(statement)
    payable.payment_status = "voided"
    payable.save()


def _give_an_uplift(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "started", 1, payment_status="payable")
    keep(statement)
    payable.sparsity_uplift = True
    payable.save()


def _move_away(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "retained-1", 1, payment_status="payable")
    keep(statement)
    payable.payment_statement = later
    payable.save()


def _move_here(ledger, statement, later):
    [payable] = ledger.pay(later, "ect", "retained-1", 1, payment_status="payable")
    payable.payment_statement = statement
    payable.save()


def _take_back_here(ledger, statement, later):
    [declaration] = ledger.pay(later, "ect", "retained-1", 1)
    ledger.settle(later)
    declaration.clawback_status, declaration.clawback_statement = "awaiting_clawback", statement
    declaration.save()


def _delete(ledger, statement, later):
    Declaration.objects.filter(payment_statement=statement, trainee_role="mentor").delete()


@pytest.mark.parametrize(
    "change",
    [_add, _void, _give_an_uplift, _move_away, _move_here, _take_back_here, _delete],
    ids=lambda change: change.__name__.strip("_"),
)
def test_whatever_changes_a_count_drops_what_is_kept(ledger, paid, later, change):
    with nothing_refused():
        change(ledger, paid, later)

    assert not kept(paid)
    assert sorted_of(paid, later)[0] == sorted_of(paid, later)[1]


def test_many_changed_at_once_by_sql_are_noticed(paid):
    with nothing_refused(), connection.cursor() as cursor:
        cursor.execute("UPDATE declaration SET payment_status = 'voided'")

    assert not kept(paid)
