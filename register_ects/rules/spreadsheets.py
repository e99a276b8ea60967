"""Texts that a spreadsheet would take for formulas, and how they are kept from it.

An apostrophe in front makes such a text harmless; it is taken away again when a file is read.
"""

import re

#: A formula may begin at the start of a cell, and where a spreadsheet may begin another one because
#: it divides cells at semicolons or tabs instead of commas; white space and a quotation mark may
#: stand before its sign, which may have full width.
_SIGN = r"[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]"
_BEGINNING = re.compile(rf"(?P<before>^|[;,\t\r\n])(?P<space>\s*)(?P<sign>(?={_SIGN}))?")
_MADE_HARMLESS = re.compile(rf"(?:^|(?<=[;,\t\r\n]))'(?=\s*{_SIGN}|[\t\r])")


def harmless(text: str) -> str:
    """Return a text as it may stand in a CSV file: it is never run as a formula."""
    return _BEGINNING.sub(_made_harmless, text)


def as_written(text: str) -> str:
    """Return the text that ``harmless`` made this of; any other as it is."""
    return _MADE_HARMLESS.sub("", text)


def _made_harmless(beginning: re.Match[str]) -> str:
    """Return a beginning with an apostrophe at each place where a formula might begin.

    White space is gone through once, however much of it there is.
    """
    begins, before, written = beginning["sign"] is not None, beginning["before"], ""
    for character in beginning["space"]:
        is_place = not written or before in "\t\r\n"
        if is_place and (begins or character in "\t\r"):
            written += "'"
        written += character
        before = character
    is_place = not written or before in "\t\r\n"
    return beginning["before"] + written + ("'" if begins and is_place else "")
