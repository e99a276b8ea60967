"""How finance pages write money, fees and declaration types, and lists of what has a price."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Generic, TypeVar

from finance.calculator import to_pennies
from register_ects.formats import money
from register_ects.rules.enumerations import DeclarationType

Row = TypeVar("Row")
Options = list[dict[str, object]]

#: A price has 2 decimals, a ratio 2 and a proportion 2, so a unit fee never has more.
UNIT_FEE_DECIMALS = 6
#: Types that stand in one row of a table.
_GROUPS = {"retained": "Retained", "extended": "Extended"}


@dataclass(frozen=True)
class Listed(Generic[Row]):
    """One page of a list, and what ``label`` says is added up; nothing where none has a price."""

    rows: list[Row]
    label: str
    total: str | None


@lru_cache(maxsize=4096)  # prices recur from line to line, and from statement to statement
def pounds(amount: Fraction) -> str:
    """Write an amount, rounded to the penny here and nowhere before: ``-£3,659.65``."""
    return money(to_pennies(amount))


def unit_fee(amount: Fraction) -> str:
    """Write what one declaration earns, exactly: ``£113.802``, at least two decimals."""
    scaled = round(amount * 10**UNIT_FEE_DECIMALS)
    whole, _, decimals = f"{Decimal(scaled).scaleb(-UNIT_FEE_DECIMALS):,f}".partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}£{whole.removeprefix('-')}.{decimals.rstrip('0').ljust(2, '0')}"


def percentage(ratio: Fraction | Decimal) -> str:
    """Write a ratio as a percentage: 0.2 is ``20%``, 0.325 is ``32.5%``."""
    return f"{float(ratio * 100):.4g}%"


def type_label(declaration_type: str) -> str:
    """Write a declaration type, or a group of them, as people call it: ``Retained 1``.

    Raises ValueError for what is neither.
    """
    return _GROUPS.get(declaration_type) or str(DeclarationType(declaration_type).label)


def select_items(pairs: Iterable[tuple[str, str]], selected: str) -> Options:
    """Return the items of a select from values and texts."""
    return [{"value": value, "text": text, "selected": value == selected} for value, text in pairs]
