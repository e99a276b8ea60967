"""What must hold for any contract and any statements: the invariants of spec 04, section 7.

Only those of the pure engine; the numbers in the docstrings are the specification's. Those
about declarations, statuses and snapshots are tested where these live.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from finance.bands import AllocationMode, Counts, allocate, fill
from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    StatementCounts,
    calculate_statement,
    calculate_statements,
    service_fee,
    to_pennies,
)
from finance.terms import BANDED_PROPORTIONS, DECLARATION_TYPES

pytestmark = pytest.mark.no_database

NET, REFERENCE = AllocationMode.NET, AllocationMode.REFERENCE
STANDARD_LIFE = [t for t in DECLARATION_TYPES if not t.startswith("extended")]

small = st.integers(0, 12)
pounds = st.decimals("0.01", "2000", places=2)
ratios = st.decimals("0", "1", places=2)
types = st.sampled_from(DECLARATION_TYPES)
band_terms = st.builds(
    BandTerms, capacity=st.integers(1, 8), fee_per_declaration=pounds, output_fee_ratio=ratios
)
contracts = st.builds(
    ContractTerms,
    contract_type=st.sampled_from(ContractType),
    bands=st.lists(band_terms, min_size=1, max_size=4).map(tuple),
    recruitment_target=st.integers(0, 40),
    setup_fee=st.decimals("0", "5000", places=2),
    monthly_service_fee=st.none() | st.decimals("0", "5000", places=2),
    uplift_fee_per_declaration=st.decimals("0", "200", places=2),
    mentor_fee_per_declaration=pounds,
    vat_rate=ratios,
    vat_registered=st.booleans(),
)
capacity_lists = st.lists(st.integers(1, 6), min_size=1, max_size=4)


@st.composite
def events(draw, *, most=8, bounded_by=None):
    """Draw one type's counts on successive statements; the position never goes below zero.

    ``bounded_by`` keeps all billables together at or below that number.
    """
    position, gross, drawn = 0, 0, []
    for _ in range(draw(st.integers(0, most))):
        billable = draw(small)
        if bounded_by is not None:
            billable = min(billable, bounded_by - gross)
        refundable = draw(st.integers(0, position + billable))
        position += billable - refundable
        gross += billable
        drawn.append(Counts(billable, refundable))
    return drawn


@st.composite
def statement_sequences(draw):
    """Draw statements with several types, uplifts and adjustments, valid in net mode."""
    by_type = {t: draw(events(most=4)) for t in draw(st.sets(types, max_size=3))}
    length = max((len(drawn) for drawn in by_type.values()), default=1)
    statements = []
    for n in range(length):
        ect = {t: drawn[n] for t, drawn in by_type.items() if n < len(drawn)}
        amounts = st.decimals("-5000", "5000", places=2).filter(bool)
        statements.append(
            StatementCounts(
                ect=ect,
                mentor=draw(
                    st.dictionaries(st.sampled_from(["started"]), st.builds(Counts, small))
                ),
                uplifts=Counts(draw(small), draw(small)),
                adjustments=tuple(draw(st.lists(amounts, max_size=3))),
            )
        )
    return statements


def allocate_all(sequence, capacities, mode=NET):
    """Allocate one type's counts on successive statements."""
    allocations, previous = [], Counts()
    for counts in sequence:
        allocations.append(allocate(counts, previous=previous, capacities=capacities, mode=mode))
        previous += counts
    return allocations


def net_by_band(allocations, capacities):
    return tuple(
        sum(a.billable[i] - a.refundable[i] for a in allocations) for i in range(len(capacities))
    )


def net_position(sequence):
    return sum(counts.billable - counts.refundable for counts in sequence)


def calculate(terms, statements, mode=NET):
    return calculate_statements([(terms, counts) for counts in statements], mode=mode)


def on_ect(declaration_type, *sequence):
    return [StatementCounts(ect={declaration_type: counts}) for counts in sequence]


def output_net(calculations):
    return sum((c.output_net for c in calculations), Fraction(0))


@given(events(), capacity_lists)
def test_no_band_ever_holds_less_than_none_or_more_than_its_places(sequence, capacities):
    """1."""
    allocations = allocate_all(sequence, capacities)

    for statements in range(len(allocations) + 1):
        held = net_by_band(allocations[:statements], capacities)
        assert all(0 <= n <= places for n, places in zip(held, capacities, strict=True))


@given(events(), capacity_lists)
def test_what_bands_hold_depends_on_the_net_count_only(sequence, capacities):
    """2."""
    held = net_by_band(allocate_all(sequence, capacities), capacities)

    assert held == fill(net_position(sequence), capacities)


@given(st.integers(0, 60), capacity_lists)
def test_bands_fill_without_gaps(position, capacities):
    """3."""
    filled = fill(position, capacities)

    assert sum(filled) == min(position, sum(capacities))
    for index, taken in enumerate(filled):
        if taken:
            assert list(filled[:index]) == capacities[:index]


