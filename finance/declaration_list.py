"""Lay the declarations of a statement out for people to read. No database."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from finance.declaration_filters import KINDS
from finance.placing import Kind, Placed
from finance.queries import DeclarationDetails
from finance.wording import Listed, pounds
from register_ects.rules.enumerations import DeclarationType, TraineeRole

NO_AMOUNT = "No price"
_ROLES, _TYPES = dict(TraineeRole.choices), dict(DeclarationType.choices)


class DeclarationRow(NamedTuple):
    """A declaration, what the statement does with it, and its amounts, ready to print."""

    details: DeclarationDetails
    state: str
    role: str
    declaration_type: str
    does: str
    band: str
    amount: str
    uplift: str | None


def lay_out_declarations(
    placed: Sequence[Placed],
    details: Mapping[int, DeclarationDetails],
    *,
    together: Fraction | None,
    is_all: bool,
) -> Listed[DeclarationRow]:
    """Write one page of a statement's declarations; ``details`` by key.

    ``together`` is what those of all pages earn; ``is_all`` says that no other page has more.
    """
    rows = [
        DeclarationRow(
            told,
            state=told.state.replace("-", " ").capitalize(),
            role=_ROLES[each.listed.role],
            declaration_type=_TYPES[each.listed.declaration_type],
            does=KINDS[each.listed.kind],
            band=_band(each),
            amount=NO_AMOUNT if each.price.fee is None else pounds(each.price.fee),
            uplift=pounds(each.price.uplift) if each.price.uplift else None,
        )
        for each in placed
        if (told := details.get(each.listed.key))
    ]
    label = f"Together{'' if is_all else ', on all pages'}, excluding VAT"
    return Listed(rows, label, None if together is None else pounds(together))


def _band(placed: Placed) -> str:
    price = placed.price
    if price.band:
        return f"Band {price.band}"
    if price.is_beyond:
        return "Beyond the last band"
    return "None" if placed.listed.kind is Kind.VOIDED or price.fee is None else "Flat rate"
