"""The one place that says what time it is.

``today`` is the civil date in Europe/London. Outside production the clock may be shifted: for
one request (the simulated clock header, time travel) with ``pretend``, or for a whole process
with the setting ``CLOCK_OFFSET_DAYS``. Nothing else in the service reads the system clock.
Source: spec 00 "The clock", spec 01 §1, spec 07 §15.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")

_pretended: ContextVar[datetime | None] = ContextVar("pretended_now", default=None)
_simulating: ContextVar[bool] = ContextVar("simulating", default=False)
_before_simulating: ContextVar[datetime | None] = ContextVar("before_simulating", default=None)


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    pretended = _pretended.get()
    if pretended is not None:
        return pretended
    return datetime.now(UTC) + timedelta(days=settings.CLOCK_OFFSET_DAYS)


def real_now() -> datetime:
    """Return the current instant, aware, in UTC, which pretending never moves.

    For what must not travel in time: sessions, tokens, one-time codes, limits (spec 07 §15).
    """
    return datetime.now(UTC)


def today() -> date:
    """Return the current civil date in London (in summer 00:30 is still yesterday in UTC)."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """Return the London civil date of an aware instant."""
    return moment.astimezone(LONDON).date()


def london_midnight(day: date) -> datetime:
    """Return the instant at which a London day begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)


@contextmanager
def pretend(moment: datetime | date) -> Iterator[None]:
    """Make ``now`` answer ``moment`` inside the block, for this request or task only.

    A plain date means noon in London on that day. Raises ValueError for a naive datetime.
    """
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=LONDON)
    if moment.tzinfo is None:
        raise ValueError("The pretended time needs a time zone")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


@contextmanager
def simulate(moment: datetime) -> Iterator[None]:
    """Pretend for one request only: what is stored for later stays as of the actual day.

    ``as_it_is`` undoes it where that is built. Raises ValueError for a naive datetime.
    """
    tokens = _before_simulating.set(_pretended.get()), _simulating.set(True)
    try:
        with pretend(moment):
            yield
    finally:
        _before_simulating.reset(tokens[0])
        _simulating.reset(tokens[1])


def is_simulated() -> bool:
    """Whether this request runs as if it were another day."""
    return _simulating.get()


@contextmanager
def as_it_is() -> Iterator[None]:
    """Make ``now`` answer what it did before ``simulate``, inside the block."""
    if not _simulating.get():
        yield
        return
    tokens = _pretended.set(_before_simulating.get()), _simulating.set(False)
    try:
        yield
    finally:
        _pretended.reset(tokens[0])
        _simulating.reset(tokens[1])
