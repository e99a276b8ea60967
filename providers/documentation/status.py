"""Whether the service is up, how fresh what it shows is, and when it will be down."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from register_ects import clock
from register_ects.models import ProjectionState
from register_ects.projections.feed import last_changed_at


@dataclass(frozen=True)
class Downtime:
    """Planned work: ``begins`` None means that it has begun."""

    begins: datetime | None
    ends: datetime


@dataclass(frozen=True)
class ServiceStatus:
    """What the status page tells.

    ``refreshed_at`` is when what providers are shown last changed, ``shown_for`` the London day
    whose calendar it shows, ``verified_at`` when all of it was last compared with the facts.
    """

    is_up: bool
    checked_at: datetime
    downtime: Downtime | None
    refreshed_at: datetime | None = None
    shown_for: date | None = None
    verified_at: datetime | None = None


def service_status() -> ServiceStatus:
    """Ask the database and Redis. Never raises: a service that is down must be able to say so."""
    now, downtime = clock.real_now(), planned_downtime()
    is_down_on_purpose = downtime is not None and downtime.begins is None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("healthcheck")
        state = ProjectionState.objects.first() or ProjectionState()
        refreshed_at = last_changed_at()
    except Exception:  # whatever is wrong, the answer is that the service is not up
        return ServiceStatus(False, now, downtime)
    return ServiceStatus(
        not is_down_on_purpose,
        now,
        downtime,
        refreshed_at=refreshed_at,
        shown_for=state.shown_for,
        verified_at=state.verified_at,
    )


def planned_downtime() -> Downtime | None:
    """Return the planned downtime that is running or to come, None when there is none."""
    ends: datetime | None = settings.MAINTENANCE_UNTIL
    begins: datetime | None = settings.MAINTENANCE_FROM
    now = clock.real_now()
    if ends is None or ends <= now:
        return None
    return Downtime(begins if begins and begins > now else None, ends)
