"""Look at how PostgreSQL answers each query: ``auto_explain`` sends the plan of everything that
runs on a connection, statements of triggers and foreign keys included, with who asked for it.
"""

import json
import traceback
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

#: Tables that grow with the people of the service, or with what is done for them.
GROWING = frozenset(
    {
        "teacher",
        "teacher_history",
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
#: Indexes of few rows of their table: to read one from end to end is what it is for.
_PARTIAL_INDEXES = """
    SELECT index.relname FROM pg_index
    JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_class AS of_table ON of_table.oid = indrelid
    WHERE indpred IS NOT NULL AND index.reltuples < of_table.reltuples / 10
"""
_CONDITIONS = {"Index Cond", "Recheck Cond"}
#: They read all that is below them, however little of their result is taken.
_READ_EVERYTHING = {"Sort", "Aggregate", "Hash", "Materialize", "WindowAgg"}
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
            found = _scans(plan["Plan"], plan["Query Text"], partial)
            scans.extend(scan for scan in found if scan.table in tables)

    with connection.cursor() as cursor:
        cursor.execute(_PARTIAL_INDEXES)
        partial = {name for (name,) in cursor.fetchall()}
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


def _scans(
    node: dict[str, Any], sql: str, partial: Collection[str], *, wanted: float = inf
) -> Iterator[Scan]:
    """Find reads of whole tables in a plan; ``wanted`` is how many rows something above takes.

    An index read without a condition, from end to end, is one too, unless it is ``partial`` and
    so about a few rows. Neither is where a read ends early, because the first rows are enough and
    one in twenty, or more, is one of them.
    """
    kind, table = node["Node Type"], node.get("Relation Name", "")
    by_index = kind.startswith(("Index", "Bitmap Heap"))
    whole = kind == "Seq Scan" or (by_index and not node.keys() & _CONDITIONS)
    whole = whole and node.get("Index Name") not in partial
    ends_early = wanted < inf and _is_soon_found(node, wanted)
    if table and whole and not ends_early:
        yield Scan(table, kind, _caller(), " ".join(sql.split()))
    if kind == "Limit":
        wanted = node["Plan Rows"]
    elif kind in _READ_EVERYTHING:
        wanted = inf
    for child in node.get("Plans", ()):
        yield from _scans(child, sql, partial, wanted=wanted)


def _is_soon_found(node: dict[str, Any], wanted: float) -> bool:
    """Whether the first rows wanted come soon; of a subquery the planner only guesses."""
    condition = node.get("Filter", "")
    return not condition or ("SubPlan" not in condition and node["Plan Rows"] >= 20 * wanted)


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
