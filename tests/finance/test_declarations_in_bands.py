"""Which declaration of a statement lies in which band, and what it is paid."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bands import allocate, bands_in_order
from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCounts,
    calculate_statement,
)
from finance.placing import Kind, Listed, amount_of, place_declarations

pytestmark = pytest.mark.no_database

PAYMENT, CLAWBACK, VOIDED = Kind.PAYMENT, Kind.CLAWBACK, Kind.VOIDED
BANDS = tuple(BandTerms(2, Decimal(fee), Decimal("0.60")) for fee in (1000, 900))
ECF = ContractTerms(ContractType.ECF, BANDS, uplift_fee_per_declaration=Decimal(100))
ITTECF_ECTP = ContractTerms(
    ContractType.ITTECF_ECTP, BANDS, mentor_fee_per_declaration=Decimal(1000)
)


@pytest.mark.parametrize(
    ("position", "count", "capacities", "expected"),
    [
        pytest.param(0, 0, [2, 2], [], id="none"),
        pytest.param(0, 3, [2, 2], [0, 0, 1], id="from the lowest"),
        pytest.param(1, 4, [2, 2], [0, 1, 1, None], id="from the middle to beyond"),
        pytest.param(2, 1, [2, 2], [1], id="a full band is passed over"),
        pytest.param(4, 2, [2, 2], [None, None], id="the bands are full"),
        pytest.param(9, 1, [2, 2], [None], id="far beyond"),
        pytest.param(1, 3, [1, 1, 1], [1, 2, None], id="three bands"),
    ],
)
def test_the_band_of_each_declaration_above_a_position(position, count, capacities, expected):
    assert bands_in_order(position, count, capacities) == expected


small = st.integers(min_value=0, max_value=12)


@given(
    before=small,
    billable=small,
    data=st.data(),
    capacities=st.lists(st.integers(min_value=1, max_value=5), min_size=1, max_size=4),
)
def test_the_declarations_of_each_band_are_as_many_as_are_allocated_to_it(
    before, billable, data, capacities
):
    refundable = data.draw(st.integers(min_value=0, max_value=before + billable))
    counts = Counts(billable, refundable)
    allocation = allocate(counts, previous=Counts(before), capacities=capacities)

    paid = Counter(bands_in_order(allocation.position_before, billable, capacities))
    taken_back = Counter(bands_in_order(allocation.position_after, refundable, capacities))

    for index in range(len(capacities)):
        assert paid[index] == allocation.billable[index]
        assert taken_back[index] == allocation.refundable[index]
    assert paid[None] == allocation.overflow_billable
    assert taken_back[None] == allocation.overflow_refundable


def listed(*kinds, declaration_type="started", role="ect", has_uplift=False):
    return [Listed(key, role, declaration_type, kind, has_uplift) for key, kind in enumerate(kinds)]


def calculated(declarations, terms=ECF, *, before=0):
    def counts(role):
        types = {each.declaration_type for each in declarations if each.role == role}
        return {
            kind: Counts(
                *(
                    sum(
                        (each.role, each.declaration_type, each.kind) == (role, kind, does)
                        for each in declarations
                    )
                    for does in (PAYMENT, CLAWBACK)
                )
            )
            for kind in types
        }

    uplifts = Counts(
        *(
            sum(e.has_uplift and e.kind is does for e in declarations)
            for does in (PAYMENT, CLAWBACK)
        )
    )
    return calculate_statement(
        terms,
        StatementCounts(ect=counts("ect"), mentor=counts("mentor"), uplifts=uplifts),
        previous={"started": Counts(before)},
    )


@pytest.mark.parametrize(
    ("before", "kinds", "expected"),
    [
        pytest.param(0, [PAYMENT] * 3, [("A", 120), ("A", 120), ("B", 108)], id="payments"),
        pytest.param(3, [PAYMENT] * 2, [("B", 108), (None, 0)], id="beyond the bands"),
        pytest.param(
            3, [CLAWBACK, CLAWBACK], [("A", -120), ("B", -108)], id="clawbacks, the last on top"
        ),
        pytest.param(
            5, [CLAWBACK, CLAWBACK], [("B", -108), (None, 0)], id="a clawback beyond the bands"
        ),
        pytest.param(
            1,
            [CLAWBACK, PAYMENT, VOIDED, PAYMENT],
            [("B", -108), ("A", 120), (None, 0), ("B", 108)],
            id="voided ones take no place",
        ),
    ],
)
def test_places_and_prices_each_declaration(before, kinds, expected):
    declarations = listed(*kinds)

    placed = place_declarations(declarations, calculated(declarations, before=before))

    assert [(each.price.band, each.price.fee) for each in placed] == expected
    assert [each.listed for each in placed] == declarations


def test_only_what_is_beyond_the_last_band_says_so():
    declarations = listed(PAYMENT, PAYMENT, VOIDED)

    placed = place_declarations(declarations, calculated(declarations, before=3))

    assert [each.price.is_beyond for each in placed] == [False, True, False]


def test_an_uplift_is_paid_and_taken_back_on_top_even_beyond_the_bands():
    declarations = listed(PAYMENT, CLAWBACK, has_uplift=True)

    placed = place_declarations(declarations, calculated(declarations, before=4))

    assert [(each.price.fee, each.price.uplift) for each in placed] == [(0, 100), (0, -100)]


def test_mentors_at_a_flat_rate_take_no_place():
    declarations = [
        *listed(PAYMENT, CLAWBACK, role="mentor"),
        *listed(PAYMENT),
        *listed(PAYMENT, role="mentor", declaration_type="retained-1"),
    ]

    placed = place_declarations(declarations, calculated(declarations, ITTECF_ECTP))

    assert [(each.price.band, each.price.fee) for each in placed] == [
        (None, 500),
        (None, -500),
        ("A", 120),
        (None, None),
    ]


def test_nothing_is_placed_on_a_statement_that_cannot_be_calculated():
    [placed] = place_declarations(listed(PAYMENT), None)

    price = placed.price
    assert (price.band, price.fee, price.is_beyond) == (None, None, False)


def test_what_came_onto_the_statement_after_it_was_counted_has_no_price_yet():
    before = listed(PAYMENT)
    after = [*before, *listed(PAYMENT, declaration_type="completed"), *listed(PAYMENT)]

    placed = place_declarations(after, calculated(before))

    assert [each.price.fee for each in placed] == [120, None, None]


roles = st.sampled_from(["ect", "mentor"])
types = st.sampled_from(["started", "retained-1", "completed"])


@given(
    kinds=st.lists(st.tuples(roles, types, st.booleans()), max_size=20),
    before=st.integers(min_value=0, max_value=6),
    clawbacks=st.integers(min_value=0, max_value=20),
    terms=st.sampled_from([ECF, ITTECF_ECTP]),
)
def test_the_amounts_of_all_declarations_add_up_to_what_the_statement_pays(
    kinds, before, clawbacks, terms
):
    paid = [Listed(0, role, kind, PAYMENT, uplift) for role, kind, uplift in kinds]
    taken_back = [
        Listed(0, each.role, each.declaration_type, CLAWBACK, each.has_uplift)
        for each in paid[:clawbacks]
    ]
    declarations = [*taken_back, *paid]
    calculation = calculated(declarations, terms, before=before)

    placed = place_declarations(declarations, calculation)

    assert amount_of(placed) == (
        calculation.output_net + calculation.flat_rate_subtotal + calculation.uplift.net_amount
    )
