"""What stands beneath money that was paid never moves (spec 04 §7.12-13, §11.3, 01 §4.1-4.2)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from finance.queries import load_statement
from register_ects.models import StatementCount
from tests.factories import (
    ActiveLeadProviderBandFactory,
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    DeclarationFactory,
    LeadProviderFactory,
    StaffUserFactory,
    StatementAuditNoteFactory,
    StatementFactory,
)
from tests.models.test_settled_declarations import statement_for
from tests.raw_sql import changed, copied, removed

NOW = datetime(2026, 1, 13, 12, tzinfo=UTC)
SETTLED = {"status": "paid", "marked_as_paid_at": NOW}
SETTLED_TOGETHER = "what_is_settled_is_on_a_paid_statement"
STEP = "what_is_owed_keeps_step_with_its_statement"


def together(*statements):
    """Run statements, and check at the end what is left for the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for sql, *params in statements:
            cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# -- What a paid declaration says --------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"declaration_type": "retained-1"},
        {"evidence_type": "other"},
        {"declaration_date": datetime(2025, 10, 2, 12, tzinfo=UTC)},
        {"created_at": NOW},
        {"pupil_premium_uplift": True},
        {"sparsity_uplift": True},
    ],
    ids=lambda columns: ", ".join(columns),
)
@pytest.mark.parametrize("state", ["paid", "awaiting_clawback", "clawed_back"])
def test_what_was_paid_for_never_changes(refused, execute, state, columns):
    year = 2024  # with uplifts
    paid = DeclarationFactory(**{state: True}, training_period__year=year)
    problem = refused("what_was_paid_for_never_changes", *changed(paid, **columns))
    assert problem.code == "already_paid"


@pytest.mark.parametrize("state", ["paid", "clawed_back"])
def test_a_paid_declaration_keeps_its_id_and_its_training(refused, state):
    paid = DeclarationFactory(**{state: True})
    other = DeclarationFactory().training_period
    refused("public_ids_never_change", *changed(paid, api_id=uuid4()))
    refused("what_was_paid_for_never_changes", *changed(paid, training_period_id=other.pk))
    refused(
        "what_was_paid_for_never_changes",
        *changed(paid, trainee_role="mentor", ect_at_school_period_id=None),
    )


@pytest.mark.parametrize("column", ["lead_provider_id", "contract_period_year", "teacher_id"])
def test_a_paid_declaration_keeps_its_person_provider_and_year(refused, column):
    other = DeclarationFactory(training_period__year=2023)
    field = {"contract_period_year": "contract_period_id"}.get(column, column)
    refused(None, *changed(DeclarationFactory(paid=True), **{column: getattr(other, field)}))


def test_what_was_not_paid_may_be_put_right(execute):
    execute(*changed(DeclarationFactory(eligible=True), evidence_type="other"))


# -- A declaration is as far as its statement ---------------------------------------------------


@pytest.mark.parametrize("state", ["eligible", "payable"])
@pytest.mark.parametrize("status", ["eligible", "payable", "paid"])
def test_nothing_joins_a_paid_statement(refused, state, status):
    declaration = DeclarationFactory(**{state: True})
    settled = statement_for(declaration, paid=True)
    problem = refused(
        STEP, *changed(declaration, payment_status=status, payment_statement_id=settled.pk)
    )
    assert problem.code == "does_not_match"


@pytest.mark.parametrize(
    ("status", "trait"), [("eligible", "payable"), ("payable", "open"), ("payable", "paid")]
)
def test_a_declaration_is_made_as_far_as_its_statement(refused, status, trait):
    voided = DeclarationFactory(voided=True)
    statement = statement_for(voided, **({} if trait == "open" else {trait: True}))
    refused(STEP, *copied(voided, payment_status=status, payment_statement_id=statement.pk))


def test_nothing_becomes_payable_while_its_statement_is_open(refused):
    refused(STEP, *changed(DeclarationFactory(eligible=True), payment_status="payable"))


