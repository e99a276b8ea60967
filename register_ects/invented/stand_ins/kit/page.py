"""A page for people: what a stand-in holds, and switches to make it fail."""

from collections.abc import Iterable, Sequence
from html import escape

from register_ects.invented.stand_ins.kit.app import StandInApp
from register_ects.invented.stand_ins.kit.http import Response

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


def page(app: StandInApp, heading: str, introduction: str, tables: Iterable[str]) -> Response:
    """Return the page of a stand-in: its switches, its tables, and the last calls."""
    sections = (
        f"<h1>{escape(heading)}: stand-in</h1><p>{escape(introduction)}</p>",
        _switches(app),
        *tables,
        _calls_table(app),
    )
    html = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(app.name)} stand-in</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(sections)}</main></body></html>"
    )
    return Response(200, html, "text/html")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of plain text."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _switches(app: StandInApp) -> str:
    fault = app.faults.current
    now = fault.kind if fault else ""
    buttons = "".join(
        '<form method="post" action="/__admin/faults">'
        f'<button name="kind" value="{kind}" aria-pressed="{str(kind == now).lower()}">'
        f"{label}</button></form>"
        for kind, label in _SWITCHES
    )
    state = f"failing: {escape(now)}" if now else "answering as usual"
    name = escape(app.name)
    return f"<h2>How {name} behaves</h2><p>{name} is {state}.</p><p>{buttons}</p>"


def _calls_table(app: StandInApp) -> str:
    calls = app.log.as_json()[-_CALLS_SHOWN:]
    rows = [(call["method"], call["path"], f"{call['status']}") for call in reversed(calls)]
    return table("Last calls", ("Method", "Path", "Reply"), rows)
