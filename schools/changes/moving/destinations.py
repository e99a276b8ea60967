"""To which of the user's schools somebody may move, and why not to the others (spec 05 §20.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, Placement, School
from register_ects.models.placements import ECTAtSchoolPeriodQuerySet
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
)
from register_ects.web.blocked_schools import Block, is_winding_down, schools_with_blocks
from register_ects.web.identity import SchoolIdentity
from register_ects.web.journeys import Leave
from register_ects.web.school_addresses import addresses_of, reverse
from schools.changes.roles import PlacementRequest


@dataclass(frozen=True)
class LeftOut:
    """A school to which nobody moves today, and why, in a sentence.

    ``address`` leads to where the user can mend that, if they can.
    """

    name: str
    why: str
    address: str | None = None


@dataclass(frozen=True)
class Destinations:
    """The other schools of a user, by name."""

    offered: list[School]
    left_out: list[LeftOut]


def destinations(identity: SchoolIdentity, placement: Placement) -> Destinations:
    """Return where a user may move somebody from a placement. Seven queries at most."""
    here = placement.school.urn
    others = [each for each in schools_with_blocks(identity) if each[0].urn != here]
    reasons = _Reasons(placement, [register.school for register, block in others if not block])
    found = Destinations([], [])
    for register, block in others:
        why_not = _BLOCKED[block] if block else reasons.of(register.school)
        if not why_not:
            found.offered.append(register.school)
            continue
        with addresses_of(register.urn):
            address = reverse("schools:home") if why_not == _TUTOR_DUE else None
        found.left_out.append(LeftOut(register.name, why_not, address))
    return found


def destination(given: Mapping[str, Any], request: PlacementRequest) -> School:
    """Return the school that was chosen.

    Raises Leave, to the first page, when it is not, or no longer, one that this user may choose:
    a colleague who goes on with the draft may have other schools.
    """
    placement = request.subject
    for school in destinations(request.identity, placement).offered:
        if str(school.pk) == given.get("school"):
            return school
    role = "ect" if isinstance(placement, ECTAtSchoolPeriod) else "mentor"
    raise Leave(reverse(f"schools:change-{role}-school", args=[placement.pk]))


def ects_to_mentor(schools: Iterable[School]) -> ECTAtSchoolPeriodQuerySet:
    """Return the schools' ECTs, now or later, whose induction is not over."""
    here: ECTAtSchoolPeriodQuerySet = ECTAtSchoolPeriod.objects.filter(school__in=schools)
    return here.current_or_future(clock.today()).needing_mentor()


_UNFUNDED = "It cannot register anybody new, because DfE no longer funds training there."

_TUTOR_DUE = "It has to confirm its induction tutor first."


_BLOCKED = {
    Block.NOT_SET_UP: "It is not set up in this service yet.",
    Block.NOT_OPEN: "It has closed.",
    Block.NOT_FUNDED: _UNFUNDED,
}


class _Reasons:
    """Why a school that uses the service cannot take somebody in today."""

    def __init__(self, placement: Placement, schools: Iterable[School]) -> None:
        self.is_ect = isinstance(placement, ECTAtSchoolPeriod)
        self.period = period_to_confirm()
        teacher = placement.teacher
        theirs = teacher.ect_at_school_periods if self.is_ect else teacher.mentor_at_school_periods
        ahead = theirs.current_or_future(clock.today())
        self.has_them = {*ahead.values_list("school", flat=True)}
        with_ects = ects_to_mentor([] if self.is_ect else schools)
        self.with_ects = {*with_ects.values_list("school", flat=True).distinct()}

    def of(self, school: School) -> str:
        """Return the reason; an empty text where there is none."""
        if school.pk in self.has_them:
            return (
                f"They are registered as {'an ECT' if self.is_ect else 'a mentor'} there already."
            )
        if self.is_ect and is_winding_down(school):
            return _UNFUNDED
        if confirmation_is_due(school, self.period):
            return _TUTOR_DUE
        if not self.is_ect and school.pk not in self.with_ects:
            return "It has no ECT who needs a mentor. Register or move the ECT first."
        return ""
