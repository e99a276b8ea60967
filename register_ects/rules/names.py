"""How people's names are tidied and shown (spec 01 §1, §4.4)."""


def tidy(text: str) -> str:
    """Return ``text`` trimmed, inner white space collapsed, curly apostrophes straightened."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split())


def display_name(corrected: str | None, first: str | None, last: str | None) -> str:
    """Return the corrected name, else first and last without blank or "." parts, else "Unknown"."""
    if corrected:
        return corrected
    parts = [part.strip() for part in (first, last) if part and part.strip() not in ("", ".")]
    return " ".join(parts) or "Unknown"
