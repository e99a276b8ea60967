"""Look at how PostgreSQL answers each query: ``auto_explain`` sends the plan of everything that
runs on a connection, statements of triggers and foreign keys included, with who asked for it.
"""

import json
import traceback
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

#: Tables that grow with the people of the service, or with what is done for them.
GROWING = frozenset(
    {
        "teacher",
        "ect_at_school_period",
        "mentor_at_school_period",
        "mentorship_period",
        "training_period",
        "declaration",
        "induction_period",
        "induction_extension",
        "teacher_id_change",
        "school_partnership",
        "event",
        "shown_resource",
        "shown_change",
        "gias_school",
        "school",
    }
)
_SETTINGS = {
    "log_min_duration": "0",
    "log_nested_statements": "on",
    "log_format": "json",
    "log_level": "notice",
    "log_parameter_max_length": "0",
}
#: The caller of what no line of the service asked for.
BY_A_TEST = "a test"
_OURS = ("register_ects", "schools", "appropriate_bodies", "providers", "finance", "support")


@dataclass(frozen=True)
class Scan:
    """A table read from end to end by a query, and the line of ours that asked for it."""

    table: str
    how: str
    caller: str
    sql: str = field(compare=False)

    def __str__(self) -> str:
        return f"{self.how} of {self.table}, asked for by {self.caller}: {self.sql}"


@contextmanager
def watched(tables: Collection[str] = GROWING) -> Iterator[list[Scan]]:
    """Yield a list that fills with the scans of these tables while the block runs."""
    scans: list[Scan] = []
    connection.ensure_connection()
    bare = connection.connection
    assert bare is not None

    def notice(diagnostic: Any) -> None:
        text = diagnostic.message_primary or ""
        if "plan:" in text:
            plan = json.loads(text.partition("plan:")[2])
            found = _scans(plan["Plan"], plan["Query Text"], bounded=False)
            scans.extend(scan for scan in found if scan.table in tables)

    with connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET auto_explain.{name} = '{value}'")
    bare.add_notice_handler(notice)
    try:
        yield scans
    finally:
        bare.remove_notice_handler(notice)
        if not bare.closed:
            bare.execute("SET auto_explain.log_min_duration = -1")


def _scans(node: dict[str, Any], sql: str, *, bounded: bool) -> Iterator[Scan]:
    """Find reads of whole growing tables in a plan.

    An index read without a condition, from end to end, is one too. Neither is where something
    above takes only the first rows of what it finds without looking for them.
    """
    kind, table = node["Node Type"], node.get("Relation Name", "")
    by_index = kind.startswith(("Index", "Bitmap Heap"))
    whole_index = by_index and not node.keys() & {"Index Cond", "Recheck Cond"}
    if table and (kind == "Seq Scan" or whole_index) and (not bounded or "Filter" in node):
        yield Scan(table, kind, _caller(), " ".join(sql.split()))
    # Sorting, counting and hashing read everything below them, whatever is taken of the result.
    reads_all = kind in {"Sort", "Aggregate", "Hash", "Materialize", "WindowAgg", "HashAggregate"}
    below = (bounded or kind == "Limit") and not reads_all
    for child in node.get("Plans", ()):
        yield from _scans(child, sql, bounded=below)


def _caller() -> str:
    """Return the innermost line of the service in the stack, as ``file:line function``."""
    for frame in reversed(traceback.extract_stack()):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in _OURS:
            return f"{path.relative_to(ROOT)}:{frame.lineno} {frame.name}"
    return BY_A_TEST


def grown(at_least: int = 1_000) -> frozenset[str]:
    """Return which of the tables that grow have grown: the planner may well read a short one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND reltuples >= %s",
            [sorted(GROWING), at_least],
        )
        return frozenset(name for (name,) in cursor.fetchall())
