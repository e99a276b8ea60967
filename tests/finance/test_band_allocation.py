"""How declarations are shared out over the bands: worked examples W1-W5, W9, W10 of spec 04."""

import pytest

from finance.bands import band_letter
from finance.calculator import (
    Counts,
    PositionBelowZero,
    StatementCounts,
    calculate_statement,
    calculate_statements,
)
from tests.finance.terms import (
    BOTH_MODES,
    NET,
    OVER_RECRUITED,
    REFERENCE,
    SMALL,
    TIGHT,
    K,
    ecf,
    started,
)

pytestmark = pytest.mark.no_database


def one_type(terms, declaration_type, counts, *, previous=None, mode=NET):
    """Calculate a statement with one declaration type; give its line in the bands as well."""
    calculation = calculate_statement(
        terms,
        StatementCounts(ect={declaration_type: counts}),
        previous={declaration_type: previous or Counts()},
        mode=mode,
    )
    return calculation, calculation.types[0].allocation


@BOTH_MODES
@pytest.mark.parametrize(
    ("terms", "declaration_type", "count", "allocated", "payment"),
    [
        pytest.param(K, "started", 6000, (2000, 2000, 2000), 648_000, id="W1 started"),
        pytest.param(K, "retained-1", 5500, (2000, 2000, 1500), 450_000, id="W1 retained-1"),
        pytest.param(K, "retained-2", 5000, (2000, 2000, 1000), 414_000, id="W1 retained-2"),
        pytest.param(K, "retained-3", 4500, (2000, 2000, 500), 378_000, id="W1 retained-3"),
        pytest.param(K, "retained-4", 4000, (2000, 2000, 0), 342_000, id="W1 retained-4"),
        pytest.param(K, "completed", 3500, (2000, 1500, 0), 402_000, id="W1 completed"),
        pytest.param(OVER_RECRUITED, "started", 7000, (2000, 2000, 2000, 1000), 788_000, id="W2 s"),
        pytest.param(
            OVER_RECRUITED, "retained-1", 6500, (2000, 2000, 2000, 500), 538_500, id="W2 r1"
        ),
        pytest.param(
            OVER_RECRUITED, "retained-2", 6000, (2000, 2000, 2000, 0), 486_000, id="W2 r2"
        ),
        pytest.param(
            OVER_RECRUITED, "retained-3", 5500, (2000, 2000, 1500, 0), 450_000, id="W2 r3"
        ),
        pytest.param(
            OVER_RECRUITED, "retained-4", 5000, (2000, 2000, 1000, 0), 414_000, id="W2 r4"
        ),
        pytest.param(OVER_RECRUITED, "completed", 4500, (2000, 2000, 500, 0), 504_000, id="W2 c"),
    ],
)
def test_a_single_batch_fills_the_bands_from_the_lowest(
    terms, declaration_type, count, allocated, payment, mode
):
    calculation, allocation = one_type(terms, declaration_type, Counts(count), mode=mode)

    assert allocation.billable == allocated
    assert calculation.output_billable == payment
    assert calculation.output_refund == 0


@BOTH_MODES
@pytest.mark.parametrize(
    ("previous", "count", "allocated", "payment"),
    [
        pytest.param(2100, 2000, (0, 1900, 100), 214_800, id="W3a"),
        pytest.param(1900, 2500, (100, 2000, 400), 266_400, id="W3b"),
    ],
)
def test_a_later_batch_starts_where_the_earlier_ones_stopped(
    previous, count, allocated, payment, mode
):
    calculation, allocation = one_type(
        K, "started", Counts(count), previous=Counts(previous), mode=mode
    )

    assert allocation.billable == allocated
    assert calculation.output_net == payment


@pytest.mark.parametrize(
    ("mode", "previous", "counts", "billable", "refundable", "overflow", "net"),
    [
        pytest.param(NET, (0, 0), (4, 0), (2, 2, 0, 0), (0, 0, 0, 0), (0, 0), 168, id="S1 net"),
        pytest.param(NET, (4, 0), (4, 1), (0, 0, 2, 2), (0, 0, 0, 1), (0, 0), 60, id="S2 net"),
        pytest.param(NET, (8, 1), (4, 2), (0, 0, 0, 1), (0, 0, 0, 0), (3, 2), 12, id="S3 net"),
        pytest.param(NET, (4, 0), (3, 2), (0, 0, 2, 1), (0, 0, 1, 1), (0, 0), 24, id="S2' net"),
        pytest.param(
            REFERENCE, (0, 0), (4, 0), (2, 2, 0, 0), (0, 0, 0, 0), (0, 0), 168, id="S1 reference"
        ),
        pytest.param(
            REFERENCE, (4, 0), (4, 1), (0, 0, 2, 2), (0, 0, 0, 1), (0, 0), 60, id="S2 reference"
        ),
        pytest.param(
            REFERENCE, (8, 1), (4, 2), (0, 0, 0, 1), (0, 0, 0, 2), (3, 0), -12, id="S3 reference"
        ),
        pytest.param(
            REFERENCE, (4, 0), (3, 2), (0, 0, 2, 1), (0, 0, 1, 1), (0, 0), 24, id="S2' reference"
        ),
    ],
)
def test_a_clawback_sequence(mode, previous, counts, billable, refundable, overflow, net):
    """W4."""
    calculation, allocation = one_type(
        SMALL, "started", Counts(*counts), previous=Counts(*previous), mode=mode
    )

    assert allocation.billable == billable
    assert allocation.refundable == refundable
    assert (allocation.overflow_billable, allocation.overflow_refundable) == overflow
    assert calculation.output_net == net


