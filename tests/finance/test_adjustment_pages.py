"""Finance adjusts a statement on its pages (spec 04 §8.4)."""

import uuid

import pytest

from register_ects.models import Event
from register_ects.operations.base import Author
from register_ects.operations.statements.authorisation import authorise_statement
from tests.factories import StaffUserFactory, StatementAdjustmentFactory, StatementFactory
from tests.finance.ledgers import Ledger
from tests.finance.test_statement_pages import page_of, table
from tests.finance.test_statement_queries import FULL_ITTECF_ECTP

INCOMPLETE = "Some of this page was missing when it was sent. Check your answers and send it again"


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


def filled(reason, amount):
    """What a page for a new adjustment that was opened just now sends."""
    return {"reason": reason, "amount": amount, "once": str(uuid.uuid4())}


def edit(adjustment, action="edit"):
    return f"{page_of(adjustment.statement)}/adjustments/{adjustment.pk}/{action}"


def sent_from(page, **answers):
    """Return what the page's form sends: what is hidden in it, what it shows, and the answers."""
    reason, amount = page.select_one("#reason"), page.select_one("#amount")
    shown = {"reason": reason.get_text().strip(), "amount": amount["value"]} if reason else {}
    return {"seen": page.select_one("input[name=seen]")["value"], **shown, **answers}


def amounts(statement):
    return [*statement.adjustments.values_list("payment_type", "amount")]


def test_an_adjustment_is_added_and_shown_with_who_when_and_why(joanna, statement):
    answer = joanna.post(new(statement), filled("Starts that were declared late", "£1,000.50"))

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
    joanna.post(new(statement), filled("Service credit", typed))

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
    page = joanna.post(new(statement), filled(reason, amount))

    assert page.status_code == 422
    assert page.title.startswith("Error: Add an adjustment")
    assert page.select_one(".govuk-error-summary a").get_text() == message
    assert amounts(statement) == []


def test_a_missing_reason_does_not_hide_what_is_wrong_with_the_amount(joanna, statement):
    page = joanna.post(new(statement), filled("", "0"))

    assert page.errors == {
        "#reason": "Enter the reason for the adjustment",
        "#amount": "Amount must not be £0",
    }


def test_an_adjustment_is_changed_from_what_it_was(joanna, statement):
    adjustment = StatementAdjustmentFactory(statement=statement)

    form = joanna.get(edit(adjustment))
    joanna.post(edit(adjustment), sent_from(form, amount="90"))

    assert form.select_one("#reason").get_text().strip() == "Late registrations"
    assert form.select_one("#amount")["value"] == "100.00"
    page = joanna.get(page_of(statement))
    assert "Changed by Joanna Field, 10 Feb 2026" in table(page, "adjustments")[1][0]
    assert "Amount changed from '£100.00' to '£90.00'" in page.text


def test_an_adjustment_is_removed_after_a_look_and_its_history_stays(joanna, statement):
    adjustment = StatementAdjustmentFactory(statement=statement)

    check = joanna.get(edit(adjustment, "delete"))
    joanna.post(edit(adjustment, "delete"), sent_from(check))

    assert (check.h1, "£100.00" in check.text) == ("Remove this adjustment", True)
    page = joanna.get(page_of(statement))
    assert amounts(statement) == []
    history = page.select_one(".app-timeline__item").get_text()
    assert "An adjustment of £100.00 was removed from" in history
    assert "Joanna Field" in history


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["new", "edit", "delete"])
def test_a_paid_statement_says_why_it_takes_none(joanna, on, method, action):
    on("2026-02-10")
    statement = StatementFactory(payable=True)
    adjustment = StatementAdjustmentFactory(statement=statement)
    authorise_statement(statement, author=Author.staff(StaffUserFactory(finance=True)))
    address = new(statement) if action == "new" else edit(adjustment, action)

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

    assert joanna.get(address).location == f"{page_of(statement)}#adjustments"

    assert "There is no such adjustment on this statement." in joanna.get(page_of(statement)).text
    assert other.statement.adjustments.get() == other
    assert not Event.objects.exists()


# -- Two at once -----------------------------------------------------------------------------


@pytest.fixture
def ten_pounds(statement):
    return StatementAdjustmentFactory(statement=statement, payment_type="Late", amount="10.00")


@pytest.fixture
def colleague(sign_in):
    """Another person in finance, with a browser of their own."""
    return sign_in(StaffUserFactory(finance=True, name="Col League"))


