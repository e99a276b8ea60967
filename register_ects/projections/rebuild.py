"""Build everything that is shown anew: after a bulk load, or when the way it is rendered changes.

Clients of the change feed are sent to a full sync: the feed does not tell of a rebuild.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from register_ects import clock
from register_ects.models import (
    Declaration,
    DeliveryPartner,
    ProjectionState,
    SchoolPartnership,
    ShownResource,
    ShownSchool,
    StaleMark,
    Statement,
    Teacher,
)
from register_ects.projections.catalogue import RENDERERS, every_record
from register_ects.projections.locks import lock_projection
from register_ects.projections.refresh import catch_up
from register_ects.projections.school_rebuild import rebuild_schools
from register_ects.projections.shown import Shown
from register_ects.projections.storing import FACTS
from register_ects.rules.enumerations import ResourceType

#: How many records are rendered at once: bounds memory, and each costs a dozen queries.
BATCH = 4000
_COLUMNS = ("lead_provider_id", "resource_type", "record_id", "updated_at", "payload", *FACTS)
_RECORDS: dict[ResourceType, type[models.Model]] = {
    ResourceType.PARTICIPANT: Teacher,
    ResourceType.TRANSFER: Teacher,
    ResourceType.UNFUNDED_MENTOR: Teacher,
    ResourceType.DECLARATION: Declaration,
    ResourceType.PARTNERSHIP: SchoolPartnership,
    ResourceType.STATEMENT: Statement,
    ResourceType.DELIVERY_PARTNER: DeliveryPartner,
}


@transaction.atomic
def rebuild_everything(progress: Callable[[str], None] = lambda line: None) -> None:
    """Render every resource for every provider and replace what is stored, in one transaction.

    ``updated_at`` of each becomes the time its record was last changed. ``progress`` is called
    with one line for each kind of resource.
    """
    lock_projection()
    ShownResource.objects.all().delete()
    StaleMark.objects.all().delete()
    for resource_type in RENDERERS:
        progress(f"{_rebuild(resource_type)} views of {resource_type}s")
    progress(f"{rebuild_schools()} schools")
    ProjectionState.objects.update_or_create(
        pk=1,
        defaults={
            "shown_for": clock.today(),
            "refreshed_at": clock.now(),
            "purged_through": _next_place(),
        },
    )
    transaction.on_commit(_tidy, robust=True)


def _next_place() -> int:
    """Return a place in the change feed that no entry has or will have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('shown_change', 'id'))")
        place: int = cursor.fetchone()[0]
    return place


def _tidy() -> None:
    """Tell the planner what the tables hold now; pages are then read from indexes alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) shown_resource, shown_school, shown_school_year,"
            " shown_school_interest"
        )


def catch_up_after_loading() -> None:
    """Bring up to date what is shown after data were loaded: build it if nothing was shown yet."""
    if ShownSchool.objects.exists() or ShownResource.objects.exists():
        catch_up()
    else:
        rebuild_everything()


def _rebuild(resource_type: ResourceType) -> int:
    count = 0
    for keys in batches(every_record(resource_type), BATCH):
        shown = RENDERERS[resource_type](keys)
        changed_at = dict(
            _RECORDS[resource_type]
            ._default_manager.filter(pk__in=keys)
            .values_list("pk", "updated_at")
        )
        _copy_in(_row(resource_type, each, changed_at[each.record_id]) for each in shown)
        count += len(shown)
    return count


def batches(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield the keys in runs of ``size``."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _row(resource_type: ResourceType, shown: Shown, updated_at: datetime) -> tuple[Any, ...]:
    facts = (getattr(shown, name) for name in FACTS)
    return (
        *(shown.lead_provider_id, resource_type.value, shown.record_id, updated_at),
        shown.payload(resource_type, updated_at),
        *(list(fact) if isinstance(fact, tuple) else fact for fact in facts),
    )


def _copy_in(rows: Iterable[tuple[Any, ...]]) -> None:
    statement = f"COPY shown_resource ({', '.join(_COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
