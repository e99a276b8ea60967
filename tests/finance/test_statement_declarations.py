"""Every count on a statement leads to its declarations, and each of those to its person."""

from fractions import Fraction

import pytest

from finance.declaration_columns import lay_out_declarations
from finance.queries import load_statement
from finance.statement_page import calculate, lay_out_statement
from register_ects.models import Declaration
from tests.factories import StaffUserFactory
from tests.finance.ledgers import Ledger, take_prices_away
from tests.finance.test_statement_pages import page_of, table
from tests.finance.test_statement_queries import BEYOND_CAPACITY, FULL_ECF, FULL_ITTECF_ECTP


def listed(page):
    """Return the rows of the declarations' table; none when there is no table."""
    if page.select_one('table[aria-labelledby="declarations"]') is None:
        return []
    return table(page, "declarations")[1:-1]


def counts_on(page):
    return page.select('.govuk-table td a[href$="#declarations"], .govuk-warning-text a')


# -- From the counts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "voided"),
    [(FULL_ECF, "completed"), (FULL_ITTECF_ECTP, "completed"), (BEYOND_CAPACITY, "started")],
)
def test_every_count_leads_to_as_many_declarations(finance, scenario, voided):
    ledger = Ledger(scenario)
    statements = ledger.add_statements()
    ledger.pay(statements[-1], "ect", voided, 1, payment_status="voided")

    followed = 0
    for statement in statements:
        for link in counts_on(finance.get(page_of(statement))):
            if not link.get_text().isdigit():
                continue
            rows = listed(finance.get(f"{page_of(statement)}{link['href']}"))
            assert len(rows) == int(link.get_text()), link["href"]
            followed += 1

    assert followed > 5


def test_what_lies_beyond_the_bands_is_listed_at_nothing(finance):
    paid, clawed_back = Ledger(BEYOND_CAPACITY).add_statements()

    for statement, does in ((paid, "Payment"), (clawed_back, "Clawback")):
        page = finance.get(page_of(statement))
        rows = listed(finance.get(f"{page_of(statement)}{counts_on(page)[0]['href']}"))
        assert {(row[6], row[7], row[8]) for row in rows} == {
            (does, "Beyond the last band", "£0.00")
        }


def test_the_declarations_of_a_band_come_to_its_amount(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    page = finance.get(page_of(statement), {"kind": "clawback", "type": "started", "band": "C"})

    assert {row[7] for row in listed(page)} == {"Band C"}
    assert sorted(row[8] for row in listed(page)) == [
        "-£108.14",
        "-£108.14 and -£100.00 uplift",
    ]
    assert table(page, "declarations")[-1] == ["Together, excluding VAT", "-£316.29"]
    assert page.select_one("#declarations-band option[selected]").get_text() == "Band C"


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gift"},
        {"type": "restarted"},
        {"role": "head"},
        {"band": "Z"},
        {"uplift": "maybe"},
        {"declaration": "x' OR 1=1"},
    ],
)
def test_a_filter_that_makes_no_sense_filters_nothing(finance, query):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    assert len(listed(finance.get(page_of(statement), query))) == 8


