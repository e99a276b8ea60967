"""What the text of a cell means, read as the fields of pages read what is typed.

Each function returns the value or raises CellRefused with a sentence for people. ``called`` is what
the sentence calls the column. A cell with nothing in it is refused unless it is ``optional``; then
it gives None.
"""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from register_ects.rules.visible import has_visible, without_hidden
from register_ects.web.date_fields import DateField, DateOfBirthField, DateParts
from register_ects.web.fields import TRNField

_BEFORE_EXCELS_FIRST_DAY = date(1899, 12, 30)
#: A day as Excel counts them, from 1927 to 2173, where the cell is not formatted as a date.
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.0+)?")
_FROM_1900_TO_1904 = 1462
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?$")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +", re.IGNORECASE)
#: Eight figures can be read in one way alone: no month is the 19th or the 20th.
_YEAR_FIRST_IN_A_ROW = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-9]{2})")
_DAY_FIRST_IN_A_ROW = re.compile(r"([0-9]{2})([0-9]{2})((?:19|20)[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
_MONTH_IN_WORDS_FIRST = re.compile(
    r"([a-z]{3,9})\.?[ -]([0-9]{1,2})(?:st|nd|rd|th)?,?[ -]([0-9]{4})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2[0-9]|3[01])[/.-]([0-9]{4}|[0-9]{2})")
_EITHER_FIRST = re.compile(r"(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])\2([0-9]{4}|[0-9]{2})")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_WHOLE = re.compile(r"([0-9]+)\.0+")


class CellRefused(Exception):
    """A text that cannot be read: the code of the reason and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def trn(
    text: str, *, called: str = "teacher reference number", optional: bool = False
) -> str | None:
    """Return the seven digits of a teacher reference number, with zeros that Excel has dropped."""
    if _SCIENTIFIC.fullmatch(text):
        raise CellRefused(
            "scientific",
            f"{_capital(called)} is {text}: the spreadsheet has shortened the number. Format the "
            "column as text and type all 7 digits",
        )
    if _is_blank(text, called, optional=optional):
        return None
    found: str = _cleaned(TRNField, _without_decimals(text, called), called)
    return found


def day(text: str, *, called: str = "date", optional: bool = False) -> date | None:
    """Return a date: day first, year first, with the month in words, or a day as Excel counts."""
    return _date(DateField, text, called, optional=optional)


def date_of_birth(
    text: str, *, called: str = "date of birth", optional: bool = False
) -> date | None:
    """Return the date of birth of somebody who can be a teacher."""
    return _date(DateOfBirthField, text, called, optional=optional)


def as_counted_from_1900(text: str) -> str:
    """Return a number that counts days from 1904 as one from 1900, any other text as it is."""
    serial = _SERIAL.fullmatch(text)
    return str(int(serial[1]) + _FROM_1900_TO_1904) if serial else text


def has_month_first(text: str) -> bool:
    """Whether a date can only be read with the month first."""
    return _MONTH_FIRST.fullmatch(_bare_date(text)) is not None


def refuse_either_first(text: str, *, called: str = "date") -> None:
    """Refuse a date that is another one with the month first, where its column has such dates."""
    either = _EITHER_FIRST.fullmatch(_bare_date(text))
    if either and int(either[1]) != int(either[3]):
        raise CellRefused(
            "month_first",
            f"{_capital(called)} is {text}: other dates in this column have the month first, so "
            "this may be either of two days. Type the month in words, like 1 September 2026",
        )


def _bare_date(text: str) -> str:
    return _WEEKDAY.sub("", _MIDNIGHT.sub("", without_hidden(text).strip()))


def _date(field: type[DateField], text: str, called: str, *, optional: bool) -> date | None:
    if _is_blank(text, called, optional=optional):
        return None
    typed = _bare_date(text)
    if american := _MONTH_FIRST.fullmatch(typed):
        raise CellRefused(
            "month_first",
            f"{_capital(called)} is {text}: is the month first? Type the day first, like "
            f"{american[2]}/{american[1]}/{american[3]}",
        )
    try:
        found: date = _cleaned(field, DateParts(day=_day_first(typed)), called)
    except CellRefused as refused:
        if refused.code != "incomplete":
            raise
        example = field.example.replace(" ", "/")
        message = f"{_capital(called)} must be a date like {example}, not “{text}”"
        raise CellRefused("no_date", message) from None
    return found


def _day_first(typed: str) -> str:
    """Return a date in a way in which pages take it too."""
    if serial := _SERIAL.fullmatch(typed):
        return (_BEFORE_EXCELS_FIRST_DAY + timedelta(days=int(serial[1]))).isoformat()
    if year_first := _YEAR_FIRST.fullmatch(typed) or _YEAR_FIRST_IN_A_ROW.fullmatch(typed):
        return "-".join(year_first.groups())
    if day_first := _DAY_FIRST_IN_A_ROW.fullmatch(typed):
        return "/".join(day_first.groups())
    if month_first := _MONTH_IN_WORDS_FIRST.fullmatch(typed):
        return f"{month_first[2]} {month_first[1]} {month_first[3]}"
    return typed


def _without_decimals(text: str, called: str) -> str:
    whole = _WHOLE.fullmatch(text)
    if not whole and re.fullmatch(r"[0-9]+\.[0-9]+", text):
        raise CellRefused("decimals", f"{_capital(called)} must not have decimals")
    return whole[1] if whole else text


def _is_blank(text: str, called: str, *, optional: bool) -> bool:
    if has_visible(text):
        return False
    if not optional:
        raise CellRefused("missing", f"{_capital(called)} is missing")
    return True


def _cleaned(field: type[forms.Field], typed: Any, called: str) -> Any:
    try:
        return field(label=called).clean(typed)
    except ValidationError as refused:
        error = refused.error_list[0]
        message = str(error.message).replace("{Label}", _capital(called))
        raise CellRefused(error.code or "invalid", message.replace("{label}", called)) from None


def _capital(called: str) -> str:
    return called[:1].upper() + called[1:]
