"""Finance authorises a statement (spec 04 §4.1)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.rules.problems import RuleBroken
from tests.factories import DeclarationFactory, StaffUserFactory, StatementFactory


@pytest.fixture
def author():
    return Author.staff(StaffUserFactory(role="finance"))


pytestmark = pytest.mark.day("2026-02-10")


def test_declarations_become_paid_and_clawbacks_are_done(author):
    payable = DeclarationFactory(payable=True)
    statement = payable.payment_statement
    clawed = DeclarationFactory(
        awaiting_clawback=True,
        training_period__lead_provider=payable.lead_provider,
        clawback_statement=statement,
    )

    authorise_statement(statement, author=author)

    for row in (payable, clawed, statement):
        row.refresh_from_db()
    assert (payable.payment_status, clawed.clawback_status) == ("paid", "clawed_back")
    assert (statement.status, statement.marked_as_paid_at is not None) == ("paid", True)
    assert set(Event.objects.values_list("event_type", flat=True)) == {
        "teacher_declaration_paid",
        "teacher_declaration_clawed_back",
        "statement_authorised_for_payment",
    }


def test_authorising_asks_as_much_for_many_declarations_as_for_one(author):
    asked = []
    for declarations in (1, 6):
        first = DeclarationFactory(payable=True)
        for _ in range(declarations - 1):
            DeclarationFactory(payable=True, training_period__lead_provider=first.lead_provider)
        assert first.payment_statement.payment_declarations.count() == declarations
        with CaptureQueriesContext(connection) as queries:
            authorise_statement(first.payment_statement, author=author)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_a_statement_without_declarations_can_be_settled(author):
    statement = StatementFactory(payable=True, service=True)

    authorise_statement(statement, author=author)

    statement.refresh_from_db()
    assert statement.status == "paid"


@pytest.mark.parametrize(("trait", "code"), [("open", "not_payable"), ("paid", "already_paid")])
def test_only_payable_statements_are_settled_and_only_once(author, trait, code):
    statement = StatementFactory() if trait == "open" else StatementFactory(paid=True)

    with pytest.raises(RuleBroken, match=code):
        authorise_statement(statement, author=author)


def test_earlier_statements_come_first_unless_a_reason_is_given(author):
    first = StatementFactory(payable=True, payment_date=date(2025, 11, 25))
    second = StatementFactory(
        payable=True,
        active_lead_provider=first.active_lead_provider,
        payment_date=date(2025, 12, 25),
    )

    with pytest.raises(RuleBroken, match="earlier_statement_unpaid"):
        authorise_statement(second, author=author)
    authorise_statement(second, author=author, out_of_order_because="November is disputed")

    assert Event.objects.get().body == "November is disputed"