@given(events(), capacity_lists, st.sampled_from(AllocationMode))
def test_every_declaration_is_in_a_band_or_in_the_overflow(sequence, capacities, mode):
    """4."""
    for counts, a in zip(sequence, allocate_all(sequence, capacities, mode), strict=True):
        assert sum(a.billable) + a.overflow_billable == counts.billable
        assert sum(a.refundable) + a.overflow_refundable == counts.refundable


def add_step_by_step(filled, capacities, count):
    """Put declarations into the lowest band with room, one by one; give what each got."""
    added = [0] * len(capacities)
    for _ in range(count):
        room = [i for i, places in enumerate(capacities) if filled[i] < places]
        if room:
            filled[room[0]] += 1
            added[room[0]] += 1
    return added


def remove_step_by_step(filled, count):
    """Take declarations out of the highest occupied band, one by one."""
    removed = [0] * len(filled)
    for _ in range(count):
        occupied = [i for i, taken in enumerate(filled) if taken]
        if occupied:
            filled[occupied[-1]] -= 1
            removed[occupied[-1]] += 1
    return removed


@given(st.builds(Counts, small, small), st.builds(Counts, small, small), capacity_lists)
def test_the_reference_formula_is_the_four_steps(counts, previous, capacities):
    """5."""
    filled = [0] * len(capacities)
    add_step_by_step(filled, capacities, previous.billable)
    remove_step_by_step(filled, previous.refundable)
    billable = add_step_by_step(filled, capacities, counts.billable)
    refundable = remove_step_by_step(filled, counts.refundable)

    allocation = allocate(counts, previous=previous, capacities=capacities, mode=REFERENCE)

    assert list(allocation.billable) == billable
    assert list(allocation.refundable) == refundable


@given(events(), capacity_lists)
def test_net_position_is_the_four_steps_with_an_endless_last_band(sequence, capacities):
    """5. The overflow is a band like any other that happens to have a price of nothing."""
    endless = [*capacities, sum(counts.billable for counts in sequence) + 1]
    filled = [0] * len(endless)

    for counts, a in zip(sequence, allocate_all(sequence, capacities), strict=True):
        added = add_step_by_step(filled, endless, counts.billable)
        removed = remove_step_by_step(filled, counts.refundable)
        assert [*a.billable, a.overflow_billable] == added
        assert [*a.refundable, a.overflow_refundable] == removed


@given(st.data(), capacity_lists)
def test_the_modes_agree_within_capacity(data, capacities):
    """5."""
    sequence = data.draw(events(bounded_by=sum(capacities)))

    assert allocate_all(sequence, capacities, NET) == allocate_all(sequence, capacities, REFERENCE)


@given(contracts, types, events(), small)
def test_clawing_back_gives_back_what_was_paid(terms, declaration_type, history, count):
    """6."""
    paid, taken_back, paid_again = calculate(
        terms,
        on_ect(declaration_type, *history, Counts(count), Counts(0, count), Counts(count)),
    )[-3:]

    assert paid.output_net + taken_back.output_net == 0
    assert paid_again.output_net == paid.output_net


@given(contracts, types, events(), small, small)
def test_adding_and_refunding_together_nets_like_the_difference(
    terms, declaration_type, history, billable, refundable
):
    """7."""
    assume(net_position(history) + billable - refundable >= 0)
    difference = billable - refundable

    both = calculate(terms, on_ect(declaration_type, *history, Counts(billable, refundable)))
    net = calculate(
        terms,
        on_ect(declaration_type, *history, Counts(max(difference, 0), max(-difference, 0))),
    )

    assert both[-1].output_net == net[-1].output_net


@given(contracts, types, events(), small, small, st.sampled_from(AllocationMode))
def test_one_more_billable_never_lowers_and_one_more_refund_never_raises_the_payment(
    terms, declaration_type, history, billable, refundable, mode
):
    """8."""
    assume(net_position(history) + billable - refundable >= 1)

    def net(counts):
        return calculate(terms, on_ect(declaration_type, *history, counts), mode)[-1].output_net

    now = net(Counts(billable, refundable))
    assert net(Counts(billable + 1, refundable)) >= now
    assert net(Counts(billable, refundable + 1)) <= now


@given(contracts, types)
def test_with_falling_prices_each_declaration_earns_no_more_than_the_one_before(
    terms, declaration_type
):
    """9."""
    cheaper_and_cheaper = sorted(
        terms.bands, key=lambda band: band.fee_per_declaration * band.output_fee_ratio, reverse=True
    )
    falling = replace(terms, bands=tuple(cheaper_and_cheaper))

    one_by_one = calculate(falling, on_ect(declaration_type, *[Counts(1)] * 40))

    earned = [c.output_net for c in one_by_one]
    assert earned == sorted(earned, reverse=True)


