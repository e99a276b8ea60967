"""The stand-in as a WSGI application."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from register_ects.invented.stand_ins.trs.admin import Admin
from register_ects.invented.stand_ins.trs.faults import Faults, RequestLog
from register_ects.invented.stand_ins.trs.http import (
    Request,
    Response,
    problem,
    read_request,
    send,
)
from register_ects.invented.stand_ins.trs.page import people_page
from register_ects.invented.stand_ins.trs.protocol import (
    Refused,
    check_caller,
    read_person,
    write_induction,
)
from register_ects.invented.stand_ins.trs.store import PeopleStore

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_PERSON = re.compile(r"/v3/persons/(?P<trn>[0-9]{7})", re.ASCII)
_INDUCTION = re.compile(r"/v3/persons/(?P<trn>[0-9]{7})/cpd-induction", re.ASCII)


class TRSApp:
    """TRS's protocol under /v3/, our own levers under /__admin/, and a page for people at /.

    Seeds the database if it is empty. ``today`` is the day the seeds' QTS dates count from.
    """

    def __init__(self, database_path: Path, *, api_key: str, today: date) -> None:
        self.faults = Faults()
        self._api_key = api_key
        self._today = today
        self._log = RequestLog()
        self._store = PeopleStore(database_path)
        self._admin = Admin(self._store, self.faults, self._log, today)
        self._admin.seed_if_empty()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        return send(self._answer(read_request(environ)), start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/__admin/"):
            return self._admin.answer(request)
        if request.path == "/" and request.method == "GET":
            return people_page(self._store, self.faults.current, self._log, self._today)
        response = self.faults.spoil(request) or self._answer_as_trs(request)
        self._log.add(request, response.status)
        return response

    def _answer_as_trs(self, request: Request) -> Response:
        try:
            check_caller(request, self._api_key)
            if request.method == "GET" and (match := _PERSON.fullmatch(request.path)):
                return read_person(self._store, request, match["trn"])
            if request.method == "PUT" and (match := _INDUCTION.fullmatch(request.path)):
                return write_induction(self._store, request, match["trn"])
        except Refused as refusal:
            return refusal.response
        return problem(404, "No such address")
