"""One place says what time it is: London dates, pretending, and nobody else asking."""

import ast
import asyncio
import re
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from register_ects import clock

pytestmark = pytest.mark.no_database

ROOT = Path(clock.__file__).resolve().parent.parent
APPS = ("register_ects", "schools", "appropriate_bodies", "providers", "finance", "support")


# -- London's days -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        pytest.param("2026-01-15T23:59:59Z", "2026-01-15", id="winter, before midnight"),
        pytest.param("2026-01-16T00:00:00Z", "2026-01-16", id="winter, midnight"),
        pytest.param("2026-07-15T22:59:59Z", "2026-07-15", id="summer, before midnight"),
        pytest.param("2026-07-15T23:00:00Z", "2026-07-16", id="summer, midnight"),
        pytest.param("2026-07-15T23:30:00Z", "2026-07-16", id="summer, still yesterday in UTC"),
        pytest.param("2026-03-29T00:59:59Z", "2026-03-29", id="the hour before clocks go forward"),
        pytest.param("2026-03-29T23:00:00Z", "2026-03-30", id="first short night of summer"),
        pytest.param("2026-10-24T23:00:00Z", "2026-10-25", id="last midnight of summer"),
        pytest.param("2026-10-25T23:30:00Z", "2026-10-25", id="the day clocks went back"),
        pytest.param("2026-10-26T00:00:00Z", "2026-10-26", id="first midnight of winter"),
    ],
)
def test_today_is_the_day_in_london(instant, day):
    with clock.pretend(datetime.fromisoformat(instant)):
        assert clock.today() == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-07-15", 24), ("2026-03-29", 23), ("2026-10-25", 25)],
)
def test_a_london_day_lasts_from_midnight_to_midnight(day, hours):
    first = date.fromisoformat(day)
    begins = clock.london_midnight(first)
    ends = clock.london_midnight(first + timedelta(days=1))
    assert ends - begins == timedelta(hours=hours)
    assert clock.london_date(begins) == first
    assert clock.london_date(begins - timedelta(microseconds=1)) == first - timedelta(days=1)


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_offset_of_days_shifts_a_whole_process(settings):
    settings.CLOCK_OFFSET_DAYS = 30
    ahead = clock.now() - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < ahead < timedelta(days=30, minutes=1)


# -- Pretending --------------------------------------------------------------------------------


def test_a_pretended_day_is_noon_in_london():
    with clock.pretend(date(2026, 7, 15)):
        assert clock.now() == datetime(2026, 7, 15, 11, tzinfo=UTC)
    with clock.pretend(date(2026, 1, 15)):
        assert clock.now() == datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_pretending_inside_pretending_returns_to_the_outer_time():
    with clock.pretend(date(2026, 1, 1)):
        with clock.pretend(date(2030, 1, 1)):
            assert clock.today().year == 2030
        assert clock.today().year == 2026
    assert clock.now() >= clock.real_now() - timedelta(seconds=5)


def test_pretending_ends_when_the_block_fails():
    with pytest.raises(RuntimeError), clock.pretend(date(1999, 1, 1)):
        raise RuntimeError
    assert clock.today().year > 1999


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs a time zone"):
        clock.pretend(datetime(2026, 1, 1)).__enter__()


def test_pretending_does_not_reach_other_threads():
    seen = []
    with clock.pretend(date(1999, 1, 1)):
        thread = threading.Thread(target=lambda: seen.append(clock.today().year))
        thread.start()
        thread.join()
    assert seen[0] > 1999


def test_each_of_two_requests_pretends_for_itself():
    async def year_seen(year):
        with clock.pretend(date(year, 6, 1)):
            await asyncio.sleep(0)
            return clock.today().year

    async def both():
        return await asyncio.gather(year_seen(2001), year_seen(2002))

    assert asyncio.run(both()) == [2001, 2002]


def test_the_real_time_never_pretends():
    with clock.pretend(date(1999, 1, 1)):
        assert clock.real_now().year > 1999


# -- Nobody else asks the system ---------------------------------------------------------------

#: What reads the system clock, by the end of its dotted name.
READS = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("timezone.now", "timezone.localdate", "timezone.localtime", "time.time", "time.time_ns"),
    *("time.localtime", "time.gmtime", "time.strftime", "functions.Now"),
}
IMPORTS = {("django.utils.timezone", name) for name in ("now", "localdate", "localtime")} | {
    ("time", "time"),
    ("time", "time_ns"),
    ("django.db.models.functions", "Now"),
    ("django.db.models.functions.datetime", "Now"),
}
IN_SQL = re.compile(r"\b(CURRENT_DATE|CURRENT_TIMESTAMP|LOCALTIMESTAMP)\b|\bnow\(\)", re.IGNORECASE)
#: The clock itself; logs.
ALLOWED = {"register_ects/clock.py", "register_ects/logs.py"}


def dotted(node):
    """Return for example "datetime.now" for ``datetime.datetime.now``: the last two names."""
    base = node.value
    owner = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
    return f"{owner}.{node.attr}"


def documentation(tree):
    """Return the strings that only explain: expressions that are nothing but a string."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def clock_reads(source):
    """Yield (line, what) for everything in Python source that asks the system for the time."""
    tree = ast.parse(source)
    explains = documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and dotted(node) in READS:
            yield node.lineno, dotted(node)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module, alias.name) in IMPORTS:
                    yield node.lineno, alias.name
        elif isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield node.value.lineno, node.arg
        elif id(node) not in explains and IN_SQL.search(str(getattr(node, "value", ""))):
            yield node.lineno, "SQL"


def test_nothing_else_reads_the_system_clock():
    found = [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ALLOWED and path.parent.name != "migrations"
        for line, what in clock_reads(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.datetime.now(UTC)",
        "datetime.utcnow()",
        "Field(default=timezone.now)",
        "from django.utils.timezone import now",
        "from time import time",
        "time.time()",
        "DateTimeField(auto_now=True)",
        "cursor.execute('SELECT 1 WHERE started_on <= CURRENT_DATE')",
        "RawSQL('now() - interval')",
    ],
)
def test_the_search_finds(source):
    assert list(clock_reads(source))


@pytest.mark.parametrize(
    "source",
    ["clock.now()", "clock.today()", "time.monotonic()", "row.today", '"""Not now()."""'],
)
def test_the_search_passes_over(source):
    assert not list(clock_reads(source))
