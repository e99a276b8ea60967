"""Talk to the Teaching Record System over HTTP. Source: spec 06, 6.18; spec 07, 7.1.

A call takes up to seven seconds when TRS is slow: never make one inside a database transaction.
Nothing here retries; callers do, and TRSUnavailable says that they may. How many threads may
wait for TRS: guard.py.
"""

import logging
import os
import re
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from pydantic import ValidationError

from register_ects import clock
from register_ects.integrations.http import Answer, Connection, Unreachable
from register_ects.integrations.retry_after import seconds_to_wait
from register_ects.integrations.trs.errors import (
    TeacherDeactivated,
    TeacherMerged,
    TeacherNotFound,
    TRSError,
    TRSMisconfigured,
    TRSRejected,
    TRSStale,
    TRSUnavailable,
)
from register_ects.integrations.trs.guard import Guard
from register_ects.integrations.trs.records import Route, TeacherRecord
from register_ects.integrations.trs.routes import PersonWithRoutes
from register_ects.integrations.trs.wire import Person

_INCLUDE = "Alerts,Induction,MandatoryQualifications,RoutesToProfessionalStatuses"
_NO_SUCH_PERSON, _RECORD_INACTIVE = 10001, 10058  # some versions of TRS say both with a 404
_making = threading.Lock()
_MERGED_INTO = re.compile(r"/persons/([0-9]{7})(?:/|$)", re.ASCII)


# httpx logs each address, and ours hold birth dates and NI numbers, whatever level is set.
logging.getLogger("httpx").addFilter(lambda record: "/persons/" not in record.getMessage())


class TRSClient:
    """One connection pool to TRS. Safe to share between threads, not between processes.

    ``version`` is TRS's dated API version (``20260120``). The timeouts are in seconds;
    ``read_timeout`` also bounds the time in which a whole answer must arrive. ``most_at_once``
    calls may wait for TRS at the same time.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        version: str,
        connect_timeout: float = 3,
        read_timeout: float = 4,
        most_at_once: int = 2,
    ) -> None:
        self._guard = Guard(most_at_once)
        self._headers = {"Authorization": f"Bearer {api_key}", "X-Api-Version": version}
        self._http = Connection(
            base_url, connect_timeout=connect_timeout, read_timeout=read_timeout
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def find_teacher(
        self,
        trn: str,
        *,
        date_of_birth: date | None = None,
        national_insurance_number: str | None = None,
    ) -> TeacherRecord:
        """Return the person with this TRN.

        A date of birth or an NI number (TRS takes one of them at most) must match as well:
        if it does not, TRS says not found.

        Raises TeacherNotFound, TeacherDeactivated, TeacherMerged, TRSUnavailable or
        TRSRejected; ValueError for both conditions at once, or a TRN that is not 7 digits.
        """
        if date_of_birth and national_insurance_number:
            raise ValueError("TRS matches a date of birth or an NI number, never both")
        params = {"include": _INCLUDE}
        if date_of_birth:
            params["dateOfBirth"] = date_of_birth.isoformat()
        if national_insurance_number:
            params["nationalInsuranceNumber"] = national_insurance_number
        asked_at = clock.now()
        answer = self._send("GET", _person_path(trn), params=params)
        record = _read_record(answer, asked_at)
        if record.trn != trn:
            raise TRSUnavailable("another person's record", status=answer.status)
        return record

    def find_routes(self, trn: str) -> tuple[Route, ...]:
        """Return the routes to professional statuses of the person with this TRN.

        Raises what ``find_teacher`` does.
        """
        params = {"include": "RoutesToProfessionalStatuses"}
        answer = self._send("GET", _person_path(trn), params=params)
        try:
            person = PersonWithRoutes.model_validate_json(answer.content)
        except ValidationError:  # "from None": its text could quote the record
            raise TRSUnavailable("unreadable record", status=answer.status) from None
        if person.trn != trn:
            raise TRSUnavailable("another person's record", status=answer.status)
        return person.to_routes()

    def find_teacher_or_survivor(
        self,
        trn: str,
        *,
        date_of_birth: date | None = None,
        national_insurance_number: str | None = None,
    ) -> TeacherRecord:
        """As ``find_teacher``; for a merged record the one that is left, whose TRN is another.

        Raises TeacherMerged where that one was merged too.
        """
        find = partial(
            self.find_teacher,
            date_of_birth=date_of_birth,
            national_insurance_number=national_insurance_number,
        )
        try:
            return find(trn)
        except TeacherMerged as merged:
            return find(merged.new_trn)

    def write_induction(
        self,
        trn: str,
        *,
        status: str,
        start_date: date | None,
        completed_date: date | None,
        modified_on: datetime,
    ) -> None:
        """Tell TRS the state of a teacher's induction. Sending it twice does no harm.

        ``status`` is TRS's word: ``InProgress`` needs a start date, ``Passed`` and ``Failed``
        need both dates, ``RequiredToComplete`` has neither. ``modified_on`` is the aware
        instant at which the change was made, not the time of sending: it puts writes in order.

        Raises TRSStale when TRS holds a later change; TRSRejected for any other refusal;
        TeacherNotFound, TeacherDeactivated, TeacherMerged or TRSUnavailable; ValueError for a
        time without zone, or a TRN that is not 7 digits.
        """
        body = {
            "status": status,
            "startDate": _iso(start_date),
            "completedDate": _iso(completed_date),
            "modifiedOn": _utc_milliseconds(modified_on),
        }
        self._send("PUT", f"{_person_path(trn)}/cpd-induction", body=body)

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, str | None] | None = None,
    ) -> Answer:
        with self._guard.call():
            try:
                answer = self._http.send(
                    method, path, headers=self._headers, params=params, body=body
                )
            except Unreachable as error:
                raise TRSUnavailable(str(error)) from None
            if not answer.is_success:
                raise _meaning_of(answer, path)
        return answer


def get_client() -> TRSClient:
    """Return this process's client, as the settings say."""
    # Locked: threads that ask first, all at once, must not each make a client and its guard.
    # The process is part of the key: a forked worker must not share its parent's connections.
    with _making:
        return _shared_client(
            settings.TRS_API_BASE_URL,
            settings.TRS_API_KEY,
            settings.TRS_API_VERSION,
            settings.TRS_MOST_AT_ONCE,
            os.getpid(),
        )


