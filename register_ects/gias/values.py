"""What the register's text means: dates, numbers, statuses. Raises ValueError with a reason.

A value that can be read and yet is hard to believe is told by the field's ``oddity``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from register_ects.rules.emails import problem_with
from register_ects.rules.enumerations import GIASSchoolStatus
from register_ects.rules.visible import has_visible

_STATUSES = {
    "open": GIASSchoolStatus.OPEN,
    "closed": GIASSchoolStatus.CLOSED,
    "open, but proposed to close": GIASSchoolStatus.PROPOSED_TO_CLOSE,
    "proposed to open": GIASSchoolStatus.PROPOSED_TO_OPEN,
}

_LARGEST_URN = 9_999_999
_LARGEST_INTEGER = 2_147_483_647

#: dd-mm-yyyy as in the register, dd/mm/yyyy as spreadsheets save it, or ISO; midnight may follow.
_DAY = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?P<part>[-/])(?P<month>[0-9]{1,2})(?P=part)(?P<year>[0-9]{4})"
    r"|(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2}))"
    r"(?:[T ]00:00(?::00)?)?"
)
#: Schools are old; the register, and what it says of closings and links, is not.
_FIRST_OPENING_BELIEVED, _FIRST_YEAR_BELIEVED = 1500, 1900
_YEARS_AHEAD_BELIEVED = 10
#: Characters, about twice what the longest of each kind has in the registers of recent years.
_LONGEST_NAME, _LONGEST_PLACE, _LONGEST_POSTCODE = 200, 150, 20
_WEB_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z0-9-]{2,63}\.?(?::[0-9]{1,5})?"
    r"(?:[/?#]\S{0,2000})?",
    re.IGNORECASE,
)


class MonthBeforeDay(ValueError):
    """A date that is one in the calendar with its month before its day, as in the United States."""


@dataclass(frozen=True)
class Field:
    """One column of ours: its name, the register's column, its SQL type, how to read it.

    ``oddity`` says what is hard to believe of a value today, if anything. Such a value is warned
    of; with ``left_out_when_odd`` the establishment is imported without it.
    """

    name: str
    source: str
    sql_type: str
    read: Callable[[str], Any]
    oddity: Callable[[Any, date], str | None] | None = None
    left_out_when_odd: bool = False


def text(value: str) -> str | None:
    """Return text without outer or repeated white space (no-break spaces too); None if blank.

    Text of which nothing can be seen is blank.
    """
    found = " ".join(value.split())
    if found.isascii() and found.isprintable():
        return found or None
    return found if has_visible(found) else None


def required_text(value: str) -> str:
    """Return text that must not be blank."""
    found = text(value)
    if found is None:
        raise ValueError("blank")
    return found


def urn(value: str) -> int:
    """Return an establishment's or link's URN: up to seven digits, not zero."""
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) <= _LARGEST_URN):
        raise ValueError(f"{value!r} is not a URN")
    return int(digits)


@lru_cache(maxsize=4096)
def whole_number(value: str) -> int | None:
    """Return a whole number from 0; None if blank."""
    digits = value.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and int(digits) <= _LARGEST_INTEGER):
        raise ValueError(f"{value!r} is not a whole number")
    return int(digits)


@lru_cache(maxsize=16384)
def day(value: str) -> date | None:
    """Return a date written dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd; None if blank.

    Raises MonthBeforeDay for 11/14/2023.
    """
    stripped = value.strip()
    if not stripped:
        return None
    parts = _DAY.fullmatch(stripped)
    if not parts:
        raise ValueError(f"{value!r} is not a date (dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd)")
    numbers = parts["year"], parts["month"], parts["day"]
    if parts["iso_year"]:
        numbers = parts["iso_year"], parts["iso_month"], parts["iso_day"]
    try:
        return date(*map(int, numbers))
    except ValueError:
        wrong = f"{value!r} is not a date in the calendar"
        if parts["day"] and _is_date(parts["year"], parts["day"], parts["month"]):
            raise MonthBeforeDay(wrong) from None
        raise ValueError(wrong) from None


def _is_date(year: str, month: str, day_of_month: str) -> bool:
    try:
        date(int(year), int(month), int(day_of_month))
    except ValueError:
        return False
    return True


def opening_hard_to_believe(value: date, today: date) -> str | None:
    """Say of an opening before 1500, or more than 10 years from today, that it cannot be right."""
    return _hard_to_believe(value, _FIRST_OPENING_BELIEVED, today)


def hard_to_believe(value: date, today: date) -> str | None:
    """Say of a date before 1900, or more than 10 years from today, that it cannot be right."""
    return _hard_to_believe(value, _FIRST_YEAR_BELIEVED, today)


def _hard_to_believe(value: date, first_year: int, today: date) -> str | None:
    if first_year <= value.year <= today.year + _YEARS_AHEAD_BELIEVED:
        return None
    return f"{value:%d-%m-}{value.year:04} is hard to believe"


def no_web_address(value: str, today: date) -> str | None:
    """Say so of text that is no address of a page on the web."""
    return None if _WEB_ADDRESS.fullmatch(value) else f"{value!r} is no web address"


def no_email_address(value: str, today: date) -> str | None:
    """Say so of text that is no email address."""
    return f"{value!r} is no email address" if problem_with(value) else None


@lru_cache(maxsize=64)
def status(value: str) -> str:
    """Return our status for the register's words."""
    try:
        return _STATUSES[" ".join(value.lower().split())].value
    except KeyError:
        raise ValueError(f"{value!r} is not a known status") from None


