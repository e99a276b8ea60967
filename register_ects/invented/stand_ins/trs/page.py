"""Whom to type in to see what: the tables of the page for people."""

from collections.abc import Iterable
from datetime import date

from register_ects.invented.people import ORDINARY_TRNS, TRNS_WITH_OWN_DETAILS
from register_ects.invented.stand_ins.kit import Response, StandInApp
from register_ects.invented.stand_ins.kit.page import page, table
from register_ects.invented.stand_ins.trs.people import (
    USUAL_DATE_OF_BIRTH,
    USUAL_NI_NUMBER,
    Record,
)
from register_ects.invented.stand_ins.trs.seeds import UNKNOWN_TRN, special_people

_ORDINARY_SHOWN = 12
_COLUMNS = ("TRN", "Shows", "Name", "Date of birth", "NI number", "Induction in TRS now")
_UNKNOWN = (UNKNOWN_TRN, "Not in TRS", "", f"{USUAL_DATE_OF_BIRTH}", USUAL_NI_NUMBER, "")
_INTRODUCTION = (
    "Everyone here is invented. This is not the real TRS, and runs on this computer only."
    " What the service writes shows at once in the last column."
)
_BY_NI_NUMBER = "Found with a wrong date of birth through the NI number"


def people_page(app: StandInApp, everyone: Iterable[Record], today: date) -> Response:
    """Return the page."""
    people = {record["trn"]: record for record in everyone}

    def rows(shows: dict[str, str]) -> list[tuple[str, ...]]:
        return [_row(people[trn], shows[trn]) for trn in shows if trn in people]

    special = rows({each.trn: each.shows for each in special_people(today)})
    own_details = rows({f"{trn}": _BY_NI_NUMBER for trn in TRNS_WITH_OWN_DETAILS})
    ordinary = rows({f"{trn}": "Ordinary" for trn in ORDINARY_TRNS[:_ORDINARY_SHOWN]})
    tables = (
        table("People who show one outcome each", _COLUMNS, sorted([_UNKNOWN, *special])),
        table("People with their own date of birth and NI number", _COLUMNS, own_details),
        table("Ordinary people, up to 3000999", _COLUMNS, ordinary),
    )
    return page(app, "Teaching Record System", _INTRODUCTION, tables)


def _row(record: Record, shows: str) -> tuple[str, ...]:
    induction = record.get("induction") or {}
    dates = [induction.get("startDate"), induction.get("completedDate")]
    return (
        record["trn"],
        shows,
        f"{record['firstName']} {record['lastName']}",
        record["dateOfBirth"],
        record["nationalInsuranceNumber"] or "",
        " ".join([induction.get("status") or "", *filter(None, dates)]),
    )