def test_a_statement_closes_with_what_is_on_it(refused):
    statement = DeclarationFactory(eligible=True).payment_statement
    problem = refused("statements_leave_nothing_behind", *changed(statement, status="payable"))
    assert problem.field == "status"


def test_a_statement_is_paid_with_what_is_on_it(refused):
    payable = DeclarationFactory(payable=True).payment_statement
    refused("statements_leave_nothing_behind", *changed(payable, **SETTLED))


def test_a_statement_is_paid_with_what_is_clawed_back_on_it(refused, execute):
    declaration = DeclarationFactory(awaiting_clawback=True)
    recovery = declaration.clawback_statement
    execute(*changed(recovery, status="payable"))
    refused("statements_leave_nothing_behind", *changed(recovery, **SETTLED))
    together(
        changed(declaration, clawback_status="clawed_back"),
        changed(recovery, **SETTLED),
    )


def test_nothing_is_paid_while_its_statement_is_payable(refused):
    declaration = DeclarationFactory(payable=True)
    problem = refused(SETTLED_TOGETHER, *changed(declaration, payment_status="paid"))
    assert (problem.field, problem.code) == ("payment_status", "does_not_match")
    together(
        changed(declaration, payment_status="paid"),
        changed(declaration.payment_statement, **SETTLED),
    )


def test_nothing_is_made_paid_on_a_statement_that_is_payable(refused):
    voided = DeclarationFactory(voided=True)
    payable = statement_for(voided, payable=True)
    refused(
        SETTLED_TOGETHER,
        *copied(voided, payment_status="paid", payment_statement_id=payable.pk),
    )


def test_nothing_is_clawed_back_while_its_statement_is_payable(refused, execute):
    declaration = DeclarationFactory(awaiting_clawback=True)
    execute(*changed(declaration.clawback_statement, status="payable"))
    refused(SETTLED_TOGETHER, *changed(declaration, clawback_status="clawed_back"))


@pytest.mark.parametrize(
    ("state", "earlier"),
    [("eligible", "no_payment"), ("payable", "no_payment"), ("payable", "eligible")],
)
def test_what_is_owed_never_goes_back(refused, state, earlier):
    declaration = DeclarationFactory(**{state: True})
    statement = None if earlier == "no_payment" else statement_for(declaration).pk
    problem = refused(
        "what_is_owed_never_goes_back",
        *changed(declaration, payment_status=earlier, payment_statement_id=statement),
    )
    assert problem.code == "cannot_change"


@pytest.mark.parametrize("state", ["paid", "payable", "eligible"])
def test_only_what_was_voided_names_who_voided_it(refused, state):
    who = {"voided_by_user_id": StaffUserFactory().pk, "voided_by_user_at": NOW}
    problem = refused(
        "voided_by_staff_only_when_voided", *changed(DeclarationFactory(**{state: True}), **who)
    )
    assert problem.field == "voided_by_user"


@pytest.mark.parametrize("state", ["voided", "awaiting_clawback", "clawed_back"])
def test_who_voided_a_declaration_or_had_it_clawed_back_is_kept(execute, state):
    who = {"voided_by_user_id": StaffUserFactory().pk, "voided_by_user_at": NOW}
    execute(*changed(DeclarationFactory(**{state: True}), **who))


# -- What is counted and noted ------------------------------------------------------------------


def counted():
    """Return a paid statement with what is counted on it."""
    statement = DeclarationFactory(paid=True).payment_statement
    StatementCount.objects.keep([statement.pk])
    return statement, StatementCount.objects.get(statement=statement)


