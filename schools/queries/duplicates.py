"""Who may be registered twice: begun by a colleague, or of the same name (spec 05 §20.5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, JourneyDraft, School
from register_ects.rules.person_search import plain
from register_ects.web import drafts
from register_ects.web.access import SchoolRequest
from register_ects.web.school_addresses import reverse
from schools.queries.unfinished import MOST

#: Two people of one name who start so near to each other may be one.
NEAR = timedelta(days=60)


@dataclass(frozen=True)
class Begun:
    """A registration of the same person that got further; ``address`` goes on with it."""

    changed_on: date
    address: str


def begun_already(request: SchoolRequest, draft: JourneyDraft, *, trn: str) -> Begun | None:
    """Return the latest other registration of this person that has their details. One query.

    Of the school's latest drafts of the same journey only.
    """
    for other in drafts.unfinished_drafts(request, draft.journey)[:MOST]:
        if other.pk == draft.pk or not drafts.is_readable(other):
            continue
        answers = drafts.read(other).answers
        if answers.get("trn") == trn and "email" in answers:
            step = reverse(f"schools:{other.journey}-step", args=[other.pk, "check-answers"])
            return Begun(clock.london_date(other.updated_at), step)
    return None


def namesake(school: School, *, name: str, trn: str, started_on: date) -> ECTAtSchoolPeriod | None:
    """Return the school's ECT of the same name with another TRN who starts about then. One query.

    Case, accents and the number of spaces do not count.
    """
    near = ECTAtSchoolPeriod.objects.filter(
        school=school, started_on__range=(started_on - NEAR, started_on + NEAR)
    ).exclude(teacher__trn=trn)
    named = near.select_related("teacher").order_by("started_on", "pk")
    sought = _compared(name)
    return next((one for one in named if _compared(one.teacher.name) == sought), None)


def _compared(name: str) -> list[str]:
    return plain(name).split()
