"""Rows and cards for ``govukSummaryList``, from values as people typed them."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Row = dict[str, Any]

NOT_KNOWN = "Not known yet"
_LINE_BREAK = SafeString("<br>")


def row(key: str, value: Any, *, change_url: str = "", changing: str = "", tag: Any = None) -> Row:
    """Return one row; ``change_url`` adds "Change", with ``changing`` for screen readers.

    ``tag`` is a status tag to draw after the value. Line breaks in the value are kept.
    """
    text = NOT_KNOWN if value in (None, "") else str(value)
    lines = format_html_join(_LINE_BREAK, "{}", ((line,) for line in text.splitlines()))
    html = format_html("{} {}", lines, tag) if tag else lines
    actions = {"items": [_change(change_url, changing or key.lower())]} if change_url else None
    return {"key": {"text": key}, "value": {"html": html}, "actions": actions}


def card(title: str, href: str, rows: list[Row], *, heading_level: int = 2) -> dict[str, Any]:
    """Return a summary card whose title links to the record it is about."""
    link = format_html('<a class="govuk-link" href="{}">{}</a>', href, title)
    return {"card": {"title": {"html": link, "headingLevel": heading_level}}, "rows": rows}


def _change(href: str, what: str) -> dict[str, str]:
    return {"href": href, "text": "Change", "visuallyHiddenText": what}
