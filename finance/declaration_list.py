"""Lay the declarations of a statement out for people to read. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finance.declaration_filters import KINDS
from finance.placing import Kind, Placed
from finance.wording import pounds
from register_ects.models import Declaration

NO_AMOUNT = "No price"


@dataclass(frozen=True)
class DeclarationRow:
    """A declaration, what the statement does with it, and its amounts, ready to print."""

    declaration: Declaration
    does: str
    band: str
    amount: str
    uplift: str | None


def lay_out_declarations(
    placed: Sequence[Placed], declarations: Mapping[int, Declaration]
) -> list[DeclarationRow]:
    """Write one page of a statement's declarations; ``declarations`` by key."""
    return [
        DeclarationRow(
            declarations[each.listed.key],
            does=KINDS[each.listed.kind],
            band=_band(each),
            amount=NO_AMOUNT if each.price.fee is None else pounds(each.price.fee),
            uplift=pounds(each.price.uplift) if each.price.uplift else None,
        )
        for each in placed
        if each.listed.key in declarations
    ]


def _band(placed: Placed) -> str:
    price = placed.price
    if price.band:
        return f"Band {price.band}"
    if price.is_beyond:
        return "Beyond the last band"
    return "None" if placed.listed.kind is Kind.VOIDED or price.fee is None else "Flat rate"
