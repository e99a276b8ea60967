"""Write tables as Markdown, with the caption that every table needs."""

from collections.abc import Iterable, Sequence


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells may hold Markdown of one line.

    >>> print(table("Colours", ["Name"], [["Red"]]))
    Table: Colours
    <BLANKLINE>
    | Name |
    |---|
    | Red |
    """
    escaped = ([cell.replace("|", "\\|") for cell in row] for row in (head, *rows))
    lines = [f"| {' | '.join(row)} |" for row in escaped]
    return "\n".join([f"Table: {caption}", "", lines[0], f"|{'---|' * len(head)}", *lines[1:]])


def code(text: str) -> str:
    """Return text as code."""
    return f"`{text}`"


def codes(texts: Iterable[str]) -> str:
    """Return texts as code, with commas."""
    return ", ".join(code(text) for text in texts)
