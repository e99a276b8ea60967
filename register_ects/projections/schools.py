"""Compare how schools are shown with what is stored, and write what differs.

Stored sparsely (``models/shown_schools.py``); nothing here depends on the calendar. Whoever
writes holds the locks of the schools, and those of all feeds.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet

from register_ects.database.compiled import compiled
from register_ects.models import (
    ContractPeriod,
    ShownChange,
    ShownSchool,
    ShownSchoolInterest,
    ShownSchoolYear,
)
from register_ects.models.shown_schools import payload_end
from register_ects.projections.school_views import SchoolView, render_schools
from register_ects.projections.storing import changed_fields
from register_ects.rules.enumerations import ChangeKind, ResourceType

#: Columns of a school's own row that lists find and sort it by, and all that may change.
_FACTS = ["api_id", "urn", "created_at", "is_eligible", "partnership_years"]
_OWN = [*_FACTS, "payload_start", "own_updated_at", "last_changed_at"]


@dataclass
class SchoolDifference:
    """What must be written so that the stored schools equal the rendered ones."""

    created: list[ShownSchool] = field(default_factory=list)
    updated: list[ShownSchool] = field(default_factory=list)
    removed: list[ShownSchool] = field(default_factory=list)
    new_years: list[ShownSchoolYear] = field(default_factory=list)
    changed_years: list[ShownSchoolYear] = field(default_factory=list)
    new_interests: list[ShownSchoolInterest] = field(default_factory=list)
    changed_interests: list[ShownSchoolInterest] = field(default_factory=list)
    changes: list[ShownChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self != SchoolDifference()


@dataclass
class _Held:
    """What is stored of one school."""

    own: ShownSchool | None = None
    years: dict[int, ShownSchoolYear] = field(default_factory=dict)
    interests: dict[tuple[int, int], ShownSchoolInterest] = field(default_factory=dict)

    def listed_years(self, every_year: frozenset[int]) -> frozenset[int]:
        if self.own is None:
            return frozenset()
        return every_year if self.own.is_eligible else frozenset(self.own.partnership_years)


def write_schools(found: SchoolDifference) -> None:
    """Write a difference, but not its changes: those are for the change feed."""
    ShownSchool.objects.filter(pk__in=[row.pk for row in found.removed]).delete()
    ShownSchool.objects.bulk_create(found.created)
    ShownSchool.objects.bulk_update(found.updated, _OWN, batch_size=500)
    ShownSchoolYear.objects.bulk_create(found.new_years)
    ShownSchoolYear.objects.bulk_update(
        found.changed_years, ["payload", "updated_at"], batch_size=500
    )
    ShownSchoolInterest.objects.bulk_create(found.new_interests)
    ShownSchoolInterest.objects.bulk_update(
        found.changed_interests, ["payload", "updated_at"], batch_size=500
    )


def difference_of_schools(school_ids: Collection[int], *, now: datetime) -> SchoolDifference:
    """Return how what is stored of these schools, by key, differs from the facts. Writes nothing.

    A constant number of queries. ``updated_at`` of what a provider is shown of a school in a year
    becomes ``now`` if and only if that changes or begins to be shown. The changes are for the
    feed. Source: spec 02 §2.10 with its Improve 7, spec 00.
    """
    every_year = frozenset(_every_year())
    held = _held(school_ids)
    found = SchoolDifference()
    for view in render_schools(school_ids):
        _Comparison(view, held.pop(view.record_id, _Held()), found, every_year, now).run()
    for gone in held.values():
        if gone.own is not None:
            found.removed.append(gone.own)
            years = _briefly(gone.listed_years(every_year), every_year)
            found.changes += _changes(ChangeKind.REMOVED, gone.own.api_id, years, now)
    return found


def _held(school_ids: Collection[int]) -> dict[int, _Held]:
    held: dict[int, _Held] = defaultdict(_Held)
    keys = list(school_ids)
    for own in _held_schools(keys):
        held[own.pk].own = own
    for of_year in _held_years(keys):
        held[of_year.school_id].years[of_year.year] = of_year
    for row in _held_interests(keys):
        held[row.school_id].interests[row.year, row.lead_provider_id] = row
    return held


@compiled
def _every_year() -> QuerySet[ContractPeriod, int]:
    return ContractPeriod.objects.values_list("year", flat=True)


@compiled
def _held_schools(keys: list[int]) -> QuerySet[ShownSchool]:
    return ShownSchool.objects.filter(pk__any=keys)


@compiled
def _held_years(keys: list[int]) -> QuerySet[ShownSchoolYear]:
    return ShownSchoolYear.objects.filter(school__any=keys)


@compiled
def _held_interests(keys: list[int]) -> QuerySet[ShownSchoolInterest]:
    return ShownSchoolInterest.objects.filter(school__any=keys)


class _Comparison:
    """One school as it is shown now against what is stored of it."""

    def __init__(
        self,
        view: SchoolView,
        held: _Held,
        found: SchoolDifference,
        every_year: frozenset[int],
        now: datetime,
    ) -> None:
        self.view, self.held, self.found = view, held, found
        self.every_year, self.now = every_year, now
        before, after = held.listed_years(every_year), view.listed_years(every_year)
        self.appeared, self.gone, self.kept = after - before, before - after, before & after
        self.own = held.own or self._new()
        self.old_start = self.own.payload_start
        self.old_years = {year: row.payload for year, row in held.years.items()}
        self.has_moved = held.own is None

    def run(self) -> None:
        """Add what must be written, and told, of this school."""
        own_fields = self._compare_own()
        year_fields = {
            year: self._compare_year(year, own_fields)
            for year in sorted({*self.held.years, *self.view.years})
        }
        for year, provider in sorted({*self.held.interests, *self.view.named_providers}):
            self._compare_interest(year, provider, [*own_fields, *year_fields[year]])
        self._tell(ChangeKind.CREATED, self._all(self.appeared))
        self._tell(ChangeKind.REMOVED, self._all(self.gone))
        self._file()

    def _new(self) -> ShownSchool:
        return ShownSchool(
            record_id=self.view.record_id,
            is_eligible=self.view.is_eligible,
            payload_start=self.view.start_by_default(self.now),
            own_updated_at=self.now,
        )

    def _compare_own(self) -> list[str]:
        """Compare what every year shows; return the attributes that differ."""
        own = self.own
        fields = _differing(self.old_start, self.view.start_by_default(own.own_updated_at))
        if fields or (self.view.is_eligible and not own.is_eligible):
            own.payload_start, own.own_updated_at = self.view.start_by_default(self.now), self.now
            self.has_moved = True
        if fields:
            self._tell(ChangeKind.UPDATED, self._all(self.kept), fields)
        return fields

    def _compare_year(self, year: int, told: Collection[str]) -> list[str]:
        """Compare one year as who is not named sees it; return what differs besides ``told``."""
        row = self.held.years.get(year) or ShownSchoolYear(school=self.own, year=year)
        fields = self._compare_row(row, lambda at: self.view.in_year(year, at), self._old(year))
        if fields is None:
            return []
        (self.found.changed_years if row.pk else self.found.new_years).append(row)
        return self._tell_of_year(year, fields, told)

    def _compare_interest(self, year: int, provider: int, told: Collection[str]) -> None:
        """Compare one year as a provider sees it that the school names, or once named."""
        row = self.held.interests.get((year, provider)) or ShownSchoolInterest(
            school=self.own, year=year, lead_provider_id=provider
        )
        fields = self._compare_row(
            row,
            lambda at: self.view.for_provider(year, provider, at),
            row.payload or self._old(year),
        )
        if fields is not None:
            (self.found.changed_interests if row.pk else self.found.new_interests).append(row)
            self._tell_of_year(year, fields, told, provider)

    def _compare_row(
        self,
        row: ShownSchoolYear | ShownSchoolInterest,
        payload_at: Callable[[datetime], str],
        before: str,
    ) -> list[str] | None:
        """Bring a row up to date; return the attributes that differ, None if it stays as it is."""
        fields = _differing(before, payload_at(row.updated_at or self.now))
        if row.pk and not fields and row.year not in self.appeared:
            return None
        row.payload, row.updated_at, self.has_moved = payload_at(self.now), self.now, True
        return fields

    def _old(self, year: int) -> str:
        """Return what was shown in a year to providers that are not named."""
        return self.old_years.get(year, self.old_start)

    def _file(self) -> None:
        """Copy what lists filter and sort by, and write the school's own row if it differs."""
        facts = {name: getattr(self.view, name) for name in _FACTS}
        is_filed = all(getattr(self.own, name) == value for name, value in facts.items())
        for name, value in facts.items():
            setattr(self.own, name, value)
        if self.has_moved:  # never back, though a simulated clock may be: lists would miss rows
            self.own.last_changed_at = max(self.own.last_changed_at or self.now, self.now)
        if self.held.own is None:
            self.found.created.append(self.own)
        elif self.has_moved or not is_filed:
            self.found.updated.append(self.own)

    # -- The change feed ---------------------------------------------------------------------

    def _tell_of_year(
        self, year: int, fields: list[str], told: Collection[str], provider: int | None = None
    ) -> list[str]:
        """Tell what differs in a year in which the school stays listed, besides ``told``."""
        new = [name for name in fields if name not in told]
        if new and year in self.kept:
            self._tell(ChangeKind.UPDATED, [year], new, provider)
        return new

    def _tell(
        self,
        kind: ChangeKind,
        years: Iterable[int | None],
        fields: Sequence[str] = (),
        provider: int | None = None,
    ) -> None:
        self.found.changes += _changes(kind, self.view.api_id, years, self.now, fields, provider)

    def _all(self, years: frozenset[int]) -> Sequence[int | None]:
        return _briefly(years, self.every_year)


def _briefly(years: frozenset[int], every_year: frozenset[int]) -> Sequence[int | None]:
    """Return the years in order; None alone stands for every contract year."""
    return [None] if years and years == every_year else sorted(years)


def _changes(
    kind: ChangeKind,
    api_id: UUID,
    years: Iterable[int | None],
    now: datetime,
    fields: Sequence[str] = (),
    provider: int | None = None,
) -> list[ShownChange]:
    return [
        ShownChange(
            change=kind,
            resource_type=ResourceType.SCHOOL,
            resource_id=api_id,
            lead_provider_id=provider,
            year=year,
            changed_fields=list(fields),
            occurred_at=now,
        )
        for year in years
    ]


def _differing(before: str, after: str) -> list[str]:
    """Return the attributes that differ between two items, each whole or up to the cohort."""
    if before == after:
        return []
    return changed_fields(_read(before), _read(after))


def _read(payload: str) -> dict[str, Any]:
    whole = payload if payload.endswith("}}") else payload + payload_end(0)
    item: dict[str, Any] = orjson.loads(whole)
    item["attributes"].pop("cohort")
    return item
