"""How people's names are tidied and shown (spec 01 §1, §4.4)."""

import re

from register_ects.rules.visible import is_visible

#: Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Characters without width or meaning of their own in a name: soft hyphen, zero-width space and
#: joiners, byte order mark. Word processors and web pages leave them behind.
_WITHOUT_WIDTH = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]")

#: An address of a page or of somebody's mail, or mark-up: names are written into emails.
_LINK = re.compile(
    r"://|\bwww\.|@|[<>\[\]{}]|\.(?:com|org|net|uk|info|io)\b|\(\(|^=", re.IGNORECASE
)


def tidy(text: str) -> str:
    """Return ``text`` trimmed, inner white space collapsed, curly apostrophes straightened.

    Characters without width go: two names that look alike are alike.
    """
    straight = without_width(text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(straight.split())


def without_width(text: str) -> str:
    """Return ``text`` without soft hyphens, zero-width characters and byte order marks."""
    return _WITHOUT_WIDTH.sub("", text)


def trimmed(text: str) -> str:
    """Return ``text`` without white space and characters without width at its ends."""
    seen = [place for place, char in enumerate(text) if _is_seen(char)]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def _is_seen(char: str) -> bool:
    return not (char.isspace() or _WITHOUT_WIDTH.match(char))


def has_letter(text: str) -> bool:
    """Whether there is a letter that people see: "-" and "1234" are nobody's name."""
    return any(char.isalpha() and is_visible(char) for char in text)


def is_written_as_a_link(text: str) -> bool:
    """Whether a mail program would make a link, or a page mark-up, of what is to be a name."""
    return bool(_LINK.search(text))


def without_direction(text: str) -> str:
    """Return ``text`` without the unseen characters that turn the direction of what follows."""
    return _DIRECTION.sub("", text)


def display_name(corrected: str | None, first: str | None, last: str | None) -> str:
    """Return the corrected name, else first and last without blank or "." parts, else "Unknown"."""
    if corrected:
        return corrected
    parts = [part.strip() for part in (first, last) if part and part.strip() not in ("", ".")]
    return " ".join(parts) or "Unknown"
