"""The list of a school's mentors, narrowed by search and status. Source: spec 05 §5.5."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import MentorAtSchoolPeriod, School
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.rules.person_search import plain
from schools.queries.loading import load_mentors
from schools.queries.mentors import Mentor, mentor_of, mentor_placements, mentors_at
from schools.queries.placements import Rows, latest_left_first, one_per_person, search_placements
from schools.queries.training import tally
from schools.status_filter import Day, MentorFilter


@dataclass(frozen=True)
class MentorList:
    """A school's mentors that fit a search. ``is_empty``: the school has none at all.

    ``counts`` says how many the search found under each filter that is offered; of those who left
    only while they are listed. ``are_alike``: nobody fits the search, and these have names much
    like it.

    ``trainers`` names the lead providers who train those in ``rows``, or are yet to confirm it,
    with delivery partners where these are known, and how many, most first, so that the list need
    not repeat long names.
    """

    rows: Sequence[Mentor]
    counts: dict[MentorFilter, int]
    trainers: list[tuple[str, int]]
    are_alike: bool
    is_empty: bool


def list_mentors(
    school: School, *, search: str = "", status: MentorFilter = MentorFilter.ALL
) -> MentorList:
    """List a school's current and future mentors by last name, first name. Three queries.

    Those who left are listed by ``LEFT``, who left last first, for three queries more.
    """
    today = clock.today()
    placements = one_per_person(_listed([school.pk], today))
    found, are_alike = search_placements(placements, search)
    here = _mentors(sorted(found, key=_order))
    if status is MentorFilter.LEFT:
        return _those_who_left(school, search, placements, MentorFilter.counts(here, Day(today)))
    returned = (
        returned_addresses(mentor.email for mentor in here)
        if status is MentorFilter.RETURNED
        else frozenset[str]()
    )
    day = Day(today, returned)
    rows = [mentor for mentor in here if status.keeps(mentor, day)]
    return MentorList(
        rows=rows,
        counts={**MentorFilter.counts(here, day), status: len(rows)},
        trainers=tally(_trainers(rows)),
        are_alike=are_alike,
        is_empty=not placements,
    )


def _those_who_left(
    school: School,
    search: str,
    here: list[MentorAtSchoolPeriod],
    counts: dict[MentorFilter, int],
) -> MentorList:
    gone = mentor_placements(school).exclude(teacher__in={each.teacher_id for each in here})
    placements = one_per_person(gone.order_by("-started_on", "-pk"))
    found, are_alike = search_placements(placements, search)
    rows = Rows(latest_left_first(found, key=lambda placement: _order(placement)[:2]), _mentors)
    return MentorList(
        rows=rows,
        counts={**counts, MentorFilter.LEFT: len(rows)},
        trainers=[],
        are_alike=are_alike,
        is_empty=not placements,
    )


@compiled
def _listed(school: list[int], today: date) -> QuerySet[MentorAtSchoolPeriod]:
    return mentors_at(school).current_or_future(today)


def _mentors(placements: Sequence[MentorAtSchoolPeriod]) -> list[Mentor]:
    load_mentors(placements)
    return [mentor_of(placement, clock.today()) for placement in placements]


def _trainers(mentors: Iterable[Mentor]) -> Iterable[str]:
    for mentor in mentors:
        training = mentor.training
        if training and mentor.is_trained_now and training.lead_provider:
            partner = f" with {training.delivery_partner}" if training.delivery_partner else ""
            awaited = "" if training.is_confirmed else ", not confirmed yet"
            yield f"{training.lead_provider}{partner}{awaited}"


def _order(placement: MentorAtSchoolPeriod) -> tuple[str, str, int]:
    teacher = placement.teacher
    return plain(teacher.trs_last_name or ""), plain(teacher.trs_first_name or ""), teacher.pk
