"""What the tables of a statement page are made of, ready to print (spec 04, 8.3)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A label and an amount."""

    label: str
    amount: str


@dataclass(frozen=True)
class AdjustmentLine:
    """An adjustment as it stands, and who did what to it and when, in words, oldest first."""

    key: int
    reason: str
    amount: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """How many declarations, and the query string that lists them."""

    number: int
    query: str


@dataclass(frozen=True)
class Note:
    """Something to look into, and the query string that lists the declarations it is about."""

    text: str
    query: str


@dataclass(frozen=True)
class SummaryRow:
    """How many declarations of a kind; a cell for each column of the summary."""

    label: str
    counts: tuple[Count | str, ...]


@dataclass(frozen=True)
class Summary:
    """The declarations of the statement, counted. Only those that are paid for or taken back."""

    columns: tuple[str, ...]
    rows: list[SummaryRow]


@dataclass(frozen=True)
class OutputRow:
    """One declaration type: how many in each column, what each earns, and their sum."""

    label: str
    counts: tuple[Count, ...]
    unit_fees: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class OutputTable:
    """What one group of participants earned, before clawbacks."""

    heading: str
    columns: tuple[str, ...]
    rows: list[OutputRow]
    total: str


@dataclass(frozen=True)
class Position:
    """How many of a type were live before and after the statement, and where that lands.

    ``highest_band`` is the band of the last declaration; None when there is none, and
    "beyond the last band" when capacity is used up.
    """

    label: str
    before: int
    after: int
    highest_band: str | None
    places_left: int
    overflow: int


@dataclass(frozen=True)
class Uplift:
    """Uplift fees paid, before clawbacks."""

    count: Count
    unit_fee: str
    amount: str


@dataclass(frozen=True)
class Clawback:
    """Declarations taken back at one price; fee and amount are negative."""

    label: str
    count: Count
    unit_fee: str
    amount: str


@dataclass(frozen=True)
class ServiceFeeRow:
    """What the recruitment target's places in one band add to the service fee."""

    band: str
    places: int
    fee: str
    service_part: str
    amount: str


@dataclass(frozen=True)
class ServiceFeeWorking:
    """How the monthly service fee comes about. ``agreed`` is set by hand in the contract."""

    rows: list[ServiceFeeRow]
    band_total: str
    setup_deduction: str
    remainder: str
    instalments: int
    calculated: str
    agreed: str | None
    monthly: str


@dataclass(frozen=True)
class BandRow:
    """A band's range of declarations and its price for a whole participant."""

    band: str
    first: int
    last: int
    fee: str


@dataclass(frozen=True)
class Targets:
    """What the contract version says."""

    lines: list[Line]
    bands: list[BandRow]
