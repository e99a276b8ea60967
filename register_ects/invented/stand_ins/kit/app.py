"""A stand-in as a WSGI application: another service's protocol, and our levers beside it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar

from register_ects.invented.stand_ins.kit.faults import Fault, Faults, RequestLog
from register_ects.invented.stand_ins.kit.http import (
    Request,
    Response,
    json_response,
    problem,
    read_request,
    send,
)

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Lever = Callable[[Request], Response]
_LEVERS = "/__admin/"


class StandInApp(ABC):
    """Answers as the service called ``name`` would, with a page for people at /.

    Under /__admin/ tests and demonstrations do things behind our service's back.
    """

    name: ClassVar[str]

    def __init__(self) -> None:
        self.faults = Faults()
        self.log = RequestLog()
        self._levers = self.levers()

    @abstractmethod
    def answer(self, request: Request) -> Response:
        """Answer a call as the service does."""

    @abstractmethod
    def page(self) -> Response:
        """Return the page for people."""

    @abstractmethod
    def reset(self) -> None:
        """Go back to what a new stand-in holds."""

    def levers(self) -> Mapping[tuple[str, str], Lever]:
        """Return what may be done under /__admin/, by method and name. Subclasses add theirs.

        A ValueError that a lever raises is told with status 400.
        """
        return {
            ("POST", "reset"): self._reset,
            ("GET", "faults"): self._show_fault,
            ("POST", "faults"): self._set_fault,
            ("GET", "requests"): lambda _: json_response(200, {"requests": self.log.as_json()}),
        }

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        return send(self._answer(read_request(environ)), start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith(_LEVERS):
            return self._pull_lever(request)
        if request.path == "/" and request.method == "GET":
            return self.page()
        log = self.log  # a call that began before a reset is none of those after it
        response = self.faults.spoil(request) or self.answer(request)
        log.add(request, response.status)
        return response

    def _pull_lever(self, request: Request) -> Response:
        lever = self._levers.get((request.method, request.path.removeprefix(_LEVERS)))
        if lever is None:
            return problem(404, "No such admin endpoint")
        try:
            response = lever(request)
        except ValueError as error:
            return problem(400, str(error))
        # A browser's form came from the page for people: go back to it.
        return Response(303, headers={"Location": "/"}) if request.is_form() else response

    def _reset(self, _request: Request) -> Response:
        self.reset()
        self.faults.set(None)
        self.log = RequestLog()
        return Response(204)

    def _show_fault(self, _request: Request) -> Response:
        fault = self.faults.current
        return json_response(200, asdict(fault) if fault else {"kind": None})

    def _set_fault(self, request: Request) -> Response:
        given: Any
        if request.is_form():
            given = {"kind": request.form().get("kind") or None}
        else:
            given = request.json()
        if not isinstance(given, dict):
            raise ValueError("A fault is a JSON object")
        self.faults.set(Fault.read(given))
        return self._show_fault(request)
