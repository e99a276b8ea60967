"""Dates and times as other systems write them (spec 02 §2.6 and §2.15.2, spec 03 §3.4)."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: Characters that a date-time may have; all but the fraction take 25.
LONGEST = 200

_INSTANT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt](?P<time>\d{2}:\d{2}:\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?P<zone>[Zz]|(?P<sign>[+-])(?P<hours>\d{2})(?::?(?P<minutes>\d{2}))?)?",
    re.ASCII,
)


def read_instant(
    text: str,
    *,
    date_allowed: bool = False,
    zone_of_dates: tzinfo = LONDON,
    in_london: bool = True,
) -> datetime:
    """Return the instant that ``text`` names, in UTC.

    ``YYYY-MM-DDThh:mm:ss`` with an optional fraction (``.`` or ``,``) and zone (``Z``, ``+hh``,
    ``+hhmm``, ``+hh:mm``), letters in either case; without a zone it is London time (spec 00).
    With ``date_allowed`` also ``YYYY-MM-DD``, which is midnight in its zone, else in
    ``zone_of_dates``. Raises ValueError for anything else, and for the few instants at the ends of
    the calendar that London time cannot express, unless ``in_london`` is False: then it may never
    be asked which London day it is.
    """
    parts = _INSTANT.fullmatch(text) if len(text) <= LONGEST else None
    if parts is None or (parts["time"] is None and not date_allowed):
        raise ValueError(f"{text[:LONGEST]!r} is not a date-time")
    default = LONDON if parts["time"] else zone_of_dates
    microseconds = (parts["fraction"] or "")[:6].ljust(6, "0")
    naive = datetime.strptime(  # noqa: DTZ007 - the zone is added below
        f"{parts['date']}T{parts['time'] or '00:00:00'}.{microseconds}", "%Y-%m-%dT%H:%M:%S.%f"
    )
    try:
        moment = naive.replace(tzinfo=_zone(parts, default)).astimezone(UTC)
        if in_london:
            moment.astimezone(LONDON)
    except OverflowError:
        raise ValueError(f"{text!r} is out of range") from None
    return moment


def written_instant(moment: datetime) -> str:
    """Return an instant as lead providers are sent it, to the second: "2026-09-01T08:00:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _zone(parts: re.Match[str], default: tzinfo) -> tzinfo:
    if parts["zone"] is None:
        return default
    if parts["sign"] is None:
        return UTC
    offset = timedelta(hours=int(parts["hours"]), minutes=int(parts["minutes"] or 0))
    if int(parts["minutes"] or 0) > 59:
        raise ValueError("An hour has 60 minutes")
    return timezone(-offset if parts["sign"] == "-" else offset)
