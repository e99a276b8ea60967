"""Finance adjusts a statement (spec 04 §8.4, §10.2)."""

from decimal import Decimal

import pytest

from register_ects.models import Event, StatementAdjustment
from register_ects.operations.base import Author
from register_ects.operations.statements.adjustments import (
    Adjustment,
    add_adjustment,
    as_held,
    change_adjustment,
    remove_adjustment,
)
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.rules.problems import RuleBroken
from tests.factories import StaffUserFactory, StatementAdjustmentFactory, StatementFactory
from tests.races import answer_while

MORE = Adjustment("Late registrations", Decimal("250.50"))
LESS = Adjustment("Service credit", Decimal("-1000.00"))
THIRD = Adjustment("Late registrations", Decimal("20.00"))


@pytest.fixture
def author():
    return Author.staff(StaffUserFactory(finance=True, name="Joanna Field"))


pytestmark = pytest.mark.day("2026-02-10")


def adjustments_of(statement):
    rows = statement.adjustments.order_by("pk").values_list("payment_type", "amount")
    return [Adjustment(*row) for row in rows]


def refusal_of(action):
    with pytest.raises(RuleBroken) as refusal:
        action()
    return str(refusal.value)


@pytest.mark.parametrize("trait", [{}, {"payable": True}, {"payable": True, "service": True}])
def test_an_unpaid_statement_takes_amounts_of_each_sign(author, trait):
    statement = StatementFactory(**trait)

    add_adjustment(statement, MORE, author=author)
    add_adjustment(statement, LESS, author=author)

    assert adjustments_of(statement) == [MORE, LESS]


def test_the_event_tells_who_added_what_and_why(author):
    statement = StatementFactory(lead_provider__name="Ambition Institute")

    adjustment = add_adjustment(statement, LESS, author=author)

    event = Event.objects.get()
    assert (event.event_type, event.author_name) == ("statement_adjustment_added", "Joanna Field")
    assert event.heading == (
        "An adjustment of -£1,000.00 was added to the Ambition Institute statement for"
        f" {statement.month_name}"
    )
    assert event.body == "Service credit"
    assert event.metadata == {"payment_type": "Service credit", "amount": "-1000.00"}
    assert (event.statement, event.statement_adjustment) == (statement, adjustment)
    assert event.active_lead_provider_id == statement.active_lead_provider_id
    assert event.lead_provider_id == statement.lead_provider_id


def test_a_change_keeps_what_it_was_before(author):
    adjustment = add_adjustment(StatementFactory(), MORE, author=author)

    less = Adjustment(MORE.reason, Decimal("205.50"))
    change_adjustment(adjustment, less, seen=MORE.mark, author=author)

    assert adjustments_of(adjustment.statement) == [Adjustment(MORE.reason, Decimal("205.50"))]
    event = Event.objects.get(event_type="statement_adjustment_updated")
    assert event.modifications == ["Amount changed from '£250.50' to '£205.50'"]
    assert event.metadata["amount"] == ["250.50", "205.50"]
    assert event.statement_adjustment == adjustment


def test_the_same_again_is_no_change(author):
    adjustment = add_adjustment(StatementFactory(), MORE, author=author)

    change_adjustment(adjustment, MORE, seen=MORE.mark, author=author)

    assert Event.objects.count() == 1


def test_removing_leaves_the_events(author):
    statement = StatementFactory(payable=True)
    adjustment = add_adjustment(statement, MORE, author=author)

    remove_adjustment(adjustment, seen=MORE.mark, author=author)

    assert adjustments_of(statement) == []
    removed, added = Event.objects.all()
    assert removed.event_type == "statement_adjustment_deleted"
    assert removed.metadata == {"payment_type": "Late registrations", "amount": "250.50"}
    assert (removed.body, added.body) == ("Late registrations", "Late registrations")
    assert (removed.statement, added.statement) == (statement, statement)


