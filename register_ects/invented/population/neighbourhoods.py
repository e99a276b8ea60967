"""Some schools near each other among which people move, and their lead providers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log
from random import Random

from register_ects.invented.population.chance import moment, new_id
from register_ects.invented.population.plans import Facts, Partnership
from register_ects.invented.population.world import Provider, SchoolFacts, World

_SCHOOLS = 4
_ECTS_PER_SCHOOL = 3
#: How much of all schools is used at most: the rest stay without participants.
_USED = 0.8
_CHANGE_OF_PROVIDER = 0.1
_SECOND_PROVIDER = 0.08
#: How often a school's provider of a year has not confirmed the partnership, recent years first.
_UNCONFIRMED = (0.08, 0.02, 0.003)
_SECOND_PARTNER = 0.05
_IDLE = 0.06
#: How often an independent school that DfE does not pay for has ECTs, against another of its size.
_UNFUNDED = 0.4


@dataclass(slots=True)
class Neighbourhood:
    """Schools, the draws about them, and the facts planned for them so far.

    ``choices`` says which lead providers a school works with in a year, the usual one first.
    """

    world: World
    rng: Random
    schools: Sequence[SchoolFacts]
    facts: Facts = field(default_factory=Facts)
    choices: dict[tuple[int, int], list[Provider]] = field(default_factory=dict)
    partnerships: dict[tuple[int, int, int], Partnership] = field(default_factory=dict)
    unconfirmed: set[tuple[int, int]] = field(default_factory=set)

    def other_school(self, school: SchoolFacts, on: date) -> SchoolFacts | None:
        """Return another school to move to, if one was open on a day."""
        others = [each for each in self.schools if each is not school and each.is_open(on)]
        return self.rng.choice(others) if others else None


def neighbourhoods(
    world: World, ects: int, seed: int
) -> Iterator[tuple[Sequence[SchoolFacts], int]]:
    """Yield neighbouring schools with how many ECTs they have; all numbers together are ``ects``.

    Large schools are chosen more often and have more ECTs.
    """
    schools = _chosen(world, ects, seed)
    total = sum(_size(school) for school in schools)
    seen, given = 0.0, 0
    for start in range(0, len(schools), _SCHOOLS):
        group = schools[start : start + _SCHOOLS]
        seen += sum(map(_size, group))
        upto = round(ects * seen / total)
        if upto > given:
            yield group, upto - given
        given = upto


def _chosen(world: World, ects: int, seed: int) -> list[SchoolFacts]:
    rng = Random(f"{seed}:schools")
    wanted = min(int(len(world.schools) * _USED) or 1, max(_SCHOOLS, ects // _ECTS_PER_SCHOOL))
    drawn = sorted(world.schools, key=lambda each: -log(1 - rng.random()) / _size(each))[:wanted]
    return sorted(drawn, key=lambda each: (each.district, each.urn))


def _size(school: SchoolFacts) -> float:
    size = min(school.pupils, 1500) + 50.0
    return size if school.is_funded else size * _UNFUNDED


def pick_school(place: Neighbourhood, on: date) -> SchoolFacts | None:
    """Return a school of the neighbourhood that was open on a day, large ones more often."""
    schools = [each for each in place.schools if each.is_open(on)]
    return place.rng.choices(schools, [_size(each) for each in schools])[0] if schools else None


# -- Lead providers --------------------------------------------------------------------------


def provider_for(place: Neighbourhood, school: SchoolFacts, year: int) -> Provider:
    """Return the lead provider for somebody who starts there in a year."""
    options = _choices(place, school, year)
    return options[-1] if place.rng.random() < 0.3 else options[0]


def another_provider(place: Neighbourhood, provider: Provider, year: int) -> Provider | None:
    """Return a lead provider that is active in a year and is not this one."""
    active = place.world.providers.get(year, [])
    return _draw(place, [each for each in active if each.id != provider.id])


def _choices(place: Neighbourhood, school: SchoolFacts, year: int) -> list[Provider]:
    """Return a school's providers in a year: those of the year before, unless it changed."""
    key = (school.id, year)
    if key not in place.choices:
        before = place.choices.get((school.id, year - 1), [None])[0]
        stays = before and place.world.provider(before.id, year)
        if stays and place.rng.random() > _CHANGE_OF_PROVIDER:
            first = stays
        else:
            first = _draw(place, place.world.providers[year]) or place.world.providers[year][0]
        place.choices[key] = [first]
        second = another_provider(place, first, year)
        if second and place.rng.random() < _SECOND_PROVIDER:
            place.choices[key].append(second)
        age = min(max(place.world.providers) - year, len(_UNCONFIRMED) - 1)
        if place.rng.random() < _UNCONFIRMED[age]:
            place.unconfirmed.add(key)
    return place.choices[key]


def _draw(place: Neighbourhood, providers: Sequence[Provider]) -> Provider | None:
    if not providers:
        return None
    return place.rng.choices(providers, [each.weight for each in providers])[0]


# -- Partnerships ----------------------------------------------------------------------------


def is_confirmed(place: Neighbourhood, school: SchoolFacts, provider: Provider, year: int) -> bool:
    """Whether the provider has confirmed that it works with the school in a year."""
    if (school.id, provider.id, year) in place.partnerships:
        return True
    return (school.id, year) not in place.unconfirmed


def partnership(
    place: Neighbourhood, school: SchoolFacts, provider: Provider, year: int, *, by: date
) -> Partnership:
    """Return the school's partnership with a provider in a year, made before a day."""
    key = (school.id, provider.id, year)
    made_on = by - timedelta(days=place.rng.randint(5, 90))
    if key not in place.partnerships:
        place.partnerships[key] = _add_partnership(place, school, provider, year, made_on=made_on)
    held = place.partnerships[key]
    held.created_at = min(held.created_at, moment(place.rng, made_on, place.world))
    return held


def add_idle_partnerships(place: Neighbourhood) -> None:
    """Add partnerships that nobody trains under: second delivery partners, and early ones."""
    for (_, _, year), held in list(place.partnerships.items()):
        if len(held.provider.pairings) > 1 and place.rng.random() < _SECOND_PARTNER:
            later = held.created_at.date() + timedelta(days=place.rng.randint(1, 60))
            if place.world.is_past(later):
                _add_partnership(place, held.school, held.provider, year, nth=1, made_on=later)
    year = max(place.world.providers)
    for school in place.schools:
        provider = _draw(place, place.world.providers[year])
        is_wanted = place.rng.random() < _IDLE and (school.id, year) not in place.choices
        if provider and is_wanted and school.is_funded:
            partnership(place, school, provider, year, by=place.world.today)


def _add_partnership(
    place: Neighbourhood,
    school: SchoolFacts,
    provider: Provider,
    year: int,
    *,
    made_on: date,
    nth: int = 0,
) -> Partnership:
    """Add a partnership with the delivery partner that serves the district, or the next one."""
    offset = sum(school.district.encode()) + nth
    pairing_id, partner_id = provider.pairings[offset % len(provider.pairings)]
    made = moment(place.rng, made_on, place.world)
    added = Partnership(
        made, made, new_id(place.rng), school, provider, year, pairing_id, partner_id
    )
    place.facts.partnerships.append(added)
    return added
