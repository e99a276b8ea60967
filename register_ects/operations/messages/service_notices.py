"""Tell everybody on every page of an incident or of maintenance (spec 05 §4 Improve)."""

from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError
from django.db.models import QuerySet, Subquery

from register_ects import clock
from register_ects.formats import govuk_datetime
from register_ects.models import ServiceNotice
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.problems import Problem, refuse_if


def notices_ahead() -> QuerySet[ServiceNotice]:
    """Return the notices that are not over, the next to be shown first."""
    return ServiceNotice.objects.filter(ends_at__gt=clock.now()).order_by("starts_at", "pk")


def notice_at(now: datetime) -> Subquery:
    """Return the message that is shown at an instant, the latest of several, for any query."""
    return Subquery(_messages_at(now)[:1])


def notice_now() -> str | None:
    """Return the message that is shown now; None while the database cannot tell."""
    with suppress(DatabaseError):
        return _messages_at(clock.now()).first()
    return None


def _messages_at(now: datetime) -> QuerySet[ServiceNotice, str]:
    """Return what is to be shown at an instant, what began last first."""
    shown = ServiceNotice.objects.filter(starts_at__lte=now, ends_at__gt=now)
    return shown.order_by("-starts_at", "-pk").values_list("message", flat=True)


@operation
def add_notice(
    *, message: str, starts_at: datetime, ends_at: datetime, author: Author
) -> ServiceNotice:
    """Have every page show a message from one instant to another.

    Raises RuleBroken without a message, for times in the wrong order, and when they are over.
    """
    message = message.strip()
    reasons = [
        (not message, Problem("message", "empty")),
        (ends_at <= starts_at, Problem("ends_at", "before_start")),
        (ends_at <= clock.now(), Problem("ends_at", "in_the_past")),
    ]
    refuse_if([problem for holds, problem in reasons if holds])
    notice = ServiceNotice.objects.create(message=message, starts_at=starts_at, ends_at=ends_at)
    record_event(
        "service_notice_added",
        f"Notice on every page from {govuk_datetime(starts_at)} to {govuk_datetime(ends_at)}",
        author=author,
        about=[],
        metadata={"notice": notice.pk, "message": message},
    )
    return notice


@operation
def end_notice(notice: ServiceNotice, *, author: Author) -> None:
    """Show a notice no longer; one that nobody has seen yet is removed. Again changes nothing."""
    held = notices_ahead().select_for_update().filter(pk=notice.pk).first()
    if held is None:
        return
    if held.starts_at < clock.now():
        held.ends_at = clock.now()
        held.save(update_fields=["ends_at", "updated_at"])
    else:
        held.delete()
    record_event(
        "service_notice_ended",
        "Notice on every page ended",
        author=author,
        about=[],
        metadata={"notice": notice.pk},
    )