def test_a_persons_record_leads_back_to_the_declarations_as_they_were(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    asked = {"kind": "clawback", "type": "started", "from": "statement_type=all&page=2"}
    there = finance.get(page_of(statement), asked)

    record = finance.get(there.select_one('table[aria-labelledby="declarations"] a')["href"])
    training = finance.get(record.select_one(".app-parts a[href*=training]")["href"])
    back = training.select_one(".govuk-breadcrumbs a")["href"]

    assert back.startswith(f"{page_of(statement)}?")
    assert back.endswith("#declarations")
    again = finance.get(back)
    assert listed(again) == listed(there)
    assert again.select_one(".govuk-breadcrumbs a")["href"].endswith("?statement_type=all&page=2")


def test_who_may_not_see_statements_is_led_to_none(sign_in):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    person = Declaration.objects.first().teacher
    asked = {"statement": str(statement.api_id), "from": "kind=payment"}

    page = sign_in(StaffUserFactory()).get(f"/admin/teachers/{person.api_id}", asked)

    assert page.select_one(".govuk-breadcrumbs a")["href"] == "/admin/teachers"


def test_filters_keep_the_way_back_to_the_list(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    page = finance.get(page_of(statement), {"from": "statement_type=all"})

    assert page.select_one('input[name="from"]')["value"] == "statement_type=all"
    link = counts_on(page)[0]
    back = finance.get(f"{page_of(statement)}{link['href']}")
    assert back.select_one(".govuk-breadcrumbs a")["href"].endswith("?statement_type=all")


@pytest.mark.parametrize(
    ("together", "is_all", "label", "total"),
    [
        (Fraction(-3, 2), True, "Together, excluding VAT", "-£1.50"),
        (Fraction(0), False, "Together, on all pages, excluding VAT", "£0.00"),
        (None, True, "Together, excluding VAT", None),
    ],
)
def test_the_last_row_says_of_which_declarations_it_is(together, is_all, label, total):
    table = lay_out_declarations([], {}, together=together, is_all=is_all)

    assert (table.label, table.total) == (label, total)


def test_declarations_are_listed_without_amounts_when_nothing_can_be_calculated(finance):
    ledger = Ledger(FULL_ECF)
    statement = ledger.add_statements()[0]
    take_prices_away(band=ledger.bands[1])

    page = finance.get(page_of(statement))

    rows = table(page, "declarations")[1:]
    assert {(row[7], row[8].split(" and ")[0]) for row in rows} == {("None", "No price")}


def test_nothing_on_the_page_shares_an_id(finance):
    page = finance.get(page_of(Ledger(FULL_ECF).add_statements()[-1]))

    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


# -- Both ways -------------------------------------------------------------------------------


def test_a_declaration_shows_its_id_and_leads_to_its_person(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    declaration = Declaration.objects.filter(payment_statement=statement).earliest("pk")

    page = finance.get(page_of(statement), {"declaration": str(declaration.api_id)})

    [row] = listed(page)
    assert row[9] == str(declaration.api_id)
    person = page.select_one('table[aria-labelledby="declarations"] tbody a')["href"]
    assert finance.get(person).h1 == declaration.teacher.name


def test_a_persons_record_leads_back_to_the_declaration_on_its_statements(finance):
    paid, _, clawed_back, _ = Ledger(FULL_ECF).add_statements()
    declaration = Declaration.objects.get(clawback_statement=clawed_back)

    record = finance.get(f"/admin/teachers/{declaration.teacher.api_id}/payments")

    links = [
        link["href"]
        for link in record.select("a")
        if str(declaration.api_id) in link["href"] and "/finance/" in link["href"]
    ]
    assert [link.split("?")[0] for link in links] == [page_of(paid), page_of(clawed_back)]
    for link, does in zip(links, ["Payment", "Clawback"], strict=True):
        [row] = listed(finance.get(link))
        assert (row[6], row[9]) == (does, str(declaration.api_id))


def test_who_may_not_see_finance_reads_the_month_without_a_link(sign_in):
    paid = Ledger(BEYOND_CAPACITY).add_statements()[0]
    declaration = Declaration.objects.filter(payment_statement=paid).first()

    page = sign_in(StaffUserFactory()).get(f"/admin/teachers/{declaration.teacher.api_id}/payments")

    assert paid.month_name in page.text
    assert not [link for link in page.select("a") if "/finance/" in link.get("href", "")]


# -- The two ways of counting ----------------------------------------------------------------


def comparison(statement):
    facts = load_statement(statement.api_id)
    return lay_out_statement(facts, calculate(facts)).difference


def test_nothing_is_compared_where_the_money_is_the_same():
    """Both ways place the clawback differently, in a band worth less than a penny."""
    free = {"capacity": 2, "fee_per_declaration": "0.01", "output_fee_ratio": "0.10"}
    statement = Ledger({**BEYOND_CAPACITY, "bands": [free]}).add_statements()[-1]

    assert comparison(statement) is None


def test_says_when_a_statement_comes_to_less_than_the_old_way():
    ledger = Ledger(BEYOND_CAPACITY)
    ledger.add_statements()
    replaced = ledger.add_statement(
        year=2025, month=12, payment_date="2025-12-25", ect={"started": {"billable": 1}}
    )

    # The old way took one back from band B, and now fills it again: £36.00 and VAT.
    assert comparison(replaced).difference == "£43.20 less than that"
