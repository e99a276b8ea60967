"""Registrations that somebody at the school began and did not finish (spec 05 §20.4)."""

from dataclasses import dataclass
from datetime import date

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, JourneyDraft
from register_ects.web import drafts
from register_ects.web.access import SchoolRequest

#: How many of the latest drafts are looked at.
MOST = 20


@dataclass(frozen=True)
class Unfinished:
    """A person whose registration can be taken up again.

    ``address`` leads to the first page not answered yet; ``kept_until`` is the last day.
    """

    name: str
    address: str
    kept_until: date


def unfinished_ects(request: SchoolRequest) -> list[Unfinished]:
    """List whom the school began to register as an ECT, latest first, each once. Two queries.

    Left out: drafts in which nobody was confirmed yet, and people registered here since.
    """
    begun = list(drafts.unfinished_drafts(request, "register-ect")[:MOST])
    found: dict[str, Unfinished] = {}
    here = _trns_here(request) if begun else set()
    for draft in begun:
        answers = drafts.read(draft).answers if drafts.is_readable(draft) else {}
        if "name" in answers and answers["trn"] not in here:
            found.setdefault(answers["trn"], _unfinished(draft, answers["name"]))
    return list(found.values())


def _unfinished(draft: JourneyDraft, name: str) -> Unfinished:
    return Unfinished(
        name=name,
        address=f"/school/register-ect/{draft.pk}/check-answers",
        kept_until=clock.london_date(draft.expires_at),
    )


def _trns_here(request: SchoolRequest) -> set[str | None]:
    placements = ECTAtSchoolPeriod.objects.filter(school=request.school)
    here = placements.current_or_future(clock.today())
    return set(here.values_list("teacher__trn", flat=True))
