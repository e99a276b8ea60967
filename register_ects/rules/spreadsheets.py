"""Texts that a spreadsheet would take for formulas, and how they are kept from it.

An apostrophe in front makes such a text harmless; it is taken away again when a file is read.
"""

import re

#: Where a spreadsheet may begin a formula, in full width too: at the start of a cell, and where it
#: may begin another one, because it divides cells at semicolons or tabs instead of commas.
_BEGINS_A_FORMULA = re.compile(
    r"(?:^|(?<=[;,\t\r\n]))(?=\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])"
)
_MADE_HARMLESS = re.compile(
    r"(?:^|(?<=[;,\t\r\n]))'(?=\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])"
)


def harmless(text: str) -> str:
    """Return a text as it may stand in a CSV file: it is never run as a formula."""
    return _BEGINS_A_FORMULA.sub("'", text)


def as_written(text: str) -> str:
    """Return the text that ``harmless`` made this of; any other as it is."""
    return _MADE_HARMLESS.sub("", text)
