"""Compare what is rendered with what is stored, write the difference, and tell the change feed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from register_ects.database.compiled import columns, instances
from register_ects.models import ShownChange, ShownResource, TeacherIdChange
from register_ects.projections.shown import Shown, stamped
from register_ects.rules.enumerations import ChangeKind, ResourceType

#: Columns of a stored row that repeat what is rendered, besides the payload.
FACTS = (
    "api_id",
    "created_at",
    "years",
    "participant_id",
    "delivery_partner_id",
    "training_statuses",
    "retired_ids",
)


@dataclass
class Difference:
    """What must be written so that the stored rows equal the rendered ones.

    Rows and changes are without their time until ``stamp`` gives it to them.
    """

    created: list[ShownResource] = field(default_factory=list)
    updated: list[ShownResource] = field(default_factory=list)
    refiled: list[ShownResource] = field(default_factory=list)
    removed: list[ShownResource] = field(default_factory=list)
    changes: list[ShownChange] = field(default_factory=list)
    _unstamped: list[tuple[ShownResource, bytes]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, (self.created, self.updated, self.refiled, self.removed)))

    @property
    def lead_providers(self) -> set[int]:
        """Return the keys of the lead providers whose feeds tell of it."""
        return {row.lead_provider_id for row in (*self.created, *self.updated, *self.removed)}

    def stamp(self, now: datetime) -> None:
        """Say that all this changes at ``now``."""
        for row, unstamped in self._unstamped:
            row.updated_at, row.payload = now, stamped(unstamped, now)
        for change in self.changes:
            change.occurred_at = now

    def write(self) -> None:
        """Write the rows, but not the changes: those are for the feed. Two queries."""
        ShownResource.objects.bulk_create(
            [*self.created, *self.updated, *self.refiled],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["resource_type", "record_id", "lead_provider"],
            update_fields=["payload", "updated_at", *FACTS],
        )
        if self.removed:
            ShownResource.objects.filter(pk__in=[row.pk for row in self.removed]).delete()

    # -- What differs, one row at a time -------------------------------------------------------

    def create(self, resource_type: ResourceType, shown: Shown) -> None:
        """Add what begins to be shown."""
        self.created.append(self._row(resource_type, shown, shown.unstamped(resource_type)))
        self._tell(ChangeKind.CREATED, resource_type, shown.lead_provider_id, shown.api_id)

    def compare(self, row: ShownResource, shown: Shown) -> None:
        """Add what a stored row lacks of what is shown: all of it, or the columns lists use."""
        unstamped = shown.unstamped(row.resource_type)
        if stamped(unstamped, row.updated_at) == row.payload:
            if _file(row, shown):
                row.pk = None  # written as new rows are, over the one that is there
                self.refiled.append(row)
            return
        self.updated.append(self._row(row.resource_type, shown, unstamped))
        change = self._tell(
            ChangeKind.UPDATED, row.resource_type, row.lead_provider_id, shown.api_id
        )
        change.changed_fields = changed_fields(orjson.loads(row.payload), orjson.loads(unstamped))

    def remove(self, rows: Sequence[ShownResource]) -> None:
        """Add what is shown no more, with who took over where two participants were merged."""
        self.removed += rows
        people = [row.api_id for row in rows if row.resource_type == ResourceType.PARTICIPANT]
        survivors: dict[UUID, UUID] = {}
        if people:
            merges = TeacherIdChange.objects.filter(from_teacher__api_id__in=people)
            survivors = dict(merges.values_list("from_teacher__api_id", "teacher__api_id"))
        for row in rows:
            change = self._tell(
                ChangeKind.REMOVED, row.resource_type, row.lead_provider_id, row.api_id
            )
            if row.resource_type == ResourceType.PARTICIPANT:
                change.replaced_by = survivors.get(row.api_id)

    def _row(self, resource_type: str, shown: Shown, unstamped: bytes) -> ShownResource:
        row = ShownResource(
            lead_provider_id=shown.lead_provider_id,
            resource_type=resource_type,
            record_id=shown.record_id,
        )
        _file(row, shown)
        self._unstamped.append((row, unstamped))
        return row

    def _tell(
        self, kind: ChangeKind, resource_type: str, lead_provider_id: int, api_id: UUID
    ) -> ShownChange:
        change = ShownChange(
            change=kind,
            resource_type=resource_type,
            lead_provider_id=lead_provider_id,
            resource_id=api_id,
        )
        self.changes.append(change)
        return change


@dataclass(frozen=True)
class Rendered:
    """What every provider is shown of some records, by their keys, of one kind."""

    resource_type: ResourceType
    record_ids: Collection[int]
    shown: Sequence[Shown]


def difference(rendered: Iterable[Rendered]) -> Difference:
    """Return how the stored rows of these records differ from what is shown. Writes nothing.

    ``updated_at`` of a row will move if and only if the rest of its payload differs. Whoever
    writes it holds the locks of the records. One query, or two, whatever their number.
    """
    views = list(rendered)
    stored = _stored(views)
    found = Difference()
    for view in views:
        for each in view.shown:
            row = stored.pop((view.resource_type, each.record_id, each.lead_provider_id), None)
            if row is None:
                found.create(view.resource_type, each)
            else:
                found.compare(row, each)
    found.remove(list(stored.values()))
    return found


def _stored(views: Iterable[Rendered]) -> dict[tuple[str, int, int], ShownResource]:
    wanted = [(view.resource_type.value, key) for view in views for key in view.record_ids]
    lists = {"kinds": [kind for kind, _ in wanted], "keys": [key for _, key in wanted]}
    return {
        (row.resource_type, row.record_id, row.lead_provider_id): row
        for row in (instances(ShownResource, _STORED, lists) if wanted else ())
    }


_STORED = f"""
    SELECT {columns(ShownResource)}
    FROM unnest(%(kinds)s::text[], %(keys)s::bigint[]) AS wanted(kind, key)
    JOIN shown_resource ON resource_type = kind AND record_id = key
"""  # noqa: S608 - our names


def _file(row: ShownResource, shown: Shown) -> bool:
    """Copy what lists filter and sort by; say whether any of it was different."""
    differs = False
    for name in FACTS:
        value: Any = getattr(shown, name)
        value = list(value) if isinstance(value, tuple) else value
        differs = differs or getattr(row, name) != value
        setattr(row, name, value)
    return differs


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return which attributes differ; within lists of objects ``list.attribute``."""
    before, after = old["attributes"], new["attributes"]
    names: list[str] = []
    for name in after:
        if name != "updated_at" and before.get(name) != after[name]:
            names += _changed_within(name, before.get(name), after[name])
    return names


def _changed_within(name: str, before: Any, after: Any) -> list[str]:
    """Return ``name``, or if it is a list as long as before which of its items' keys differ."""
    if not isinstance(after, list) or not isinstance(before, list) or len(before) != len(after):
        return [name]
    inner: list[str] = []
    for old, new in zip(before, after, strict=True):
        if not isinstance(old, dict) or not isinstance(new, dict):
            return [name]
        inner += [f"{name}.{key}" for key in new if old.get(key) != new[key]]
    return list(dict.fromkeys(inner)) or [name]
