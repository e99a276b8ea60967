"""Build a person's TRS record, as the JSON that TRS sends. Source: spec 06, 6.18."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

Record: TypeAlias = dict[str, Any]

USUAL_DATE_OF_BIRTH = date(1977, 2, 3)
USUAL_NI_NUMBER = "QQ123456C"
PROHIBITION = "b2b19019-b165-47a3-8745-3297ff152581"
CONDITIONAL_ORDER = "5562a5b7-3e32-eb11-a814-000d3a23980a"

# What the stand-in needs to know of a person and TRS does not send.
PRIVATE_KEYS = frozenset({"deactivated", "mergedInto"})

_CATEGORY_NAMES = {
    PROHIBITION: "Prohibition",
    CONDITIONAL_ORDER: "Conditional registration order - unacceptable professional conduct",
}


def person(
    trn: str,
    *,
    first_name: str = "Rowan",
    middle_name: str = "",
    last_name: str = "Ashdown",
    date_of_birth: date = USUAL_DATE_OF_BIRTH,
    national_insurance_number: str | None = USUAL_NI_NUMBER,
    email: str | None = None,
    qts_held_from: date | None = None,
    route_name: str = "Postgraduate Teaching Apprenticeship",
    training_provider: str = "Northmoor SCITT",
    subject: str = "Mathematics",
    induction_status: str = "RequiredToComplete",
    induction_start_date: date | None = None,
    induction_completed_date: date | None = None,
    exemption_reasons: Sequence[str] = (),
    alerts: Sequence[Record] = (),
    deactivated: bool = False,
    merged_into: str | None = None,
) -> Record:
    """Return one person. ``qts_held_from`` None means no QTS and no training route.

    ``merged_into`` is the TRN of the surviving record; ``alerts`` come from ``alert``.
    """
    route = {
        "routeToProfessionalStatusTypeId": invented_id("route type", route_name),
        "name": route_name,
        "professionalStatusType": "QualifiedTeacherStatus",
    }
    return {
        "trn": trn,
        "firstName": first_name,
        "middleName": middle_name,
        "lastName": last_name,
        "dateOfBirth": date_of_birth.isoformat(),
        "nationalInsuranceNumber": national_insurance_number,
        "emailAddress": email,
        "qts": _qts(qts_held_from, route) if qts_held_from else None,
        "eyts": None,
        "qtlsStatus": "None",
        "alerts": list(alerts),
        "induction": {
            "status": induction_status,
            "startDate": _iso(induction_start_date),
            "completedDate": _iso(induction_completed_date),
            "exemptionReasons": [
                {"inductionExemptionReasonId": invented_id("reason", name), "name": name}
                for name in exemption_reasons
            ],
        },
        "routesToProfessionalStatuses": (
            [_training(trn, qts_held_from, route, training_provider, subject)]
            if qts_held_from
            else []
        ),
        "mandatoryQualifications": [],
        "previousNames": [],
        "pendingNameChange": False,
        "pendingDateOfBirthChange": False,
        "deactivated": deactivated,
        "mergedInto": merged_into,
    }


def alert(category: str, *, started_on: date, ended_on: date | None = None) -> Record:
    """Return an alert in the category with this id; ``ended_on`` None means it still holds."""
    name = _CATEGORY_NAMES.get(category, "Another category")
    return {
        "alertId": invented_id("alert", category, started_on.isoformat()),
        "alertType": {
            "alertTypeId": invented_id("alert type", category),
            "name": name,
            "alertCategory": {"alertCategoryId": category, "name": name},
        },
        "startDate": started_on.isoformat(),
        "endDate": _iso(ended_on),
    }


@cache
def invented_id(*parts: str) -> str:
    """Return a UUID that is the same every time for the same parts."""
    return str(uuid5(NAMESPACE_URL, "/".join(("trs-stand-in", *parts))))


def _qts(held_from: date, route: Record) -> Record:
    return {
        "holdsFrom": held_from.isoformat(),
        "awardedOrApprovedCount": 1,
        "routes": [{"routeToProfessionalStatusType": route}],
    }


def _training(trn: str, held_from: date, route: Record, provider: str, subject: str) -> Record:
    ended_on = held_from - timedelta(days=4)
    number = int(invented_id("provider", provider)[:6], 16) % 10_000_000
    return {
        "routeToProfessionalStatusId": invented_id("training", trn),
        "routeToProfessionalStatusType": route,
        "status": "Holds",
        "holdsFrom": held_from.isoformat(),
        "trainingStartDate": (ended_on - timedelta(days=298)).isoformat(),
        "trainingEndDate": ended_on.isoformat(),
        "trainingSubjects": [{"reference": invented_id("subject", subject)[:6], "name": subject}],
        "trainingAgeSpecialism": {"type": "Range", "from": 11, "to": 16},
        "trainingCountry": {"reference": "GB", "name": "United Kingdom"},
        "trainingProvider": {"name": provider, "ukprn": f"1{number:07d}"},
        "degreeType": None,
        "inductionExemption": {"isExempt": False, "exemptionReasons": []},
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
