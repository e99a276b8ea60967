"""Real schools, hubs and lead providers that invented people are at, and how to find them."""

from django.db.models import Exists, OuterRef, QuerySet

from register_ects.models import (
    AppropriateBody,
    ECTAtSchoolPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    School,
    SchoolPartnership,
)
from register_ects.rules.establishments import OPEN_STATUSES

#: Schools of the demo's stories, by what they show.
HAZEL_GROVE = 137923  # state-funded, with a history
ASHCROFT = 106162  # independent, section 41 approved
MOSS_HEY = 106090  # state-funded, never registered anyone
BUILE_HILL = 143059  # where people move to
WALKDEN = 146404  # a third school for a mentor of three
LAURUS = 145893  # of the trust that Hazel Grove is of
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

#: All schools of the demo's stories.
IN_STORIES = (
    HAZEL_GROVE,
    ASHCROFT,
    MOSS_HEY,
    BUILE_HILL,
    WALKDEN,
    LAURUS,
    LIGHT_OAKS,
    *REUSE_SCHOOLS,
    *ELSEWHERE,
)

NORTH_WEST_HUB = "Bright Futures Teaching School Hub - Manchester"
OTHER_HUB = "Star Teaching School Hub Bolton"


def school(urn: int) -> School:
    """Return a school by its URN."""
    return School.objects.with_register_record().get(gias_school=urn)


def schools_without_anybody() -> QuerySet[School]:
    """Return the open schools where nobody is or was, and that no lead provider works with."""
    here = OuterRef("pk")
    used = [
        Exists(model._default_manager.filter(school=here))
        for model in (ECTAtSchoolPeriod, MentorAtSchoolPeriod, SchoolPartnership)
    ]
    return School.objects.filter(
        *(~each for each in used), merged_into=None, gias_school__status__in=OPEN_STATUSES
    )


def body(name: str = NORTH_WEST_HUB) -> AppropriateBody:
    """Return the first appropriate body whose name begins so."""
    found = AppropriateBody.objects.filter(name__istartswith=name).order_by("name").first()
    if found is None:
        raise LookupError(f"The demo needs an appropriate body called {name}")
    return found


def provider(name: str) -> LeadProvider:
    """Return a lead provider by name."""
    return LeadProvider.objects.get(name=name)


def pairings(lead_provider: str, year: int) -> QuerySet[LeadProviderDeliveryPartnership]:
    """Return a lead provider's pairings of a contract period, by delivery partner."""
    return (
        LeadProviderDeliveryPartnership.objects.filter(
            lead_provider__name=lead_provider, contract_period=year
        )
        .select_related("lead_provider", "delivery_partner")
        .order_by("delivery_partner__name")
    )
