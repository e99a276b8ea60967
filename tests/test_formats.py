"""How dates, times, money and counts are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from register_ects import formats
from register_ects.web import summaries

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        (date(1998, 1, 2), "2 January 1998", "2 Jan 1998"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026", "2 Jul 2026"),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), "1 January 2026", "1 Jan 2026"),
        (None, "", ""),
    ],
)
def test_dates(value, long, short):
    assert (formats.govuk_date(value), formats.govuk_date_short(value)) == (long, short)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(1998, 1, 2, 15, 5, tzinfo=UTC), "2 January 1998 at 3:05pm"),
        (datetime(2026, 7, 1, 23, 5, tzinfo=UTC), "2 July 2026 at 12:05am"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026 at midday"),
        (datetime(2026, 7, 1, 11, 1, tzinfo=UTC), "1 July 2026 at 12:01pm"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "2 July 2026 at midnight"),
        (datetime(2026, 1, 2, 12, 0, 59, tzinfo=UTC), "2 January 2026 at midday"),
        (None, ""),
    ],
)
def test_instants_are_in_london_time(moment, text):
    assert formats.govuk_datetime(moment) == text


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal("-1"), "-£1.00"),
        (Decimal("-0.004"), "£0.00"),
        (Decimal("0.005"), "£0.01"),
        (Decimal("-0.005"), "-£0.01"),
        (0, "£0.00"),
        (None, ""),
    ],
)
def test_money(pounds, text):
    assert formats.money(pounds) == text


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [
        (1, ["mentor"], "1 mentor"),
        (0, ["mentor"], "0 mentors"),
        (1200, ["mentor"], "1,200 mentors"),
        (2, ["body", "bodies"], "2 bodies"),
    ],
)
def test_counts(count, words, text):
    assert formats.plural(count, *words) == text


def test_summary_rows_escape_values_and_keep_line_breaks():
    row = summaries.row("Name", "<b>Ada</b>\nOkafor", change_url="/x?change=yes")
    assert row["value"]["html"] == "&lt;b&gt;Ada&lt;/b&gt;<br>Okafor"
    assert row["actions"]["items"][0]["visuallyHiddenText"] == "name"


@pytest.mark.parametrize("value", ["", None])
def test_summary_rows_say_when_nothing_is_known(value):
    assert summaries.row("Email", value)["value"]["html"] == "Not known yet"


def test_months():
    assert formats.govuk_month(2025, 11) == "November 2025"
