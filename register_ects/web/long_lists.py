"""Turn the pages of a list that is too long to count or to skip through.

An address says after which row its page begins, or before which it ends, so that the last page
is found in an index as fast as the first. There are no page numbers and no total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.http import HttpRequest

from register_ects.web.pagination import ROWS_PER_PAGE

Row = TypeVar("Row")

#: Where the last page ends.
END = "end"


@dataclass(frozen=True)
class Piece(Generic[Row]):
    """Some rows of a long list.

    ``options`` is what ``govukPagination`` takes; None when this is all. ``first`` and ``last``
    are the addresses of its ends; None where this is one.
    """

    rows: list[Row]
    options: dict[str, Any] | None
    first: str | None
    last: str | None


def piece_of(
    request: HttpRequest,
    rows: "QuerySet[Any, Any]",
    *,
    newest_by: Sequence[str],
    per_page: int = ROWS_PER_PAGE,
    label: str = "Pages",
) -> Piece[Any]:
    """Take the page that the address asks for: ``after`` a row, or ``before`` one or the end.

    ``rows`` are model objects with an ``api_id``, by which addresses name them. ``newest_by``
    names the columns of a total order with an index, all descending. The first page where no
    such row is named, or fewer come before it than fill one. Three queries at most.
    """
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found, has_earlier, has_later = None, False, False
    if before:
        found = _upwards(rows, newest_by, before, per_page)
        has_earlier, has_later = True, before != END
    if found is None:
        place = _place(rows, newest_by, after)
        wanted = rows.filter(LessThan(_columns(newest_by), place)) if place else rows
        newest_first = [f"-{name}" for name in newest_by]
        found = list(wanted.order_by(*newest_first)[: per_page + 1])
        has_earlier, has_later = place is not None, len(found) > per_page
        found = found[:per_page]
    options: dict[str, Any] = {"landmarkLabel": label}
    if has_earlier and found:
        options["previous"] = {"href": _address(request, before=found[0].api_id)}
    if has_later and found:
        options["next"] = {"href": _address(request, after=found[-1].api_id)}
    return Piece(
        rows=found,
        options=options if has_earlier or has_later else None,
        first=_address(request) if has_earlier else None,
        last=_address(request, before=END) if has_later else None,
    )


def _upwards(
    rows: "QuerySet[Any, Any]", newest_by: Sequence[str], before: str, per_page: int
) -> list[Any] | None:
    """Return the page that ends before a row; None when it is the first one, or there is none."""
    place = None if before == END else _place(rows, newest_by, before)
    if place is None and before != END:
        return None
    wanted = rows.filter(GreaterThan(_columns(newest_by), place)) if place else rows
    found = list(wanted.order_by(*newest_by)[: per_page + 1])
    return found[:per_page][::-1] if len(found) > per_page else None


def _place(rows: "QuerySet[Any, Any]", newest_by: Sequence[str], api_id: str) -> Func | None:
    """Return where a row stands in the order; None when there is none with this id."""
    try:
        named = rows.model._default_manager.filter(api_id=UUID(api_id))
    except ValueError:
        return None
    values = named.values_list(*newest_by).first()
    return _row(*(Value(value) for value in values)) if values else None


def _columns(newest_by: Sequence[str]) -> Func:
    return _row(*(F(name) for name in newest_by))


def _row(*parts: Any) -> Func:
    """Return parts that compare one after the other, as the index has them."""
    return Func(*parts, function="ROW", output_field=TextField())


def _address(request: HttpRequest, **where: object) -> str:
    query = request.GET.copy()
    for name in ("page", "after", "before"):
        query.pop(name, None)
    for name, value in where.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"
