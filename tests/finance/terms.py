"""Terms of contracts that the worked examples of spec 04 are about."""

from decimal import Decimal

import pytest

from finance.calculator import (
    AllocationMode,
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCounts,
)

NET, REFERENCE = AllocationMode.NET, AllocationMode.REFERENCE
BOTH_MODES = pytest.mark.parametrize("mode", [NET, REFERENCE])


def bands(*rows: tuple[int, str, str]) -> tuple[BandTerms, ...]:
    return tuple(BandTerms(places, Decimal(fee), Decimal(ratio)) for places, fee, ratio in rows)


def ecf(*rows: tuple[int, str, str], **terms: object) -> ContractTerms:
    return ContractTerms(ContractType.ECF, bands(*rows), **terms)


K_ROWS = ((2000, "1000", "0.60"), (2000, "900", "0.60"), (2000, "800", "0.60"))
K = ecf(*K_ROWS)
OVER_RECRUITED = ecf(*K_ROWS, (1000, "700", "1.00"))
SMALL = ecf((2, "400", "0.60"), (2, "300", "0.60"), (2, "200", "0.60"), (2, "100", "0.60"))
TIGHT = ecf((2, "400", "0.60"), (2, "300", "0.60"), (2, "200", "0.60"))


def started(billable: int = 0, refundable: int = 0) -> StatementCounts:
    return StatementCounts(ect={"started": Counts(billable, refundable)})
