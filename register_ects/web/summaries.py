"""Rows for ``govukSummaryList``, from values as people typed them."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Row = dict[str, Any]

NOT_KNOWN = "Not known yet"
_LINE_BREAK = SafeString("<br>")


def row(key: str, value: Any, *, change_url: str = "", changing: str = "") -> Row:
    """Return one row; ``change_url`` adds "Change", with ``changing`` for screen readers.

    Line breaks in the value are kept. The value's ``text`` is not drawn: it is what the row says.
    """
    text = NOT_KNOWN if value in (None, "") else str(value)
    html = format_html_join(_LINE_BREAK, "{}", ((line,) for line in text.splitlines()))
    actions = {"items": [_change(change_url, changing or key.lower())]} if change_url else None
    return {"key": {"text": key}, "value": {"html": html, "text": text}, "actions": actions}


def _change(href: str, what: str) -> dict[str, str]:
    return {"href": href, "text": "Change", "visuallyHiddenText": what}
