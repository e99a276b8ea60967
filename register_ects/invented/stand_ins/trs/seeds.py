"""The people every stand-in starts with: some for each outcome, and plenty of ordinary ones.

All invented, and the same every time; only QTS and induction dates follow ``today``.
Source: spec 06, 6.18 "Seed people".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from register_ects.invented.names import DISTINCT_NAMES, nth_name
from register_ects.invented.people import ORDINARY_TRNS, SPECIAL_TRNS, TRNS_WITH_OWN_DETAILS
from register_ects.invented.stand_ins.trs.people import (
    CONDITIONAL_ORDER,
    PROHIBITION,
    Record,
    alert,
    person,
)

UNKNOWN_TRN = "7000002"

_SEED_ORDER = {
    trn: number
    for number, trn in enumerate(chain(ORDINARY_TRNS, TRNS_WITH_OWN_DETAILS, SPECIAL_TRNS))
}
_FIRST_BIRTHDAY = date(1966, 9, 12)
_DAYS_BETWEEN_BIRTHDAYS = 64  # two hundred of them end in 2001
_NI_PREFIXES = ("AB", "CE", "EH", "GY", "HJ", "JT", "KR", "LW", "MX", "PS", "RA", "SC", "TB", "WL")
_PROVIDERS = (
    "Northmoor SCITT",
    "University of Easthaven",
    "Calder Vale Teaching Alliance",
    "Severnside College of Education",
    "Harbour Lights Teacher Training",
    "University of Westermere",
    "Pennine Gateway SCITT",
)
_ROUTES = (
    "Postgraduate Teaching Apprenticeship",
    "School Centred Initial Teacher Training",
    "Higher Education Institution",
    "Graduate Diploma in Education",
)
_SUBJECTS = ("Mathematics", "English", "Primary", "Physics", "History", "French", "Chemistry")


@dataclass(frozen=True)
class Special:
    """A TRN to type in to see one outcome. ``differs`` is how its person is not ordinary."""

    trn: str
    shows: str
    differs: dict[str, Any]


def special_people(today: date) -> list[Special]:
    """Return the people who show one outcome each, by TRN. 7000002 has no record at all."""
    started_on, ended_on = _years_before(today, 2), _years_before(today, 1)
    finished = {"induction_start_date": started_on, "induction_completed_date": ended_on}
    prohibition = alert(PROHIBITION, started_on=started_on)
    other_order = alert(CONDITIONAL_ORDER, started_on=started_on)
    ended_prohibition = alert(PROHIBITION, started_on=started_on, ended_on=ended_on)
    exempt = {"induction_status": "Exempt", "exemption_reasons": ["Qualified before 7 May 1999"]}
    in_progress = {"induction_status": "InProgress", "induction_start_date": ended_on}
    month_ago = today - timedelta(days=30)
    return [
        Special("7000001", "No QTS: may be registered, cannot be claimed", {"qts_held_from": None}),
        Special("7000003", "Prohibited from teaching", {"alerts": [prohibition]}),
        Special("7000004", "Deactivated record", {"deactivated": True}),
        Special("7000005", "Has an alert, but is not prohibited", {"alerts": [other_order]}),
        Special("7000006", "Early roll-out mentor: mentor funding already used", {}),
        Special("7000007", "Induction passed", {"induction_status": "Passed", **finished}),
        Special("7000008", "Induction failed", {"induction_status": "Failed", **finished}),
        Special("7000009", "Exempt from induction", exempt),
        Special("7000010", "Failed in Wales", {"induction_status": "FailedInWales", **finished}),
        Special("7000011", "Merged into 7000012", {"merged_into": "7000012"}),
        Special("7000012", "Ordinary: survivor of the merge with 7000011", {}),
        Special("7000013", "Induction already in progress", in_progress),
        Special("7000014", "Induction status None: may be claimed", {"induction_status": "None"}),
        Special("7000015", "Was prohibited, no longer is", {"alerts": [ended_prohibition]}),
        Special("7000016", "QTS for only a month", {"qts_held_from": month_ago}),
    ]


def seed_people(today: date) -> Iterator[Record]:
    """Return everyone, about 1,200 people, as of ``today``."""
    for trn in ORDINARY_TRNS:
        yield ordinary_person(f"{trn}", today)
    for nth, trn in enumerate(TRNS_WITH_OWN_DETAILS):
        own = {"date_of_birth": birthday(nth), "national_insurance_number": ni_number(nth)}
        yield ordinary_person(f"{trn}", today, **own)
    for special in special_people(today):
        yield ordinary_person(special.trn, today, **special.differs)


def birthday(nth: int) -> date:
    """Return the date of birth of the nth person with their own details: no two share one."""
    shuffled = nth * 77 % len(TRNS_WITH_OWN_DETAILS)
    return _FIRST_BIRTHDAY + timedelta(days=shuffled * _DAYS_BETWEEN_BIRTHDAYS)


def ni_number(nth: int) -> str:
    """Return an invented, well-formed NI number: no two people share one."""
    digits = 123_456 + nth * 3_571 % 800_000
    return f"{_NI_PREFIXES[nth % len(_NI_PREFIXES)]}{digits:06d}{'ABCD'[nth % 4]}"


def ordinary_person(trn: str, today: date, **differs: Any) -> Record:
    """Return someone with QTS for three years whose induction has not begun.

    Name, route and subject follow from the TRN: nobody in the seeds shares a name.
    ``differs`` is given to ``person``.
    """
    number = _SEED_ORDER.get(int(trn), int(trn)) % DISTINCT_NAMES
    first_name, last_name = nth_name(number)
    usual = {
        "first_name": first_name,
        "middle_name": nth_name(number + 12)[0] if number % 5 == 0 else "",
        "last_name": last_name,
        "email": f"teacher.{trn}@example.org",
        "qts_held_from": _years_before(today, 3),
        "route_name": _ROUTES[number % len(_ROUTES)],
        "training_provider": _PROVIDERS[number % len(_PROVIDERS)],
        "subject": _SUBJECTS[number // 3 % len(_SUBJECTS)],
    }
    return person(trn, **{**usual, **differs})


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year - years)
