"""The school year that appropriate bodies work in, as they name it (spec 06 §6.7)."""

from datetime import date

_JUNE = 6


def induction_year(today: date) -> str:
    """Return the year's name, as "2026/2027": it begins in June, when schools register for it."""
    first = today.year if today.month >= _JUNE else today.year - 1
    return f"{first}/{first + 1}"
