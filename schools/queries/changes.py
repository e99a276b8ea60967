"""Which facts of a record its school may change today, and why not the others. Pure.

One decision for the page of the record, which only words it (spec 05 §5.3, §5.6, §9). A new change
is a row in one of the tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from register_ects.web.school_addresses import reverse


@dataclass(frozen=True)
class RecordFacts:
    """What decides what may be changed of somebody's time at a school.

    ``has_provider``: a lead provider trains them, or did last; ``has_mentor``: now or next.
    ``is_closed``: registration is closed today; ``has_open_induction``: a body is responsible;
    ``open_body`` is its name, where the school reported the same one; ``induction_is_over``: it
    is, or they are exempt from it.
    """

    has_left: bool = False
    has_open_induction: bool = False
    open_body: str = ""
    has_provider: bool = False
    has_mentor: bool = False
    is_closed: bool = False
    induction_is_over: bool = False


@dataclass(frozen=True)
class ChangeOf:
    """Where a fact is changed, or None; ``why_not`` is then a sentence, where there is one to say.

    Of a record that is over nothing is said of each fact: the page says it of all.
    """

    fact: str
    address: str | None
    why_not: str = ""

    @property
    def actions(self) -> dict[str, Any] | None:
        """Return the link for a row of ``govukSummaryList``; None where nothing can be changed."""
        if self.address is None:
            return None
        link = {"href": self.address, "text": "Change", "visuallyHiddenText": self.fact}
        return {"items": [link]}


_OVER = "You cannot change this, because their induction is over or they are exempt from it."
#: Says why a fact cannot be changed; an empty text where it can.
_WhyNot = Callable[[RecordFacts], str]


def _always(facts: RecordFacts) -> str:
    return ""


def _unless_induction_is_open(facts: RecordFacts) -> str:
    """A body that has their induction open is responsible: only it lets them go (spec 05 §9.1)."""
    if facts.induction_is_over:
        return _OVER
    if not facts.has_open_induction:
        return ""
    return (
        f"You cannot change the appropriate body, because {facts.open_body or 'one'} has their "
        "induction open. Only that one can let them go."
        + ("" if facts.open_body else " Ask the ECT who that is, or contact support.")
    )


def _of_training(facts: RecordFacts) -> str:
    return _OVER if facts.induction_is_over else _while_open(facts)


def _while_open(facts: RecordFacts) -> str:
    return "You can change this once registration opens again." if facts.is_closed else ""


def _with_provider(facts: RecordFacts) -> str:
    if facts.induction_is_over:
        return _OVER
    return "" if facts.has_provider else "No lead provider trains them."


def _with_mentor(facts: RecordFacts) -> str:
    return _while_open(facts) if facts.has_mentor else "Nobody mentors them."


#: Of each fact the name of the journey that changes it, and why it cannot be taken.
_OF_ECTS: Mapping[str, tuple[str, _WhyNot]] = {
    "name": ("change-ect-name", _always),
    "email address": ("change-ect-email-address", _always),
    "working pattern": ("change-ect-working-pattern", _always),
    "school start date": ("change-ect-start-date", _always),
    "appropriate body": ("change-ect-appropriate-body", _unless_induction_is_open),
    "mentor": ("change-mentor", _with_mentor),
    "training programme": ("change-ect-training-programme", _of_training),
    "lead provider": ("change-ect-lead-provider", _with_provider),
}
_OF_MENTORS: Mapping[str, tuple[str, _WhyNot]] = {
    "name": ("change-mentor-name", _always),
    "email address": ("change-mentor-email-address", _always),
    "lead provider": ("change-mentor-lead-provider", _with_provider),
}


def changes_of_ect(placement_id: int, facts: RecordFacts) -> dict[str, ChangeOf]:
    """Return what may be changed of an ECT, by fact."""
    return _changes(_OF_ECTS, placement_id, facts)


def changes_of_mentor(placement_id: int, facts: RecordFacts) -> dict[str, ChangeOf]:
    """Return what may be changed of a mentor, by fact."""
    return _changes(_OF_MENTORS, placement_id, facts)


def _changes(
    table: Mapping[str, tuple[str, _WhyNot]], placement_id: int, facts: RecordFacts
) -> dict[str, ChangeOf]:
    return {
        fact: _change(fact, journey, "" if facts.has_left else why_not(facts), placement_id, facts)
        for fact, (journey, why_not) in table.items()
    }


def _change(
    fact: str, journey: str, why_not: str, placement_id: int, facts: RecordFacts
) -> ChangeOf:
    if facts.has_left or why_not:
        return ChangeOf(fact, None, why_not)
    return ChangeOf(fact, reverse(f"schools:{journey}", args=[placement_id]))
