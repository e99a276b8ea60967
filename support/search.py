"""The people whom support finds by what is typed into one box (spec 07 §4.1)."""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from register_ects.models import Teacher
from register_ects.person_search import Condition, alike, fitting, of_organisations
from register_ects.rules.person_search import PersonSearch
from support.queries import ON_A_ROW

#: People of one search whose pages can be turned; with more words it finds those beyond.
MOST_FOUND = 10_000

_COLUMNS = ("id", *ON_A_ROW)
_BY_NAME = "trs_last_name, trs_first_name, id"


class How(Enum):
    """How people fit what was typed."""

    THEMSELVES = "by their own names, numbers, ids or addresses"
    ORGANISATION = "by the name of their school or appropriate body"
    ALIKE = "by names spelt much like it"


class Found(Sequence[Teacher]):
    """People who were found, by last name. A slice reads no more than it holds, in one query."""

    def __init__(self, condition: Condition, how: How = How.THEMSELVES) -> None:
        """Read nothing yet."""
        self._condition, self.how = condition, how

    def __len__(self) -> int:
        """Count them. One query."""
        return self.count_up_to(MOST_FOUND)

    def count_up_to(self, most: int) -> int:
        """Count them, no further than so many. One query."""
        inner = f"SELECT id FROM teacher WHERE {self._condition.sql} LIMIT %(most)s"  # noqa: S608
        statement = f"SELECT count(*) FROM ({inner}) AS found"  # noqa: S608 - our own words
        return int(self._condition.rows(statement, most=most)[0][0])

    def __getitem__(self, index: Any) -> Any:
        """Read a slice, or one row. Places count from the beginning."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        order = ", ".join(filter(None, [self._condition.best_first, _BY_NAME]))
        first = index.start or 0
        rows = self._condition.rows(
            f"SELECT {', '.join(_COLUMNS)} FROM teacher WHERE {self._condition.sql}"  # noqa: S608
            f" ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s",
            limit=index.stop - first,
            offset=first,
        )
        return [Teacher.from_db("default", _COLUMNS, row) for row in rows]


def ways_to_find(search: PersonSearch) -> Iterator[Found]:
    """Yield who fits what was typed, by names that they had before too.

    Next, for where nobody fits a name, people of a school or appropriate body of that name; at
    last those with names much like it. Two queries for each of these, when it is asked for.
    """
    yield Found(fitting(search, for_support=True))
    if search.is_of_names:
        yield Found(of_organisations(search), How.ORGANISATION)
        yield Found(alike(search), How.ALIKE)
