"""How a leaving stands on the page of a record, and where it is reported, changed or cancelled.

Source: spec 05 §5.3, §5.6, §10.
"""

from dataclasses import dataclass

from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, Placement, School
from register_ects.operations.placements.leaving import leaving_state_of
from register_ects.rules.leaving import LeavingState
from register_ects.rules.person_search import plain
from register_ects.web.forms import Wording
from register_ects.web.school_addresses import reverse
from schools.queries.loading import PERSON

#: Why a school cannot change somebody's last day, without the full stop.
WHY_NOT: Wording = {
    LeavingState.OPEN: "No last day at your school is recorded for {name}",
    LeavingState.HAS_LEFT: "{name} has left your school",
    LeavingState.SET_BY_ANOTHER_SCHOOL: "Another school has registered {name}, which sets their "
    "last day at your school. Your school cannot change it",
    LeavingState.NOT_REPORTED_HERE: "Their last day was not reported by your school, so you cannot "
    "change it",
    LeavingState.REGISTERED_AGAIN: "{name} has been registered from a later day since, so you "
    "cannot change their last day any more",
    LeavingState.INDUCTION_OVER: "The induction of {name} is over, so you cannot change their last "
    "day any more",
}


@dataclass(frozen=True)
class Leaving:
    """What the page says of leaving: where it is reported, corrected and cancelled, or why not.

    ``move_address`` is where somebody is moved to another school, for a user who is at several.
    """

    state: LeavingState
    report_address: str | None
    cancel_address: str | None
    move_address: str | None
    why_not: str


@dataclass(frozen=True)
class Leaver:
    """Somebody at the school now or later; ``address`` is where their leaving is reported."""

    name: str
    is_mentor: bool
    address: str


def who_may_leave(school: School) -> list[Leaver]:
    """Return everybody whose leaving a school may report just now, by name. Two queries."""
    people = []
    for model in (ECTAtSchoolPeriod, MentorAtSchoolPeriod):
        here = model.objects.filter(school=school, finished_on=None).select_related("teacher")
        role = "ect" if model is ECTAtSchoolPeriod else "mentor"
        people += [
            Leaver(each.teacher.name, role == "mentor", _address(role, "leaving", each))
            for each in here.only("started_on", "finished_on", "school", *PERSON)
        ]
    return sorted(people, key=lambda one: (plain(one.name), one.is_mentor))


def leaving_of(placement: Placement) -> Leaving:
    """Return how somebody's leaving stands. No queries while no last day is known, else three."""
    state = leaving_state_of(placement)
    role = "ect" if isinstance(placement, ECTAtSchoolPeriod) else "mentor"
    is_reported = state is LeavingState.REPORTED
    is_open = state is LeavingState.OPEN
    return Leaving(
        state=state,
        report_address=_address(role, "leaving", placement) if is_open or is_reported else None,
        cancel_address=_address(role, "leaving-cancelled", placement) if is_reported else None,
        move_address=_address(role, "school", placement) if is_open else None,
        why_not="" if is_open or is_reported else why_not_changed(state, placement.teacher.name),
    )


def why_not_changed(state: LeavingState, name: str) -> str:
    """Say why a school cannot change somebody's last day."""
    return f"{WHY_NOT[state].format(name=name)}."


def _address(role: str, fact: str, placement: Placement) -> str:
    return reverse(f"schools:change-{role}-{fact}", args=[placement.pk])
