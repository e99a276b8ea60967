"""How journeys went since a day, and what people thought of them (spec 07 §22.3).

Every list is one query over an index, and at most so long.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Avg, Count, FloatField, Q, QuerySet, Sum

from register_ects.models import FeedbackResponse, FormError, JourneyRun, RegistrationDay
from register_ects.operations.registration_days import last_settled
from register_ects.rules.enumerations import Channel, RunOutcome
from register_ects.web.feedback import SATISFACTION

#: So many journeys, fields and pages are listed, those with most first.
MOST = 50
_COMPLETED = Q(outcome=RunOutcome.COMPLETED)
#: Of those that people went through page by page.
_WALKED = _COMPLETED & ~Q(channel=Channel.BULK)


class Median(Aggregate):
    """The value in the middle, or between the two in the middle."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Registrations:
    """How many ECTs were registered; ``share`` had a mentor within 14 days, in per cent.

    ``questions`` is how many schools asked support for each 100 ECTs registered. Both are None
    where nobody was.
    """

    registered: int
    share: float | None
    questions: float | None


def registrations(today: date, *, days: int) -> Registrations:
    """Return how registrations went on the days before today. One query over as many rows.

    The share is of the days whose 14 days have passed.
    """
    settled = Q(day__lte=last_settled(today))
    counted = RegistrationDay.objects.filter(day__gte=today - timedelta(days=days), day__lt=today)
    sums = counted.aggregate(
        all=Sum("registered", default=0),
        asked=Sum("questions", default=0),
        of_settled=Sum("registered", filter=settled, default=0),
        in_time=Sum("with_mentor", filter=settled, default=0),
    )
    return Registrations(
        registered=sums["all"],
        share=_per_100(sums["in_time"], sums["of_settled"]),
        questions=_per_100(sums["asked"], sums["all"]),
    )


def _per_100(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def closed_runs(since: datetime) -> list[dict[str, Any]]:
    """Count the runs of each journey that ended since then, and measure those completed.

    ``share`` is that of the runs which were completed, or told people that they cannot.
    """
    ended = JourneyRun.objects.filter(finished_at__gte=since).values("journey")
    found = ended.annotate(
        runs=Count("pk"),
        completed=Count("pk", filter=_COMPLETED),
        not_eligible=Count("pk", filter=Q(outcome=RunOutcome.NOT_ELIGIBLE)),
        abandoned=Count("pk", filter=Q(outcome=RunOutcome.ABANDONED)),
        failed=Count("pk", filter=Q(outcome=RunOutcome.ERROR)),
        seconds=Median("active_seconds", filter=_WALKED),
        pages=Avg("steps_visited", filter=_WALKED),
    )
    return [
        {**row, "share": 100 * (row["completed"] + row["not_eligible"]) / row["runs"]}
        for row in found.order_by("-runs", "journey")[:MOST]
    ]


def refused_fields(since: datetime) -> list[Any]:
    """Count what was refused since then by page, step, field and rule, most often first."""
    errors = FormError.objects.filter(at__gte=since).values("page", "step", "field", "code")
    found = errors.annotate(times=Count("pk"))
    return list(found.order_by("-times", "page", "step", "field", "code")[:MOST])


def satisfaction(since: datetime) -> list[dict[str, Any]]:
    """Count each answer about each page since then, with the share of satisfied people.

    The ``share`` is None with fewer than 30 answers, which tell too little.
    """
    given = FeedbackResponse.objects.filter(at__gte=since).values("page")
    counts = {f"score_{score}": Count("pk", filter=Q(score=score)) for score, _ in SATISFACTION}
    counted = given.annotate(total=Count("pk"), **counts)
    found: list[Any] = list(counted.order_by("-total", "page")[:MOST])
    return [
        {
            "page": row["page"],
            "total": row["total"],
            "counts": [row[name] for name in counts],
            "share": 100 * (row["score_5"] + row["score_4"]) / row["total"]
            if row["total"] >= 30
            else None,
        }
        for row in found
    ]


def comments(since: datetime) -> QuerySet[FeedbackResponse]:
    """Find what people wrote since then, newest first."""
    written = FeedbackResponse.objects.filter(at__gte=since, comment__isnull=False)
    return written.order_by("-at", "-pk")
