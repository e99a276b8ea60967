"""Read how long a busy server asks us to wait."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(headers: Mapping[str, str]) -> int | None:
    """Return the seconds that Retry-After asks for; None when absent or unreadable.

    A moment in Retry-After is counted from the reply's own Date: the server's clock, not ours.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return int(asked)
    until, now = _moment(asked), _moment(headers.get("date", ""))
    if until is None or now is None:
        return None
    return max(0, int((until - now).total_seconds()))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
