"""Why staff changed a record: a note, a support ticket, or both (spec 06 §6.12)."""

import re
from dataclasses import dataclass

from register_ects.rules.names import has_letter
from register_ects.rules.problems import Problem

#: Characters of a note.
LONGEST_NOTE = 500
_TICKET = re.compile(r"#?(\d{6})", re.ASCII)


@dataclass(frozen=True)
class StaffReason:
    """What staff say of a change: a ``note`` in words, and the ``ticket`` as typed ("#123456")."""

    note: str = ""
    ticket: str = ""

    @property
    def ticket_number(self) -> int | None:
        """The number of the ticket; None without one, or where it is no number of six figures."""
        found = _TICKET.fullmatch(self.ticket.strip())
        return int(found[1]) if found else None


def problems_with_reason(reason: StaffReason) -> list[Problem]:
    """Return what is wrong with a reason: one of the two is enough, what is given must be right."""
    problems = []
    note, ticket = reason.note.strip(), reason.ticket.strip()
    if not note and not ticket:
        problems.append(Problem("note", "missing"))
    elif note and not has_letter(note):
        problems.append(Problem("note", "without_letters"))
    elif len(note) > LONGEST_NOTE:
        problems.append(Problem("note", "too_long"))
    if ticket and reason.ticket_number is None:
        problems.append(Problem("ticket", "malformed"))
    return problems
