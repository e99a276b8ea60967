"""Compare what is rendered with what is stored, write the difference, and tell the change feed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

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


def store(
    resource_type: ResourceType,
    record_ids: Collection[int],
    shown: Iterable[Shown],
    *,
    now: datetime,
) -> Difference:
    """Make the stored rows of these records equal to what is shown; return what was written.

    ``updated_at`` of a row becomes ``now`` if and only if the rest of its payload differs. The
    caller holds the lock of the projection.
    """
    found = difference(resource_type, record_ids, shown, now=now)
    ShownResource.objects.bulk_create(found.created)
    ShownResource.objects.bulk_update(
        found.updated, ["payload", "updated_at", *FACTS], batch_size=500
    )
    ShownResource.objects.bulk_update(found.refiled, FACTS, batch_size=500)
    if found.removed:
        ShownResource.objects.filter(pk__in=[row.pk for row in found.removed]).delete()
    ShownChange.objects.bulk_create(found.changes)
    return found


def difference(
    resource_type: ResourceType,
    record_ids: Collection[int],
    shown: Iterable[Shown],
    *,
    now: datetime,
) -> Difference:
    """Return how the stored rows of these records differ from what is shown. Writes nothing."""
    stored = {
        (row.record_id, row.lead_provider_id): row
        for row in ShownResource.objects.filter(
            resource_type=resource_type, record_id__in=list(record_ids)
        )
    }
    found = Difference([], [], [], [], [])
    for each in shown:
        row = stored.pop((each.record_id, each.lead_provider_id), None)
        if row is None:
            _create(found, resource_type, each, now)
        else:
            _update(found, row, each, now)
    found.removed = list(stored.values())
    found.changes += _removals(resource_type, found.removed, now)
    return found


def new_row(resource_type: ResourceType, shown: Shown, updated_at: datetime) -> ShownResource:
    """Return the row of something that a provider is shown for the first time."""
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
            found.refiled.append(row)
        return
    change = _change(ChangeKind.UPDATED, row.resource_type, row.lead_provider_id, each.api_id, now)
    payload = stamped(unstamped, now)
    change.changed_fields = changed_fields(orjson.loads(row.payload), orjson.loads(payload))
    row.payload, row.updated_at = payload, now
    _file(row, each)
    found.updated.append(row)
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


def _removals(
    resource_type: ResourceType, rows: Sequence[ShownResource], now: datetime
) -> list[ShownChange]:
    """Return the tombstones, with who took over where two participants were merged."""
    survivors: dict[UUID, UUID] = {}
    if resource_type == ResourceType.PARTICIPANT and rows:
        merges = TeacherIdChange.objects.filter(from_teacher__in=[row.api_id for row in rows])
        survivors = dict(merges.values_list("from_teacher__api_id", "teacher__api_id"))
    changes = []
    for row in rows:
        change = _change(ChangeKind.REMOVED, resource_type, row.lead_provider_id, row.api_id, now)
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
