"""What is counted of journeys and forms is written, closed and forgotten (spec 07 §22.2)."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from django.db import Error, connection
from django.utils.crypto import salted_hmac

from register_ects import clock
from register_ects.models import FeedbackResponse, FormError, JourneyRun
from register_ects.rules.enumerations import Audience, Channel, RunOutcome, WayOn

log = structlog.get_logger(__name__)

#: After so long without activity a run counts as abandoned.
LEFT_AFTER = timedelta(hours=24)
#: How long runs and errors are kept: two academic years can be compared.
KEPT_FOR = timedelta(days=800)
COMMENTS_KEPT_FOR = timedelta(days=365)
#: Seconds between two pages that count as time spent at most.
_LONGEST_GAP = 600

_RECORD = """
WITH run AS (
    INSERT INTO journey_run AS held (
        key, journey, actor_type, actor_hash, organisation_id, channel, started_at,
        last_activity_at, finished_at, outcome, outcome_if_left, reused_choices, steps_visited,
        error_count, active_seconds, events_created
    ) VALUES (
        %(key)s, %(journey)s, %(actor_type)s, %(actor_hash)s, %(organisation_id)s, %(channel)s,
        %(now)s, %(now)s, %(finished_at)s, %(outcome)s, %(outcome_if_left)s, %(reused)s,
        %(shown)s::int, cardinality(%(codes)s::text[]), 0, %(events)s
    )
    ON CONFLICT (key) DO UPDATE SET
        last_activity_at = GREATEST(held.last_activity_at, EXCLUDED.last_activity_at),
        finished_at = EXCLUDED.finished_at,
        outcome = EXCLUDED.outcome,
        outcome_if_left = EXCLUDED.outcome_if_left,
        reused_choices = COALESCE(EXCLUDED.reused_choices, held.reused_choices),
        steps_visited = held.steps_visited + EXCLUDED.steps_visited,
        error_count = held.error_count + EXCLUDED.error_count,
        events_created = EXCLUDED.events_created,
        active_seconds = held.active_seconds + LEAST(%(longest_gap)s, GREATEST(0, round(
            extract(epoch FROM EXCLUDED.last_activity_at - held.last_activity_at))))::int
    WHERE held.outcome IS NULL
    RETURNING id
), departed AS (
    UPDATE journey_step_visit SET left_at = %(now)s, action = %(action)s
    FROM run
    WHERE run_id = run.id AND left_at IS NULL AND (%(submitted)s OR step <> %(step)s)
), entered AS (
    INSERT INTO journey_step_visit (run_id, step, entered_at)
    SELECT id, %(step)s, %(now)s FROM run
    WHERE %(shown)s AND NOT EXISTS (
        SELECT FROM journey_step_visit
        WHERE run_id = run.id AND step = %(step)s AND left_at IS NULL
    )
)
INSERT INTO form_error (run_id, page, step, field, code, at)
SELECT run.id, %(journey)s, %(step)s, refused.field, refused.code, %(now)s
FROM run, unnest(%(fields)s::text[], %(codes)s::text[]) AS refused (field, code)
"""


@dataclass(frozen=True, kw_only=True)
class MeasuredPage:
    """What is counted of one page of a run, shown or sent. ``fields`` and ``codes`` go together.

    ``events`` is how many were recorded by what completed the run.
    """

    key: uuid.UUID
    journey: str
    actor_type: str
    actor_hash: str
    organisation_id: int | None
    channel: str
    now: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    outcome_if_left: str = RunOutcome.ABANDONED
    reused: bool | None = None
    events: int = 0
    step: str
    shown: bool = False
    submitted: bool = False
    action: str = WayOn.CONTINUE
    fields: tuple[str | None, ...] = ()
    codes: tuple[str, ...] = ()


def keep(page: MeasuredPage) -> None:
    """Write down a page of a run, with one statement."""
    values = {**asdict(page), "fields": [*page.fields], "codes": [*page.codes]}
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, {**values, "longest_gap": _LONGEST_GAP})


def hash_of_actor(email: str) -> str:
    """Return what tells people apart and names nobody."""
    return salted_hmac("who goes through journeys", email).hexdigest()[:20]


def count_bulk(journey: str, *, email: str, school_id: int, began: datetime, events: int) -> None:
    """Count one of several that a school confirmed together; nobody spent time on it alone."""
    now = clock.now()
    try:
        JourneyRun.objects.create(
            journey=journey,
            actor_type=Audience.SCHOOL,
            actor_hash=hash_of_actor(email),
            organisation_id=school_id,
            channel=Channel.BULK,
            started_at=began,
            last_activity_at=now,
            finished_at=now,
            outcome=RunOutcome.COMPLETED,
            outcome_if_left=RunOutcome.ABANDONED,
            steps_visited=0,
            error_count=0,
            active_seconds=0,
            events_created=events,
        )
    except Error:
        log.exception("bulk_not_measured", journey=journey)


def close_runs(now: datetime | None = None) -> int:
    """Close the runs that nobody has gone on with for a day; return how many.

    Whoever comes back to their draft later begins another run.
    """
    before = (now or clock.now()) - LEFT_AFTER
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE journey_run
            SET outcome = outcome_if_left, finished_at = last_activity_at, key = NULL
            WHERE outcome IS NULL AND last_activity_at <= %s
            """,
            [before],
        )
        return int(cursor.rowcount)


def forget_measurements(now: datetime | None = None) -> None:
    """Delete what is too old to be compared, and erase the comments of a year ago."""
    moment = now or clock.now()
    JourneyRun.objects.filter(finished_at__lt=moment - KEPT_FOR).delete()
    FormError.objects.filter(at__lt=moment - KEPT_FOR).delete()
    old = FeedbackResponse.objects.filter(at__lt=moment - COMMENTS_KEPT_FOR)
    old.exclude(comment=None).update(comment=None)
