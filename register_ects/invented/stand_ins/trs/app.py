"""TRS's protocol under /v3/, over the people of one SQLite file."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from register_ects.invented.stand_ins.kit import (
    Lever,
    Request,
    Response,
    StandInApp,
    json_response,
    problem,
)
from register_ects.invented.stand_ins.trs.page import people_page
from register_ects.invented.stand_ins.trs.people import person
from register_ects.invented.stand_ins.trs.protocol import (
    Refused,
    check_caller,
    read_person,
    write_induction,
)
from register_ects.invented.stand_ins.trs.seeds import ordinary_person, seed_people
from register_ects.invented.stand_ins.trs.store import PeopleStore

_PERSON = re.compile(r"/v3/persons/(?P<trn>[0-9]{7})", re.ASCII)
_INDUCTION = re.compile(r"/v3/persons/(?P<trn>[0-9]{7})/cpd-induction", re.ASCII)
_KNOWN_KEYS = frozenset(person("0000000"))


class TRSApp(StandInApp):
    """The Teaching Record System. Seeds the database if it is empty.

    ``today`` is the day the seeds' QTS dates count from.
    """

    name = "TRS"

    def __init__(self, database_path: Path, *, api_key: str, today: date) -> None:
        super().__init__()
        self._api_key = api_key
        self._today = today
        self._seeds = list(seed_people(today))  # tests reset often
        self._store = PeopleStore(database_path)
        if self._store.is_empty():
            self.reset()

    def answer(self, request: Request) -> Response:
        """Answer a call as TRS does."""
        try:
            check_caller(request, self._api_key)
            if request.method == "GET" and (match := _PERSON.fullmatch(request.path)):
                return read_person(self._store, request, match["trn"])
            if request.method == "PUT" and (match := _INDUCTION.fullmatch(request.path)):
                return write_induction(self._store, request, match["trn"])
        except Refused as refusal:
            return refusal.response
        return problem(404, "No such address")

    def page(self) -> Response:
        """Return the page of people: whom to type in to see what."""
        return people_page(self, self._store.everyone(), self._today)

    def reset(self) -> None:
        """Forget everybody and every write, then start from the seeds."""
        self._store.replace_everyone(self._seeds)

    def levers(self) -> Mapping[tuple[str, str], Lever]:
        """Add people to what every stand-in lets one do."""
        return {
            **super().levers(),
            ("GET", "people"): self._show_people,
            ("POST", "people"): self._upsert_people,
        }

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


def _check_person(given: Any) -> None:
    if not isinstance(given, dict):
        raise ValueError("A person is a JSON object")
    trn = given.get("trn")
    if not (isinstance(trn, str) and len(trn) == 7 and trn.isascii() and trn.isdigit()):
        raise ValueError("trn is seven digits, as text")
    unknown = sorted(given.keys() - _KNOWN_KEYS)
    if unknown:
        raise ValueError(f"A person has no {', '.join(unknown)}")
