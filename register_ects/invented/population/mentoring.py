"""Who mentors the ECTs of some neighbouring schools, and for how long."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from register_ects.invented.population.careers import Career
from register_ects.invented.population.chance import day_between, moment
from register_ects.invented.population.neighbourhoods import Neighbourhood
from register_ects.invented.population.people import new_person, pass_long_ago
from register_ects.invented.population.plans import Mentorship, Person, Placement
from register_ects.invented.population.school_days import (
    last_school_day,
    school_day,
    term_begins,
    term_of,
)
from register_ects.invented.population.world import SchoolFacts
from register_ects.rules.enumerations import InductionOutcome, TraineeRole

_WITHOUT_MENTOR = 0.05
_CHANGES_MENTOR = 0.13
_WAS_AN_ECT = 0.15
_AT_TWO_SCHOOLS = 0.03
_STAYS_ON = 0.5
_COMES_WITH_ECT = 0.7


@dataclass(slots=True)
class Need:
    """Days of an ECT's placement that want one mentor; ``takes_over`` from another one."""

    ect: Placement
    first: date
    last: date | None
    takes_over: bool = False


@dataclass(slots=True)
class Mentor:
    """A mentor with what they do at each school, the first school first."""

    person: Person
    placements: list[Placement] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)

    @property
    def first_need(self) -> Need | None:
        """Return the first ECT that they mentor."""
        return min(self.needs, key=lambda need: need.first, default=None)


def mentor_everybody(
    place: Neighbourhood, careers: Sequence[Career], count: int, trns: Iterator[str]
) -> list[Mentor]:
    """Add ``count`` mentors and share the ECTs out among those of their schools."""
    needs: dict[int, list[Need]] = {}
    for placement in place.facts.ect_placements:
        needs.setdefault(placement.school.id, []).extend(_needs(place, placement))
    mentors: list[Mentor] = []
    for school, number in _numbers(place, needs, count):
        groups = _shared(needs.get(school.id, []), number)
        mentors += [_mentor(place, school, group, careers, trns) for group in groups]
    for school in place.schools:
        if mentors and needs.get(school.id) and not _has_mentor(mentors, school):
            _mentor_elsewhere(place, place.rng.choice(mentors), school, needs[school.id])
    for mentor in mentors:
        first = mentor.placements[0]
        other = place.other_school(first.school, on=first.started_on)
        if other and place.rng.random() < _AT_TWO_SCHOOLS:
            _mentor_elsewhere(place, mentor, other, [])
    return mentors


def _needs(place: Neighbourhood, ect: Placement) -> list[Need]:
    """Return the stretches of a placement that each have one mentor."""
    if place.rng.random() < _WITHOUT_MENTOR:
        return []
    whole = Need(ect, ect.started_on, ect.finished_on)
    first = ect.started_on + timedelta(days=60)
    last = min(ect.finished_on or date.max, place.world.today) - timedelta(days=20)
    if first > last or place.rng.random() > _CHANGES_MENTOR:
        return [whole]
    change = last_school_day(day_between(place.rng, first, last))
    goes_on = school_day(change + timedelta(days=1))
    if goes_on > last:
        return [whole]
    return [
        Need(ect, ect.started_on, change),
        Need(ect, goes_on, ect.finished_on, takes_over=True),
    ]


def _numbers(
    place: Neighbourhood, needs: dict[int, list[Need]], count: int
) -> list[tuple[SchoolFacts, int]]:
    """Share mentors out among schools in proportion to what is needed, one each first."""
    wanting = [school for school in place.schools if needs.get(school.id)]
    wanting = wanting or [place.schools[0]]
    wanting.sort(key=lambda school: -len(needs.get(school.id, [])))
    numbers = Counter({school.id: 0 for school in wanting})
    for _ in range(count):
        neediest = max(
            wanting, key=lambda school: len(needs.get(school.id, [])) / (numbers[school.id] + 0.1)
        )
        numbers[neediest.id] += 1
    return [(school, numbers[school.id]) for school in wanting]


def _shared(needs: Sequence[Need], number: int) -> list[list[Need]]:
    """Deal needs out to so many mentors: who takes over is never who went before, if it can be."""
    return [list(needs[start::number]) for start in range(number)]


def _has_mentor(mentors: Sequence[Mentor], school: SchoolFacts) -> bool:
    return any(each.school is school for mentor in mentors for each in mentor.placements)


