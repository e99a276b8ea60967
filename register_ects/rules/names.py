"""How people's names are tidied and shown (spec 01 §1, §4.4)."""

import re

#: Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def tidy(text: str) -> str:
    """Return ``text`` trimmed, inner white space collapsed, curly apostrophes straightened."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split())


def has_letter(text: str) -> bool:
    """Say whether there is a letter of any alphabet: "-" and "1234" are nobody's name."""
    return any(char.isalpha() for char in text)


def without_direction(text: str) -> str:
    """Return ``text`` without the unseen characters that turn the direction of what follows."""
    return _DIRECTION.sub("", text)


def display_name(corrected: str | None, first: str | None, last: str | None) -> str:
    """Return the corrected name, else first and last without blank or "." parts, else "Unknown"."""
    if corrected:
        return corrected
    parts = [part.strip() for part in (first, last) if part and part.strip() not in ("", ".")]
    return " ".join(parts) or "Unknown"
