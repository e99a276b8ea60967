"""Who may be registered twice: begun by a colleague, or of the same name (spec 05 §20.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    JourneyDraft,
    MentorAtSchoolPeriod,
    School,
    Teacher,
)
from register_ects.rules.person_search import plain
from register_ects.web import drafts
from register_ects.web.access import SchoolRequest
from register_ects.web.school_addresses import reverse
from schools.queries.unfinished import MOST, names_of_ects

#: Two people of one name who start so near to each other may be one.
NEAR = timedelta(days=60)


@dataclass(frozen=True)
class Begun:
    """A registration of the same person that got further; ``address`` goes on with it.

    ``mentor_of`` names the ECT, for a mentor.
    """

    changed_on: date
    address: str
    mentor_of: str | None


def begun_already(request: SchoolRequest, draft: JourneyDraft, *, trn: str) -> Begun | None:
    """Return the latest other registration of this person that has their details. One query.

    Of the school's latest drafts of the same journey only; of a mentor those for ECTs of the
    school who need one: two more queries for each that is found.
    """
    for other in drafts.unfinished_drafts(request, draft.journey)[:MOST]:
        if other.pk == draft.pk or not drafts.is_readable(other):
            continue
        answers = drafts.read(other).answers
        if answers.get("trn") == trn and "email" in answers:
            ect = (
                names_of_ects(request, [other]).get(other.subject_id) if other.subject_id else None
            )
            if other.subject_id and ect is None:
                continue
            step = reverse(f"schools:{other.journey}-step", args=[other.pk, "check-answers"])
            return Begun(clock.london_date(other.updated_at), step, ect)
    return None


def namesake_of_ect(
    school: School, *, name: str, trn: str, started_on: date
) -> ECTAtSchoolPeriod | None:
    """Return the school's ECT of the same name with another TRN who starts about then. One query.

    Case, accents and the number of spaces do not count.
    """
    near = ECTAtSchoolPeriod.objects.filter(
        school=school, started_on__range=(started_on - NEAR, started_on + NEAR)
    ).exclude(teacher__trn=trn)
    return _named(name, near.select_related("teacher").order_by("started_on", "pk"))


def namesake_of_mentor(school: School, *, name: str, trn: str) -> MentorAtSchoolPeriod | None:
    """Return the school's mentor of the same name with another TRN, now or later. One query.

    Whenever they began: mentors stay from year to year.
    """
    here = MentorAtSchoolPeriod.objects.filter(school=school).exclude(teacher__trn=trn)
    ahead = here.current_or_future(clock.today())
    return _named(name, ahead.select_related("teacher").order_by("started_on", "pk"))


class _AtSchool(Protocol):
    teacher: Teacher


_Placement = TypeVar("_Placement", bound=_AtSchool)


def _named(name: str, placements: Iterable[_Placement]) -> _Placement | None:
    sought = _compared(name)
    return next((one for one in placements if _compared(one.teacher.name) == sought), None)


def _compared(name: str) -> list[str]:
    return plain(name).split()