def _mentor(
    place: Neighbourhood,
    school: SchoolFacts,
    needs: list[Need],
    careers: Sequence[Career],
    trns: Iterator[str],
) -> Mentor:
    """Add a mentor for some ECTs of a school, or for none so far."""
    began = min((need.first for need in needs), default=None) or _some_day(place, careers, school)
    told_on = min(began, place.world.today) + timedelta(days=place.rng.randint(-30, 10))
    told_at = moment(place.rng, told_on, place.world)
    person = _former_ect(place, careers, began)
    if person is None:
        trained = (began - timedelta(days=place.rng.randint(800, 7000))).year
        qualified_by = term_begins(trained, "autumn")
        person = new_person(place.rng, place.facts, trns, met_at=told_at, qualified_by=qualified_by)
        pass_long_ago(person, qualified_by)
    mentor = Mentor(person)
    _add_time_at_school(place, mentor, school, needs, began)
    return mentor


def _some_day(place: Neighbourhood, careers: Sequence[Career], school: SchoolFacts) -> date:
    """Return a day on which an ECT of the neighbourhood began, once the school was open."""
    days = [each.started_on for each in careers if school.is_open(each.started_on)]
    return min(place.rng.choice(days or [place.world.today]), last_school_day(place.world.ago(5)))


def _former_ect(place: Neighbourhood, careers: Sequence[Career], began: date) -> Person | None:
    """Return an ECT of the neighbourhood who had passed by then, now and then."""
    if place.rng.random() > _WAS_AN_ECT:
        return None
    passed = {
        each.person.api_id
        for each in place.facts.inductions
        if each.outcome == InductionOutcome.PASS
        and each.finished_on
        and each.finished_on + timedelta(days=60) < began
    }
    mentors = {each.person.api_id for each in place.facts.mentor_placements}
    former = [career.person for career in careers if career.person.api_id in passed - mentors]
    return place.rng.choice(former) if former else None


def _mentor_elsewhere(
    place: Neighbourhood, mentor: Mentor, school: SchoolFacts, needs: list[Need]
) -> None:
    """Let a mentor also be at another school; not with ECTs who are at the first one."""
    if any(each.school is school for each in mentor.placements):
        return
    needs = [need for need in needs if need.ect.person is not mentor.person]
    began = min((need.first for need in needs), default=mentor.placements[0].started_on)
    _add_time_at_school(place, mentor, school, needs, began)


def _add_time_at_school(
    place: Neighbourhood, mentor: Mentor, school: SchoolFacts, needs: list[Need], began: date
) -> None:
    """Add a mentor's placement that holds these mentorships."""
    rng, world = place.rng, place.world
    first = _first_day(place, school, began)
    told_on = min(began, world.today) + timedelta(days=rng.randint(-20, 10))
    told_at = max(moment(rng, told_on, world), mentor.person.created_at)
    placement = Placement(told_at, told_at, mentor.person, TraineeRole.MENTOR, school, first)
    for need in needs:
        at = max(told_at, need.ect.created_at, moment(rng, need.first, world))
        mentorship = Mentorship(at, at, need.ect, placement, need.first, need.last)
        if need.last:
            mentorship.touch(moment(rng, need.last, world))
        need.ect.mentorships.append(mentorship)
        placement.mentorships.append(mentorship)
        place.facts.mentorships.append(mentorship)
    placement.finished_on = _last_day(place, needs)
    if placement.finished_on:
        placement.reported_leaving = True
        placement.touch(moment(rng, placement.finished_on, world))
    place.facts.mentor_placements.append(placement)
    mentor.placements.append(placement)
    mentor.needs += needs


def _first_day(place: Neighbourhood, school: SchoolFacts, began: date) -> date:
    """Return when a mentor came: with the first ECT, or as a term of the year before began."""
    if place.rng.random() < _COMES_WITH_ECT:
        return began
    first = term_of(began - timedelta(days=place.rng.randint(0, 250)))
    return first if school.is_open(first) else began


def _last_day(place: Neighbourhood, needs: Sequence[Need]) -> date | None:
    """Return when a mentor left, if they did: after the last mentorship, and long ago."""
    ends = [need.last for need in needs]
    if not ends or None in ends or place.rng.random() < _STAYS_ON:
        return None
    last = school_day(max(filter(None, ends)) + timedelta(days=place.rng.randint(0, 40)))
    return last if place.world.is_past(last) else None
