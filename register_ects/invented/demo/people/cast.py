"""Who takes part in the demo's stories: real schools, hubs and providers, invented people."""

from functools import cache

from register_ects.models import (
    AppropriateBody,
    GIASSchool,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    School,
    StaffUser,
)
from register_ects.operations.base import Author
from register_ects.rules.enumerations import StaffRole

#: Real schools, by what they show.
HAZEL_GROVE = 137923  # state-funded, with a history
ASHCROFT = 106162  # independent, section 41 approved
MOSS_HEY = 106090  # state-funded, never registered anyone
BUILE_HILL = 143059  # where people move to
WALKDEN = 146404  # a third school for a mentor of three
LIGHT_OAKS = 105884  # a primary school with one ECT after another

#: Schools whose last choices differ, for the question whether to use them again.
REUSE_SCHOOLS = (
    106028,
    106038,
    106052,
    106056,
    106064,
    133326,
    105404,
    105413,
    105452,
    105469,
    131030,
    132147,
    105889,
    138698,
    139438,
    140417,
)

#: Schools of the lead providers that few stories are about: Elton, Derby, Parrenthorn, Philips.
ELSEWHERE = (105354, 105355, 105358, 105360)

NORTH_WEST_HUB = "Bright Futures Teaching School Hub - Manchester"
OTHER_HUB = "Star Teaching School Hub Bolton"

STAFF = (
    ("Imran Sheikh", "imran.sheikh@education.gov.uk", StaffRole.ADMIN),
    ("Joanna Field", "joanna.field@education.gov.uk", StaffRole.FINANCE),
    ("Kwame Asante", "kwame.asante@education.gov.uk", StaffRole.USER_MANAGER),
    ("Lily Hart", "lily.hart@education.gov.uk", StaffRole.PRODUCT_TEAM),
)

SCHOOL_USER = Author.school_user(name="Priya Nair", email="priya.nair@hazelgrove.example.com")
BODY_USER = Author.appropriate_body_user(name="Marcus Doyle", email="marcus.doyle@hub.example.com")


def create_staff() -> None:
    """Create one member of staff for each role."""
    for name, email, role in STAFF:
        StaffUser.objects.get_or_create(email=email, defaults={"name": name, "role": role})


def schools_are_loaded() -> bool:
    """Say whether the register that the stories play on is there."""
    return GIASSchool.objects.filter(urn=HAZEL_GROVE).exists()


@cache
def finance_author() -> Author:
    """Return the finance officer, who authorises statements."""
    return Author.staff(StaffUser.objects.get(role=StaffRole.FINANCE))


def school(urn: int) -> School:
    """Return a school by its URN."""
    return School.objects.select_related("gias_school").get(gias_school=urn)


def body(name: str = NORTH_WEST_HUB) -> AppropriateBody:
    """Return the first appropriate body whose name begins so."""
    found = AppropriateBody.objects.filter(name__istartswith=name).order_by("name").first()
    if found is None:
        raise LookupError(f"The demo needs an appropriate body called {name}")
    return found


def provider(name: str) -> LeadProvider:
    """Return a lead provider by name."""
    return LeadProvider.objects.get(name=name)


def pairing(
    name: str, year: int, *, not_in: int | None = None
) -> LeadProviderDeliveryPartnership | None:
    """Return a provider's first pairing of a year; ``not_in`` asks for one that lapsed by then."""
    pairings = LeadProviderDeliveryPartnership.objects.filter(
        lead_provider__name=name, contract_period=year
    ).select_related("lead_provider", "delivery_partner")
    if not_in is not None:
        later = LeadProviderDeliveryPartnership.objects.filter(
            lead_provider__name=name, contract_period=not_in
        )
        pairings = pairings.exclude(delivery_partner__in=later.values("delivery_partner"))
    return pairings.order_by("delivery_partner__name").first()
