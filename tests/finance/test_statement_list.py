"""The list of statements: what it opens at, what each comes to, and the way back to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance.calculator import calculate_statement
from finance.queries import StatementFilters, list_statements, load_statement
from finance.statement_list import lay_out_statements
from finance.totals import statement_totals
from register_ects.models import Statement
from tests.factories import StaffUserFactory, StatementFactory
from tests.finance.ledgers import Ledger, settle, take_prices_away
from tests.finance.test_statement_queries import BEYOND_CAPACITY, FULL_ECF, FULL_ITTECF_ECTP

LIST = "/finance/statements"


def every_statement():
    return list(list_statements(StatementFilters(fee_type=None)))


def months(page):
    return [row.th.a.find(string=True) for row in page.select("tbody tr")]


def pay(*, month):
    settle(*Statement.objects.filter(month=month, year=2025))


def of(trait):
    return {} if trait == "open" else {trait: True}


# -- What it opens at ------------------------------------------------------------------------


def test_opens_at_the_statements_next_to_be_paid(finance, on):
    Ledger(FULL_ECF).add_statements()  # January, a service fee in February, April, August
    pay(month=1)
    on("2025-02-01")

    page = finance.get(LIST)

    assert months(page) == ["April 2025"]
    assert "past the payment date" not in page.text
    assert "The statements of April 2025 are the next to be paid." in page.text
    assert page.select_one("#statement_date option[selected]").get_text() == "April 2025"


def test_every_month_is_a_link_away_newest_first(finance, on):
    Ledger(FULL_ECF).add_statements()
    on("2025-02-01")

    [all_months] = [a for a in finance.get(LIST).select("a") if a.get_text() == "All months"]
    page = finance.get(all_months["href"])

    assert months(page) == ["August 2025", "April 2025", "January 2025"]
    assert "next to be paid." not in page.text


@pytest.mark.parametrize("trait", ["payable", "open"])
def test_opens_at_what_is_late_before_what_lies_ahead(finance, on, trait):
    late = StatementFactory(payment_date="2026-10-25", year=2026, month=10, **of(trait))
    for month in (11, 12):
        StatementFactory(
            active_lead_provider=late.active_lead_provider,
            payment_date=f"2026-{month}-25",
            year=2026,
            month=month,
            **of(trait),
        )
    on("2026-11-30")

    page = finance.get(LIST)

    assert months(page) == ["October 2026"]
    assert "next to be paid." not in page.text
    assert (
        "1 output statement of October 2026 was to be paid on 25 October 2026 and is not yet "
        "authorised."
    ) in page.text
    assert "2 output statements are past the payment date and not paid." in page.text
    listed = finance.get(page.select_one(".govuk-warning-text a")["href"])
    assert months(listed) == ["November 2026", "October 2026"]
    assert listed.select_one("#status option[selected]")["value"] == "overdue"


def test_opens_at_what_is_payable_before_what_is_still_open(finance, on):
    StatementFactory(payment_date="2026-10-25", year=2026, month=10)
    StatementFactory(payment_date="2026-11-25", year=2026, month=11, payable=True)
    on("2026-11-30")

    assert months(finance.get(LIST)) == ["November 2026"]


def test_late_statements_are_counted_without_those_that_are_paid(finance, on):
    october = {"payment_date": date(2026, 10, 25), "year": 2026, "month": 10}
    for status in ("payable", "payable", "paid"):
        StatementFactory(**october, **of(status))
    on("2026-11-30")

    assert (
        "2 output statements of October 2026 were to be paid on 25 October 2026 and are not yet "
        "authorised."
    ) in finance.get(LIST).text


def test_a_statement_to_be_paid_today_is_not_overdue(finance, on):
    StatementFactory(payment_date="2026-11-25", year=2026, month=11, payable=True)
    on("2026-11-25")

    page = finance.get(LIST)
    assert "past the payment date" not in page.text
    assert "The statements of November 2026 are the next to be paid." in page.text
    assert "No statements found" in finance.get(LIST, {"status": "overdue"}).text


@pytest.mark.parametrize(
    ("role", "is_told"), [("finance", True), ("product_team", True), ("", False)]
)
def test_the_home_page_tells_those_who_may_pay_what_is_overdue(sign_in, on, role, is_told):
    StatementFactory(payment_date="2026-10-25", year=2026, month=10, payable=True)
    StatementFactory(payment_date="2026-11-25", year=2026, month=11)
    on("2026-11-30")

    home = sign_in(StaffUserFactory(**({role: True} if role else {}))).get("/admin/")

    tasks = [" ".join(item.get_text(" ").split()) for item in home.select(".govuk-task-list__item")]
    told = (
        "Statements past their payment date and not paid "
        "The oldest was to be paid on 25 October 2026 2"
    )
    assert tasks == ([told] if is_told else [])
    assert ("Nothing needs you today" in home.text) is not is_told
    if is_told:
        assert home.select_one(".govuk-task-list a")["href"] == f"{LIST}?status=overdue"


def test_an_empty_list_says_which_filters_and_how_to_be_rid_of_them(finance, on):
    statement = StatementFactory(payment_date="2027-01-25", year=2027, month=1)
    on("2026-11-30")

    page = finance.get(LIST, {"statement_date": "2027-1", "status": "payable"})

    assert "No statements found" in page.text
    links = page.select("main ul li a")
    assert [" ".join(link.parent.get_text().split()) for link in links] == [
        "Statement month: January 2027 (remove the filter Statement month)",
        "Statement type: Output fee (remove the filter Statement type)",
        "Status: Payable (remove the filter Status)",
    ]
    assert months(finance.get(f"{LIST}{links[-1]['href']}")) == [statement.month_name]
    [clear] = [a for a in page.select("main a") if a.get_text() == "Clear all filters"]
    assert months(finance.get(f"{LIST}{clear['href']}")) == [statement.month_name]


def test_opens_at_the_newest_when_nothing_is_left_to_pay(finance, on):
    Ledger(FULL_ECF).add_statements()
    for month in (1, 4, 8):
        pay(month=month)
    on("2026-02-01")

    assert months(finance.get(LIST)) == ["August 2025", "April 2025", "January 2025"]


# -- Totals ----------------------------------------------------------------------------------


def test_shows_each_total_including_vat_and_their_sum(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    page = finance.get(LIST, {"statement_date": "2025-8"})
    assert [row.select("td")[-1].get_text() for row in page.select("tbody tr")] == ["£551.76"]

    whole = finance.get(LIST, {"lead_provider_id": statement.lead_provider_id})
    assert whole.select_one("tfoot th").get_text() == "Total including VAT"
    exact = sum(statement_totals(list(list_statements(StatementFilters()))).values())
    assert whole.select_one("tfoot td").get_text() == f"£{float(exact):,.2f}"


def test_totals_are_those_of_the_statements_themselves():
    ledger = Ledger(FULL_ECF)
    of_another_year = Ledger(FULL_ITTECF_ECTP, lead_provider=ledger.lead_provider)
    ledger.add_statements()
    of_another_year.add_statements()
    Ledger(BEYOND_CAPACITY).add_statements()
    statements = every_statement()

    totals = statement_totals(statements)

    for statement in statements:
        facts = load_statement(statement.api_id)
        expected = calculate_statement(facts.terms, facts.counts, previous=facts.previous).total
        assert totals[statement.pk] == expected


def test_a_page_of_the_list_counts_what_came_before_it():
    Ledger(FULL_ECF).add_statements()
    everything = statement_totals(every_statement())
    newest = every_statement()[:1]

    assert statement_totals(newest) == {newest[0].pk: everything[newest[0].pk]}


def test_what_cannot_be_calculated_has_no_total():
    priced, unpriced = Ledger(FULL_ECF), Ledger(FULL_ITTECF_ECTP)
    good, bad = priced.add_statements()[-1], unpriced.add_statements()[-1]
    take_prices_away(band=unpriced.bands[1])
    two = [each for each in every_statement() if each.pk in (good.pk, bad.pk)]

    totals = statement_totals(two)
    laid_out = lay_out_statements(two, totals, is_all=True)

    assert totals[bad.pk] is None
    assert {row.total for row in laid_out.rows} == {"£551.76", "Cannot be calculated"}
    assert (laid_out.label, laid_out.total) == (
        "Total including VAT, without 1 that cannot be calculated",
        "£551.76",
    )


def test_more_clawed_back_than_paid_has_no_total():
    ledger = Ledger(FULL_ECF)
    paid = ledger.add_statement(
        year=2025, month=4, payment_date="2025-04-25", ect={"started": {"billable": 1}}
    )
    taken_back_before = ledger.add_statement(
        year=2025, month=1, payment_date="2025-01-25", ect={"started": {"refundable": 1}}
    )

    totals = statement_totals(every_statement())

    assert totals == {paid.pk: None, taken_back_before.pk: None}


def test_totals_cost_the_same_however_many(django_assert_num_queries):
    Ledger(FULL_ECF).add_statements()
    Ledger(FULL_ITTECF_ECTP).add_statements()
    statements = every_statement()

    for some in (statements[:1], statements):
        with django_assert_num_queries(5):
            statement_totals(some)


def test_nothing_listed_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert statement_totals([]) == {}


# -- There and back --------------------------------------------------------------------------


def test_filters_survive_a_visit_to_a_statement_and_its_neighbour(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    asked = {"lead_provider_id": str(statement.lead_provider_id), "statement_type": "all"}
    listed = finance.get(LIST, asked)

    opened = finance.get(listed.select_one("tbody a")["href"])
    neighbour = finance.get(opened.select_one(".govuk-pagination__prev a")["href"])

    for page in (opened, neighbour):
        back = page.select_one(".govuk-breadcrumbs a")["href"]
        assert back == (f"{LIST}?lead_provider_id={statement.lead_provider_id}&statement_type=all")
        assert months(finance.get(back)) == months(listed)


@pytest.mark.parametrize(
    ("way_back", "expected"),
    [
        ("statement_date=", "?statement_date="),
        ("status=open&page=2&next=//elsewhere.example", "?status=open&page=2"),
        ("https://elsewhere.example/", ""),
        ("status=%22%3E%3Cscript%3E", ""),
        ("lead_provider_id=" + "9" * 400, ""),
        ("&" * 200, ""),
        ("\x00%ff", ""),
    ],
)
def test_the_way_back_leads_only_to_the_list(finance, way_back, expected):
    page = finance.get(f"{LIST}/{StatementFactory().api_id}", {"from": way_back})

    assert page.select_one(".govuk-breadcrumbs a")["href"] == f"{LIST}{expected}"


def test_the_list_asks_the_same_number_of_questions_whatever_is_on_it(finance):
    StatementFactory()
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            finance.get(LIST, {"statement_type": "all"})
        asked.append(len(queries))
        Ledger(FULL_ECF).add_statements()

    assert asked[0] == asked[1]
