"""Which email addresses GOV.UK Notify can send to (spec 05 §6.1, spec 07 §1.1)."""

import re

from register_ects.rules.problems import Problem

LONGEST = 254

#: What word processors make of an apostrophe.
_CURLY = "\u2018\u2019\u201b\u02bc\u00b4"

_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~\\`-]+")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LAST_LABEL = re.compile(r"[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{0,58}[A-Za-z0-9]", re.IGNORECASE)
_GENERIC = re.compile(r"(?:office|admin|enquir|info|reception|head|contact|school)", re.IGNORECASE)


def problem_with(address: str) -> str | None:
    """Return what is wrong with an address, or None for a usable one.

    ``missing``, ``too_long`` (one limit everywhere: 254 characters), ``has_mailto`` (a
    link's beginning), ``curly_apostrophe``, ``ends_with_dot``, ``has_space``, ``not_plain`` (a
    character that is not ASCII, seen or not), or ``invalid`` for every other fault.
    """
    if not address:
        return "missing"
    if len(address) > LONGEST:
        return "too_long"
    return None if _is_well_formed(address) else _fault_of(address)


def is_generic(address: str) -> bool:
    """Whether an address looks shared (``office@…``, ``headteacher@…``): worth a warning."""
    return bool(_GENERIC.match(address.split("@")[0]))


def masked(address: str) -> str:
    """Return an address by which only who knows it can tell that it is theirs: ``a•••@x.org``."""
    local, _at, host = address.partition("@")
    return f"{local[:1]}•••@{host}"


def problems_with_new_email(address: str, *, now: str | None) -> list[Problem]:
    """List why an address cannot take the place of the one somebody has: it is the same.

    Capitals make no difference: nobody is reached by them.
    """
    is_same = address.casefold() == (now or "").casefold()
    return [Problem("email", "unchanged")] if is_same else []


def _fault_of(address: str) -> str:
    """Name the fault of a malformed address where whoever typed it cannot see it easily."""
    faults = {
        "has_mailto": address.lower().startswith("mailto:"),
        "curly_apostrophe": any(char in _CURLY for char in address),
        "has_space": any(char.isspace() for char in address),
        "not_plain": not address.isascii(),
        "ends_with_dot": address.endswith("."),
    }
    return next((name for name, holds in faults.items() if holds), "invalid")


def _is_well_formed(address: str) -> bool:
    local, at, host = address.partition("@")
    if not at or ".." in address or not _LOCAL_PART.fullmatch(local):
        return False
    labels = host.split(".")
    return (
        len(host) <= 253
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
        and bool(_LAST_LABEL.fullmatch(labels[-1]))
    )
