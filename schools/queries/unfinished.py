"""Registrations that somebody at the school began and did not finish (spec 05 §20.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, JourneyDraft, MentorAtSchoolPeriod
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.permissions import Permission
from register_ects.web import drafts
from register_ects.web.access import SchoolRequest
from register_ects.web.school_addresses import reverse

#: What the pages of a registration ask for.
_ENTERED = {
    "review-ect-details": "their details",
    "training": "induction and training",
    "review-mentor-details": "their details",
    "mentoring-at-new-school-only": "where they mentor",
    "started-on": "when they start",
    "programme-choices": "mentor training",
    "lead-provider": "mentor training",
}
#: How many of the latest drafts are looked at.
MOST = 20


@dataclass(frozen=True)
class Unfinished:
    """A person whose registration can be taken up again; ``mentor_of`` is the ECT, for a mentor.

    ``address`` leads to the first page not answered yet; ``entered`` says in words what was
    answered; ``kept_until`` is the last day.
    """

    name: str
    mentor_of: str | None
    address: str
    delete_address: str
    entered: str
    kept_until: date


def unfinished_ects(request: SchoolRequest) -> list[Unfinished]:
    """List whom the school began to register as an ECT, latest first, each once. Two queries.

    Left out: drafts in which nobody was confirmed yet, and people registered here since.
    """
    begun = _begun(request, "register-ect")
    here = ECTAtSchoolPeriod.objects.filter(school=request.school).current_or_future(clock.today())
    trns = set(here.values_list("teacher__trn", flat=True)) if begun else set()
    found: dict[str, Unfinished] = {}
    for draft, trn, name in begun:
        if trn not in trns:
            found.setdefault(trn, _unfinished(draft, name))
    return list(found.values())


def unfinished_mentors(request: SchoolRequest) -> list[Unfinished]:
    """List whom the school began to register as a mentor of an ECT, latest first. Four queries.

    Left out: drafts in which nobody was confirmed yet, mentors who are here by now, and those of
    ECTs who have left or whose induction is over. One person may be meant for several ECTs.
    """
    begun = _begun(request, "register-mentor")
    if not begun:
        return []
    mentors = MentorAtSchoolPeriod.objects.filter(school=request.school)
    here = set(mentors.current_or_future(clock.today()).values_list("teacher__trn", flat=True))
    ects = names_of_ects(request, [draft for draft, _trn, _name in begun])
    found: dict[tuple[str, int | None], Unfinished] = {}
    for draft, trn, name in begun:
        ect = ects.get(draft.subject_id or 0)
        if trn not in here and ect:
            found.setdefault((trn, draft.subject_id), _unfinished(draft, name, mentor_of=ect))
    return list(found.values())


def unfinished_registration(request: SchoolRequest, key: UUID) -> tuple[JourneyDraft, str]:
    """Return a registration to take up again, and whose it is. Raises Http404 for any other."""
    for journey in ("register-ect", "register-mentor"):
        draft = drafts.unfinished_drafts(request, journey).filter(pk=key).first()
        if draft is not None and drafts.is_readable(draft):
            return draft, str(drafts.read(draft).all_answers.get("name", ""))
    raise Http404


def _begun(request: SchoolRequest, journey: str) -> list[tuple[JourneyDraft, str, str]]:
    """Return the latest drafts with a confirmed person, their TRN and name. One query.

    None for somebody who may not go on with them.
    """
    if not request.identity.may(Permission.SCHOOL_REGISTER):
        return []
    begun = []
    for draft in drafts.unfinished_drafts(request, journey)[:MOST]:
        answers = drafts.read(draft).answers if drafts.is_readable(draft) else {}
        if "name_is_correct" in answers:  # asked on the page that confirms the person
            begun.append((draft, answers["trn"], answers["name"]))
    return begun


def names_of_ects(request: SchoolRequest, begun: list[JourneyDraft]) -> Mapping[int, str]:
    """Return the school's ECTs who need a mentor among those the drafts are about. Two queries."""
    ects = ECTAtSchoolPeriod.objects.filter(
        school=request.school, pk__in={draft.subject_id for draft in begun}
    ).current_or_future(clock.today())
    found = ects.select_related("teacher").prefetch_related("teacher__induction_periods")
    return {e.pk: e.teacher.name for e in found if needs_mentor(e.teacher.induction_status)}


def _unfinished(draft: JourneyDraft, name: str, *, mentor_of: str | None = None) -> Unfinished:
    step = f"schools:{draft.journey}-step"
    return Unfinished(
        name=name,
        mentor_of=mentor_of,
        address=reverse(step, args=[draft.pk, "check-answers"]),
        delete_address=reverse("schools:delete_unfinished", args=[draft.pk]),
        entered=_entered(draft),
        kept_until=clock.london_date(draft.expires_at),
    )


def _entered(draft: JourneyDraft) -> str:
    """Return what was answered so far, in words: "their details, induction and training"."""
    words = [_ENTERED[slug] for slug in drafts.read(draft).done if slug in _ENTERED]
    return ", ".join(dict.fromkeys(words))
