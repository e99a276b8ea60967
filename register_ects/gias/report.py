"""What an import did, for people to read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from register_ects.gias.reader import Malformed


@dataclass
class LinkReport:
    """Counts of links. ``skipped`` maps a reason to how many."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    malformed: list[Malformed] = field(default_factory=list)


@dataclass
class ImportReport:
    """Counts of establishments, the rows set aside, and what followed from the changes.

    ``closed`` counts those of ``updated`` that became closed. ``not_in_file`` counts records
    that we hold and the file does not; they stay as they are.
    """

    created: int = 0
    updated: int = 0
    closed: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    malformed: list[Malformed] = field(default_factory=list)
    ukprn_conflicts: list[str] = field(default_factory=list)
    not_in_file: int = 0
    schools_opened: int = 0
    eligibility_changes: int = 0
    links: LinkReport | None = None

    def lines(self) -> Iterator[str]:
        """Yield the report, a line at a time."""
        yield f"Establishments created: {self.created}"
        yield f"Establishments updated: {self.updated}"
        yield f"Establishments closed: {self.closed} (also counted as updated)"
        yield f"Establishments unchanged: {self.unchanged}"
        yield from _skipped("Establishments", self.skipped, self.malformed)
        if self.not_in_file:
            yield f"Held but not in this file, left as they are: {self.not_in_file}"
        for conflict in self.ukprn_conflicts:
            yield f"  {conflict}"
        yield f"Schools opened in this service: {self.schools_opened}"
        yield f"Changes of eligibility: {self.eligibility_changes}"
        if self.links:
            yield f"Links created: {self.links.created}"
            yield f"Links updated: {self.links.updated}"
            yield f"Links unchanged: {self.links.unchanged}"
            yield from _skipped("Links", self.links.skipped, self.links.malformed)

    @property
    def warnings(self) -> int:
        """Return how many rows or values were set aside because something is wrong with them."""
        links = len(self.links.malformed) if self.links else 0
        return len(self.malformed) + len(self.ukprn_conflicts) + links


def _skipped(what: str, reasons: Counter[str], malformed: list[Malformed]) -> Iterator[str]:
    yield f"{what} skipped: {sum(reasons.values()) + len(malformed)}"
    for reason, count in reasons.most_common():
        yield f"  {reason}: {count}"
    if malformed:
        yield f"  malformed: {len(malformed)}"
        for row in malformed:
            yield f"    {row}"
