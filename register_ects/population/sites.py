"""A school in the population: its lead providers, partnerships and appropriate body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from register_ects.population.catalogue import Body, Offer, Place
from register_ects.population.rows import Partnership, Person
from register_ects.population.world import World

if TYPE_CHECKING:
    from register_ects.population.ects import Life
    from register_ects.population.mentors import Mentor

#: How often a school changes its lead provider from one year to the next, or has two at once.
_CHANGES, _HAS_TWO = 0.12, 0.09
_SECOND_PARTNER = 0.06
_AUTHORITY_RATHER_THAN_HUB = 0.15


@dataclass(slots=True)
class Agreement:
    """What a school and a lead provider have agreed for a year.

    Without partnerships the school has only named the provider, which has not confirmed.
    """

    offer: Offer
    partnerships: list[Partnership] = field(default_factory=list)


@dataclass(slots=True)
class Site:
    """One school. ``alumni`` are its former ECTs, and from which day they may mentor."""

    place: Place
    bodies: Sequence[Body]
    agreements: dict[tuple[int, int], Agreement] = field(default_factory=dict)
    providers: dict[int, list[Offer]] = field(default_factory=dict)
    mentors: list["Mentor"] = field(default_factory=list)
    arrivals: list[tuple["Life", date]] = field(default_factory=list)
    alumni: list[tuple[Person, date]] = field(default_factory=list)

    @classmethod
    def open(cls, world: World, place: Place) -> "Site":
        """Return a school that has chosen its lead providers for every year, and its body."""
        site = cls(place, _bodies(world))
        previous: Offer | None = None
        for year in world.catalogue.years:
            offers = world.catalogue.offers_in(year)
            previous = _chosen(world, offers, previous)
            others = [each for each in offers if each is not previous]
            site.providers[year] = [previous]
            if others and world.chances.happens(_HAS_TWO):
                site.providers[year].append(_by_share(world, others))
        return site

    def body_on(self, day: date) -> Body:
        """Return the appropriate body that the school reports to on a day."""
        return next(each for each in self.bodies if each.until is None or day <= each.until)

    def offer(self, world: World, year: int) -> Offer:
        """Return the lead provider of somebody who starts in a year: mostly the first choice."""
        chosen = self.providers[year]
        return chosen[-1] if world.chances.happens(0.4) else chosen[0]

    def agreement(self, world: World, offer: Offer, day: date) -> Agreement:
        """Return what is agreed with a provider for its year, agreeing around ``day`` if need be."""
        key = (offer.provider, offer.year.year)
        if key not in self.agreements:
            self.agreements[key] = _agree(world, self, offer, day)
        return self.agreements[key]


def _bodies(world: World) -> list[Body]:
    """Return a hub, before it sometimes a local authority, for as long as that could be."""
    hub = world.chances.choice([each for each in world.catalogue.bodies if each.is_hub])
    others = [each for each in world.catalogue.bodies if each.until is not None]
    if others and world.chances.happens(_AUTHORITY_RATHER_THAN_HUB):
        return [world.chances.choice(others), hub]
    return [hub]


def _chosen(world: World, offers: Sequence[Offer], previous: Offer | None) -> Offer:
    """Return the same provider as last year if it is still there, mostly."""
    same = [each for each in offers if previous and each.provider == previous.provider]
    if same and not world.chances.happens(_CHANGES):
        return same[0]
    return _by_share(world, offers)


def _by_share(world: World, offers: Sequence[Offer]) -> Offer:
    return world.chances.choices(offers, [each.share for each in offers])[0]


def _agree(world: World, site: Site, offer: Offer, day: date) -> Agreement:
    agreement = Agreement(offer)
    if world.chances.happens(_unconfirmed(world, offer)):
        return agreement
    confirmed_on = max(offer.year.started_on, day + world.chances.days(-60, 25))
    if confirmed_on > world.last_day:
        confirmed_on = max(offer.year.started_on, world.last_day - world.chances.days(0, 20))
    partner(world, site, agreement, world.at(confirmed_on))
    if world.chances.happens(_SECOND_PARTNER):
        partner(world, site, agreement, world.at(confirmed_on + world.chances.days(1, 90)))
    return agreement


def _unconfirmed(world: World, offer: Offer) -> float:
    """Return how likely a provider has not confirmed: most do within months."""
    age = (world.today - offer.year.started_on).days
    return 0.12 if age < 365 else 0.03 if age < 730 else 0.01


def partner(world: World, site: Site, agreement: Agreement, moment: datetime) -> None:
    """Add a partnership with a delivery partner that has none yet, if one is left."""
    offer = agreement.offer
    taken = {each.delivery_partner for each in agreement.partnerships}
    free = [each for each in offer.pairings if each[1] not in taken]
    if not free:
        return
    pairing, delivery_partner = world.chances.choice(free)
    values: dict[str, Any] = {
        "api_id": world.chances.uuid(),
        "school_id": site.place.school,
        "lead_provider_delivery_partnership_id": pairing,
        "lead_provider_id": offer.provider,
        "contract_period_year": offer.year.year,
        "delivery_partner": delivery_partner,
    }
    agreement.partnerships.append(world.new(Partnership, created_at=moment, **values))


def add_idle_partnerships(world: World, site: Site) -> None:
    """Let providers have partnerships with a school that nobody trains under."""
    for year, period in world.catalogue.years.items():
        if not world.chances.happens(0.04) or period.started_on > world.last_day:
            continue
        offers = world.catalogue.offers_in(year)
        free = [each for each in offers if (each.provider, year) not in site.agreements]
        if free:
            agreement = Agreement(_by_share(world, free))
            first = period.started_on
            last = min(period.finished_on, world.last_day)
            partner(world, site, agreement, world.at(world.chances.day(first, last)))
            site.agreements[agreement.offer.provider, year] = agreement
