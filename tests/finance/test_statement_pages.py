"""Finance reads its statements: who may, what the list finds, what a page says."""

import uuid

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    LeadProviderFactory,
    SchoolFactory,
    StaffUserFactory,
    StatementAdjustmentFactory,
    StatementAuditNoteFactory,
    StatementFactory,
)
from tests.finance.ledgers import Ledger, take_prices_away
from tests.finance.test_statement_queries import BEYOND_CAPACITY, FULL_ECF, FULL_ITTECF_ECTP
from tests.finance.worked_examples import ects, scenario

LIST = "/finance/statements"


def page_of(statement):
    return f"{LIST}/{statement.api_id}"


def table(page, name):
    """Return a table's rows as lists of words, by the heading that names it."""
    named = page.select_one(f'table[aria-labelledby="{name}"]')
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in named.select("tr")
    ]


# -- Who may see it --------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["list", "statement"])
@pytest.mark.parametrize("trait", [{}, {"user_manager": True}], ids=["admin", "user manager"])
def test_other_staff_are_not_authorised(sign_in, address, trait):
    statement = StatementFactory()

    page = sign_in(StaffUserFactory(**trait)).get(LIST if address == "list" else page_of(statement))

    assert page.status_code == 403
    assert "financial information" in page.text
    assert statement.lead_provider.name not in page.text


@pytest.mark.parametrize("trait", [{"finance": True}, {"product_team": True}])
def test_finance_and_the_product_team_may_see_statements(sign_in, trait):
    assert sign_in(StaffUserFactory(**trait)).get(LIST).status_code == 200


def test_a_school_is_told_that_it_is_not_theirs(sign_in):
    assert sign_in(SchoolFactory()).get(page_of(StatementFactory())).status_code == 401


def test_a_stranger_is_asked_to_sign_in(browse):
    page = browse.get(page_of(StatementFactory()))

    assert (page.status_code, page.location) == (302, "/sign-in")


def test_an_unknown_statement_is_not_found(finance):
    assert finance.get(f"{LIST}/{uuid.uuid4()}").status_code == 404


def test_the_front_door_leads_to_the_list(finance):
    assert finance.get("/finance").follow().location == LIST


# -- The list --------------------------------------------------------------------------------


def test_lists_output_statements_with_their_month_dates_and_status(finance):
    statement = StatementFactory(lead_provider__name="Cedar Learning", payable=True)
    StatementFactory(lead_provider=statement.lead_provider, service=True)

    page = finance.get(LIST)

    assert page.h1 == "Statements"
    [row] = page.select("tbody tr")
    assert " ".join(row.get_text(" ").split()).startswith(
        "November 2025 , Cedar Learning Cedar Learning 2025 Output fee 31 Oct 2025 25 Nov 2025"
        " Payable"
    )
    assert row.a["href"] == page_of(statement)


@pytest.mark.parametrize(
    ("traits", "tag"),
    [
        ({}, "Open"),
        ({"payable": True}, "Payable"),
        ({"paid": True}, "Authorised for payment"),
        ({"paid": True, "service": True}, "Paid"),
    ],
)
def test_says_how_far_a_statement_has_come(finance, traits, tag):
    StatementFactory(**traits)

    page = finance.get(LIST, {"statement_type": "all"})

    assert page.select_one("tbody .govuk-tag").get_text(strip=True) == tag


def test_filters_and_remembers_the_filters(finance):
    chosen = StatementFactory(lead_provider__name="Cedar Learning", service=True)
    StatementFactory(service=True)

    page = finance.get(
        LIST,
        {
            "lead_provider_id": chosen.lead_provider_id,
            "contract_period_year": "2025",
            "statement_date": "2025-11",
            "statement_type": "service_fee",
            "status": "open",
        },
    )

    [address] = [row.a["href"] for row in page.select("tbody tr")]
    assert address.startswith(f"{page_of(chosen)}?from=")
    assert [option.get_text() for option in page.select("option[selected]")] == [
        "Cedar Learning",
        "2025",
        "November 2025",
        "Service fee",
        "Open",
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"lead_provider_id": "x' OR 1=1"},
        {"lead_provider_id": "99999999999999999999"},
        {"contract_period_year": "٢٠٢٥"},
        {"statement_date": "2025-13"},
        {"statement_type": "everything"},
        {"status": "settled"},
        {"page": "-1"},
    ],
)
def test_a_filter_that_makes_no_sense_filters_nothing(finance, query):
    StatementFactory()

    page = finance.get(LIST, query)

    assert (page.status_code, len(page.select("tbody tr"))) == (200, 1)


def test_says_when_nothing_matches(finance):
    assert "No statements found" in finance.get(LIST).text


