"""A page for people: whom to type in to see what, and switches to make TRS fail."""

from collections.abc import Iterable
from datetime import date
from html import escape

from register_ects.invented.people import ORDINARY_TRNS, TRNS_WITH_OWN_DETAILS
from register_ects.invented.stand_ins.trs.faults import Fault, RequestLog
from register_ects.invented.stand_ins.trs.http import Response
from register_ects.invented.stand_ins.trs.people import (
    USUAL_DATE_OF_BIRTH,
    USUAL_NI_NUMBER,
    Record,
)
from register_ects.invented.stand_ins.trs.seeds import (
    UNKNOWN_TRN,
    special_people,
)
from register_ects.invented.stand_ins.trs.store import PeopleStore

_ORDINARY_SHOWN = 12
_CALLS_SHOWN = 15
_SWITCHES = (("slow", "Slow"), ("down", "Down"), ("429", "Too busy (429)"), ("", "Works"))
_STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}"
    "caption{font-weight:bold;font-size:1.3rem;text-align:left;padding:.5rem 0}"
    "th,td{text-align:left;border-bottom:1px solid #b1b4b6;padding:.3rem .8rem .3rem 0}"
    "form{display:inline}button{font:inherit;padding:.3rem .8rem;margin-right:.5rem}"
    "button[aria-pressed=true]{background:#0b0c0c;color:#fff}"
)
_COLUMNS = ("TRN", "Shows", "Name", "Date of birth", "NI number", "Induction in TRS now")


def people_page(store: PeopleStore, fault: Fault | None, log: RequestLog, today: date) -> Response:
    """Return the page."""
    people = {record["trn"]: record for record in store.everyone()}
    sections = (
        "<h1>Teaching Record System: stand-in</h1>"
        "<p>Everyone here is invented. This is not the real TRS, and runs on this computer only."
        " What the service writes shows at once in the last column.</p>",
        _switches(fault),
        _special_table(people, today),
        _table("People with their own date of birth and NI number", _own_details(people)),
        _table("Ordinary people, up to 3000999", _ordinary(people)),
        _calls_table(log),
    )
    html = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>TRS stand-in</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(sections)}</main></body></html>"
    )
    return Response(200, html, "text/html")


def _switches(fault: Fault | None) -> str:
    now = fault.kind if fault else ""
    buttons = "".join(
        '<form method="post" action="/__admin/faults">'
        f'<button name="kind" value="{kind}" aria-pressed="{str(kind == now).lower()}">'
        f"{label}</button></form>"
        for kind, label in _SWITCHES
    )
    state = f"failing: {escape(now)}" if now else "answering as usual"
    return f"<h2>How TRS behaves</h2><p>TRS is {state}.</p><p>{buttons}</p>"


def _special_table(people: dict[str, Record], today: date) -> str:
    shows = {special.trn: special.shows for special in special_people(today)}
    rows = [_person_row(people[trn], shows[trn]) for trn in shows if trn in people]
    unknown = (
        UNKNOWN_TRN,
        "Not in TRS",
        "",
        USUAL_DATE_OF_BIRTH.isoformat(),
        USUAL_NI_NUMBER,
        "",
    )
    return _table("People who show one outcome each", sorted([unknown, *rows]))


def _own_details(people: dict[str, Record]) -> list[tuple[str, ...]]:
    trns = map(str, TRNS_WITH_OWN_DETAILS)
    shows = "Found with a wrong date of birth through the NI number"
    return [_person_row(people[trn], shows) for trn in trns if trn in people]


def _ordinary(people: dict[str, Record]) -> list[tuple[str, ...]]:
    trns = map(str, ORDINARY_TRNS[:_ORDINARY_SHOWN])
    return [_person_row(people[trn], "Ordinary") for trn in trns if trn in people]


def _person_row(record: Record, shows: str) -> tuple[str, ...]:
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


def _calls_table(log: RequestLog) -> str:
    calls = log.as_json()[-_CALLS_SHOWN:]
    rows = [(call["method"], call["path"], f"{call['status']}") for call in reversed(calls)]
    return _table("Last calls", rows, columns=("Method", "Path", "Reply"))


def _table(
    caption: str, rows: Iterable[tuple[str, ...]], columns: tuple[str, ...] = _COLUMNS
) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
