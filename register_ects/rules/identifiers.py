"""Teacher reference numbers, National Insurance numbers, public ids and ages as people type them.

Source: spec 05 §6.1, spec 02 §2.1.
"""

import re
from datetime import date

YOUNGEST, OLDEST = 18, 100

_NI_NUMBER = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.A
)
_SEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
#: Perhaps a prefix, then five to seven digits that a space or a sign may part.
_WRITTEN_TRN = re.compile(r"(?:[A-Za-z]{1,4}[\s:.]*)?([0-9](?:[\s/.\u2013-]{0,3}[0-9]){4,6})")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def uuid_text(typed: str | None) -> str | None:
    """Return a public id in lower case; None for what is not a UUID with hyphens (spec 00)."""
    text = (typed or "").lower()
    return text if _UUID.fullmatch(text) else None


def normalised_trn(typed: str) -> str:
    """Return the seven digits of a TRN: other characters dropped, zeros added in front.

    ``RP99/12345`` gives ``9912345`` and ``12345`` gives ``0012345``. Raises ValueError with the
    code ``missing``, ``too_short`` or ``too_long``.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    if not typed.strip():
        raise ValueError("missing")
    if len(digits) < 5:
        raise ValueError("too_short")
    if len(digits) > 7:
        raise ValueError("too_long")
    return digits.zfill(7)


def trns_in(text: str, *, padded: bool = True) -> frozenset[str]:
    """Return the TRNs in what was typed to search for people; none in a name.

    Runs of seven digits count wherever they stand. Without any, a TRN may be written as TRN fields
    take it, ``RP30/00103`` or ``30 00103``: alone, or a word of its own with seven digits in it.
    Alone it may also have five or six, with zeros in front left out, unless ``padded`` is off.
    """
    if runs := _SEVEN_DIGITS.findall(text):
        return frozenset(runs)
    alone = _WRITTEN_TRN.fullmatch(text.strip())
    words = [alone] if alone else map(_WRITTEN_TRN.fullmatch, re.split(r"[\s,;]+", text))
    digits = [re.sub(r"[^0-9]", "", word[1]) for word in words if word]
    shortest = 5 if padded and alone else 7
    return frozenset(each.zfill(7) for each in digits if len(each) >= shortest)


def normalised_ni_number(typed: str) -> str:
    """Return a National Insurance number in capitals without spaces.

    Raises ValueError with the code ``missing`` or ``invalid``.
    """
    tidied = re.sub(r"\s", "", typed).upper()
    if not tidied:
        raise ValueError("missing")
    if not _NI_NUMBER.fullmatch(tidied):
        raise ValueError("invalid")
    return tidied


def age_on(day: date, *, born_on: date) -> int:
    """Return a person's age in whole years; someone born on 29 February ages on 1 March."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)