def test_the_second_of_two_changes_undoes_nothing(joanna, colleague, statement, ten_pounds):
    of_joanna, of_colleague = joanna.get(edit(ten_pounds)), colleague.get(edit(ten_pounds))
    colleague.post(edit(ten_pounds), sent_from(of_colleague, amount="20"))

    refused = joanna.post(edit(ten_pounds), sent_from(of_joanna, reason="Late starts"))

    assert refused.status_code == 422
    assert list(refused.errors.values()) == [
        "This adjustment was changed after you began, so nothing was saved. It is now £20.00 for "
        "“Late”"
    ]
    now = [dd.get_text(strip=True) for dd in refused.select(".govuk-summary-list dd")]
    assert now == ["Late", "£20.00"]
    assert refused.select_one("#reason").get_text().strip() == "Late starts"
    assert refused.select_one("#amount")["value"] == "10.00"
    assert [f"{amount}" for _, amount in amounts(statement)] == ["20.00"]


def test_who_saves_again_after_reading_what_it_is_now_replaces_it(
    joanna, colleague, statement, ten_pounds
):
    form = joanna.get(edit(ten_pounds))
    colleague.post(edit(ten_pounds), sent_from(colleague.get(edit(ten_pounds)), amount="20"))
    refused = joanna.post(edit(ten_pounds), sent_from(form, amount="30"))

    joanna.post(edit(ten_pounds), sent_from(refused))

    assert [f"{amount}" for _, amount in amounts(statement)] == ["30.00"]


def test_an_error_of_another_kind_does_not_pass_for_having_read(
    joanna, colleague, statement, ten_pounds
):
    form = joanna.get(edit(ten_pounds))
    colleague.post(edit(ten_pounds), sent_from(colleague.get(edit(ten_pounds)), amount="20"))
    mistyped = joanna.post(edit(ten_pounds), sent_from(form, amount="x"))

    refused = joanna.post(edit(ten_pounds), sent_from(mistyped, amount="30"))

    assert mistyped.errors == {"#amount": "Amount must be a number"}
    assert "It is now £20.00" in refused.text
    assert [f"{amount}" for _, amount in amounts(statement)] == ["20.00"]


def test_nobody_removes_another_amount_than_the_page_showed(
    joanna, colleague, statement, ten_pounds
):
    check = joanna.get(edit(ten_pounds, "delete"))
    colleague.post(edit(ten_pounds), sent_from(colleague.get(edit(ten_pounds)), amount="99"))

    refused = joanna.post(edit(ten_pounds, "delete"), sent_from(check))

    assert "£10.00" in check.text
    assert refused.status_code == 422
    assert "nothing was saved. It is now £99.00 for “Late”" in refused.text
    assert [dd.get_text(strip=True) for dd in refused.select("dd")] == ["Late", "£99.00"]
    assert [f"{amount}" for _, amount in amounts(statement)] == ["99.00"]
    joanna.post(edit(ten_pounds, "delete"), sent_from(refused))
    assert amounts(statement) == []


@pytest.mark.parametrize("action", ["edit", "delete"])
@pytest.mark.parametrize("seen", [{}, {"seen": "\x00"}, {"seen": "anything"}])
def test_a_form_that_does_not_say_what_it_showed_is_shown_again(
    joanna, statement, ten_pounds, action, seen
):
    sent = {"reason": "Late", "amount": "30", **seen}

    page = joanna.post(edit(ten_pounds, action), sent)

    assert page.status_code == 422
    assert list(page.errors.values()) == [INCOMPLETE]
    assert "£10.00" in page.select_one("main dl").get_text()
    assert [f"{amount}" for _, amount in amounts(statement)] == ["10.00"]
    again = {**sent, "seen": page.select_one("input[name=seen]")["value"]}
    assert joanna.post(edit(ten_pounds, action), again).status_code == 302


def test_a_change_of_what_was_removed_meanwhile_says_so(joanna, statement, ten_pounds):
    form = joanna.get(edit(ten_pounds))
    joanna.post(edit(ten_pounds, "delete"), sent_from(joanna.get(edit(ten_pounds, "delete"))))

    joanna.post(edit(ten_pounds), sent_from(form, amount="20"))

    told = "This adjustment was removed after you began, so nothing was saved."
    assert told in joanna.get(page_of(statement)).text
    assert amounts(statement) == []


@pytest.mark.parametrize("action", ["new", "edit", "delete"])
def test_other_staff_may_not_adjust(sign_in, statement, action):
    adjustment = StatementAdjustmentFactory(statement=statement)
    address = new(statement) if action == "new" else edit(adjustment, action)

    assert sign_in(StaffUserFactory()).post(address, {}).status_code == 403
    assert statement.adjustments.count() == 1
