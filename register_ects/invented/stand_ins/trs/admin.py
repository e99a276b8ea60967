"""What tests and demonstrations do to the stand-in behind the service's back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from register_ects.invented.stand_ins.trs.faults import Fault, Faults, RequestLog
from register_ects.invented.stand_ins.trs.http import (
    Request,
    Response,
    json_response,
    problem,
)
from register_ects.invented.stand_ins.trs.people import person
from register_ects.invented.stand_ins.trs.seeds import ordinary_person, seed_people
from register_ects.invented.stand_ins.trs.store import PeopleStore

_KNOWN_KEYS = frozenset(person("0000000"))


class Admin:
    """The endpoints under /__admin/."""

    def __init__(self, store: PeopleStore, faults: Faults, log: RequestLog, today: date) -> None:
        self._store = store
        self._faults = faults
        self._log = log
        self._today = today
        self._seeds = list(seed_people(today))  # tests reset often
        self._endpoints = {
            ("GET", "/__admin/people"): self._show_people,
            ("POST", "/__admin/people"): self._upsert_people,
            ("POST", "/__admin/reset"): self._reset,
            ("GET", "/__admin/faults"): self._show_fault,
            ("POST", "/__admin/faults"): self._set_fault,
            ("GET", "/__admin/requests"): self._show_requests,
        }

    def seed_if_empty(self) -> None:
        """Fill a new database with the seeds; leave any other as it is."""
        if self._store.is_empty():
            self._store.replace_everyone(self._seeds)

    def answer(self, request: Request) -> Response:
        """Answer one call."""
        endpoint = self._endpoints.get((request.method, request.path))
        if endpoint is None:
            return problem(404, "No such admin endpoint")
        try:
            response = endpoint(request)
        except ValueError as error:
            return problem(400, str(error))
        # A browser's form came from the page of people: go back to it.
        return Response(303, headers={"Location": "/"}) if request.is_form() else response

    def _show_people(self, request: Request) -> Response:
        if "trn" not in request.query:
            return json_response(200, {"people": self._store.everyone()})
        found = self._store.find(request.query["trn"])
        return json_response(200, {"people": [found] if found else []})

    def _upsert_people(self, request: Request) -> Response:
        given = request.json()
        people = given if isinstance(given, list) else [given]
        for each in people:
            _check_person(each)
        self._store.upsert(people, newcomer=lambda trn: ordinary_person(trn, self._today))
        return json_response(200, {"upserted": len(people)})

    def _reset(self, _request: Request) -> Response:
        self._store.replace_everyone(self._seeds)
        self._faults.set(None)
        self._log.clear()
        return Response(204)

    def _show_fault(self, _request: Request) -> Response:
        fault = self._faults.current
        return json_response(200, asdict(fault) if fault else {"kind": None})

    def _set_fault(self, request: Request) -> Response:
        given = _fault_in_form(request) if request.is_form() else request.json()
        if not isinstance(given, dict):
            raise ValueError("A fault is a JSON object")
        self._faults.set(Fault.read(given))
        return self._show_fault(request)

    def _show_requests(self, _request: Request) -> Response:
        return json_response(200, {"requests": self._log.as_json()})


def _fault_in_form(request: Request) -> dict[str, Any]:
    return {"kind": request.form().get("kind") or None}


def _check_person(given: Any) -> None:
    if not isinstance(given, dict):
        raise ValueError("A person is a JSON object")
    trn = given.get("trn")
    if not (isinstance(trn, str) and len(trn) == 7 and trn.isascii() and trn.isdigit()):
        raise ValueError("trn is seven digits, as text")
    unknown = sorted(given.keys() - _KNOWN_KEYS)
    if unknown:
        raise ValueError(f"A person has no {', '.join(unknown)}")
