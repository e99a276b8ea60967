"""Show a long list a page at a time, with addresses that keep the filters.

Source: spec 04 §8 and 07 §3 (20 rows a page unless a list says otherwise).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

Row = TypeVar("Row")

ROWS_PER_PAGE = 20
#: Beyond any page of any list; keeps what is asked within the database's integers.
_LAST_NUMBER = 10_000_000


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. ``first`` and ``last`` are its rows' places in the whole, from 1.

    ``options`` is what ``govukPagination`` takes; None when everything fits on one page.
    ``has_more``: there are more than ``total``, which no page shows.
    """

    rows: list[Row]
    number: int
    pages: int
    total: int
    first: int
    last: int
    options: dict[str, Any] | None
    has_more: bool = False


def paginate(
    request: HttpRequest,
    rows: "QuerySet[Any, Row] | Sequence[Row]",
    *,
    per_page: int = ROWS_PER_PAGE,
    parameter: str = "page",
    fragment: str = "",
    label: str = "Pages",
    empty_past_end: bool = False,
    at_most: int | None = None,
) -> Page[Row]:
    """Take the page that the address asks for: the nearest one when there is no such page.

    ``empty_past_end`` shows a page after the last as an empty one instead (spec 05 §5.1).
    ``rows`` must be in a total order. Two queries.
    ``at_most`` rows are counted and shown, however many there are: to count a table that grows
    is to read it from end to end; ``rows`` with a method ``count_up_to`` do that themselves. They
    are not counted when all fit on one page. ``fragment`` is the id of the list, when it is far
    down its page; ``label`` names this pagination for screen readers.
    """
    has_more, total = False, None
    beginning: list[Row] | None = None
    if at_most is not None:
        if parameter not in request.GET:
            beginning = list(rows[: per_page + 1])
        if beginning is not None and len(beginning) <= per_page:
            total = len(beginning)
        else:
            total = _count(rows, at_most + 1)
            has_more, total = total > at_most, min(total, at_most)
    paginator = Paginator(rows if beginning is None else beginning, per_page)
    if total is not None:
        paginator.count = total  # else it would ask the database
    asked = _whole_number(request.GET.get(parameter))
    if empty_past_end and asked is not None and asked > paginator.num_pages:
        return Page([], asked, paginator.num_pages, paginator.count, 0, 0, None)
    page = paginator.get_page(asked)

    def address(number: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}{f'#{fragment}' if fragment else ''}"

    return Page(
        rows=list(page.object_list),
        number=page.number,
        pages=paginator.num_pages,
        total=paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        options=_options(page, address, label) if paginator.num_pages > 1 else None,
        has_more=has_more,
    )


def slice_asked(
    request: HttpRequest, *, per_page: int = ROWS_PER_PAGE, parameter: str = "page"
) -> slice:
    """Return the rows of the page that the address asks for, whether or not there are any."""
    number = min(max(_whole_number(request.GET.get(parameter)) or 1, 1), _LAST_NUMBER)
    return slice((number - 1) * per_page, number * per_page)


def _count(rows: "QuerySet[Any, Any] | Sequence[Any]", most: int) -> int:
    count_up_to = getattr(rows, "count_up_to", None)
    if count_up_to is not None:
        return int(count_up_to(most))
    first = rows[:most]
    return first.count() if isinstance(first, QuerySet) else len(first)


def _whole_number(text: str | None) -> int | None:
    typed = (text or "").strip()
    return int(typed) if re.fullmatch(r"-?[0-9]{1,100}", typed) else None


def _options(page: Any, address: Any, label: str) -> dict[str, Any]:
    items = [
        {"ellipsis": True}
        if number == Paginator.ELLIPSIS
        else {"number": number, "href": address(number), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    options: dict[str, Any] = {"landmarkLabel": label, "items": items}
    if page.has_previous():
        options["previous"] = {"href": address(page.previous_page_number())}
    if page.has_next():
        options["next"] = {"href": address(page.next_page_number())}
    return options
