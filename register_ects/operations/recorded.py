"""How many events a request or job has recorded so far, for whoever measures what it did."""

from contextvars import ContextVar

_RECORDED: ContextVar[int] = ContextVar("events_recorded", default=0)


def events_recorded() -> int:
    """Return the count: what is done between two readings recorded their difference.

    What a transaction recorded that was then rolled back is counted too.
    """
    return _RECORDED.get()


def note_events(number: int) -> None:
    """Count that so many events were recorded."""
    _RECORDED.set(_RECORDED.get() + number)
