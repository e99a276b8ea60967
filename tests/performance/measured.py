"""What a page is that is timed, and what its speed is compared with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from register_ects.operations.batches.collecting import MOST_ROWS

STATIC_PAGE = "/cookies"
#: How many times its cost on 100 ECTs anything may cost on the whole population.
MOST_TIMES_SMALL = 1.5
#: How many times the static page a search may take that goes on, since nobody fits: it asks for
#: schools, bodies and candidates too, one after the other.
MOST_TIMES_STATIC_WHEN_ALIKE = 10
#: How many times the static page a list may take for which every ECT of a body is looked at.
MOST_TIMES_STATIC_WHEN_WORKED_OUT = 40
#: How many times the static page a page at a school of 300 people may take.
MOST_TIMES_STATIC = 4
#: How many ECTs the school has that is looked at.
ECTS_OF_SCHOOL = 4
#: How many ECTs a list has that is looked at: as many as one may.
ECTS_OF_LIST = MOST_ROWS
#: How many lines a body's file has that is looked at.
LINES_OF_FILE = 1000


@dataclass(frozen=True)
class Measured:
    """A page to time. ``times_static`` is its limit against a static page, if it has one."""

    name: str
    view: str
    who: Callable[[], Any]
    path: Callable[[], str]
    times_static: float | None = None
    tutor_due: bool = False


def at(view: str, *arguments: Any, query: str = "") -> str:
    return reverse(view, args=arguments) + query
