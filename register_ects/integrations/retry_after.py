"""Read how long a busy server asks us to wait."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

#: We ask again after an hour, whatever the server says (spec 07 §7.4: at most an hour).
LONGEST_WAIT = 3600
_MOST_DIGITS = 10


def seconds_to_wait(headers: Mapping[str, str]) -> int | None:
    """Return the seconds that Retry-After asks for, an hour at most; None when unreadable.

    A moment in Retry-After is counted from the reply's own Date: the server's clock, not ours.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return LONGEST_WAIT if len(asked) > _MOST_DIGITS else min(int(asked), LONGEST_WAIT)
    until, now = _moment(asked), _moment(headers.get("date", ""))
    if until is None or now is None:
        return None
    return min(max(0, int((until - now).total_seconds())), LONGEST_WAIT)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
