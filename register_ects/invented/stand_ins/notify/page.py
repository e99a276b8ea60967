"""The outbox for people: each email as its reader would see it."""

from collections.abc import Iterable
from html import escape

from register_ects.invented.stand_ins.kit import Response, StandInApp
from register_ects.invented.stand_ins.kit.page import page
from register_ects.invented.stand_ins.kit.records import Record

_SHOWN = 100
_INTRODUCTION = (
    "Nothing here has left this computer. Every email of the service is shown, the newest first,"
    " with what became of it. Addresses at bounce.example.com do not exist, at full.example.com"
    " take nothing, and of those at silent.example.com the service gets no receipt."
)


def outbox(app: StandInApp, messages: Iterable[Record]) -> Response:
    """Return the page."""
    newest = list(messages)[::-1][:_SHOWN]
    emails = "".join(map(_email, newest)) or "<p>No emails yet.</p>"
    return page(app, "GOV.UK Notify", _INTRODUCTION, [f"<h2>Emails</h2>{emails}"])


def _email(message: Record) -> str:
    body = "".join(map(_paragraph, message["body"].split("\n\n")))
    return (
        f"<details><summary>{escape(message['subject'])}: to {escape(message['email_address'])},"
        f" {escape(message['status'])}</summary>"
        f"<p>Handed over at {escape(message['created_at'][:16].replace('T', ' '))}</p>{body}"
        "</details>"
    )


def _paragraph(text: str) -> str:
    if text.startswith("# "):
        return f"<h3>{escape(text[2:])}</h3>"
    lines = [escape(line) for line in text.splitlines()]
    if all(line.startswith("* ") for line in lines):
        return f"<ul>{''.join(f'<li>{line[2:]}</li>' for line in lines)}</ul>"
    return f"<p>{'<br>'.join(lines)}</p>"
