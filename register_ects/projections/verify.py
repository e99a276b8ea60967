"""Compare everything that is stored with the facts, and put right what differs.

Nothing should ever differ: a difference is a fact that no trigger marks, or a stored row that
something else has written (spec 02 §2.12, spec 01 §10.3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from register_ects import clock
from register_ects.models import (
    ProjectionState,
    School,
    ShownChange,
    ShownResource,
    ShownSchool,
)
from register_ects.projections.catalogue import RENDERERS, every_record
from register_ects.projections.locks import lock_projection
from register_ects.projections.rebuild import BATCH, batches
from register_ects.projections.refresh import catch_up
from register_ects.projections.schools import difference_of_schools, write_schools
from register_ects.projections.storing import Rendered, difference
from register_ects.rules.enumerations import ResourceType


@dataclass(frozen=True)
class Drift:
    """One stored view that differs from the facts: ``missing``, ``different`` or ``left over``."""

    resource_type: str
    api_id: str
    lead_provider_id: int | None
    kind: str

    def __str__(self) -> str:
        provider = self.lead_provider_id or "all"
        return f"{self.resource_type} {self.api_id} for lead provider {provider}: {self.kind}"


def verify_everything(*, repair: bool) -> list[Drift]:
    """Render everything, compare it with what is stored and return what differs.

    First brings up to date what is known to be stale. ``repair`` also writes the difference;
    either way when it was done and how much differed is recorded.
    """
    catch_up()
    drift = list(_drift(repair=repair))
    ProjectionState.objects.update_or_create(
        pk=1, defaults={"verified_at": clock.now(), "drifted": len(drift)}
    )
    return drift


def _drift(*, repair: bool) -> Iterator[Drift]:
    for resource_type in RENDERERS:
        stored = ShownResource.objects.filter(resource_type=resource_type)
        keys = {*every_record(resource_type), *stored.values_list("record_id", flat=True)}
        for batch in batches(sorted(keys), BATCH):
            yield from _compare(resource_type, batch, repair=repair)
    keys = {
        *School.objects.values_list("pk", flat=True),
        *ShownSchool.objects.values_list("pk", flat=True),
    }
    for batch in batches(sorted(keys), BATCH):
        yield from _compare_schools(batch, repair=repair)


@transaction.atomic
def _compare(resource_type: ResourceType, keys: Sequence[int], *, repair: bool) -> list[Drift]:
    lock_projection()
    rendered = [Rendered(resource_type, keys, RENDERERS[resource_type](keys))]
    found = difference(rendered)
    if repair:
        found.stamp(clock.now())
        found.write()
        ShownChange.objects.bulk_create(found.changes)
    return [
        Drift(resource_type, str(row.api_id), row.lead_provider_id, kind)
        for rows, kind in (
            (found.created, "missing"),
            (found.updated, "different"),
            (found.refiled, "different"),
            (found.removed, "left over"),
        )
        for row in rows
    ]


@transaction.atomic
def _compare_schools(keys: Sequence[int], *, repair: bool) -> list[Drift]:
    lock_projection()
    found = difference_of_schools(keys, now=clock.now())
    if repair:
        write_schools(found)
        ShownChange.objects.bulk_create(found.changes)
    drift = [Drift(ResourceType.SCHOOL, str(row.api_id), None, "missing") for row in found.created]
    drift += [
        Drift(ResourceType.SCHOOL, str(row.api_id), None, "different") for row in found.updated
    ]
    return drift + [
        Drift(ResourceType.SCHOOL, str(row.api_id), None, "left over") for row in found.removed
    ]
