"""Money that was claimed or paid: what the database refuses to undo (spec 01 §11, spec 04 §4)."""

import pytest

from tests.factories import DeclarationFactory, StatementFactory
from tests.raw_sql import changed, copied, removed

PAID = {"payment_status": "paid"}


def statement_for(declaration, **traits):
    return StatementFactory(
        lead_provider=declaration.lead_provider,
        contract_year=declaration.contract_period_id,
        **traits,
    )


# -- What a declaration may be on --------------------------------------------------------------


@pytest.mark.parametrize("state", ["eligible", "payable", "paid"])
def test_no_declaration_is_on_a_service_fee_statement(refused, state):
    declaration = DeclarationFactory()
    service = statement_for(declaration, service=True, paid=True)
    problem = refused(
        "declarations_are_on_output_statements",
        *changed(declaration, payment_status=state, payment_statement_id=service.pk),
    )
    assert problem.field == "payment_statement"


def test_nothing_is_clawed_back_on_a_service_fee_statement(refused):
    declaration = DeclarationFactory(paid=True)
    service = statement_for(declaration, service=True)
    refused(
        "declarations_are_on_output_statements",
        *changed(
            declaration, clawback_status="awaiting_clawback", clawback_statement_id=service.pk
        ),
    )


def test_a_statement_with_declarations_cannot_become_a_service_fee_statement(refused, execute):
    with_one = DeclarationFactory(eligible=True).payment_statement
    clawing_back = DeclarationFactory(awaiting_clawback=True).clawback_statement
    for statement in (with_one, clawing_back):
        refused("statements_with_declarations_pay_outputs", *changed(statement, fee_type="service"))
    execute(*changed(StatementFactory(), fee_type="service"))


def test_nothing_is_paid_on_an_open_statement(refused):
    declaration = DeclarationFactory(eligible=True)
    problem = refused("nothing_is_paid_on_an_open_statement", *changed(declaration, **PAID))
    assert problem.code == "still_open"


def test_no_declaration_is_made_as_paid_on_an_open_statement(refused):
    declaration = DeclarationFactory(voided=True)
    refused(
        "nothing_is_paid_on_an_open_statement",
        *copied(declaration, **PAID, payment_statement_id=statement_for(declaration).pk),
    )


def test_nothing_is_clawed_back_on_an_open_statement(refused):
    declaration = DeclarationFactory(awaiting_clawback=True)
    refused(
        "nothing_is_paid_on_an_open_statement",
        *changed(declaration, clawback_status="clawed_back"),
    )


# -- What never becomes undone -----------------------------------------------------------------


def test_a_voided_declaration_stays_on_the_statement_that_was_paid(refused):
    declaration = DeclarationFactory(voided=True)
    paid, other = (statement_for(declaration, **traits) for traits in ({"paid": True}, {}))
    place = {"payment_statement_id": paid.pk}
    refused("what_is_on_a_paid_statement_stays", *changed(declaration, **place))
    on_paid = DeclarationFactory(
        voided=True, training_period=declaration.training_period, payment_statement=paid
    )
    for elsewhere in (other.pk, None):
        refused(
            "what_is_on_a_paid_statement_stays",
            *changed(on_paid, payment_statement_id=elsewhere),
        )


@pytest.mark.parametrize("status", ["no_payment", "eligible", "payable", "voided"])
@pytest.mark.parametrize("state", ["paid", "clawed_back"])
def test_a_paid_declaration_stays_paid(refused, state, status):
    declaration = DeclarationFactory(**{state: True})
    problem = refused("paid_declarations_stay_paid", *changed(declaration, payment_status=status))
    assert "only be clawed back" in problem.details["message"]


def test_a_paid_declaration_stays_on_its_statement(refused):
    declaration = DeclarationFactory(paid=True)
    other = statement_for(declaration, paid=True)
    refused("paid_declarations_stay_paid", *changed(declaration, payment_statement_id=other.pk))


@pytest.mark.parametrize("status", ["no_payment", "eligible", "payable", "paid"])
def test_a_voided_declaration_stays_voided(refused, status):
    declaration = DeclarationFactory(voided=True)
    paid = statement_for(declaration, paid=True)
    columns = {"payment_status": status}
    if status != "no_payment":
        columns["payment_statement_id"] = paid.pk
    refused("voided_declarations_stay_voided", *changed(declaration, **columns))


@pytest.mark.parametrize(
    ("state", "columns"),
    [
        ("awaiting_clawback", {"clawback_status": "no_clawback", "clawback_statement_id": None}),
        ("clawed_back", {"clawback_status": "no_clawback", "clawback_statement_id": None}),
        ("clawed_back", {"clawback_status": "awaiting_clawback"}),
    ],
)
def test_a_clawback_is_never_taken_back(refused, state, columns):
    refused(
        "clawbacks_are_never_taken_back", *changed(DeclarationFactory(**{state: True}), **columns)
    )


@pytest.mark.parametrize("state", ["eligible", "payable", "paid", "clawed_back"])
def test_a_declaration_on_a_statement_is_never_deleted(refused, state):
    problem = refused(
        "declarations_on_a_statement_are_never_deleted",
        *removed(DeclarationFactory(**{state: True})),
    )
    assert problem.code == "cannot_delete"


@pytest.mark.parametrize("state", ["no_payment", "eligible", "payable"])
def test_what_was_not_paid_may_be_voided(execute, state):
    declaration = DeclarationFactory(**{state: True} if state != "no_payment" else {})
    execute(*changed(declaration, payment_status="voided"))
