"""The columns that a file may have, and which of its headings means which.

A heading is recognised in any case, with anything that is no letter or figure left out: "E-mail
address*" is ``emailaddress``.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from register_ects.rules.visible import without_hidden


@dataclass(frozen=True)
class Column:
    """A column that is asked for.

    ``heading`` stands in the template; ``aliases`` are other names that people give it. A file
    must have the headings that are ``required``. ``allowed`` are the values of a choice, ``hint``
    and ``example`` what the template says of it. ``is_day``: a number in it counts days.
    """

    key: str
    heading: str
    required: bool = True
    aliases: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    hint: str = ""
    example: str = ""
    is_day: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """Return all names by which its heading is recognised, as ``plain`` writes them."""
        return frozenset(plain(name) for name in (self.key, self.heading, *self.aliases))


#: Columns that a file may have.
MOST_COLUMNS = 200
#: What a file of results has besides, which can be corrected and uploaded again.
RESULT_HEADINGS = ("Line", "Problem")
#: Headings that are never read, unless somebody asks for a column of that name.
_LEFT_OUT = frozenset({"line", "problem", "problems", "errormessage"})


def plain(heading: str) -> str:
    """Return a heading with its letters and figures only, in small letters."""
    shown = unicodedata.normalize("NFKC", without_hidden(heading)).casefold()
    return "".join(char for char in shown if char.isalnum())


def column_of(heading: str, columns: Iterable[Column]) -> Column | None:
    """Return the column that a heading means."""
    name = plain(heading)
    return next((column for column in columns if name and name in column.names), None)


def is_left_out(heading: str) -> bool:
    """Whether a column is one of those that files of results have besides."""
    return plain(heading) in _LEFT_OUT


def recognised(headings: Sequence[str], columns: Sequence[Column]) -> int:
    """Return how many of the columns are among the headings, as far as a file may have them."""
    found = (column_of(heading, columns) for heading in headings[:MOST_COLUMNS])
    return len({column.key for column in found if column})


def letter(position: int) -> str:
    """Return the spreadsheet's letter of a column, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
