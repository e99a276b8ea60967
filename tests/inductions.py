"""What tests of inductions share: a TRS record of an invented person, and two bodies."""

from datetime import date
from typing import Any

from register_ects import clock
from register_ects.integrations.trs import PROHIBITION_CATEGORY, Alert, TeacherRecord
from register_ects.models import InductionPeriod
from register_ects.operations.base import Author
from register_ects.operations.inductions.closing import mark_of_period
from register_ects.operations.inductions.periods import Claim

AUTHOR = Author.appropriate_body_user(name="Priya Bell", email="priya@hub.example.org")
PROHIBITION = Alert(PROHIBITION_CATEGORY, None)
BORN_ON = date(1998, 2, 1)


def shown(period: InductionPeriod) -> dict[str, str]:
    """Return what the page of a form about a period carries unseen."""
    return {"seen": mark_of_period(period)}


def record(trn: str = "3000101", **changes: Any) -> TeacherRecord:
    """Return Amara Oduya, who may be claimed, as TRS shows her."""
    fields: dict[str, Any] = {
        "trn": trn,
        "first_name": "Amara",
        "middle_name": "",
        "last_name": "Oduya",
        "date_of_birth": BORN_ON,
        "national_insurance_number": None,
        "email": None,
        "induction_status": "RequiredToComplete",
        "induction_start_date": None,
        "induction_completed_date": None,
        "induction_exemption_reasons": (),
        "qts_awarded_on": date(2023, 7, 1),
        "qts_status_description": "QualifiedTeacherStatus",
        "itt_provider_name": "Northmoor SCITT",
        "itt_start_date": date(2022, 9, 5),
        "itt_end_date": date(2023, 6, 30),
        "alerts": (),
        "read_at": clock.now(),
    }
    return TeacherRecord(**(fields | changes))


def claim(started_on: str = "2025-09-01", **changes: Any) -> Claim:
    """Return a provider-led claim of that person."""
    return Claim(record(**changes), date.fromisoformat(started_on), "provider_led")
