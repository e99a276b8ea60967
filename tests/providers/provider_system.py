"""A lead provider's own system: it keeps a copy of what it may see, by polling alone."""

from datetime import datetime
from itertools import count
from typing import Any

from tests.providers.generated_client import GeneratedClient

#: The lists that tell what changed since a time, by the ``type`` of their items.
POLLED = {
    "participant": "getParticipants",
    "participant-transfer": "getTransfers",
    "participant-declaration": "getDeclarations",
    "statement": "getStatements",
    "partnership": "getPartnerships",
    "school": "getSchools",
    "unfunded-mentor": "getUnfundedMentors",
}
COHORT = "2026"

Items = dict[str, dict[str, Any]]


class ProviderSystem:
    """``held`` is the copy: items by type and id. Pages are small, so that there are several."""

    def __init__(self, client: GeneratedClient) -> None:
        self.client = client
        self.held: dict[str, Items] = {kind: {} for kind in POLLED}
        self._since: dict[str, str] = {}
        self._place = 0

    def poll(self) -> None:
        """Fetch what changed since the newest change held, and drop what the feed calls removed."""
        for kind in POLLED:
            for item in self._listed(kind, self._since.get(kind)):
                self.held[kind][item["id"]] = item["attributes"]
                newest = item["attributes"]["updated_at"]
                self._since[kind] = max(self._since.get(kind, newest), newest)
        for kind, key in self._gone():
            self.held[kind].pop(key, None)

    def _gone(self) -> list[tuple[str, str]]:
        """Return the type and id of what the feed says was removed and did not come back."""
        last: dict[tuple[str, str], str] = {}
        for change in self.client.ask("getChanges", after=str(self._place), pageper_page=3000):
            told = change["attributes"]
            self._place = told["sequence"]
            last[told["resource_type"], told["resource_id"]] = told["change"]
        return [
            (kind, key)
            for (kind, key), change in last.items()
            if change == "removed" and kind in self.held
        ]

    def full_sync(self) -> dict[str, Items]:
        """Fetch everything anew."""
        return {
            kind: {item["id"]: item["attributes"] for item in self._listed(kind)} for kind in POLLED
        }

    def only(self, kind: str) -> tuple[str, dict[str, Any]]:
        """Return the only item of a type, with its id."""
        ((key, attributes),) = self.held[kind].items()
        return key, attributes

    def find(self, kind: str, **wanted: str) -> tuple[str, dict[str, Any]]:
        """Return the only item with these attributes, with its id."""
        ((key, attributes),) = (
            (key, each) for key, each in self.held[kind].items() if wanted.items() <= each.items()
        )
        return key, attributes

    def _listed(self, kind: str, since: str | None = None) -> list[dict[str, Any]]:
        sent: dict[str, Any] = {}
        if since:
            sent["filterupdated_since"] = datetime.fromisoformat(since)
        if kind == "school":
            sent["filtercohort"] = COHORT
        found: list[dict[str, Any]] = []
        for number in count(1):
            page = self.client.ask(POLLED[kind], pagepage=number, pageper_page=2, **sent)
            found += page
            if len(page) < 2:
                return found
        raise AssertionError("Pages come to an end")
