"""Queries that are built and turned into SQL once in a process, not every time they are run.

For a query that finds a few rows by an index, Django takes several times as long to write it as
PostgreSQL to answer it. What is asked most often is prepared::

    _OPEN = Prepared(lambda: Period.objects.filter(teacher=Given("teacher"), finished_on=None))
    periods = _OPEN.objects(teacher=teacher.pk)

Only the SQL is kept, never a row.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, ForeignKey, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators

Found = TypeVar("Found", bound=Model)


class Given(Expression):
    """Stands in a prepared query for a value that is known when it is run, by its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return a place for the value."""
        return "%s", [self]


@ForeignKey.register_lookup
@Field.register_lookup
class OneOf(Lookup):  # type: ignore[type-arg,unused-ignore]
    """``column__one_of=Given("values")``: what ``in`` is for values of any number."""

    lookup_name = "one_of"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return the comparison with an array."""
        column, of_column = self.process_lhs(compiler, connection)
        array, of_array = compiler.compile(self.rhs)
        return f"{column} = ANY({array})", [*of_column, *of_array]


class _Compiled(NamedTuple):
    """SQL with its values in order, some of them Given, and how rows become what is returned."""

    sql: str
    values: tuple[Any, ...]
    converters: Any
    compiler: Any


class Prepared(Generic[Found]):
    """A query whose Given values are told when it is run. ``build`` is called once."""

    def __init__(
        self,
        build: Callable[[], QuerySet[Found, Any]],
        *,
        row: Callable[[Any], Any] | None = None,
    ) -> None:
        """Build nothing yet. ``row`` makes of a tuple what ``rows`` returns."""
        self._build, self._row = build, row

    def rows(self, *, limit: int | None = None, offset: int = 0, **given: Any) -> list[Any]:
        """Return tuples, as ``values_list`` does, or what ``row`` makes of them. One query."""
        compiled = self._compiled
        values = [given[each.name] if isinstance(each, Given) else each for each in compiled.values]
        sql = compiled.sql
        if limit is not None:
            sql += " LIMIT %s OFFSET %s"
            values += [limit, offset]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[Any] = cursor.fetchall()
        if compiled.converters:
            rows = list(map(tuple, compiled.compiler.apply_converters(rows, compiled.converters)))
        return rows if self._row is None else list(map(self._row, rows))

    def slices(self, **given: Any) -> "PreparedList":
        """Return all rows, of which only slices are read."""
        return PreparedList(self, given)

    def count(self, at_most: int | None = None, **given: Any) -> int:
        """Count the rows, no further than ``at_most``. One query."""
        ((count,),) = self._counting.rows(at_most=at_most, **given)
        return int(count)

    def objects(self, *, limit: int | None = None, offset: int = 0, **given: Any) -> list[Found]:
        """Return model objects, with what ``select_related`` brought. One query."""
        rows = self.rows(limit=limit, offset=offset, **given)
        return list(self._as_objects(rows))

    def first(self, **given: Any) -> Found | None:
        """Return the first object; None when there is none. One query."""
        return next(iter(self.objects(limit=1, **given)), None)

    @cached_property
    def _counting(self) -> "Prepared[Any]":
        return _Counting(lambda: self._build().order_by().values_list("pk"))

    def _as_objects(self, rows: list[Any]) -> Iterator[Found]:
        model, columns, names, populators = self._shape
        for row in rows:
            found = model.from_db(DEFAULT_DB_ALIAS, names, row[columns])
            for populator in populators:
                populator.populate(row, found)
            yield found

    @cached_property
    def _compiled(self) -> _Compiled:
        compiler = self._build().query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        selected = [expression for expression, _, _ in compiler.select]
        return _Compiled(sql, tuple(values), compiler.get_converters(selected), compiler)

    @cached_property
    def _shape(self) -> tuple[type[Found], slice, list[str], list[Any]]:
        """Return the model, which columns are its own and their names, and what is related."""
        compiler = self._compiled.compiler
        shape = compiler.klass_info
        columns = slice(shape["select_fields"][0], shape["select_fields"][-1] + 1)
        names = [expression.target.attname for expression, _, _ in compiler.select[columns]]
        populators = get_related_populators(shape, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
        return shape["model"], columns, names, populators


class _Counting(Prepared[Any]):
    """Counts what the query finds, no further than the Given ``at_most``, if that is a number."""

    @cached_property
    def _compiled(self) -> _Compiled:
        sql, values, _, compiler = super()._compiled
        counted = f"SELECT count(*) FROM ({sql} LIMIT %s) AS found"  # noqa: S608 - our own words
        return _Compiled(counted, (*values, Given("at_most")), {}, compiler)


class PreparedList(Sequence[Any]):
    """The rows of a prepared query. A slice reads no more than it holds."""

    def __init__(self, prepared: Prepared[Any], given: dict[str, Any]) -> None:
        self._prepared, self._given = prepared, given

    def __len__(self) -> int:
        """Count them. One query."""
        return self.count_up_to(None)

    def count_up_to(self, most: int | None) -> int:
        """Count them, no further than so many. One query."""
        return self._prepared.count(most, **self._given)

    def __getitem__(self, index: Any) -> Any:
        """Read a slice, in one query. Places count from the beginning."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        first = index.start or 0
        last = len(self) if index.stop is None else index.stop
        if first >= last:
            return []
        return self._prepared.rows(limit=last - first, offset=first, **self._given)