def forget_clients() -> None:
    """Begin anew: a test must not find TRS counted as down because of the test before it."""
    _shared_client.cache_clear()


@cache
def _shared_client(
    base_url: str, api_key: str, version: str, most_at_once: int, _process_id: int
) -> TRSClient:
    return TRSClient(base_url, api_key, version, most_at_once=most_at_once)


def _person_path(trn: str) -> str:
    if not (len(trn) == 7 and trn.isascii() and trn.isdigit()):
        raise ValueError("A TRN is seven digits")
    return f"/v3/persons/{trn}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _utc_milliseconds(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise ValueError("modified_on needs a time zone")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _read_record(answer: Answer, asked_at: datetime) -> TeacherRecord:
    try:
        return Person.model_validate_json(answer.content).to_record(asked_at)
    except ValidationError:  # "from None": its text could quote the record
        raise TRSUnavailable("unreadable record", status=answer.status) from None


def _meaning_of(answer: Answer, path: str) -> TRSError:
    """Return the error that a reply other than 2xx stands for."""
    status = answer.status
    if status == 308:
        return _merged(answer, path)
    problem = answer.json()
    error_code = _error_code(problem)
    if status == 410 or (status == 404 and error_code == _RECORD_INACTIVE):
        return TeacherDeactivated()
    if status == 404 and error_code == _NO_SUCH_PERSON:
        return TeacherNotFound()
    # Any other 404 says nothing about a teacher: a gateway sent it, or our address is wrong.
    # Taking it for "not found" would mark every teacher as lost that day.
    if status in {401, 403, 404}:
        return TRSMisconfigured(f"status {status}", status=status)
    if status in {408, 429} or not 400 <= status < 500:
        wait = seconds_to_wait(answer.headers)
        return TRSUnavailable(f"status {status}", status=status, retry_after=wait)
    refusal = TRSStale if status == 409 else TRSRejected
    return refusal(status, error_code, str(problem.get("title", "")))


def _merged(answer: Answer, path: str) -> TRSError:
    target = _MERGED_INTO.search(urlsplit(answer.headers.get("location", "")).path)
    asked = _MERGED_INTO.search(path)
    if not target or (asked and asked[1] == target[1]):
        return TRSMisconfigured("redirect to no other record", status=308)
    return TeacherMerged(target[1])


def _error_code(problem: Mapping[str, Any]) -> int | None:
    try:
        return int(problem["errorCode"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
