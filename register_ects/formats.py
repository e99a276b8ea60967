"""How dates, times, money and counts are written: on pages, in emails, in what is recorded.

Source: spec 05 §4.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from register_ects.clock import LONDON


def govuk_date(day: date | None) -> str:
    """Return ``2 January 1998``; an instant gives its London day, None an empty text."""
    return f"{_london(day).day} {_london(day):%B %Y}" if day else ""


def govuk_date_short(day: date | None) -> str:
    """Return ``2 Jan 1998``; an instant gives its London day, None an empty text."""
    return f"{_london(day).day} {_london(day):%b %Y}" if day else ""


def govuk_month(year: int, month: int) -> str:
    """Return ``November 2025``."""
    return f"{date(year, month, 1):%B %Y}"


def govuk_datetime(moment: datetime | None) -> str:
    """Return an aware instant in London as ``2 January 1998 at 3:05pm``."""
    if moment is None:
        return ""
    return f"{govuk_date(moment)} at {govuk_time(moment)}"


def govuk_time(moment: datetime) -> str:
    """Return an aware instant's time in London as ``3:05pm``; ``midday`` and ``midnight``."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def money(pounds: Decimal | int | None) -> str:
    """Return ``£1,234.50``; a negative amount gives ``-£1.00``, never ``-£0.00``."""
    if pounds is None:
        return ""
    rounded = Decimal(pounds).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'-' if rounded < 0 else ''}£{abs(rounded):,.2f}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 mentor``, ``2 mentors`` or ``1,200 mentors``; ``many`` for irregular words."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _london(day: date) -> date:
    return day.astimezone(LONDON).date() if isinstance(day, datetime) else day
