"""Compare what is rendered with what is stored, write the difference, and tell the change feed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

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
    """What must be written so that the stored rows equal the rendered ones."""

    created: list[ShownResource]
    updated: list[ShownResource]
    refiled: list[ShownResource]
    removed: list[ShownResource]
    changes: list[ShownChange]

    def __len__(self) -> int:
        return sum(map(len, (self.created, self.updated, self.refiled, self.removed)))


@dataclass(frozen=True)
class Rendered:
    """What every provider is shown of some records, by their keys, of one kind."""

    resource_type: ResourceType
    record_ids: Collection[int]
    shown: Sequence[Shown]


def store(rendered: Iterable[Rendered], *, now: datetime) -> Difference:
    """Make the stored rows of these records equal to what is shown; return what was written.

    ``updated_at`` of a row becomes ``now`` if and only if the rest of its payload differs. The
    changes are for the caller to tell the feed. The caller holds the lock of the projection.
    Three queries, whatever the number of records and kinds.
    """
    found = difference(rendered, now=now)
    written = [*found.created, *found.updated, *found.refiled]
    ShownResource.objects.bulk_create(
        written,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["resource_type", "record_id", "lead_provider"],
        update_fields=["payload", "updated_at", *FACTS],
    )
    if found.removed:
        ShownResource.objects.filter(pk__in=[row.pk for row in found.removed]).delete()
    return found


def difference(rendered: Iterable[Rendered], *, now: datetime) -> Difference:
    """Return how the stored rows of these records differ from what is shown. Writes nothing."""
    views = list(rendered)
    stored = _stored(views)
    found = Difference([], [], [], [], [])
    for view in views:
        for each in view.shown:
            row = stored.pop((view.resource_type, each.record_id, each.lead_provider_id), None)
            if row is None:
                _create(found, view.resource_type, each, now)
            else:
                _update(found, row, each, now)
    found.removed = list(stored.values())
    found.changes += _removals(found.removed, now)
    return found


def _stored(views: Iterable[Rendered]) -> dict[tuple[str, int, int], ShownResource]:
    wanted = Q(pk__in=[])
    for view in views:
        wanted |= Q(resource_type=view.resource_type, record_id__in=list(view.record_ids))
    return {
        (row.resource_type, row.record_id, row.lead_provider_id): row
        for row in ShownResource.objects.filter(wanted)
    }


def new_row(resource_type: str, shown: Shown, updated_at: datetime) -> ShownResource:
    """Return a row of what a provider is shown as of ``updated_at``."""
    row = ShownResource(
        lead_provider_id=shown.lead_provider_id,
        resource_type=resource_type,
        record_id=shown.record_id,
        updated_at=updated_at,
        payload=shown.payload(resource_type, updated_at),
    )
    _file(row, shown)
    return row


def _create(found: Difference, resource_type: ResourceType, each: Shown, now: datetime) -> None:
    found.created.append(new_row(resource_type, each, now))
    found.changes.append(
        _change(ChangeKind.CREATED, resource_type, each.lead_provider_id, each.api_id, now)
    )


def _update(found: Difference, row: ShownResource, each: Shown, now: datetime) -> None:
    unstamped = each.unstamped(row.resource_type)
    if stamped(unstamped, row.updated_at) == row.payload:
        if _file(row, each):
            found.refiled.append(new_row(row.resource_type, each, row.updated_at))
        return
    change = _change(ChangeKind.UPDATED, row.resource_type, row.lead_provider_id, each.api_id, now)
    updated = new_row(row.resource_type, each, now)
    change.changed_fields = changed_fields(orjson.loads(row.payload), orjson.loads(updated.payload))
    found.updated.append(updated)
    found.changes.append(change)


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


def _removals(rows: Sequence[ShownResource], now: datetime) -> list[ShownChange]:
    """Return the tombstones, with who took over where two participants were merged."""
    people = [row.api_id for row in rows if row.resource_type == ResourceType.PARTICIPANT]
    survivors: dict[UUID, UUID] = {}
    if people:
        merges = TeacherIdChange.objects.filter(from_teacher__api_id__in=people)
        survivors = dict(merges.values_list("from_teacher__api_id", "teacher__api_id"))
    changes = []
    for row in rows:
        change = _change(
            ChangeKind.REMOVED, row.resource_type, row.lead_provider_id, row.api_id, now
        )
        if row.resource_type == ResourceType.PARTICIPANT:
            change.replaced_by = survivors.get(row.api_id)
        changes.append(change)
    return changes


def _change(
    kind: ChangeKind, resource_type: str, lead_provider_id: int, api_id: UUID, now: datetime
) -> ShownChange:
    return ShownChange(
        change=kind,
        resource_type=resource_type,
        lead_provider_id=lead_provider_id,
        resource_id=api_id,
        occurred_at=now,
    )
