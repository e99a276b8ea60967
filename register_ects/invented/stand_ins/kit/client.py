"""What tests do to a stand-in that runs, and what they ask it."""

from typing import Any

import httpx


class StandIn:
    """A running stand-in: make it fail, then see what it was asked."""

    def __init__(self, base_url: str, levers: httpx.Client) -> None:
        self.base_url = base_url
        self._levers = levers

    def fault(self, kind: str, *, times: int | None = None, **seconds: float) -> None:
        """Spoil the next ``times`` calls, or all until cleared: see ``Fault``."""
        self._pull("POST", "faults", {"kind": kind, "times": times, **seconds})

    def clear_faults(self) -> None:
        """Answer as usual from now on."""
        self._pull("POST", "faults", {"kind": None})

    def requests(self) -> list[dict[str, Any]]:
        """Return the calls so far, oldest first."""
        calls: list[dict[str, Any]] = self._pull("GET", "requests").json()["requests"]
        return calls

    def reset(self) -> None:
        """Go back to the beginning, without faults or remembered calls."""
        self._pull("POST", "reset")

    def _pull(self, method: str, lever: str, body: object = None) -> httpx.Response:
        response = self._levers.request(method, f"/__admin/{lever}", json=body)
        if response.is_error:
            raise ValueError(response.json()["title"])
        return response
