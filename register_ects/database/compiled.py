"""Queries that are written and planned once, by Django and by PostgreSQL, for what is asked most.

To build a query set and write its SQL costs several times as much as to run it, and PostgreSQL
takes longer to plan it than to read a row or two by an index. Here both are done once (ADR 0015),
and the query set stays as readable as any other::

    @compiled
    def trainings_of(teacher: int) -> QuerySet[TrainingPeriod]:
        return TrainingPeriod.objects.confirmed().filter(teacher=teacher)

    for training in trainings_of(key): ...
    latest = trainings_of.first(key)

Each call runs the query and returns its rows. The function itself is called once in a process,
with a ``Parameter`` for each argument, which it may only hand on to lookups. So it looks at
nothing that changes, the clock above all: such values are arguments too. ``column__any=values``
does what ``column__in`` does, whatever their number.
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.transaction import TransactionManagementError
from psycopg.sql import Literal

P = ParamSpec("P")
Row = TypeVar("Row")
Instance = TypeVar("Instance", bound=Model)


class Parameter(Expression):
    """A value in a query that is known only when it runs."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave a place for the value."""
        return "%s", [self]


@ForeignObject.register_lookup
@Field.register_lookup
class HasAny(Lookup):
    """``column__any=values``: the column has one of the values, which are sent as one array."""

    lookup_name = "any"

    def get_prep_lookup(self) -> Any:
        """Return what can be sent as an array."""
        return self.rhs if hasattr(self.rhs, "resolve_expression") else list(self.rhs)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        """Return the array."""
        return "(%s)", [value]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compare the column with the elements of the array."""
        column, before = self.process_lhs(compiler, connection)
        values, after = self.process_rhs(compiler, connection)
        return f"{column} = ANY {values}", [*before, *after]


class Compiled(Generic[P, Row]):
    """A function that builds a query set, made into one that runs it and returns its rows.

    Raises TransactionManagementError when it locks rows outside of a transaction.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        """Build nothing yet."""
        functools.update_wrapper(self, build)
        self._build: Callable[..., QuerySet[Any, Row]] = build
        self._names = list(inspect.signature(build).parameters)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        """Return all rows. One query."""
        return self._statement.rows(self._values(args, kwargs))

    def first(self, *args: P.args, **kwargs: P.kwargs) -> Row | None:
        """Return the first row in the query set's own order, or None. One query."""
        return next(iter(self._statement.rows(self._values(args, kwargs), "LIMIT 1")), None)

    def build(self) -> QuerySet[Any, Row]:
        """Return the query set, with a ``Parameter`` for each argument."""
        return self._build(*map(Parameter, self._names))

    @cached_property
    def _statement(self) -> "_Statement":
        return _Statement(self.build())

    def _values(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        return {**dict(zip(self._names, args, strict=False)), **kwargs}


def compiled(build: Callable[P, QuerySet[Any, Row]]) -> Compiled[P, Row]:
    """Decorate a function that builds a query set: see Compiled."""
    return Compiled(build)


def prepared_cursor() -> Any:
    """Return a cursor whose statements PostgreSQL plans once for each connection.

    A statement is the same text every time, and one alone: its values are sent beside it. While
    Django logs queries (in tests) they are written into it: of others it cannot tell the text.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor: Any = ServerBindingCursor
        return connection._prepare_cursor(cursor(connection.connection))


def instances(model: type[Instance], statement: str, values: Any) -> list[Instance]:
    """Return the rows that a statement in plain SQL reads with ``columns``, as instances."""
    names = [field.attname for field in model._meta.concrete_fields]
    with prepared_cursor() as cursor:
        cursor.execute(statement, values)
        return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in cursor.fetchall()]


def columns(model: type[Model]) -> str:
    """Return all columns of a model for such a statement: named, since ``*`` may change."""
    return ", ".join(
        f"{model._meta.db_table}.{each.column}" for each in model._meta.concrete_fields
    )


class _Statement:
    """A query set whose SQL is written."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self._parameters = _with_literals(*self.compiler.as_sql())
        self.model = queryset.model
        self._is_locking = queryset.query.select_for_update
        self._iterable: Any = queryset._iterable_class
        self.columns = self.compiler.col_count
        shown = [expression for expression, *_ in self.compiler.select[: self.columns]]
        self.converters = self.compiler.get_converters(shown)

    def rows(self, values: dict[str, Any], rest: str = "") -> list[Any]:
        """Run it with these values. ``rest`` follows it."""
        if self._is_locking and connections[DEFAULT_DB_ALIAS].get_autocommit():
            raise TransactionManagementError("Rows are locked in a transaction only")
        parameters = [sent(values[each.name]) for each in self._parameters]
        return list(self._iterable(_Run(self, f"{self.sql} {rest}", parameters)))


def _with_literals(sql: str, parameters: Iterable[Any]) -> tuple[str, list[Parameter]]:
    """Write into a statement what is the same every time, and keep places for what is not.

    PostgreSQL plans without knowing what will be sent, so it finds a partial index by what stands
    in the statement alone.
    """
    first, *rest = sql.split("%s")
    parts, kept = [first], []
    for value, text in zip(parameters, rest, strict=True):
        if isinstance(value, Parameter):
            kept.append(value)
            parts.append("%s")
        else:
            parts.append(Literal(sent(value)).as_string().replace("%", "%%"))
        parts.append(text)
    return "".join(parts), kept


class _Run:
    """What Django's iterables, which make rows into instances or tuples, ask of a query set.

    It is its query and its compiler as well.
    """

    db = DEFAULT_DB_ALIAS

    def __init__(self, statement: _Statement, sql: str, parameters: list[Any]) -> None:
        self._statement, self._sql, self._parameters = statement, sql, parameters
        self.query, self.model = self, statement.model
        self.select = statement.compiler.select
        self.klass_info = statement.compiler.klass_info
        self.annotation_col_map = statement.compiler.annotation_col_map
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, *_args: Any, **_options: Any) -> "_Run":
        """Return what runs the query."""
        return self

    def execute_sql(self, **_options: Any) -> list[Any]:
        """Return the rows as the database sends them."""
        with prepared_cursor() as cursor:
            cursor.execute(self._sql, self._parameters)
            rows: list[Any] = cursor.fetchall()
        return rows

    def results_iter(
        self, results: list[Any] | None = None, *, tuple_expected: bool = False, **_options: Any
    ) -> Iterable[Any]:
        """Return the rows with the values that Python has for them."""
        rows: Iterable[Any] = self.execute_sql() if results is None else results
        count = self._statement.columns
        rows = (row[:count] for row in rows)
        if self._statement.converters:
            rows = self._statement.compiler.apply_converters(rows, self._statement.converters)
            rows = map(tuple, rows) if tuple_expected else rows
        return rows


def sent(value: Any) -> Any:
    """Return a value as psycopg can send it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, set | frozenset) else value