def test_pages_keep_the_filters(finance):
    provider = LeadProviderFactory()
    StatementFactory.create_batch(21, lead_provider=provider, service=True)

    page = finance.get(LIST, {"statement_type": "service_fee"})
    assert len(page.select("tbody tr")) == 20

    href = page.select_one(".govuk-pagination__next a")["href"]
    assert len(finance.get(f"{LIST}{href}").select("tbody tr")) == 1


def test_the_list_costs_the_same_however_long_it_is(finance):
    StatementFactory()
    with CaptureQueriesContext(
        connection,
    ) as short:
        finance.get(LIST)
    for _ in range(4):
        StatementFactory.create_batch(5, lead_provider=LeadProviderFactory())
    with CaptureQueriesContext(connection) as long:
        finance.get(LIST)

    assert len(long) == len(short) <= 17


# -- One statement ---------------------------------------------------------------------------


def test_an_ecf_statement_shows_its_overview_and_its_exact_total(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    page = finance.get(page_of(statement))

    assert page.h1 == f"{statement.lead_provider.name}, August 2025"
    # Starts 113.802 + 2 x 108.144, retentions 91.125 + 85.3515; back 2 x 108.144 + 85.3515 and
    # an uplift; service fee 4,218.80 / 29. Exactly 551.763..., though the lines show 551.77.
    assert table(page, "overview") == [
        ["Output payment", "£506.57"],
        ["Service fee", "£145.48"],
        ["Uplift fees", "£200.00"],
        ["Clawbacks", "-£401.64"],
        ["Additional adjustments", "£9.40"],
        ["VAT (20%)", "£91.96"],
        ["Total including VAT", "£551.76"],
    ]
    assert "add up to £0.01 more than the total, because each is rounded." in page.text


def test_says_when_the_lines_add_up_to_less_than_the_total(finance):
    one_start = scenario([(10, "948.37", "0.60")], ects("started", 1), vat_registered=True)
    [statement] = Ledger(one_start).add_statements()

    page = finance.get(page_of(statement))

    # 113.8044 and its VAT, 22.76088, come to 136.56528.
    lines = dict(table(page, "overview"))
    assert lines["Output payment"] == "£113.80"
    assert (lines["VAT (20%)"], lines["Total including VAT"]) == ("£22.76", "£136.57")
    assert "add up to £0.01 less than the total, because each is rounded." in page.text


def test_an_ittecf_ectp_statement_keeps_ects_and_mentors_apart(finance):
    statement = Ledger(FULL_ITTECF_ECTP).add_statements()[-1]

    page = finance.get(page_of(statement))

    assert [row[0] for row in table(page, "overview")] == [
        "ECTs output payment",
        "Mentors output payment",
        "Service fee",
        "ECTs clawbacks",
        "Mentors clawbacks",
        "Additional adjustments",
        "VAT (0%)",
        "Total including VAT",
    ]
    assert table(page, "summary") == [
        ["Declarations", "ECTs", "Mentors"],
        ["Started", "3", "1"],
        ["Retained", "0", "-"],
        ["Completed", "0", "2"],
        ["Extended", "3", "-"],
        ["Beyond the last band, not paid", "0", "-"],
        ["Clawbacks", "2", "2"],
        ["Voided", "0", "0"],
    ]
    assert ["Extended", "3", "0", "0", "£357.95"] in table(page, "output-1")
    assert table(page, "output-2")[1:] == [
        ["Started", "1", "£506.67"],
        ["Fee per participant", "£506.665", ""],
        ["Completed", "2", "£1,013.33"],
        ["Fee per participant", "£506.665", ""],
        ["Output payment, Mentors", "", "£1,520.00"],
    ]


def test_shows_where_each_type_stands_in_the_bands(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    page = finance.get(page_of(statement))

    assert table(page, "positions")[1:] == [
        ["Started", "7", "8", "Band B", "4", "0"],
        ["Retained 1", "3", "4", "Band A", "8", "0"],
    ]
    started = table(page, "output-1")[1]
    assert started == ["Started", "0", "1", "2", "0", "£330.09"]


def test_shows_clawbacks_by_type_and_band_with_the_uplift_last(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]

    assert table(finance.get(page_of(statement)), "clawbacks") == [
        ["Declaration", "Number", "Fee", "Amount"],
        ["Started, band C", "2", "-£108.144", "-£216.29"],
        ["Retained 1, band B", "1", "-£85.3515", "-£85.35"],
        ["Uplift fees", "1", "-£100.00", "-£100.00"],
        ["Total clawbacks", "", "", "-£401.64"],
    ]


def test_shows_how_the_service_fee_comes_about(finance):
    statement = Ledger(FULL_ECF).add_statements()[1]

    page = finance.get(page_of(statement))

    assert page.select_one(".govuk-caption-l").get_text() == (
        "Service fee statement, contract period 2024"
    )
    assert table(page, "service-fee")[-1] == ["In each of 29 months", "", "", "", "£145.48"]
    assert page.select_one("#output-1") is None


def test_says_so_when_the_contract_sets_the_service_fee(finance):
    statement = Ledger(FULL_ITTECF_ECTP).add_statements()[0]

    page = finance.get(page_of(statement))

    assert "The contract sets the monthly fee itself, at £41,250.33" in page.text


def test_says_what_was_beyond_capacity_and_what_the_old_way_would_have_paid(finance):
    paid, clawed_back = Ledger(BEYOND_CAPACITY).add_statements()

    first = finance.get(page_of(paid))
    second = finance.get(page_of(clawed_back))

    assert "2 declared beyond the last band: counted, and paid nothing" in first.text
    assert "The service before this one" not in first.text
    assert "1 clawed back from beyond the last band" in second.text
    note = second.select_one(".govuk-inset-text").get_text()
    assert "would have paid -£43.20. This statement comes to £43.20 more than that." in note
    assert ["Started, beyond the last band", "1", "£0.00", "£0.00"] in table(second, "clawbacks")
    assert ["Clawbacks", "1"] in table(second, "summary")


def test_a_total_below_zero_is_called_a_credit(finance):
    scenario = {**BEYOND_CAPACITY, "monthly_service_fee": "0.00"}
    ledger = Ledger({**scenario, "bands": FULL_ECF["bands"]})
    statement = ledger.add_statements()[-1]

    overview = table(finance.get(page_of(statement)), "overview")

    assert overview[-1] == ["Total including VAT: a credit owed to DfE", "-£136.56"]


def test_lists_adjustments_notes_and_neighbours(finance):
    statement = Ledger(FULL_ECF).add_statements()[-1]
    StatementAuditNoteFactory(statement=statement, body="Checked against the invoice.")

    page = finance.get(page_of(statement))

    *rows, total = table(page, "adjustments")[1:]
    assert [amount for _, amount in rows] == ["£12.50", "-£3.10"]
    assert [what.partition(" Added ")[0] for what, _ in rows] == ["Late registrations"] * 2
    assert total == ["Total adjustments", "£9.40"]
    assert "Checked against the invoice." in page.text
    previous = page.select_one(".govuk-pagination__prev a")
    assert "April 2025" in previous.get_text()
    assert finance.get(previous["href"]).h1.endswith("April 2025")


def test_lists_the_declarations_and_what_each_does_here(finance):
    ledger = Ledger(FULL_ECF)
    statement = ledger.add_statements()[-1]
    ledger.pay(statement, "ect", "completed", 1, payment_status="voided")

    *rows, together = table(finance.get(page_of(statement)), "declarations")[1:]

    assert len(rows) == 9
    assert sorted({row[6] for row in rows}) == ["Clawback", "Payment", "Voided"]
    assert {row[2] for row in rows} == {"ECT", "Mentor"}
    voided = [*["Completed", "1 Oct 2024", "Voided", "Voided", "None"], "£0.00"]
    assert voided in [row[3:9] for row in rows]
    # Output 506.5725 and uplifts 200, back 401.6395: what the overview shows of declarations.
    assert together == ["Together, excluding VAT", "£304.93"]


def test_shows_twenty_declarations_a_page(finance):
    ledger = Ledger(BEYOND_CAPACITY)
    statement = ledger.add_statement(year=2025, month=1, payment_date="2025-01-25")
    ledger.pay(statement, "ect", "started", 21)

    page = finance.get(page_of(statement))
    assert len(table(page, "declarations")) == 1 + 20 + 1
    assert "Showing 1 to 20 of 21 declarations" in page.text

    href = page.select_one(".govuk-pagination__next a")["href"]
    assert href == "?page=2#declarations"
    assert len(table(finance.get(f"{page_of(statement)}{href}"), "declarations")) == 1 + 1 + 1


def test_a_statement_costs_the_same_however_much_is_on_it(finance):
    small, *_, large = Ledger(FULL_ECF).add_statements()
    with pgtrigger.ignore("register_ects.StatementAdjustment:adjustments_only_before_payment"):
        StatementAdjustmentFactory(statement=small)
    counts = []
    for statement in (small, large):
        with CaptureQueriesContext(connection) as queries:
            finance.get(page_of(statement))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 9


def test_says_why_a_statement_cannot_be_calculated(finance):
    ledger = Ledger(FULL_ECF)
    statement = ledger.add_statements()[0]
    take_prices_away(band=ledger.bands[1])

    page = finance.get(page_of(statement))

    assert page.status_code == 200
    assert "This statement has no total" in page.text
    assert "the contract has no price for band: B" in page.text
    assert len(table(page, "declarations")) > 1


def test_names_are_never_markup(finance):
    statement = StatementFactory(lead_provider__name="<script>alert(1)</script>")

    page = finance.get(page_of(statement))

    assert page.h1.startswith("<script>alert(1)</script>")
    assert not [script for script in page.select("script") if "alert" in script.get_text()]
