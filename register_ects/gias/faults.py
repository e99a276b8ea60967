"""What is wrong with a file or with rows of it, told so that people can mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

#: How many rows are named where there are more; the rest are counted.
LISTED = 20
#: Characters that are told of what is wrong with a row: it may quote a value of any length.
_LONGEST_REASON = 300


class FileRefused(Exception):
    """A file cannot be imported at all, and nothing of it was. The message says what to mend."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with a row: the line it starts on (the header is line 1) and what."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Faults:
    """Rows with something wrong: how many, and the first 20 of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[Fault] = []

    def __len__(self) -> int:
        return self.count

    def add(self, line: int, reason: str) -> None:
        """Count a row, and keep what is wrong with it if it is among the first."""
        self.count += 1
        if len(self.first) < LISTED:
            is_long = len(reason) > _LONGEST_REASON
            self.first.append(Fault(line, f"{reason[:_LONGEST_REASON]}…" if is_long else reason))

    def lines(self) -> Iterator[str]:
        """Yield the first of them, and then how many more there are."""
        yield from map(str, self.first)
        if self.count > LISTED:
            yield f"and {self.count - LISTED:,} more"
