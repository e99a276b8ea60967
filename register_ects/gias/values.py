"""What the register's text means: dates, numbers, statuses. Raises ValueError with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from register_ects.rules.enumerations import GIASSchoolStatus

_STATUSES = {
    "open": GIASSchoolStatus.OPEN,
    "closed": GIASSchoolStatus.CLOSED,
    "open, but proposed to close": GIASSchoolStatus.PROPOSED_TO_CLOSE,
    "proposed to open": GIASSchoolStatus.PROPOSED_TO_OPEN,
}

_LARGEST_URN = 9_999_999
_LARGEST_INTEGER = 2_147_483_647


@dataclass(frozen=True)
class Field:
    """One column of ours: its name, the register's column, its SQL type, how to read it."""

    name: str
    source: str
    sql_type: str
    read: Callable[[str], Any]


def text(value: str) -> str | None:
    """Return text without outer or repeated white space (no-break spaces too); None if blank."""
    return " ".join(value.split()) or None


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
    """Return a date written dd-mm-yyyy; None if blank."""
    stripped = value.strip()
    if not stripped:
        return None
    parts = stripped.split("-")
    if [len(part) for part in parts] != [2, 2, 4] or not stripped.replace("-", "").isdecimal():
        raise ValueError(f"{value!r} is not a date (dd-mm-yyyy)")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        raise ValueError(f"{value!r} is not a date in the calendar") from None


@lru_cache(maxsize=64)
def status(value: str) -> str:
    """Return our status for the register's words."""
    try:
        return _STATUSES[" ".join(value.lower().split())].value
    except KeyError:
        raise ValueError(f"{value!r} is not a known status") from None


@lru_cache(maxsize=64)
def approved(value: str) -> bool:
    """Say whether section 41 approval is given."""
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


#: Spec 07 §8.1, in the order of the staging table.
REQUIRED = (
    Field("urn", "URN", "integer", urn),
    Field("name", "EstablishmentName", "text", required_text),
    Field("type_name", "TypeOfEstablishment (name)", "text", lru_cache(128)(required_text)),
    Field("status", "EstablishmentStatus (name)", "text", status),
    Field("opened_on", "OpenDate", "date", day),
    Field("phase_name", "PhaseOfEducation (name)", "text", phase),
    Field("local_authority_code", "LA (code)", "integer", whole_number),
    Field("local_authority_name", "LA (name)", "text", common_text),
    Field("administrative_district_name", "DistrictAdministrative (name)", "text", common_text),
    Field("address_line1", "Street", "text", text),
    Field("address_line2", "Locality", "text", text),
    Field("address_line3", "Town", "text", common_text),
    Field("postcode", "Postcode", "text", postcode),
    Field("website", "SchoolWebsite", "text", text),
)

#: Required of the register itself, absent from the list of children's centres.
REGISTER_ONLY = (
    Field("closed_on", "CloseDate", "date", day),
    Field("section_41_approved", "Section41Approved (name)", "boolean", approved),
    Field("establishment_number", "EstablishmentNumber", "integer", whole_number),
    Field("ukprn", "UKPRN", "integer", whole_number),
)

#: Left as they are held when the file lacks them.
OPTIONAL = (
    Field("pupils", "NumberOfPupils", "integer", whole_number),
    Field("primary_contact_email", "MainEmail", "text", text),
    Field("secondary_contact_email", "AlternativeEmail", "text", text),
)

#: Worked out from the deciding columns; ``source`` and ``read`` are not used.
DERIVED = (
    Field("in_england", "", "boolean", bool),
    Field("eligible", "", "boolean", bool),
)

LINK_FIELDS = (
    Field("urn", "URN", "integer", urn),
    Field("link_urn", "LinkURN", "integer", urn),
    Field("link_type", "LinkType", "text", lru_cache(64)(required_text)),
    Field("link_date", "LinkEstablishedDate", "date", day),
)
