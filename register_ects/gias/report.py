"""What an import did, for people to read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from register_ects.gias.faults import LISTED, Faults


@dataclass
class Counts:
    """Counts of one kind of row. ``skipped`` maps a reason to how many."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    malformed: Faults = field(default_factory=Faults)
    warnings: Faults = field(default_factory=Faults)

    def lines_of_skipped(self, what: str) -> Iterator[str]:
        """Yield how many were not imported, and why."""
        yield f"{what} skipped: {sum(self.skipped.values()) + self.malformed.count}"
        for reason, count in self.skipped.most_common():
            yield f"  {reason}: {count}"
        if self.malformed.count:
            yield f"  malformed: {self.malformed.count}"
            yield from (f"    {line}" for line in self.malformed.lines())

    def lines_of_doubts(self, what: str) -> Iterator[str]:
        """Yield how many were imported and look wrong, if any."""
        if self.warnings.count:
            yield f"{what} with something hard to believe: {self.warnings.count}"
            yield from (f"  {line}" for line in self.warnings.lines())


@dataclass
class ImportReport(Counts):
    """Counts of establishments, the rows set aside, and what followed from the changes.

    ``closed`` counts those of ``updated`` that became closed. ``not_in_file`` counts records
    that we hold and the file does not; they stay as they are. ``warnings`` are of rows that
    were imported and look wrong. ``doubtful_age`` says, of a file without any, what to check.
    """

    closed: int = 0
    ukprn_conflicts: list[str] = field(default_factory=list)
    not_in_file: int = 0
    schools_opened: int = 0
    schools_left: int = 0
    eligibility_changes: int = 0
    links: Counts | None = None
    doubtful_age: str = ""

    def lines(self) -> Iterator[str]:
        """Yield the report, a line at a time; of each kind of trouble, the first 20 rows."""
        if self.doubtful_age:
            yield self.doubtful_age
        yield f"Establishments created: {self.created}"
        yield f"Establishments updated: {self.updated}"
        yield f"Establishments closed: {self.closed} (also counted as updated)"
        yield f"Establishments unchanged: {self.unchanged}"
        yield from self.lines_of_skipped("Establishments")
        if self.not_in_file:
            yield f"Held but not in this file, left as they are: {self.not_in_file}"
        for conflict in islice(self.ukprn_conflicts, LISTED):
            yield f"  {conflict}"
        yield from self.lines_of_doubts("Establishments")
        yield f"Schools opened in this service: {self.schools_opened}"
        if self.schools_left:
            yield f"Left, because a closed school’s record is to move to them: {self.schools_left}"
        yield f"Changes of eligibility: {self.eligibility_changes}"
        if self.links:
            yield f"Links created: {self.links.created}"
            yield f"Links updated: {self.links.updated}"
            yield f"Links unchanged: {self.links.unchanged}"
            yield from self.links.lines_of_skipped("Links")
            yield from self.links.lines_of_doubts("Links")

    @property
    def warned(self) -> int:
        """Return how many rows or values, or the file, have something wrong with them."""
        links = self.links.malformed.count + self.links.warnings.count if self.links else 0
        rows = self.malformed.count + self.warnings.count + len(self.ukprn_conflicts)
        return rows + links + bool(self.doubtful_age)
