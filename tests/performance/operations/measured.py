"""What it takes to time an operation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class MeasuredOperation:
    """One line of the benchmark: ``call`` runs ``function`` on what ``subjects`` yields.

    ``subjects`` yields candidates, the likeliest first; those that a rule refuses are passed over.
    ``rows`` says how many rows a call is about, where the cost of one is what compares.
    ``prepare`` is done before, in the same transaction, and not timed.
    """

    name: str
    function: Callable[..., Any]
    subjects: Callable[[], Iterator[Any]]
    call: Callable[[Any], Any]
    rows: Callable[[Any], int] = lambda subject: 1
    prepare: Callable[[Any], Any] = lambda subject: None
