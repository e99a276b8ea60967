"""The payment calculator on whole statements: worked examples W6-W8, W11-W13 of spec 04."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCounts,
    calculate_statement,
    service_fee,
    to_pennies,
)
from tests.finance.terms import (
    BOTH_MODES,
    OVER_RECRUITED,
    SMALL,
    TIGHT,
    K,
    bands,
    ecf,
    started,
)

pytestmark = pytest.mark.no_database


def no_service_fee(terms: ContractTerms) -> ContractTerms:
    return replace(terms, monthly_service_fee=Decimal(0))


PUBLIC_SAMPLE = ecf(
    (2000, "995", "0.60"),
    (2000, "979", "0.60"),
    (2000, "966", "0.60"),
    recruitment_target=6000,
    setup_fee=Decimal(149_651),
)
PUBLIC_SAMPLE_2 = ecf(
    (2000, "995", "0.60"),
    (2000, "995", "0.60"),
    (500, "995", "0.60"),
    (90, "995", "0.60"),
    recruitment_target=4500,
    setup_fee=Decimal(149_861),
)
ODD_PRICES = ecf(
    (2000, "990.55", "0.60"),
    (1600, "872.35", "0.60"),
    (1200, "801.15", "0.60"),
    recruitment_target=4000,
)


def targeting(terms: ContractTerms, target: int, setup_fee: int = 0) -> ContractTerms:
    return replace(terms, recruitment_target=target, setup_fee=Decimal(setup_fee))


@pytest.mark.parametrize(
    ("terms", "band_total", "deduction", "monthly"),
    [
        pytest.param(targeting(K, 1500), 600_000, 0, "20689.66", id="W6a"),
        pytest.param(targeting(K, 4600, 120_000), 1_712_000, 120_000, "54896.55", id="W6b"),
        pytest.param(targeting(K, 1500, 120_000), 600_000, 90_000, "17586.21", id="W6c"),
        pytest.param(PUBLIC_SAMPLE, 2_352_000, 149_651, "75943.07", id="W6d"),
        pytest.param(PUBLIC_SAMPLE_2, 1_791_000, 149_861, "56591.00", id="W6d2"),
        pytest.param(targeting(SMALL, 6000, 149_651), 800, 149_651, "-5132.79", id="W6e"),
        pytest.param(ODD_PRICES, 1_478_928, 0, "50997.52", id="W6f"),
        pytest.param(targeting(K, 6000), 2_160_000, 0, "74482.76", id="W1"),
        pytest.param(targeting(OVER_RECRUITED, 7000), 2_160_000, 0, "74482.76", id="W2"),
        pytest.param(targeting(K, 4000), 1_520_000, 0, "52413.79", id="W12 before"),
        pytest.param(targeting(K, 2960), 1_145_600, 0, "39503.45", id="W12 under-recruited"),
        pytest.param(targeting(K, 4420), 1_654_400, 0, "57048.28", id="W12 over-recruited"),
        pytest.param(targeting(K, 0), 0, 0, "0.00", id="no target"),
    ],
)
def test_the_monthly_service_fee(terms, band_total, deduction, monthly):
    fee = service_fee(terms)

    assert fee.band_total == band_total
    assert fee.setup_deduction == deduction
    assert fee.calculated == Fraction(band_total - deduction, 29)
    assert str(to_pennies(fee.monthly)) == monthly


def test_back_pay_after_over_recruitment():
    """W12 (iii): 14 months at the new fee less the old."""
    new, old = (service_fee(targeting(K, target)).monthly for target in (4420, 4000))

    assert str(to_pennies(14 * (new - old))) == "64882.76"


@pytest.mark.parametrize(("agreed", "monthly"), [("0.00", 0), ("39310.34", Fraction("39310.34"))])
def test_an_agreed_monthly_fee_replaces_the_calculated_one(agreed, monthly):
    fee = service_fee(replace(targeting(K, 4000), monthly_service_fee=Decimal(agreed)))

    assert fee.monthly == monthly
    assert fee.calculated == Fraction(1_520_000, 29)


W7_TERMS = ecf(
    (2000, "1012.50", "0.60"),
    (2000, "948.35", "0.60"),
    (1500, "901.20", "0.60"),
    (500, "880.00", "1.00"),
    recruitment_target=5500,
    uplift_fee_per_declaration=Decimal("100.00"),
)
W7_COUNTS = StatementCounts(
    ect={"started": Counts(100, 20), "retained-1": Counts(40, 3)},
    mentor={"started": Counts(50, 5)},
    uplifts=Counts(48, 7),
    adjustments=(Decimal("1250.00"), Decimal("-310.40")),
)
W7_PREVIOUS = {"started": Counts(3940, 60), "retained-1": Counts(1990, 0)}


def shown(calculation):
    lines = {line.label: str(to_pennies(line.amount)) for line in calculation.overview}
    return {**lines, "Total": str(to_pennies(calculation.total))}


@BOTH_MODES
def test_a_full_ecf_statement(mode):
    """W7. ECTs and mentors go through the bands together."""
    calculation = calculate_statement(W7_TERMS, W7_COUNTS, previous=W7_PREVIOUS, mode=mode)

    first, second = (output.allocation for output in calculation.types)
    assert (first.billable, first.refundable) == ((0, 120, 30, 0), (0, 0, 25, 0))
    assert (second.billable, second.refundable) == ((10, 30, 0, 0), (0, 3, 0, 0))
    assert calculation.output_billable == Fraction("20372.355")
    assert calculation.output_refund == Fraction("2959.6545")
    assert calculation.service_fee.monthly == Fraction(2_109_400, 29)
    assert calculation.vat == calculation.subtotal / 5
    assert shown(calculation) == {
        "Output payment": "20372.36",
        "Service fee": "72737.93",
        "Uplift fees": "4800.00",
        "Clawbacks": "-3659.65",
        "Additional adjustments": "939.60",
        "VAT": "19038.05",
        "Total": "114228.28",
    }
    assert calculation.rounding_difference == Decimal("-0.01")


def test_every_line_shows_its_working():
    calculation = calculate_statement(W7_TERMS, W7_COUNTS, previous=W7_PREVIOUS)

    working = [
        (line.declaration_type, line.band, line.unit_fee, line.billable_amount, line.refund_amount)
        for line in calculation.output_lines
        if line.billable or line.refundable
    ]
    assert working == [
        ("started", "B", Fraction("113.802"), Fraction("13656.24"), 0),
        ("started", "C", Fraction("108.144"), Fraction("3244.32"), Fraction("2703.60")),
        ("retained-1", "A", Fraction("91.125"), Fraction("911.25"), 0),
        ("retained-1", "B", Fraction("85.3515"), Fraction("2560.545"), Fraction("256.0545")),
    ]


W8_TERMS = ContractTerms(
    ContractType.ITTECF_ECTP,
    bands((1800, "1325.75", "0.60"), (1200, "1240.10", "0.60"), (600, "1190.65", "0.60")),
    monthly_service_fee=Decimal("41250.33"),
    mentor_fee_per_declaration=Decimal("1013.33"),
)
W8_COUNTS = StatementCounts(
    ect={
        "started": Counts(212, 4),
        "retained-1": Counts(95, 1),
        "extended-1": Counts(3, 0),
        "extended-2": Counts(2, 0),
    },
    mentor={"started": Counts(37, 2), "completed": Counts(12, 1)},
    adjustments=(Decimal("-75.05"),),
)
W8_PREVIOUS = {
    "started": Counts(1690, 15),
    "retained-1": Counts(1745, 0),
    "extended-1": Counts(1, 0),
}


@BOTH_MODES
def test_a_full_ittecf_ectp_statement(mode):
    """W8. Mentors are paid a flat rate, outside the bands."""
    calculation = calculate_statement(W8_TERMS, W8_COUNTS, previous=W8_PREVIOUS, mode=mode)

    assert [output.allocation.billable for output in calculation.types] == [
        (125, 87, 0),
        (55, 40, 0),
        (3, 0, 0),
        (2, 0, 0),
    ]
    assert calculation.output_billable == Fraction("44456.304")
    assert calculation.output_refund == Fraction("706.857")
    assert calculation.mentor_billable == Fraction("24826.585")
    assert calculation.mentor_refund == Fraction("1519.995")
    assert calculation.banded_subtotal == Fraction("84924.727")
    assert calculation.flat_rate_subtotal == Fraction("23306.59")
    assert shown(calculation) == {
        "ECTs output payment": "44456.30",
        "Mentors output payment": "24826.59",
        "Service fee": "41250.33",
        "ECTs clawbacks": "-706.86",
        "Mentors clawbacks": "-1520.00",
        "Additional adjustments": "-75.05",
        "VAT": "21646.26",
        "Total": "129877.58",
    }
    assert calculation.rounding_difference == Decimal("0.01")


def test_a_provider_who_is_not_vat_registered_pays_no_vat():
    """W8."""
    terms = replace(W8_TERMS, vat_registered=False)

    calculation = calculate_statement(terms, W8_COUNTS, previous=W8_PREVIOUS)

    assert calculation.vat == 0
    assert str(to_pennies(calculation.total)) == "108231.32"


@BOTH_MODES
def test_uplifts_are_paid_and_taken_back_at_one_rate(mode):
    """W11."""
    terms = no_service_fee(replace(K, uplift_fee_per_declaration=Decimal("100.00")))
    counts = StatementCounts(
        ect={"started": Counts(30, 5), "retained-1": Counts(20, 0)}, uplifts=Counts(17, 2)
    )

    uplift = calculate_statement(terms, counts, mode=mode).uplift

    assert (uplift.billable_amount, uplift.refund_amount) == (1700, 200)
    assert uplift.net_amount == 1500


def test_starts_beyond_capacity_still_earn_uplifts():
    """W11."""
    terms = replace(TIGHT, uplift_fee_per_declaration=Decimal("100.00"))
    counts = replace(started(9), uplifts=Counts(9))

    calculation = calculate_statement(terms, counts)

    assert calculation.overflow_billable == 3
    assert calculation.uplift.net_amount == 900


@BOTH_MODES
def test_a_credit_statement(mode):
    """W13."""
    calculation = calculate_statement(
        no_service_fee(K), started(0, 3), previous={"started": Counts(5000)}, mode=mode
    )

    assert (calculation.subtotal, calculation.vat) == (-288, Fraction("-57.60"))
    assert str(to_pennies(calculation.total)) == "-345.60"


def test_mentor_types_without_a_price_are_listed_not_paid():
    counts = StatementCounts(mentor={"retained-1": Counts(4), "started": Counts(1)})

    calculation = calculate_statement(W8_TERMS, counts)

    assert calculation.not_priced == {"retained-1": Counts(4)}
    assert calculation.mentor_billable == Fraction("506.665")


def test_an_ittecf_ectp_overview_adds_up_even_with_an_uplift():
    terms = replace(W8_TERMS, uplift_fee_per_declaration=Decimal(100))

    calculation = calculate_statement(terms, replace(started(2, 1), uplifts=Counts(2, 1)))

    assert sum(line.amount for line in calculation.overview) == calculation.total


def test_mentors_without_a_fee_are_refused():
    terms = replace(W8_TERMS, mentor_fee_per_declaration=None)

    with pytest.raises(ValueError, match="no mentor fee"):
        calculate_statement(terms, StatementCounts(mentor={"started": Counts(1)}))


def test_an_unknown_declaration_type_is_refused():
    with pytest.raises(ValueError, match="retained-5"):
        StatementCounts(ect={"retained-5": Counts(1)})


def test_a_contract_without_bands_is_refused():
    with pytest.raises(ValueError, match="at least one band"):
        ecf()


def test_a_band_without_places_is_refused():
    with pytest.raises(ValueError, match="at least one place"):
        ecf((0, "1000", "0.60"))


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        Counts(-1, 0)


def test_a_float_price_is_refused():
    terms = ContractTerms(ContractType.ECF, (BandTerms(1, 0.1, Decimal("0.60")),))

    with pytest.raises(TypeError):
        calculate_statement(terms, started(1))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("24826.585", "24826.59"),
        ("-24826.585", "-24826.59"),
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049999", "0.00"),
        ("-0.0049999", "0.00"),
        ("0", "0.00"),
        ("7", "7.00"),
        ("2.675", "2.68"),
        ("1.10", "1.10"),
        ("99999999999999999999999999999999.995", "100000000000000000000000000000000.00"),
    ],
)
def test_pennies_are_rounded_half_up_away_from_zero(amount, expected):
    assert str(to_pennies(Fraction(amount))) == expected
