"""When two records of one person may become one, and what the survivor keeps. Pure.

Source: spec 03 §15 with its Improves, spec 07 §6.3, spec 01 §7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product
from uuid import UUID

from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.problems import Problem


@dataclass(frozen=True)
class Stretch:
    """A period at one place, by its key and name; both days inclusive, no last day means open."""

    place: int
    name: str
    started_on: date
    finished_on: date | None

    def overlaps(self, other: "Stretch") -> bool:
        """Whether the two share a day."""
        return self.started_on <= (other.finished_on or date.max) and other.started_on <= (
            self.finished_on or date.max
        )


@dataclass(frozen=True)
class Funding:
    """What is known of a person's funding in one role; see the teacher's fields."""

    first_eligible_at: datetime | None = None
    ineligible_on: date | None = None
    ineligible_reason: str | None = None
    frozen_year: int | None = None


@dataclass(frozen=True)
class Record:
    """One of the two records. ``declared`` are the slots (role and type) held by declarations."""

    is_anonymised: bool = False
    ect_placements: Sequence[Stretch] = ()
    mentor_placements: Sequence[Stretch] = ()
    mentor_training: Sequence[Stretch] = ()
    inductions: Sequence[Stretch] = ()
    has_outcome: bool = False
    declared: frozenset[tuple[str, str]] = frozenset()
    funding: dict[TraineeRole, Funding] = field(default_factory=dict)


def problems_with_merging(
    source: Record, destination: Record, *, mentor_each_other: bool = False
) -> list[Problem]:
    """List every reason not to merge ``source`` into ``destination``; none means it may be done.

    ``mentor_each_other`` says that one record mentors, or mentored, the other.
    """
    for name, record in (("source", source), ("destination", destination)):
        if record.is_anonymised:
            return [Problem(name, "already_anonymised")]
    problems = [
        *_overlaps(source, destination),
        *_declared_twice(source, destination),
        *_frozen_years(source, destination),
    ]
    if source.has_outcome and destination.has_outcome:
        problems.append(Problem("", "two_outcomes"))
    if mentor_each_other:
        problems.append(Problem("", "mentor_each_other"))
    return problems


def combined_funding(source: Funding, destination: Funding) -> Funding:
    """Return what the survivor keeps: what began or ended earliest, with its reason.

    The frozen years are equal or one is missing.
    """
    ended = destination
    if destination.ineligible_on is None or (
        source.ineligible_on is not None and source.ineligible_on < destination.ineligible_on
    ):
        ended = source
    times = [at for at in (source.first_eligible_at, destination.first_eligible_at) if at]
    return Funding(
        first_eligible_at=min(times, default=None),
        ineligible_on=ended.ineligible_on,
        ineligible_reason=ended.ineligible_reason,
        frozen_year=destination.frozen_year or source.frozen_year,
    )


def training_record_id(
    source: UUID, destination: UUID, *, source_was_shown: bool, destination_was_shown: bool
) -> UUID:
    """Return the survivor's training record id of one role.

    Providers are promised that it is stable across merges (spec 02 §2.13). An id was shown if
    its record had confirmed training in the role: the survivor takes over the source's when only
    that was shown, and keeps its own otherwise.
    """
    return source if source_was_shown and not destination_was_shown else destination


def _overlaps(source: Record, destination: Record) -> Iterator[Problem]:
    for one, other in product(source.ect_placements, destination.ect_placements):
        if one.overlaps(other):
            yield _overlap("ect_placements_overlap", one, other)
    for one, other in product(source.mentor_placements, destination.mentor_placements):
        if one.place == other.place and one.overlaps(other):
            yield _overlap("mentor_placements_overlap", one, other)
    for one, other in product(source.mentor_training, destination.mentor_training):
        if one.overlaps(other):
            yield _overlap("mentor_training_overlaps", one, other)
    for one, other in product(source.inductions, destination.inductions):
        if one.overlaps(other):
            yield _overlap("inductions_overlap", one, other)


def _overlap(code: str, one: Stretch, other: Stretch) -> Problem:
    return Problem("", code, {"of_source": one, "of_destination": other})


def _declared_twice(source: Record, destination: Record) -> Iterator[Problem]:
    for role, declaration_type in sorted(source.declared & destination.declared):
        yield Problem("", "declared_twice", {"role": role, "declaration_type": declaration_type})


def _frozen_years(source: Record, destination: Record) -> Iterator[Problem]:
    for role in TraineeRole:
        years = {
            record.funding[role].frozen_year
            for record in (source, destination)
            if role in record.funding and record.funding[role].frozen_year
        }
        if len(years) > 1:
            yield Problem("", "frozen_years_differ", {"role": role, "years": years})
