"""Finance adjusts a statement on its pages (spec 04 §8.4)."""

import pytest

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.statement_authorisation import authorise_statement
from tests.factories import StaffUserFactory, StatementAdjustmentFactory, StatementFactory
from tests.finance.ledgers import Ledger
from tests.finance.test_statement_pages import page_of, table
from tests.finance.test_statement_queries import FULL_ITTECF_ECTP


@pytest.fixture
def joanna(sign_in):
    return sign_in(StaffUserFactory(finance=True, name="Joanna Field"))


@pytest.fixture
def statement(on):
    on("2026-02-10")
    return Ledger({**FULL_ITTECF_ECTP, "statements": []}).add_statement(
        year=2025, month=11, payment_date="2025-11-25"
    )


def new(statement):
    return f"{page_of(statement)}/adjustments/new"


def edit(adjustment, deed="edit"):
    return f"{page_of(adjustment.statement)}/adjustments/{adjustment.pk}/{deed}"


def amounts(statement):
    return [*statement.adjustments.values_list("payment_type", "amount")]


def test_an_adjustment_is_added_and_shown_with_who_when_and_why(joanna, statement):
    answer = joanna.post(
        new(statement), {"reason": "Starts that were declared late", "amount": "£1,000.50"}
    )

    assert answer.location == f"{page_of(statement)}#adjustments"
    page = joanna.get(page_of(statement))
    assert "The adjustment was added." in page.text
    reason, amount = table(page, "adjustments")[1]
    assert reason.startswith(
        "Starts that were declared late Added by Joanna Field, 10 Feb 2026 Change"
    )
    assert amount == "£1,000.50"
    assert ["Additional adjustments", "£1,000.50"] in table(page, "overview")
    history = page.select_one(".app-timeline__item").get_text()
    assert "An adjustment of £1,000.50 was added to" in history


@pytest.mark.parametrize("typed", ["-250", "-£250.00", "£-250", "\u2212£250", "- £ 250"])
def test_a_minus_takes_money_back_however_it_is_written(joanna, statement, typed):
    joanna.post(new(statement), {"reason": "Service credit", "amount": typed})

    assert [f"{amount}" for _, amount in amounts(statement)] == ["-250.00"]


@pytest.mark.parametrize(
    ("reason", "amount", "message"),
    [
        ("", "1", "Enter the reason for the adjustment"),
        ("x" * 501, "1", "Reason must be 500 characters or fewer"),
        ("Late", "", "Enter the amount, for example 250.00 or -250.00"),
        ("Late", "0", "Amount must not be £0"),
        ("Late", "1,000,000.01", "Amount must be between -£1,000,000 and £1,000,000"),
        ("Late", "-1000000.01", "Amount must be between -£1,000,000 and £1,000,000"),
        ("Late", "1.005", "Amount must have no more than 2 decimal places"),
        ("Late", "1,5", "Amount must be a number, with a full stop for decimals, like 2.5"),
        ("Late", "(50)", "Amount must be a number"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(joanna, statement, reason, amount, message):
    page = joanna.post(new(statement), {"reason": reason, "amount": amount})

    assert page.status_code == 422
    assert page.title.startswith("Error: Add an adjustment")
    assert page.select_one(".govuk-error-summary a").get_text() == message
    assert amounts(statement) == []


def test_a_missing_reason_does_not_hide_what_is_wrong_with_the_amount(joanna, statement):
    page = joanna.post(new(statement), {"reason": "", "amount": "0"})

    assert page.errors == {
        "#reason": "Enter the reason for the adjustment",
        "#amount": "Amount must not be £0",
    }


def test_an_adjustment_is_changed_from_what_it_was(joanna, statement):
    adjustment = StatementAdjustmentFactory(statement=statement)

    form = joanna.get(edit(adjustment))
    joanna.post(edit(adjustment), {"reason": "Late registrations", "amount": "90"})

    assert form.select_one("#reason").get_text().strip() == "Late registrations"
    assert form.select_one("#amount")["value"] == "100.00"
    page = joanna.get(page_of(statement))
    assert "Changed by Joanna Field, 10 Feb 2026" in table(page, "adjustments")[1][0]
    assert "Amount changed from '£100.00' to '£90.00'" in page.text


def test_an_adjustment_is_removed_after_a_look_and_its_history_stays(joanna, statement):
    adjustment = StatementAdjustmentFactory(statement=statement)

    check = joanna.get(edit(adjustment, "delete"))
    joanna.post(edit(adjustment, "delete"), {})

    assert (check.h1, "£100.00" in check.text) == ("Remove this adjustment", True)
    page = joanna.get(page_of(statement))
    assert amounts(statement) == []
    history = page.select_one(".app-timeline__item").get_text()
    assert "An adjustment of £100.00 was removed from" in history
    assert "Joanna Field" in history


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("deed", ["new", "edit", "delete"])
def test_a_paid_statement_says_why_it_takes_none(joanna, on, method, deed):
    on("2026-02-10")
    statement = StatementFactory(payable=True)
    adjustment = StatementAdjustmentFactory(statement=statement)
    authorise_statement(statement, author=Author.staff(StaffUserFactory(finance=True)))
    address = new(statement) if deed == "new" else edit(adjustment, deed)

    answer = getattr(joanna, method)(address, {"reason": "More", "amount": "5"})

    assert answer.location == f"{page_of(statement)}#adjustments"
    page = joanna.get(page_of(statement))
    assert "This statement was authorised for payment on 10 February 2026, so it takes" in page.text
    assert amounts(statement) == [("Late registrations", adjustment.amount)]


def test_a_paid_statement_offers_no_way_to_adjust_it(joanna, statement, on):
    StatementAdjustmentFactory(statement=statement)
    author = Author.staff(StaffUserFactory(finance=True))
    statement.status = "payable"
    statement.save()

    before = joanna.get(page_of(statement))
    authorise_statement(statement, author=author)
    after = joanna.get(page_of(statement))

    assert len(before.select('a[href*="/adjustments/"]')) == 3
    assert after.select('a[href*="/adjustments/"]') == []
    assert table(after, "adjustments")[-1] == ["Total adjustments", "£100.00"]


def test_one_that_is_gone_or_of_another_statement_leads_to_the_statement(joanna, statement):
    other = StatementAdjustmentFactory()
    address = f"{page_of(statement)}/adjustments/{other.pk}/delete"

    assert joanna.post(address, {}).location == f"{page_of(statement)}#adjustments"

    assert "There is no such adjustment on this statement." in joanna.get(page_of(statement)).text
    assert other.statement.adjustments.get() == other
    assert not Event.objects.exists()


@pytest.mark.parametrize("deed", ["new", "edit", "delete"])
def test_other_staff_may_not_adjust(sign_in, statement, deed):
    adjustment = StatementAdjustmentFactory(statement=statement)
    address = new(statement) if deed == "new" else edit(adjustment, deed)

    assert sign_in(StaffUserFactory()).post(address, {}).status_code == 403
    assert statement.adjustments.count() == 1