def test_what_is_counted_on_a_paid_statement_is_not_written_by_hand(refused):
    statement, count = counted()
    other = StatementFactory(paid=True)
    for attempt in (
        (
            "UPDATE statement_count SET billable = billable + 100 WHERE statement_id = %s",
            statement.pk,
        ),
        changed(count, refundable=0, voided=7),
        copied(count, declaration_type="completed"),
        copied(count, statement_id=other.pk),
        removed(count),
        ("TRUNCATE statement_count",),
    ):
        refused(None, *attempt)
    assert load_statement(statement.api_id).counts.ect["started"].billable == 1


def test_to_pay_a_statement_again_counts_what_is_on_it(execute):
    statement, _count = counted()
    execute("UPDATE statement SET status = 'paid' WHERE id = %s", statement.pk)
    assert StatementCount.objects.get(statement=statement).billable == 1


def test_a_note_about_a_statement_stays_as_it_was(refused, execute):
    note = StatementAuditNoteFactory(statement=StatementFactory(paid=True))
    refused("audit_notes_never_change", *changed(note, body="Something else"))
    refused("audit_notes_never_change", *changed(note, statement_id=StatementFactory().pk))
    refused("audit_notes_of_paid_statements_stay", *removed(note))
    execute(*removed(StatementAuditNoteFactory()))


# -- Clawbacks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["awaiting_clawback", "clawed_back"])
def test_nothing_is_clawed_back_on_a_paid_statement(refused, status):
    declaration = DeclarationFactory(paid=True)
    settled = statement_for(declaration, paid=True)
    problem = refused(
        "nothing_is_clawed_back_on_a_paid_statement",
        *changed(declaration, clawback_status=status, clawback_statement_id=settled.pk),
    )
    assert (problem.field, problem.code) == ("clawback_statement", "already_paid")


def test_a_clawback_that_waits_does_not_move_to_a_paid_statement(refused):
    declaration = DeclarationFactory(awaiting_clawback=True)
    settled = statement_for(declaration, paid=True)
    refused(
        "nothing_is_clawed_back_on_a_paid_statement",
        *changed(declaration, clawback_statement_id=settled.pk),
    )


def test_nothing_is_clawed_back_on_the_statement_that_paid_it(refused):
    statement = DeclarationFactory(payable=True).payment_statement
    problem = refused(
        "clawed_back_on_another_statement",
        """UPDATE declaration SET payment_status = 'paid',
            clawback_status = 'awaiting_clawback', clawback_statement_id = payment_statement_id
        WHERE payment_statement_id = %s""",
        statement.pk,
    )
    assert problem.code == "same_statement"


# -- Statements ---------------------------------------------------------------------------------


def test_a_statement_is_closed_before_it_is_paid(refused):
    problem = refused(
        "statements_close_before_they_are_paid", *changed(StatementFactory(), **SETTLED)
    )
    assert problem.code == "not_payable"


@pytest.mark.parametrize(
    "columns",
    [{"deadline_date": date(2025, 1, 1)}, {"payment_date": date(2030, 1, 1)}],
    ids=lambda columns: ", ".join(columns),
)
def test_the_dates_of_a_closed_statement_never_change(refused, execute, columns):
    closed = StatementFactory(payable=True)
    refused("closed_statements_keep_their_dates", *changed(closed, **columns))
    refused("closed_statements_keep_their_dates", *changed(closed, **columns, **SETTLED))
    execute(*changed(StatementFactory(), **columns))


# -- Facts beneath paid statements --------------------------------------------------------------


@pytest.mark.parametrize("registered", [True, False])
def test_vat_registration_is_fixed_once_statements_were_paid(refused, execute, registered):
    provider = LeadProviderFactory(vat_registered=registered)
    StatementFactory(lead_provider=provider, contract_year=2024, paid=True)
    problem = refused(
        "vat_registration_is_fixed_once_paid", *changed(provider, vat_registered=not registered)
    )
    assert "VAT rate of a later contract" in problem.details["message"]
    execute(*changed(provider, name="Harbour and Sea"))


