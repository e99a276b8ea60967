"""Make a stand-in slow, busy or broken on request, and remember what it was asked."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from register_ects.invented.stand_ins.kit.http import Request, Response, problem

KINDS = ("slow", "down", "429", "500", "timeout")
_USUAL_SECONDS = {"slow": 4.0, "429": 2.0, "timeout": 15.0}
_REQUESTS_KEPT = 500


@dataclass(frozen=True)
class Fault:
    """What is wrong with the next calls.

    ``times`` is how many calls it still spoils, None until it is cleared. ``seconds`` is how
    long slow and timeout wait, and what 429 puts into Retry-After.
    """

    kind: str
    times: int | None
    seconds: float

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Fault | None":
        """Return the fault that JSON describes; None clears. Raises ValueError if malformed."""
        kind, times = given.get("kind"), given.get("times")
        if kind is None:
            return None
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, or null")
        if times is not None and not (type(times) is int and times > 0):
            raise ValueError("times is a whole number above 0, or null")
        seconds = given.get("seconds", _USUAL_SECONDS.get(kind, 0.0))
        if type(seconds) not in {int, float} or seconds < 0:
            raise ValueError("seconds is a number, 0 or more")
        return cls(kind, times, seconds)


class Faults:
    """The fault now in force, if any. Thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current: Fault | None = None
        self._stopping = threading.Event()

    @property
    def current(self) -> Fault | None:
        """Return the fault that will spoil the next call."""
        return self._current

    def set(self, fault: Fault | None) -> None:
        """Put a fault in force, or with None mend everything."""
        with self._lock:
            self._current = fault

    def stop(self) -> None:
        """Let every waiting call go, so that the server can end."""
        self._stopping.set()

    def spoil(self, request: Request) -> Response | None:
        """Apply the fault in force to one call; None means: answer as usual."""
        fault = self._take()
        if fault is None:
            return None
        if fault.kind == "429":
            wait = {"Retry-After": f"{fault.seconds:.0f}"}
            return problem(429, "Too many requests", headers=wait)
        if fault.kind == "500":
            return problem(500, "Internal server error")
        if fault.kind in {"slow", "timeout"}:
            self._stopping.wait(fault.seconds)
        if fault.kind in {"down", "timeout"}:
            request.hang_up()
            return problem(503, "Service unavailable")  # for a server that cannot hang up
        return None

    def _take(self) -> Fault | None:
        with self._lock:
            fault = self._current
            if fault and fault.times is not None:
                left = fault.times - 1
                self._current = Fault(fault.kind, left, fault.seconds) if left else None
            return fault


@dataclass(frozen=True)
class LoggedRequest:
    """One call, for assertions: which values were sent, but not a person's details."""

    method: str
    path: str
    parameters: list[str]
    body: Any
    status: int


class RequestLog:
    """The last calls, oldest first. Thread safe."""

    def __init__(self) -> None:
        self._calls: deque[LoggedRequest] = deque(maxlen=_REQUESTS_KEPT)

    def add(self, request: Request, status: int) -> None:
        """Remember a call and the status of its reply."""
        parameters = sorted(request.query)
        self._calls.append(
            LoggedRequest(request.method, request.path, parameters, _body(request), status)
        )

    def as_json(self) -> list[dict[str, Any]]:
        """Return the calls as JSON objects, oldest first."""
        return [asdict(call) for call in list(self._calls)]


def _body(request: Request) -> Any:
    try:
        return request.json() if request.body else None
    except ValueError:
        return None
