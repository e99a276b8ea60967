"""Which declaration of a statement lies in which band, and what it is paid."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCounts,
    calculate_statement,
)
from finance.placing import BEYOND, Kind, Listed, Prices, amount_of, amount_of_all, spans
from tests.finance.placed import by_the_position, in_order

pytestmark = pytest.mark.no_database

PAYMENT, CLAWBACK, VOIDED = Kind.PAYMENT, Kind.CLAWBACK, Kind.VOIDED
BANDS = tuple(BandTerms(2, Decimal(fee), Decimal("0.60")) for fee in (1000, 900))
ECF = ContractTerms(ContractType.ECF, BANDS, uplift_fee_per_declaration=Decimal(100))
ITTECF_ECTP = ContractTerms(
    ContractType.ITTECF_ECTP, BANDS, mentor_fee_per_declaration=Decimal(1000)
)


def listed(*kinds, declaration_type="started", role="ect", has_uplift=False):
    return [Listed(key, role, declaration_type, kind, has_uplift) for key, kind in enumerate(kinds)]


def calculated(declarations, terms=ECF, *, before=0):
    counted = Counter((each.role, each.declaration_type, each.kind) for each in declarations)
    uplifts = Counter(each.kind for each in declarations if each.has_uplift)

    def counts(role):
        return {
            kind: Counts(counted[role, kind, PAYMENT], counted[role, kind, CLAWBACK])
            for kind in {each.declaration_type for each in declarations if each.role == role}
        }

    return calculate_statement(
        terms,
        StatementCounts(
            ect=counts("ect"),
            mentor=counts("mentor"),
            uplifts=Counts(uplifts[PAYMENT], uplifts[CLAWBACK]),
        ),
        previous={"started": Counts(before)},
    )


def placed(declarations, calculation):
    prices = Prices(calculation)
    return [prices.place(each) for each in in_order(declarations, calculation)]


@pytest.mark.parametrize(
    ("before", "paid", "taken_back", "expected"),
    [
        pytest.param(0, 0, 0, [], id="none"),
        pytest.param(0, 3, 0, [("A", 0, 2), ("B", 2, 3)], id="from the lowest"),
        pytest.param(
            1, 4, 0, [("A", 0, 1), ("B", 1, 3), (BEYOND, 3, 4)], id="from the middle to beyond"
        ),
        pytest.param(2, 1, 0, [("B", 0, 1)], id="a full band is passed over"),
        pytest.param(4, 2, 0, [(BEYOND, 0, 2)], id="the bands are full"),
        pytest.param(3, 0, 2, [("A", 0, 1), ("B", 1, 2)], id="the last taken back was on top"),
        pytest.param(5, 0, 2, [("B", 0, 1), (BEYOND, 1, 2)], id="taken back from beyond"),
    ],
)
def test_the_places_of_each_band(before, paid, taken_back, expected):
    declarations = listed(*[PAYMENT] * paid, *[CLAWBACK] * taken_back)

    found = spans(calculated(declarations, before=before))

    assert [(span.band, span.first, span.end) for span in found] == expected


small = st.integers(min_value=0, max_value=12)


@given(before=small, paid=small, data=st.data())
def test_the_places_are_as_many_as_are_allocated_and_in_the_order_of_the_positions(
    before, paid, data
):
    taken_back = data.draw(st.integers(min_value=0, max_value=before + paid))
    calculation = calculated(listed(*[PAYMENT] * paid, *[CLAWBACK] * taken_back), before=before)

    for output in calculation.types:
        allocation = output.allocation
        for kind, position, count in (
            (PAYMENT, allocation.position_before, paid),
            (CLAWBACK, allocation.position_after, taken_back),
        ):
            found = [
                span.band
                for span in spans(calculation)
                if span.kind is kind
                for _ in range(span.first, span.end)
            ]
            assert found == by_the_position(position, count, output.capacities)


@pytest.mark.parametrize(
    ("before", "kinds", "expected"),
    [
        pytest.param(0, [PAYMENT] * 3, [("A", 120), ("A", 120), ("B", 108)], id="payments"),
        pytest.param(3, [PAYMENT] * 2, [("B", 108), (None, 0)], id="beyond the bands"),
        pytest.param(3, [CLAWBACK, CLAWBACK], [("A", -120), ("B", -108)], id="clawbacks"),
        pytest.param(
            1,
            [CLAWBACK, PAYMENT, VOIDED, PAYMENT],
            [("B", -108), ("A", 120), (None, 0), ("B", 108)],
            id="voided ones take no place",
        ),
    ],
)
def test_prices_each_declaration(before, kinds, expected):
    declarations = listed(*kinds)

    found = placed(declarations, calculated(declarations, before=before))

    assert [(each.price.band, each.price.fee) for each in found] == expected


def test_only_what_is_beyond_the_last_band_says_so():
    declarations = listed(PAYMENT, PAYMENT, VOIDED)

    found = placed(declarations, calculated(declarations, before=3))

    assert [each.price.is_beyond for each in found] == [False, True, False]


def test_an_uplift_is_paid_and_taken_back_on_top_even_beyond_the_bands():
    declarations = listed(PAYMENT, CLAWBACK, has_uplift=True)

    found = placed(declarations, calculated(declarations, before=4))

    assert [(each.price.fee, each.price.uplift) for each in found] == [(0, 100), (0, -100)]


def test_mentors_at_a_flat_rate_take_no_place():
    declarations = [
        *listed(PAYMENT, CLAWBACK, role="mentor"),
        *listed(PAYMENT),
        *listed(PAYMENT, role="mentor", declaration_type="retained-1"),
    ]

    found = placed(declarations, calculated(declarations, ITTECF_ECTP))

    assert [(each.price.band, each.price.fee) for each in found] == [
        (None, 500),
        (None, -500),
        ("A", 120),
        (None, None),
    ]


def test_nothing_has_a_price_on_a_statement_that_cannot_be_calculated():
    [found] = placed(listed(PAYMENT), None)

    price = found.price
    assert (price.band, price.fee, price.is_beyond) == (None, None, False)


def test_what_came_onto_the_statement_after_it_was_counted_has_no_price_yet():
    before = listed(PAYMENT)
    after = [*before, *listed(PAYMENT, declaration_type="completed"), *listed(PAYMENT)]

    found = placed(after, calculated(before))

    assert [each.price.fee for each in found] == [120, None, None]


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
    taken_back = [each._replace(kind=CLAWBACK) for each in paid[:clawbacks]]
    declarations = [*taken_back, *paid]
    calculation = calculated(declarations, terms, before=before)

    found = placed(declarations, calculation)

    assert amount_of((each, 1) for each in found) == amount_of_all(calculation)
    assert amount_of_all(calculation) == (
        calculation.output_net + calculation.flat_rate_subtotal + calculation.uplift.net_amount
    )
