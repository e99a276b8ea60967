"""Teacher reference numbers, National Insurance numbers, public ids and ages as people type them.

Source: spec 05 §6.1, spec 02 §2.1.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from register_ects.rules.visible import without_hidden

YOUNGEST, OLDEST = 18, 100

_NI_NUMBER = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.A
)
#: A TRN in a text: runs of digits that a space or a sign may part, and nothing else.
_DIGITS_IN_A_ROW = re.compile(r"[0-9]+(?:[^\S\t\n\v\f\r]?[/.\u2013-]?[^\S\t\n\v\f\r]?[0-9]+)*")
#: The same with digits that are not ours, once each is written as this mark.
_MARK = "\ufffd"
_MIXED_ROW = re.compile(_DIGITS_IN_A_ROW.pattern.replace("0-9", f"0-9{_MARK}"))
#: The same with the words that people write before a TRN.
_LED_TO = re.compile(
    rf"(?:\b(?:TRNs?|RP)[^\S\n]?:?[^\S\n]?)?(?P<digits>{_DIGITS_IN_A_ROW.pattern})", re.I
)
_RUN = re.compile(r"[0-9]+")
_SHORTEST_PART, _SHORTEST_TRN, _WHOLE_TRN = 4, 5, 7
_UUID_IN_TEXT = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.A | re.I)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def uuid_text(typed: str | None) -> str | None:
    """Return a public id in lower case; None for what is not a UUID with hyphens (spec 00)."""
    text = (typed or "").lower()
    return text if _UUID.fullmatch(text) else None


def has_foreign_digits(text: str) -> bool:
    """Whether a text has digits or other numerals that are not 0 to 9 (spec 00: ASCII only)."""
    return not text.isascii() and any(map(_is_foreign_digit, text))


def without_foreign_numbers(text: str) -> str:
    """Return a text with a comma instead of each number that has digits other than 0 to 9.

    Left in part, such a number would be another one.
    """
    if not has_foreign_digits(text):
        return text
    marked = "".join(_MARK if _is_foreign_digit(char) else char for char in text)
    return _MIXED_ROW.sub(lambda row: "," if _MARK in row[0] else row[0], marked)


def _is_foreign_digit(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char).startswith("N")


def normalised_trn(typed: str) -> str:
    """Return the seven digits of a TRN: other characters dropped, zeros added in front.

    ``RP99/12345`` gives ``9912345`` and ``12345`` gives ``0012345``. Raises ValueError with the
    code ``missing``, ``too_short``, ``too_long`` or, with digits other than 0 to 9, ``invalid``.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    if not typed.strip():
        raise ValueError("missing")
    if len(digits) < 5:
        raise ValueError("too_short")
    if len(digits) > 7:
        raise ValueError("too_long")
    if has_foreign_digits(typed):
        raise ValueError("invalid")
    return digits.zfill(7)


def uuids_in(text: str) -> list[UUID]:
    """Return the public ids in what was typed to search for people, in order."""
    return [UUID(found) for found in _UUID_IN_TEXT.findall(text)]


def trns_in(text: str) -> frozenset[str]:
    """Return the TRNs in what was typed to search for people; none in a name or a public id.

    Each may be written as TRN fields take it (``RP30/00103``, ``30 00103``, ``3000103``), and
    stand beside others, with spaces, commas, semicolons, lines or words between them. Zeros in
    front may be left out beside a TRN of seven digits; alone, fewer are part of one.
    """
    numbers = _numbers_in(text)
    if not any(len(number) == _WHOLE_TRN for number in numbers):
        return frozenset()
    return frozenset(
        number.zfill(_WHOLE_TRN) for number in numbers if _SHORTEST_TRN <= len(number) <= _WHOLE_TRN
    )


def parts_of_trns_in(text: str) -> frozenset[str]:
    """Return the numbers of four to six digits, written as in ``trns_in`` (spec 06 §6.5)."""
    return frozenset(filter(_is_part, _numbers_in(text)))


def without_parts_of_trns(text: str) -> str:
    """Return a text with a comma instead of each number that is part of a TRN, and what led to it.

    That is "RP" or "TRN" before it. Numbers of another length stay.
    """
    return _LED_TO.sub(_without_parts, without_foreign_numbers(without_hidden(text)))


def _without_parts(row: re.Match[str]) -> str:
    numbers = [*_numbers(_RUN.findall(row["digits"]))]
    others = [number for number in numbers if not _is_part(number)]
    return f",{' '.join(others)}," if len(others) < len(numbers) else row[0]


def _is_part(number: str) -> bool:
    return _SHORTEST_PART <= len(number) < _WHOLE_TRN


def _numbers_in(text: str) -> list[str]:
    text = _UUID_IN_TEXT.sub(",", without_foreign_numbers(without_hidden(text)))
    rows = _DIGITS_IN_A_ROW.findall(text)
    return [number for row in rows for number in _numbers(_RUN.findall(row))]


def _numbers(runs: Iterable[str]) -> Iterator[str]:
    """Join runs of digits in a row to numbers of seven, as far as they come to that exactly."""
    number = ""
    for run in runs:
        if len(number + run) > _WHOLE_TRN:
            yield number
            number = ""
        number += run
        if len(number) >= _WHOLE_TRN:
            yield number
            number = ""
    yield number


def normalised_ni_number(typed: str) -> str:
    """Return a National Insurance number in capitals without spaces.

    Raises ValueError with the code ``missing`` or ``invalid``.
    """
    tidied = re.sub(r"\s", "", typed)
    if not tidied:
        raise ValueError("missing")
    if not tidied.isascii():  # some letters become others in capitals
        raise ValueError("invalid")
    tidied = tidied.upper()
    if not _NI_NUMBER.fullmatch(tidied):
        raise ValueError("invalid")
    return tidied


def age_on(day: date, *, born_on: date) -> int:
    """Return a person's age in whole years; someone born on 29 February ages on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)
