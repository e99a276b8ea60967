"""What somebody was shown of a value, held against what it is now.

Whoever changes or removes something decided so by what a page showed. The form carries the mark of
that; the operation, once it holds the lock, refuses when the mark of what is there now differs.
Nobody then undoes unseen what another did. The form: ``web.seen_forms``.
"""

import hashlib
import json
import re
from typing import Any

from register_ects.rules.problems import Problem

#: The code of the problem: the audience's wording says what the value is now.
CHANGED_MEANWHILE = "changed_meanwhile"
_MARK = re.compile(r"[0-9a-f]{20}", re.ASCII)


def mark_of(*values: Any) -> str:
    """Return a short text that is the same for the same values, and differs for others.

    Amounts count by value: £5 and £5.00 have one mark. None is not an empty text.
    """
    written = json.dumps([None if value is None else _written(value) for value in values])
    return hashlib.sha256(written.encode()).hexdigest()[:20]


def is_mark(text: str) -> bool:
    """Whether a text could be a mark: what is none comes from no page of ours as it was."""
    return _MARK.fullmatch(text) is not None


def problems_with_seen(seen: str, *values: Any, field_name: str = "", **now: Any) -> list[Problem]:
    """Whether somebody was shown other values than those there now, or none at all.

    ``seen`` is the mark that their form carried; ``now`` is what the message needs to say what
    is there, at ``field_name``. Call it with the row locked.
    """
    return [] if seen == mark_of(*values) else [Problem(field_name, CHANGED_MEANWHILE, now)]


def _written(value: Any) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
