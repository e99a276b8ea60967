"""What a statement page is made of, ready to print (spec 04, 8.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

#: How a row is drawn: the sum of those above, or the first and second of two that belong together.
TOTAL, LEADING, DETAIL = "app-table__total", "app-table__leading", "app-table__detail"


@dataclass(frozen=True)
class Count:
    """How many declarations, and the query string that lists them."""

    number: int
    query: str


Cell = Count | int | str


@dataclass(frozen=True)
class Row:
    """A label and figures; ``style`` is how it is drawn."""

    label: str
    cells: tuple[Cell, ...]
    style: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a heading. ``first`` heads the column of labels, ``columns`` those of figures."""

    id: str
    heading: str
    rows: Sequence[Row]
    first: str = ""
    columns: tuple[str, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class AdjustmentLine:
    """An adjustment as it stands, and who did what to it and when, in words, oldest first."""

    key: int
    reason: str
    amount: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Something to look into, and the query string that lists the declarations it is about."""

    text: str
    query: str


@dataclass(frozen=True)
class ServiceFeeWorking:
    """How the monthly service fee comes about. ``agreed`` is set by hand in the contract."""

    table: Table
    agreed: str | None
    monthly: str