@pytest.mark.parametrize("action", ["add", "change", "remove"])
def test_a_paid_statement_refuses_each_of_them(author, action):
    statement = StatementFactory(payable=True)
    adjustment = StatementAdjustmentFactory(statement=statement)
    authorise_statement(statement, author=author)
    actions = {
        "add": lambda: add_adjustment(statement, MORE, author=author),
        "change": lambda: change_adjustment(adjustment, MORE, seen=MORE.mark, author=author),
        "remove": lambda: remove_adjustment(adjustment, seen=MORE.mark, author=author),
    }

    with pytest.raises(RuleBroken, match="statement already_paid"):
        actions[action]()

    assert adjustments_of(statement) == [Adjustment(adjustment.payment_type, adjustment.amount)]


def test_what_cannot_be_changes_nothing(author):
    adjustment = add_adjustment(StatementFactory(), MORE, author=author)
    nothing = Adjustment("", Decimal(0))

    for action in (
        lambda: add_adjustment(adjustment.statement, nothing, author=author),
        lambda: change_adjustment(adjustment, nothing, seen=MORE.mark, author=author),
    ):
        with pytest.raises(RuleBroken, match="reason missing, amount zero"):
            action()

    assert adjustments_of(adjustment.statement) == [MORE]
    assert Event.objects.count() == 1


def test_one_that_a_colleague_removed_is_neither_changed_nor_removed_again(author):
    adjustment = StatementAdjustmentFactory()
    remove_adjustment(adjustment, seen=as_held(adjustment).mark, author=author)
    held = StatementAdjustment(pk=adjustment.pk or 1, statement=adjustment.statement)

    with pytest.raises(RuleBroken, match="already_removed"):
        change_adjustment(held, MORE, seen=MORE.mark, author=author)
    with pytest.raises(RuleBroken, match="already_removed"):
        remove_adjustment(held, seen=MORE.mark, author=author)


def test_who_was_shown_something_else_changes_and_removes_nothing(author):
    adjustment = add_adjustment(StatementFactory(), MORE, author=author)
    change_adjustment(adjustment, LESS, seen=MORE.mark, author=author)
    for action in (
        lambda: change_adjustment(adjustment, THIRD, seen=MORE.mark, author=author),
        lambda: change_adjustment(adjustment, THIRD, seen="", author=author),
        lambda: remove_adjustment(adjustment, seen=MORE.mark, author=author),
    ):
        with pytest.raises(RuleBroken, match="changed_meanwhile") as refusal:
            action()
        told = refusal.value.problems[0].details
        assert told == {"reason": "Service credit", "amount": "-£1,000.00"}

    assert adjustments_of(adjustment.statement) == [LESS]
    assert Event.objects.count() == 2


def test_what_a_colleague_entered_alike_is_no_conflict(author):
    adjustment = add_adjustment(StatementFactory(), MORE, author=author)
    change_adjustment(adjustment, LESS, seen=MORE.mark, author=author)

    change_adjustment(adjustment, LESS, seen=MORE.mark, author=author)

    assert adjustments_of(adjustment.statement) == [LESS]
    assert Event.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", ["change", "remove"])
def test_of_two_at_once_who_comes_second_is_refused(author, action):
    adjustment = StatementAdjustmentFactory()
    shown = as_held(adjustment).mark
    second = {
        "change": lambda: change_adjustment(adjustment, THIRD, seen=shown, author=author),
        "remove": lambda: remove_adjustment(adjustment, seen=shown, author=author),
    }

    refused = answer_while(
        lambda: change_adjustment(adjustment, MORE, seen=shown, author=author),
        lambda: refusal_of(second[action]),
    )

    assert refused == "changed_meanwhile"
    assert adjustments_of(adjustment.statement) == [MORE]


@pytest.mark.django_db(transaction=True)
def test_who_adjusts_waits_for_who_authorises_and_is_refused(author):
    statement = StatementFactory(payable=True)

    refused = answer_while(
        lambda: authorise_statement(statement, author=author),
        lambda: refusal_of(lambda: add_adjustment(statement, MORE, author=author)),
    )

    assert refused == "statement already_paid"
    assert adjustments_of(statement) == []
