"""What we keep of a person's TRS record. Pure values: no HTTP, no clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

PROHIBITION_CATEGORY = "b2b19019-b165-47a3-8745-3297ff152581"


@dataclass(frozen=True)
class Alert:
    """A decision about a teacher. ``end_date`` None means no end, or one we cannot read."""

    category_id: str
    end_date: date | None

    def is_active(self, today: date) -> bool:
        """Whether the alert still holds; on its end date it no longer does."""
        return self.end_date is None or self.end_date > today


@dataclass(frozen=True, repr=False)  # a repr would carry personal data into logs
class TeacherRecord:
    """A person as TRS shows them. Source: spec 06, 6.18 "Field mapping".

    ``induction_status`` is TRS's word (``RequiredToComplete``), or None when TRS sent none.
    ``qts_awarded_on`` None means no qualified teacher status. The ``itt`` fields describe the
    training route that granted QTS, or else the one that ended last. ``read_at`` is the instant
    at which TRS was asked: of two records of one person the later one is right.
    """

    trn: str
    first_name: str
    middle_name: str
    last_name: str
    date_of_birth: date
    national_insurance_number: str | None
    email: str | None
    induction_status: str | None
    induction_start_date: date | None
    induction_completed_date: date | None
    induction_exemption_reasons: tuple[str, ...]
    qts_awarded_on: date | None
    qts_status_description: str | None
    itt_provider_name: str | None
    itt_start_date: date | None
    itt_end_date: date | None
    alerts: tuple[Alert, ...]
    read_at: datetime

    @property
    def full_name(self) -> str:
        """Return first and last name. The middle name is not part of it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def has_alerts(self) -> bool:
        """Whether there is any alert, ended or not."""
        return bool(self.alerts)

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON values, to keep for a while in a draft or working row."""
        return dict(_RECORDS.dump_python(self, mode="json"))

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "TeacherRecord":
        """Return the record that ``as_json`` gave."""
        return _RECORDS.validate_python(kept)

    def is_prohibited(self, today: date) -> bool:
        """Whether an active alert prohibits this person from teaching."""
        return any(
            alert.category_id == PROHIBITION_CATEGORY and alert.is_active(today)
            for alert in self.alerts
        )


@dataclass(frozen=True)
class Route:
    """A way to a professional status, as TRS shows it; None and empty for what it does not tell.

    ``status`` is TRS's word (``Holds``, ``InTraining``); ``awarded_on`` the day from which the
    status is held. ``exemptions`` are the reasons for which it frees from induction.
    """

    name: str | None
    status: str | None
    provider: str | None
    ukprn: str | None
    started_on: date | None
    ended_on: date | None
    awarded_on: date | None
    subjects: tuple[str, ...]
    ages: str | None
    country: str | None
    degree_type: str | None
    is_exempt: bool
    exemptions: tuple[str, ...]


_RECORDS = TypeAdapter(TeacherRecord)
