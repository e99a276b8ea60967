"""What is kept of a paid statement is what a recount finds, or it is gone."""

import pgtrigger
import pytest
from django.db import connection

from register_ects.models import Declaration, StatementCount
from register_ects.operations.base import Author
from register_ects.operations.statement_authorisation import authorise_statement
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
def later(ledger, statement):
    return ledger.add_statement(year=2025, month=4, payment_date="2025-04-25")


def kept(*statements):
    return StatementCount.objects.filter(statement__in=statements).exists()


def sorted_of(*statements):
    keys = [each.pk for each in statements]
    return sorted(StatementCount.objects.of(keys)), sorted(StatementCount.objects.counted(keys))


def test_what_is_kept_is_what_was_counted(ledger, statement, later):
    ledger.claw_back(later, "ect", "started", 2, uplifts=1)
    _, counted = sorted_of(statement, later)

    StatementCount.objects.keep([statement.pk, later.pk])

    assert [tuple(each) for each in counted] == [
        (statement.pk, "ect", "completed", 0, 0, 0, 0, 1),
        (statement.pk, "ect", "started", 3, 0, 1, 0, 0),
        (statement.pk, "mentor", "started", 2, 0, 0, 0, 0),
        (later.pk, "ect", "started", 0, 2, 0, 1, 0),
    ]
    assert sorted(StatementCount.objects.of([statement.pk, later.pk])) == counted


def test_some_are_kept_and_others_counted(ledger, statement, later):
    ledger.pay(later, "ect", "completed", 2)
    StatementCount.objects.keep([statement.pk])

    both, counted = sorted_of(statement, later)

    assert both == counted
    assert not kept(later)


def test_to_keep_again_replaces(statement):
    StatementCount.objects.keep([statement.pk])
    StatementCount.objects.keep([statement.pk])

    assert StatementCount.objects.filter(statement=statement).count() == 3


def test_authorising_a_statement_keeps_its_counts(ledger, statement):
    ledger.pay(statement, "mentor", "completed", 1, payment_status="payable")

    authorise_statement(statement, author=Author.system())

    both, counted = sorted_of(statement)
    assert kept(statement)
    assert both == counted
    assert (statement.pk, "mentor", "completed", 1, 0, 0, 0, 0) in both


def test_a_clawback_leaves_what_is_kept_of_the_statement_that_paid(ledger, statement, later):
    StatementCount.objects.keep([statement.pk, later.pk])

    ledger.claw_back(later, "ect", "started", 1)

    assert kept(statement)
    assert sorted_of(statement, later)[0] == sorted_of(statement, later)[1]


def test_what_changes_no_count_leaves_what_is_kept(statement):
    StatementCount.objects.keep([statement.pk])

    Declaration.objects.filter(payment_statement=statement).update(evidence_type=None)

    assert kept(statement)


def _add(ledger, statement, later):
    ledger.pay(statement, "ect", "retained-1", 1)


def _void(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "retained-1", 1, payment_status="payable")
    StatementCount.objects.keep([statement.pk])
    payable.payment_status = "voided"
    payable.save()


def _give_an_uplift(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "started", 1, payment_status="payable")
    StatementCount.objects.keep([statement.pk])
    payable.sparsity_uplift = True
    payable.save()


def _move_away(ledger, statement, later):
    [payable] = ledger.pay(statement, "ect", "retained-1", 1, payment_status="payable")
    StatementCount.objects.keep([statement.pk])
    payable.payment_statement = later
    payable.save()


def _move_here(ledger, statement, later):
    [payable] = ledger.pay(later, "ect", "retained-1", 1, payment_status="payable")
    payable.payment_statement = statement
    payable.save()


def _take_back_here(ledger, statement, later):
    [paid] = ledger.pay(later, "ect", "retained-1", 1)
    paid.clawback_status, paid.clawback_statement = "awaiting_clawback", statement
    paid.save()


def _delete(ledger, statement, later):
    with pgtrigger.ignore(
        "register_ects.Declaration:declarations_on_a_statement_are_never_deleted"
    ):
        Declaration.objects.filter(payment_statement=statement, trainee_role="mentor").delete()


@pytest.mark.parametrize(
    "change",
    [_add, _void, _give_an_uplift, _move_away, _move_here, _take_back_here, _delete],
    ids=lambda change: change.__name__.strip("_"),
)
def test_whatever_changes_a_count_drops_what_is_kept(ledger, statement, later, change):
    StatementCount.objects.keep([statement.pk])

    change(ledger, statement, later)

    assert not kept(statement)
    assert sorted_of(statement, later)[0] == sorted_of(statement, later)[1]


def test_many_changed_at_once_by_sql_are_noticed(ledger, statement, later):
    ledger.pay(statement, "ect", "retained-1", 2, payment_status="payable")
    StatementCount.objects.keep([statement.pk])

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declaration SET payment_status = 'voided' WHERE payment_status = 'payable'"
        )

    assert not kept(statement)
