"""The two kinds of file that a body uploads: their columns, and what they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from register_ects.models.submissions import MOST_SUBMISSIONS
from register_ects.rules.enumerations import BatchType, TermsReason
from register_ects.uploads import cells, readings
from register_ects.uploads import known_columns as known
from register_ects.uploads.cells import Cells
from register_ects.uploads.columns import Column
from register_ects.uploads.files import SentFile
from register_ects.uploads.tables import Limits, Table, Unreadable

LIMITS = Limits(most_rows=MOST_SUBMISSIONS)
_REASONS = tuple(str(label) for value, label in TermsReason.choices if value != TermsReason.OTHER)


@dataclass(frozen=True)
class Kind:
    """A kind of file. ``slug`` is its word in addresses, ``day`` the column that is a day."""

    batch_type: BatchType
    slug: str
    title: str
    columns: tuple[Column, ...]
    day: str

    @property
    def dates(self) -> Mapping[str, Callable[..., Any]]:
        """Return what reads each column of days."""
        return {
            "date_of_birth": readings.date_of_birth,
            self.day: partial(readings.day, called=self.called[self.day]),
        }

    @property
    def called(self) -> dict[str, str]:
        """Return what sentences call each column."""
        return {
            column.key: column.heading[0].lower() + column.heading[1:] for column in self.columns
        } | {"trn": "teacher reference number"}

    def read(self, file: SentFile, mapping: Mapping[str, str] | None = None) -> Table | Unreadable:
        """Return the table of a file, or why it is none."""
        return file.read_as(self.columns, LIMITS, mapping)

    def rows_of(self, table: Table) -> list[tuple[int, Cells]]:
        """Return the lines of a table with their cells."""
        return cells.rows_of(
            table, dates=self.dates, trns={"trn": readings.trn}, called=self.called
        )


CLAIMS = Kind(
    BatchType.CLAIM,
    "claims",
    "Claim several ECTs",
    (
        known.TRN,
        known.DATE_OF_BIRTH,
        Column(
            "training_programme",
            "Induction programme",
            aliases=("Training programme", "Programme"),
            allowed=("Provider-led", "School-led"),
            example="Provider-led",
        ),
        Column(
            "started_on",
            "Induction period start date",
            aliases=("Induction start date", "Start date", "Started on"),
            hint="The day that you became responsible for them, day first, like 1/9/2026",
            example="1/9/2026",
            is_day=True,
        ),
    ),
    "started_on",
)
ACTIONS = Kind(
    BatchType.ACTION,
    "actions",
    "Record passes and releases",
    (
        known.TRN,
        known.DATE_OF_BIRTH,
        Column(
            "finished_on",
            "Induction period end date",
            aliases=("Induction end date", "End date", "Finished on"),
            hint="The last day that you were responsible for them, day first, like 17/7/2026",
            example="17/7/2026",
            is_day=True,
        ),
        Column(
            "number_of_terms",
            "Number of terms",
            aliases=("Terms",),
            hint="Full-time equivalent terms with you, 0 to 16, with one decimal place at most",
            example="2.5",
        ),
        Column(
            "outcome",
            "Outcome",
            allowed=("Pass", "Release"),
            hint="Record a fail on the ECT’s page: it needs more answers",
            example="Pass",
        ),
        Column(
            "terms_reason",
            "Reason for the number of terms",
            required=False,
            aliases=("Reason", "Terms reason"),
            allowed=_REASONS,
            hint="Only where the terms are fewer than needed or more than the dates hold; other "
            "words are kept as they are",
        ),
    ),
    "finished_on",
)
KINDS = {kind.slug: kind for kind in (CLAIMS, ACTIONS)}


def kind_of(batch_type: str) -> Kind:
    """Return the kind of a batch."""
    return CLAIMS if batch_type == BatchType.CLAIM else ACTIONS
