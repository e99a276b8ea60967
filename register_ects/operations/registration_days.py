"""How many ECTs were registered on a day, with a mentor or not, is counted at night (spec 05 §20).

Staff read the sums: to count them on a page would cost more the more ECTs there are.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorshipPeriod,
    RegistrationDay,
    SupportQuery,
)

#: A mentor who is assigned within this time after the registration counts.
MENTOR_WITHIN = timedelta(days=14)
#: So many days are counted where none were before.
MOST_DAYS = 120

#: Rows of a day with what was counted on it, by name.
_ByDay = QuerySet[Any, Any]

_COUNTED = ("registered", "with_mentor", "questions")


def last_settled(today: date) -> date:
    """Return the last day of which nobody can get a mentor within 14 days any more."""
    return today - MENTOR_WITHIN - timedelta(days=1)


def count_registrations() -> int:
    """Count the days before today that may have changed since they were counted; return how many.

    Days that were missed are counted too, so far back as ``MOST_DAYS``.
    """
    today = clock.today()
    latest = RegistrationDay.objects.aggregate(day=Max("day"))["day"]
    first = today - timedelta(days=MOST_DAYS)
    if latest is not None:
        first = max(first, latest - MENTOR_WITHIN)
    counts = {
        first + timedelta(days=number): dict.fromkeys(_COUNTED, 0)
        for number in range((today - first).days)
    }
    for counted in (_registered(first, today), _asked(first, today)):
        for row in counted:
            counts[row.pop("day")].update(row)
    RegistrationDay.objects.bulk_create(
        [RegistrationDay(day=day, **numbers) for day, numbers in counts.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=_COUNTED,
    )
    return len(counts)


def _registered(first: date, end: date) -> _ByDay:
    in_time = MentorshipPeriod.objects.filter(
        ect_at_school_period=OuterRef("pk"),
        created_at__lte=OuterRef("created_at") + MENTOR_WITHIN,
    )
    days = _by_day(ECTAtSchoolPeriod.objects.all(), first, end)
    counts = {"registered": Count("pk"), "with_mentor": Count("pk", filter=Exists(in_time))}
    counted: _ByDay = days.annotate(**counts)
    return counted


def _asked(first: date, end: date) -> _ByDay:
    days = _by_day(SupportQuery.objects.all(), first, end)
    counted: _ByDay = days.annotate(questions=Count("pk"))
    return counted


def _by_day(rows: QuerySet[Any], first: date, end: date) -> _ByDay:
    """Return the London days on which rows were made, from the first until before the end."""
    made = rows.filter(
        created_at__gte=clock.london_midnight(first), created_at__lt=clock.london_midnight(end)
    )
    on = made.annotate(day=TruncDate("created_at", tzinfo=clock.LONDON))
    days: _ByDay = on.order_by().values("day")
    return days