@given(contracts, st.sampled_from(AllocationMode), events(), events(), st.data())
def test_one_types_counts_do_not_touch_another_type(terms, mode, ours, others, data):
    """10."""
    our_type = data.draw(types)
    other_type = data.draw(types.filter(lambda t: t != our_type))
    together = [
        StatementCounts(ect={our_type: mine, other_type: yours})
        for mine, yours in zip(ours, others, strict=False)
    ]
    alone = on_ect(our_type, *ours[: len(together)])

    def our_lines(statements):
        return [
            [output for output in calculation.types if output.declaration_type == our_type]
            for calculation in calculate(terms, statements, mode)
        ]

    assert our_lines(together) == our_lines(alone)


@given(contracts, statement_sequences(), st.sampled_from(AllocationMode))
def test_the_total_is_the_subtotal_and_vat(terms, statements, mode):
    """14."""
    rate = Fraction(terms.vat_rate) if terms.vat_registered else 0
    for c in calculate(terms, statements, mode):
        assert c.total == (1 + rate) * c.subtotal
        assert c.subtotal == c.banded_subtotal + c.flat_rate_subtotal
        assert terms.vat_registered or c.vat == 0


@given(contracts, types, events(), st.integers(1, 1000))
def test_scaling_all_prices_scales_the_output(terms, declaration_type, sequence, factor):
    """14."""
    scaled = replace(
        terms,
        bands=tuple(
            replace(band, fee_per_declaration=band.fee_per_declaration * factor)
            for band in terms.bands
        ),
    )
    statements = on_ect(declaration_type, *sequence)

    before, after = calculate(terms, statements), calculate(scaled, statements)

    assert [c.output_net * factor for c in before] == [c.output_net for c in after]


@given(contracts, statement_sequences())
def test_the_service_fee_is_the_same_whatever_is_declared(terms, statements):
    """15."""
    fee = service_fee(terms)

    assert all(c.service_fee == fee for c in calculate(terms, statements))
    assert fee.calculated * fee.instalments == fee.band_total - fee.setup_deduction


@given(contracts, st.sampled_from([0, 1, 2, 3]))
def test_a_full_life_pays_the_output_part_of_the_price(terms, extensions):
    """16."""
    life = [*STANDARD_LIFE, *[f"extended-{n + 1}" for n in range(extensions)]]
    statements = [on_ect(declaration_type, Counts(1))[0] for declaration_type in life]

    paid = output_net(calculate(terms, statements))

    first = terms.bands[0]
    output_price = Fraction(first.fee_per_declaration) * Fraction(first.output_fee_ratio)
    assert paid == output_price * (1 + Fraction(15, 100) * extensions)
    assert sum(BANDED_PROPORTIONS[t] for t in STANDARD_LIFE) == 1


@given(contracts, statement_sequences(), st.sampled_from(AllocationMode))
def test_lines_add_up_to_the_overview_and_the_overview_to_the_total(terms, statements, mode):
    """18."""
    for c in calculate(terms, statements, mode):
        lines = sum(line.net_amount for line in (*c.output_lines, *c.mentor_lines, c.uplift))
        assert lines + c.service_fee.monthly + c.adjustments == c.subtotal
        assert sum(line.amount for line in c.overview) == c.total

        rounded = sum(to_pennies(line.amount) for line in c.overview)
        assert to_pennies(c.total) == rounded + c.rounding_difference
        assert abs(c.rounding_difference) <= Decimal("0.005") * (len(c.overview) + 1)


@given(contracts, types, events(), st.lists(small, max_size=6))
def test_splitting_a_batch_over_statements_changes_nothing(
    terms, declaration_type, history, batches
):
    """19."""
    split = calculate(terms, on_ect(declaration_type, *history, *map(Counts, batches)))
    whole = calculate(terms, on_ect(declaration_type, *history, Counts(sum(batches))))

    assert output_net(split) == output_net(whole)


@given(contracts, statement_sequences(), st.randoms())
def test_the_order_of_declarations_changes_nothing(terms, statements, random):
    """20. Counts have no names; neither the order of types nor of adjustments matters."""

    def shuffled(items):
        return random.sample(list(items), len(items))

    other_order = [
        replace(
            counts,
            ect=dict(shuffled(counts.ect.items())),
            adjustments=tuple(shuffled(counts.adjustments)),
        )
        for counts in statements
    ]

    assert calculate(terms, statements) == calculate(terms, other_order)


@given(contracts, statement_sequences())
def test_a_statement_calculated_alone_is_the_one_calculated_in_sequence(terms, statements):
    """The finance pages calculate one statement from the sums before it."""
    previous = {}
    for counts, expected in zip(statements, calculate(terms, statements), strict=True):
        assert calculate_statement(terms, counts, previous=previous) == expected
        for declaration_type, more in counts.through_bands(terms.contract_type).items():
            previous[declaration_type] = previous.get(declaration_type, Counts()) + more


@given(st.fractions())
def test_rounding_is_never_off_by_more_than_half_a_penny(amount):
    rounded = to_pennies(amount)

    assert abs(Fraction(rounded) - amount) <= Fraction(1, 200)
    assert Fraction(to_pennies(-amount)) == -Fraction(rounded)
    assert not (rounded == 0 and rounded.is_signed())
