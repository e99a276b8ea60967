"""Answer the two calls that the service makes to TRS. Source: spec 06, 6.18."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from register_ects.invented.stand_ins.kit import Request, Response, json_response, problem
from register_ects.invented.stand_ins.trs.people import PRIVATE_KEYS, Record
from register_ects.invented.stand_ins.trs.store import PeopleStore

# TRS leaves these out of a record unless they are asked for, under these names.
_INCLUDABLE = {
    "Alerts": "alerts",
    "Induction": "induction",
    "MandatoryQualifications": "mandatoryQualifications",
    "RoutesToProfessionalStatuses": "routesToProfessionalStatuses",
}
_OTHER_INCLUDES = {
    "PendingDetailChanges",
    "HigherEducationQualifications",
    "PreviousNames",
    "AllowIdSignInWithProhibitions",
}
_STATUSES_WITH_START = {"InProgress", "Passed", "Failed"}
_STATUSES_WITH_COMPLETED = {"Passed", "Failed"}
_SETTABLE = _STATUSES_WITH_START | {"RequiredToComplete"}
_SET_ELSEWHERE = {"None", "Exempt", "FailedInWales"}
_VERSION = re.compile(r"[0-9]{8}", re.ASCII)


class Refused(Exception):
    """The call ends here, with this response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


@dataclass(frozen=True)
class InductionChange:
    """A well-formed write. ``modified_on`` is UTC text that sorts by time."""

    status: str
    start_date: str | None
    completed_date: str | None
    modified_on: str


def check_caller(request: Request, api_key: str) -> None:
    """Refuse a caller without the key (401), or without an API version (400)."""
    if request.header("Authorization") != f"Bearer {api_key}":
        raise Refused(problem(401, "Unauthorized", headers={"WWW-Authenticate": "Bearer"}))
    if not _VERSION.fullmatch(request.header("X-Api-Version")):
        raise Refused(problem(400, "X-Api-Version is required: eight digits"))


def read_person(store: PeopleStore, request: Request, trn: str) -> Response:
    """Answer GET /v3/persons/{trn}."""
    conditions = _match_conditions(request)
    included = _included(request)
    record = _living_record(store, trn)
    if any(record[key] != value for key, value in conditions.items()):
        raise _not_found()
    hidden = PRIVATE_KEYS | {key for name, key in _INCLUDABLE.items() if name not in included}
    return json_response(200, {key: record[key] for key in record if key not in hidden})


def write_induction(store: PeopleStore, request: Request, trn: str) -> Response:
    """Answer PUT /v3/persons/{trn}/cpd-induction. The order of the checks is TRS's."""
    change = _induction_change(request)
    _check_status(change)
    _check_dates(change)
    record = store.find(trn)
    # Unlike a read, a write does not tell merged and deactivated from unknown (spec 00).
    if record is None or record["mergedInto"] or record["deactivated"]:
        raise _not_found()
    if not record.get("qts"):
        raise Refused(problem(400, "Person does not have QTS", errorCode=10034))
    induction = {
        "status": change.status,
        "startDate": change.start_date,
        "completedDate": change.completed_date,
    }
    if not store.write_induction(trn, induction, change.modified_on):
        raise Refused(problem(409, "A later change has been accepted", errorCode=10033))
    return Response(204)


def _match_conditions(request: Request) -> dict[str, str]:
    keys = ("dateOfBirth", "nationalInsuranceNumber")
    conditions = {key: request.query[key] for key in keys if key in request.query}
    if len(conditions) > 1:
        raise Refused(problem(400, "Give a date of birth or an NI number, not both"))
    if "dateOfBirth" in conditions:
        _day(conditions["dateOfBirth"], "dateOfBirth")
    return conditions


def _included(request: Request) -> set[str]:
    included = {name for name in request.query.get("include", "").split(",") if name}
    if included - _INCLUDABLE.keys() - _OTHER_INCLUDES:
        raise Refused(problem(400, "include has a name that this version does not know"))
    return included


def _living_record(store: PeopleStore, trn: str) -> Record:
    record = store.find(trn)
    if record is None:
        raise _not_found()
    if record["mergedInto"]:
        target = f"/v3/persons/{record['mergedInto']}"
        raise Refused(Response(308, headers={"Location": target}))
    if record["deactivated"]:
        raise Refused(problem(410, "Person is deactivated"))
    return record


def _not_found() -> Refused:
    return Refused(problem(404, "Person not found", errorCode=10001))


def _induction_change(request: Request) -> InductionChange:
    try:
        body = request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(problem(400, "The body is not a JSON object"))
    return InductionChange(
        status=_known_status(body.get("status")),
        start_date=_optional_day(body.get("startDate"), "startDate"),
        completed_date=_optional_day(body.get("completedDate"), "completedDate"),
        modified_on=_instant(body.get("modifiedOn")),
    )


def _check_status(change: InductionChange) -> None:
    if change.status in _SET_ELSEWHERE:
        raise Refused(problem(400, "Status cannot be set by this route", errorCode=10035))


def _check_dates(change: InductionChange) -> None:
    if change.status in _STATUSES_WITH_START and not change.start_date:
        raise Refused(problem(400, "Start date is required", errorCode=10036))
    if change.status not in _STATUSES_WITH_START and change.start_date:
        raise Refused(problem(400, "Start date is not permitted", errorCode=10038))
    if change.status in _STATUSES_WITH_COMPLETED and not change.completed_date:
        raise Refused(problem(400, "Completed date is required", errorCode=10037))
    if change.status not in _STATUSES_WITH_COMPLETED and change.completed_date:
        raise Refused(problem(400, "Completed date is not permitted", errorCode=10039))


def _known_status(value: Any) -> str:
    if isinstance(value, str) and value in _SETTABLE | _SET_ELSEWHERE:
        return value
    raise Refused(problem(400, "status is not an induction status"))


def _optional_day(value: Any, name: str) -> str | None:
    return None if value is None else _day(value, name)


def _day(value: Any, name: str) -> str:
    # fromisoformat also takes 20260312 and 2026-W11-4, which TRS does not.
    try:
        if date.fromisoformat(value).isoformat() == value:
            return str(value)
    except (TypeError, ValueError):
        pass
    raise Refused(problem(400, f"{name} is not a date as YYYY-MM-DD"))


def _instant(value: Any) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(problem(400, "modifiedOn is not an instant in UTC"))
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
