"""Calculate what a lead provider's statement pays, line by line and exactly.

Pure: terms and counts in, a tree of lines out. No database, no Django, no clock. Every amount
is an exact fraction of pounds; ``to_pennies`` rounds it for show. Source: spec 04, 5.
Explained for people in docs/payments.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from finance.bands import (
    AllocationMode,
    Counts,
    PositionBelowZero,
    allocate,
    band_letter,
    fill,
)
from finance.calculation import (
    FeeLine,
    OverviewLine,
    ServiceFee,
    ServiceFeeLine,
    StatementCalculation,
    TypeOutput,
    to_pennies,
)
from finance.terms import (
    BANDED_PROPORTIONS,
    FLAT_RATE_PROPORTIONS,
    NO_COUNTS,
    BandTerms,
    ContractTerms,
    ContractType,
    StatementCounts,
    add_counts,
    exact,
)


def calculate_statement(
    terms: ContractTerms,
    counts: StatementCounts,
    *,
    previous: Mapping[str, Counts] = NO_COUNTS,
    mode: AllocationMode = AllocationMode.NET,
) -> StatementCalculation:
    """Calculate one statement.

    Args:
        terms: the version of the contract that this statement belongs to.
        counts: what is on this statement.
        previous: by declaration type, what went through the bands on all earlier statements
            of the lead provider and contract period, across contract versions. Earlier means
            by payment date, then year, then month.
        mode: how earlier statements are taken into account.

    Raises PositionBelowZero (NET mode) if more was clawed back than ever billed.
    Source: spec 04, 5.
    """
    in_bands = counts.through_bands(terms.contract_type)
    flat_rate = terms.contract_type is ContractType.ITTECF_ECTP
    mentors = add_counts(counts.mentor) if flat_rate else {}
    return StatementCalculation(
        contract_type=terms.contract_type,
        types=tuple(
            _type_output(terms, declaration_type, type_counts, previous, mode)
            for declaration_type, type_counts in in_bands.items()
        ),
        mentor_lines=tuple(_mentor_lines(terms, mentors)),
        not_priced={t: c for t, c in mentors.items() if t not in FLAT_RATE_PROPORTIONS},
        uplift=FeeLine(
            "started",  # only a start can carry an uplift
            None,
            exact(terms.uplift_fee_per_declaration),
            counts.uplifts.billable,
            counts.uplifts.refundable,
        ),
        service_fee=service_fee(terms),
        adjustments=sum((exact(amount) for amount in counts.adjustments), Fraction(0)),
        vat_rate=terms.applicable_vat_rate,
    )


def is_counted_as_reference(
    terms: ContractTerms,
    counts: StatementCounts,
    calculation: StatementCalculation,
    *,
    previous: Mapping[str, Counts],
) -> bool:
    """Whether REFERENCE mode puts all declarations of a statement in the same bands.

    Then it comes to the same amounts, and need not be calculated. ``calculation`` is of NET mode.
    """
    in_bands = counts.through_bands(terms.contract_type)
    for output in calculation.types:
        ours, kind = output.allocation, output.declaration_type
        theirs = allocate(
            in_bands[kind],
            previous=previous.get(kind, Counts()),
            capacities=output.capacities,
            mode=AllocationMode.REFERENCE,
        )
        if (ours.billable, ours.refundable) != (theirs.billable, theirs.refundable):
            return False
    return True


def calculate_statements(
    statements: Iterable[tuple[ContractTerms, StatementCounts]],
    *,
    mode: AllocationMode = AllocationMode.NET,
) -> list[StatementCalculation]:
    """Calculate all statements of a lead provider in a contract period, earliest first.

    The caller puts them in order: payment date, then year, then month. Each comes with the
    terms of its own contract version.
    """
    calculations = []
    previous: Mapping[str, Counts] = NO_COUNTS
    for terms, counts in statements:
        calculations.append(calculate_statement(terms, counts, previous=previous, mode=mode))
        previous = add_counts(previous, counts.through_bands(terms.contract_type))
    return calculations


@lru_cache(maxsize=1024)  # a statement asks for each of its prices several times
def output_unit_fee(*, fee: Decimal, output_ratio: Decimal, proportion: Fraction) -> Fraction:
    """Return what one declaration earns, in pounds excluding VAT, not rounded.

    ``fee`` is the band's price per participant in pounds; ``output_ratio`` (0 to 1) the part
    paid by outputs; ``proportion`` (0 to 1) this type's part of that. Source: spec 04, 5.5.

    >>> output_unit_fee(
    ...     fee=Decimal(1000), output_ratio=Decimal("0.6"), proportion=Fraction(20, 100)
    ... )
    Fraction(120, 1)
    """
    return exact(fee) * exact(output_ratio) * proportion


@lru_cache(maxsize=256)  # all statements of a contract version share it
def service_fee(terms: ContractTerms) -> ServiceFee:
    """Work out the monthly service fee, the same on every statement of a contract version.

    It depends on the recruitment target, never on declarations. The set-up fee was paid under
    another contract and is taken back here, spread over band A's places. Source: spec 04, 5.7.
    """
    places = fill(terms.recruitment_target, terms.capacities)
    lines = tuple(
        ServiceFeeLine(
            band_letter(index),
            places[index],
            exact(band.fee_per_declaration),
            band.service_fee_ratio,
        )
        for index, band in enumerate(terms.bands)
    )
    agreed = terms.monthly_service_fee
    return ServiceFee(
        lines=lines,
        setup_deduction=places[0] * exact(terms.setup_fee) / terms.bands[0].capacity,
        agreed=None if agreed is None else exact(agreed),
    )


def _type_output(
    terms: ContractTerms,
    declaration_type: str,
    counts: Counts,
    previous: Mapping[str, Counts],
    mode: AllocationMode,
) -> TypeOutput:
    try:
        allocation = allocate(
            counts,
            previous=previous.get(declaration_type, Counts()),
            capacities=terms.capacities,
            mode=mode,
        )
    except PositionBelowZero as error:
        error.add_note(f"declaration type: {declaration_type}")
        raise
    lines = tuple(
        FeeLine(
            declaration_type,
            band_letter(index),
            output_unit_fee(
                fee=band.fee_per_declaration,
                output_ratio=band.output_fee_ratio,
                proportion=BANDED_PROPORTIONS[declaration_type],
            ),
            allocation.billable[index],
            allocation.refundable[index],
        )
        for index, band in enumerate(terms.bands)
    )
    return TypeOutput(declaration_type, allocation, lines, terms.capacities)


def _mentor_lines(terms: ContractTerms, mentors: Mapping[str, Counts]) -> Iterator[FeeLine]:
    for declaration_type, proportion in FLAT_RATE_PROPORTIONS.items():
        if counts := mentors.get(declaration_type):
            if terms.mentor_fee_per_declaration is None:
                raise ValueError("mentors are counted, but the contract has no mentor fee")
            unit_fee = exact(terms.mentor_fee_per_declaration) * proportion
            yield FeeLine(declaration_type, None, unit_fee, counts.billable, counts.refundable)
