"""The change feed: what happened to what a provider is shown, in order (spec 02 §2.22.6)."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from register_ects import clock
from register_ects.database.compiled import prepared_cursor
from register_ects.models import LeadProvider, ProjectionState, ShownChange
from register_ects.rules.enumerations import ResourceType

#: How long entries are kept.
KEPT_FOR = timedelta(days=90)


class TooOld(Exception):
    """Entries after this place are no longer kept: only a full sync can tell what changed."""


def changes_after(
    lead_provider: LeadProvider, place: int, *, offset: int, size: int
) -> list[ShownChange]:
    """Return a page of what changed for a provider after a place in the feed, in order.

    ``place`` is the id of the last entry that the client has, 0 to begin. Raises TooOld when
    entries after it have been deleted, or were never written because all was built anew.
    """
    if 0 < place < _purged_through():
        raise TooOld
    entries = _feed_of(lead_provider, order="pk", after=place, most=offset + size)
    return list(entries[offset:])


def newest_place(lead_provider: LeadProvider) -> int:
    """Return the place of a provider's newest entry: where a client goes on after a full sync.

    Not of the newest at all: another provider's may be there before an earlier one of its own.
    """
    newest = _feed_of(lead_provider, order="-pk", after=0, most=1).first()
    return max(newest.pk if newest else 0, _purged_through())


def last_changed_at() -> datetime | None:
    """Return when what any provider is shown last changed; None if it never has."""
    built_at = ProjectionState.objects.values_list("refreshed_at", flat=True).first()
    newest = ShownChange.objects.order_by("-pk").values_list("occurred_at", flat=True).first()
    return max((at for at in (built_at, newest) if at is not None), default=None)


def _feed_of(
    lead_provider: LeadProvider, *, order: str, after: int, most: int
) -> QuerySet[ShownChange]:
    """Return what is told to one provider and to all, at one moment: neither outruns the other.

    Each of them is cut to the ``most`` first before they meet, and so read from its index.
    """
    entries = ShownChange.objects.filter(pk__gt=after).order_by(order)
    theirs = entries.filter(lead_provider=lead_provider)[:most]
    return theirs.union(entries.filter(lead_provider=None)[:most], all=True).order_by(order)[:most]


def _purged_through() -> int:
    return ProjectionState.objects.values_list("purged_through", flat=True).first() or 0


def next_time(lead_providers: Collection[int] | None) -> datetime:
    """Return the time of what is added next to these providers' feeds; None is for all of them.

    Now, or the last entry's time if that is a little later: machines' clocks differ a little,
    and what becomes visible later must not look older. The caller holds the feeds' locks.
    """
    now = clock.now()
    with prepared_cursor() as cursor:
        cursor.execute(
            """
            SELECT greatest(
                (
                    SELECT max(last.occurred_at) FROM lead_provider
                    CROSS JOIN LATERAL (
                        SELECT occurred_at FROM shown_change
                        WHERE lead_provider_id = lead_provider.id ORDER BY id DESC LIMIT 1
                    ) AS last
                    WHERE %(all)s OR lead_provider.id = ANY(%(keys)s::bigint[])
                ),
                (
                    SELECT occurred_at FROM shown_change
                    WHERE lead_provider_id IS NULL ORDER BY id DESC LIMIT 1
                )
            )
            """,
            {"all": lead_providers is None, "keys": list(lead_providers or ())},
        )
        last: datetime | None = cursor.fetchone()[0]
    if last is not None and timedelta() <= last - now <= timedelta(minutes=1):
        return last.astimezone(UTC)
    return now


def version_shown(lead_provider: LeadProvider, resource_type: ResourceType) -> str:
    """Return what changes whenever anything of a kind that a provider is shown does. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """
            SELECT
                (SELECT max(id) FROM shown_change
                    WHERE lead_provider_id = %(provider)s AND resource_type = %(kind)s),
                (SELECT max(id) FROM shown_change
                    WHERE lead_provider_id IS NULL AND resource_type = %(kind)s),
                (SELECT purged_through FROM projection_state WHERE id = 1)
            """,
            {"provider": lead_provider.pk, "kind": resource_type.value},
        )
        return " ".join(str(place) for place in cursor.fetchone())


@transaction.atomic
def purge_changes() -> int:
    """Delete entries that are too old; return how many. Clients with older places get TooOld."""
    old = ShownChange.objects.filter(occurred_at__lt=clock.now() - KEPT_FOR)
    newest: int | None = old.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        return 0
    ProjectionState.objects.update_or_create(pk=1, defaults={"purged_through": newest})
    deleted, _ = old.delete()
    return deleted
