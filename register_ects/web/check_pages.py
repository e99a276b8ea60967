"""What a check page shows, held against what would be saved when it is sent (spec 05 §13).

A draft may be changed by a colleague or in another tab while somebody reads its check page. The
page carries the rows that it shows, signed; what was sent is held against them as they are then,
with the draft locked. Nobody saves what they were not shown. ``rules.seen`` does this for a single
value with a mark of it: here the rows are carried themselves, so that whoever is refused is told
what each of them was.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from register_ects.rules.seen import mark_of
from register_ects.web.summaries import Row

#: What a page shows: its rows' values by their names.
Shown = dict[str, str]

_SIGNER = Signer(salt="what a check page shows")


@dataclass(frozen=True)
class Change:
    """A row that is not what the page showed; empty where there was, or is, none."""

    name: str
    before: str
    now: str


def shown_in(rows: Iterable[Row]) -> Shown:
    """Return what rows show; the values of rows with one name stand together."""
    shown: Shown = {}
    for row in rows:
        name, text = row["key"]["text"], row["value"]["text"]
        shown[name] = f"{shown[name]}\n{text}" if name in shown else text
    return shown


def carried(shown: Shown) -> str:
    """Return what the page's form carries of it."""
    return _SIGNER.sign_object(shown, compress=True)


def sent(carried: str) -> Shown | None:
    """Return what the page showed that was sent; None when it does not say."""
    try:
        return dict(_SIGNER.unsign_object(carried))
    except BadSignature:
        return None


def mark(shown: Shown) -> str:
    """Return the mark of what was shown, to know it again without keeping it."""
    return mark_of(*(part for one in sorted(shown.items()) for part in one))


def changes(before: Shown, now: Shown) -> list[Change]:
    """Return the rows that differ, those that are there now first, in the page's order."""
    return [
        Change(name, before.get(name, ""), now.get(name, ""))
        for name in {**now, **before}
        if before.get(name) != now.get(name)
    ]