@pytest.mark.parametrize(
    ("mode", "terms", "events", "nets"),
    [
        pytest.param(NET, SMALL, [(4, 0), (4, 1), (4, 2)], [168, 60, 12], id="W4"),
        pytest.param(REFERENCE, SMALL, [(4, 0), (4, 1), (4, 2)], [168, 60, -12], id="W4 reference"),
        pytest.param(NET, SMALL, [(1, 0), (0, 1), (1, 0)], [48, -48, 48], id="W4 again"),
        pytest.param(REFERENCE, SMALL, [(1, 0), (0, 1), (1, 0)], [48, -48, 48], id="W4 again ref"),
        pytest.param(NET, TIGHT, [(8, 0), (0, 1), (1, 0)], [216, 0, 0], id="W9"),
        pytest.param(REFERENCE, TIGHT, [(8, 0), (0, 1), (1, 0)], [216, -24, 24], id="W9 reference"),
        pytest.param(NET, TIGHT, [(6, 0), (0, 3), (3, 0), (2, 0)], [216, -84, 84, 0], id="W10"),
        pytest.param(
            REFERENCE,
            TIGHT,
            [(6, 0), (0, 3), (3, 0), (2, 0)],
            [216, -84, 84, 60],
            id="W10 reference pays beyond the ceiling",
        ),
    ],
)
def test_a_sequence_of_statements(mode, terms, events, nets):
    calculations = calculate_statements([(terms, started(*event)) for event in events], mode=mode)

    assert [calculation.output_net for calculation in calculations] == nets


def test_what_exceeds_the_bands_is_counted_as_overflow():
    """W9."""
    events = [started(8), started(0, 1), started(1)]

    calculations = calculate_statements([(TIGHT, counts) for counts in events])

    assert [c.overflow_billable for c in calculations] == [2, 0, 1]
    assert [c.overflow_refundable for c in calculations] == [0, 1, 0]


def test_raising_a_ceiling_reprices_the_statement_it_is_calculated_with():
    """W9: the £48 that a capacity true-up would pay."""
    raised = ecf((2, "400", "0.60"), (2, "300", "0.60"), (5, "200", "0.60"))

    before = calculate_statement(TIGHT, started(8))
    after = calculate_statement(raised, started(8))

    assert after.output_net == 264
    assert after.output_net - before.output_net == 48


@BOTH_MODES
def test_a_clawback_is_priced_at_the_margin(mode):
    """W5."""
    terms = ecf((100, "1000", "0.60"), (100, "900", "0.60"))
    events = [started(90), started(30), started(0, 25)]

    calculations = calculate_statements([(terms, counts) for counts in events], mode=mode)

    assert [c.output_net for c in calculations] == [10_800, 3_360, -2_760]
    assert calculations[1].types[0].allocation.billable == (10, 20)
    assert calculations[2].types[0].allocation.refundable == (5, 20)
    assert sum(c.output_net for c in calculations) == 95 * 120


def test_each_statement_is_priced_by_its_own_contract_version():
    """W5, re-pricing: bought at £108.00, given back at £115.20."""
    version_1 = ecf((100, "1000", "0.60"), (100, "900", "0.60"))
    version_2 = ecf((100, "1000", "0.60"), (100, "960", "0.60"))

    calculations = calculate_statements([(version_1, started(130)), (version_2, started(0, 10))])

    assert [c.output_net for c in calculations] == [15_240, -1_152]


def test_a_position_below_zero_is_refused():
    with pytest.raises(PositionBelowZero, match="-2"):
        calculate_statement(K, started(1, 3))


def test_a_position_that_was_below_zero_before_is_refused():
    with pytest.raises(PositionBelowZero, match="-1"):
        calculate_statement(K, started(5), previous={"started": Counts(0, 1)})


def test_reference_mode_stops_at_zero():
    calculation = calculate_statement(K, started(1, 3), mode=REFERENCE)

    assert calculation.output_net == 0
    assert calculation.overflow_refundable == 2


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA")]
)
def test_bands_are_named_like_spreadsheet_columns(index, letter):
    assert band_letter(index) == letter
