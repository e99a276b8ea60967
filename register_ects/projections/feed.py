"""The change feed: what happened to what a provider is shown, in order (spec 02 §2.22.6)."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from register_ects import clock
from register_ects.models import LeadProvider, ProjectionState, ShownChange
from register_ects.rules.enumerations import ResourceType

#: How long entries are kept.
KEPT_FOR = timedelta(days=90)


class TooOld(Exception):
    """Entries after this place are no longer kept: only a full sync can tell what changed."""


def changes_after(lead_provider: LeadProvider, place: int) -> QuerySet[ShownChange]:
    """Return what changed for a provider after a place in the feed, in order.

    ``place`` is the id of the last entry that the client has, 0 to begin. Raises TooOld when
    entries after it have been deleted, or were never written because all was built anew.
    """
    purged_through = ProjectionState.objects.values_list("purged_through", flat=True).first() or 0
    if 0 < place < purged_through:
        raise TooOld
    concerned = Q(lead_provider=lead_provider) | Q(lead_provider=None)
    return ShownChange.objects.filter(concerned, pk__gt=place).order_by("pk")


def newest_place() -> int:
    """Return the place of the newest entry: where a client goes on after a full sync."""
    newest: int | None = ShownChange.objects.aggregate(newest=Max("pk"))["newest"]
    purged_through = ProjectionState.objects.values_list("purged_through", flat=True).first()
    return max(newest or 0, purged_through or 0)


def version_shown(lead_provider: LeadProvider, resource_type: ResourceType) -> str:
    """Return what changes whenever anything of a kind that a provider is shown does. One query."""
    with connection.cursor() as cursor:
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