@pytest.mark.parametrize(
    ("since", "is_refused"),
    [(None, True), (-1, True), (0, True), (1, False), (400, False)],
    ids=["always", "before", "on its day", "the day after", "years later"],
)
def test_a_provider_may_register_for_vat_after_what_was_paid(refused, execute, since, is_refused):
    provider = LeadProviderFactory(vat_registered=False)
    paid = StatementFactory(lead_provider=provider, contract_year=2024, paid=True)
    day = None if since is None else paid.payment_date + timedelta(days=since)
    change = changed(provider, vat_registered=True, vat_registered_from=day)
    if is_refused:
        refused("vat_registration_is_fixed_once_paid", *change)
        return
    execute(*change)
    provider.refresh_from_db()
    assert not provider.is_vat_registered_on(paid.payment_date)
    assert provider.is_vat_registered_on(day)
    refused("vat_registration_is_fixed_once_paid", *changed(provider, vat_registered_from=None))


def test_vat_registration_may_change_before_a_statement_is_paid(execute):
    provider = StatementFactory(payable=True).lead_provider
    execute(*changed(provider, vat_registered=False))


def test_vat_may_change_with_a_later_contract(execute):
    provider = LeadProviderFactory()
    StatementFactory(lead_provider=provider, contract_year=2024, paid=True)
    later = StatementFactory(lead_provider=provider, contract_year=2025)
    execute(*changed(later.contract, vat_rate=0))


def banded(*, paid):
    """Return three bands, with a statement that is open or paid."""
    active = ActiveLeadProviderFactory()
    bands = [ActiveLeadProviderBandFactory(active_lead_provider=active) for _ in range(3)]
    StatementFactory(active_lead_provider=active, paid=paid)
    return bands


def test_bands_are_fixed_once_statements_were_paid(refused, execute):
    first, middle, last = banded(paid=True)
    for attempt in (
        changed(first, capacity=101),
        changed(middle, capacity=101),
        copied(last, allocation_order=4),
        changed(last, active_lead_provider_id=ActiveLeadProviderFactory().pk),
        removed(last),
    ):
        problem = refused("bands_are_fixed_once_paid", *attempt)
        assert problem.code == "already_paid"
    execute(*changed(last, capacity=101))


def test_a_band_cannot_come_from_elsewhere_once_statements_were_paid(refused):
    active = banded(paid=True)[0].active_lead_provider
    loose = ActiveLeadProviderBandFactory()
    refused(
        "bands_are_fixed_once_paid",
        *changed(loose, active_lead_provider_id=active.pk, allocation_order=1),
    )


def test_bands_change_before_statements_are_paid(execute):
    first, _middle, last = banded(paid=False)
    execute(*changed(first, capacity=101))
    execute(*copied(last, allocation_order=4))


@pytest.mark.parametrize("flag", ["uplift_fees_enabled", "mentor_funding_enabled"])
@pytest.mark.parametrize("state", ["paid", "clawed_back"])
def test_what_a_year_pays_for_is_fixed_once_declarations_were_paid(refused, execute, state, flag):
    period = DeclarationFactory(**{state: True}).contract_period
    problem = refused(
        "what_a_year_pays_for_is_fixed_once_paid",
        *changed(period, **{flag: not getattr(period, flag)}),
    )
    assert problem.code == "already_paid"
    execute(*changed(period, declarations_in_sequence=not period.declarations_in_sequence))


@pytest.mark.parametrize("flag", ["uplift_fees_enabled", "mentor_funding_enabled"])
def test_what_a_year_pays_for_may_change_before(execute, flag):
    DeclarationFactory(paid=True)
    StatementFactory(contract_year=2023, paid=True)
    period = DeclarationFactory(eligible=True, training_period__year=2023).contract_period
    execute(*changed(period, **{flag: not getattr(period, flag)}))
    untouched = ContractPeriodFactory(year=2022)
    execute(*changed(untouched, **{flag: not getattr(untouched, flag)}))