@lru_cache(maxsize=64)
def approved(value: str) -> bool:
    """Whether section 41 approval is given."""
    return value.strip().lower() == "approved"


@lru_cache(maxsize=4096)
def common_text(value: str) -> str | None:
    """Return text as ``text`` does, for columns with few different values."""
    return text(value)


@lru_cache(maxsize=64)
def phase(value: str) -> str:
    """Return the phase of education, by default "Not applicable"."""
    return text(value) or "Not applicable"


def postcode(value: str) -> str | None:
    """Return a postcode in capitals."""
    found = text(value)
    return found.upper() if found else None


def at_most(longest: int, read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that refuses text of more characters, unread, and else reads as ``read``."""

    def read_short(value: str) -> Any:
        if len(value) > longest and len(value.strip()) > longest:
            raise ValueError(f"has more than {longest} characters")
        return read(value)

    return read_short


def _date(name: str, source: str, oddity: Callable[[date, date], str | None]) -> Field:
    return Field(name, source, "date", day, oddity, left_out_when_odd=True)


def _text(name: str, source: str, read: Callable[[str], Any], longest: int) -> Field:
    return Field(name, source, "text", at_most(longest, read))


def _email(name: str, source: str) -> Field:
    return Field(name, source, "text", text, no_email_address, left_out_when_odd=True)


#: Spec 07 §8.1, in the order of the staging table.
REQUIRED = (
    Field("urn", "URN", "integer", urn),
    _text("name", "EstablishmentName", required_text, _LONGEST_NAME),
    _text("type_name", "TypeOfEstablishment (name)", lru_cache(128)(required_text), _LONGEST_NAME),
    _text("status", "EstablishmentStatus (name)", status, _LONGEST_NAME),
    _date("opened_on", "OpenDate", opening_hard_to_believe),
    _text("phase_name", "PhaseOfEducation (name)", phase, _LONGEST_NAME),
    Field("local_authority_code", "LA (code)", "integer", whole_number),
    _text("local_authority_name", "LA (name)", common_text, _LONGEST_PLACE),
    _text(
        "administrative_district_name",
        "DistrictAdministrative (name)",
        common_text,
        _LONGEST_PLACE,
    ),
    _text("address_line1", "Street", text, _LONGEST_PLACE),
    _text("address_line2", "Locality", text, _LONGEST_PLACE),
    _text("address_line3", "Town", common_text, _LONGEST_PLACE),
    _text("postcode", "Postcode", postcode, _LONGEST_POSTCODE),
    Field("website", "SchoolWebsite", "text", text, no_web_address, left_out_when_odd=True),
)

#: Required of the register itself, absent from the list of children's centres.
REGISTER_ONLY = (
    _date("closed_on", "CloseDate", hard_to_believe),
    Field("section_41_approved", "Section41Approved (name)", "boolean", approved),
    Field("establishment_number", "EstablishmentNumber", "integer", whole_number),
    Field("ukprn", "UKPRN", "integer", whole_number),
)

#: Left as they are held when the file lacks them.
OPTIONAL = (
    Field("pupils", "NumberOfPupils", "integer", whole_number),
    Field("trust_code", "Trusts (code)", "integer", whole_number),
    _text("trust_name", "Trusts (name)", common_text, _LONGEST_NAME),
    _email("primary_contact_email", "MainEmail"),
    _email("secondary_contact_email", "AlternativeEmail"),
)

#: When the register last changed the row; the newest one tells how old the file is.
LAST_CHANGED = "LastChangedDate"

#: Worked out from the deciding columns; ``source`` and ``read`` are not used.
DERIVED = (
    Field("in_england", "", "boolean", bool),
    Field("eligible", "", "boolean", bool),
)

LINK_FIELDS = (
    Field("urn", "URN", "integer", urn),
    Field("link_urn", "LinkURN", "integer", urn),
    _text("link_type", "LinkType", lru_cache(64)(required_text), _LONGEST_NAME),
    _date("link_date", "LinkEstablishedDate", hard_to_believe),
)
