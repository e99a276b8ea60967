"""What exists before there are people: years, providers, statements, schools, appropriate bodies.

Read once; nothing of it is changed.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Sum

from register_ects import clock
from register_ects.models import (
    ActiveLeadProvider,
    AppropriateBodyPeriod,
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    Schedule,
    School,
    SchoolFundingEligibility,
    SchoolPartnership,
    Statement,
)
from register_ects.reference_data.files import DATA_DIR
from register_ects.rules.declarations import MilestoneWindow
from register_ects.rules.enumerations import AppropriateBodyType, FeeType, ScheduleIdentifier
from register_ects.rules.establishments import OPEN_STATUSES

#: Without a contract that says how many a provider recruits.
_USUAL_TARGET = 5000
_USUAL_PUPILS = 300
_NEEDED_IN_EVERY_YEAR = (
    ScheduleIdentifier.STANDARD_SEPTEMBER,
    ScheduleIdentifier.EXTENDED_SEPTEMBER,
)


class NotPrepared(Exception):
    """The database lacks something that a population needs; the message says what."""


@dataclass(frozen=True, slots=True)
class Year:
    """A contract period. ``frozen_on`` is the first day without payments, None for never."""

    year: int
    started_on: date
    finished_on: date
    frozen_on: date | None
    successor: int | None
    mentor_funding: bool
    detailed_evidence: bool
    in_sequence: bool
    uplifts: bool
    uplifts_for_replacements: bool

    def is_frozen_on(self, day: date) -> bool:
        """Say whether no payments are made on a day."""
        return self.frozen_on is not None and self.frozen_on <= day


@dataclass(frozen=True, slots=True)
class Timetable:
    """A schedule of a year, with the days on which each training point may be dated."""

    id: int
    year: Year
    identifier: str
    kind: str
    milestones: Mapping[str, MilestoneWindow]


@dataclass(frozen=True, slots=True)
class Due:
    """An output statement; declarations attach until the end of ``deadline_date``."""

    id: int
    deadline_date: date
    payment_date: date
    status: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A lead provider's contract in a year: its delivery partners and output statements.

    ``pairings`` are the keys of pairing and delivery partner; ``share`` is its part of the
    market, in any unit; ``statements`` are in order of their deadlines.
    """

    provider: int
    year: Year
    active_lead_provider: int
    share: float
    pairings: Sequence[tuple[int, int]]
    statements: Sequence[Due]

    def next_due(self, day: date) -> Due | None:
        """Return the statement that took what was declared on a day, None when there is none."""
        return next((each for each in self.statements if each.deadline_date >= day), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A school that may have funded training. ``uplifts`` are pupil premium and sparsity."""

    school: int
    urn: int
    local_authority: int
    pupils: int
    uplifts: Mapping[int, tuple[bool, bool]]


@dataclass(frozen=True, slots=True)
class Body:
    """An appropriate body and its last day of designation, None for no end."""

    id: int
    until: date | None
    is_hub: bool


@dataclass(frozen=True)
class Catalogue:
    """All of it."""

    years: Mapping[int, Year]
    timetables: Mapping[tuple[int, str], Timetable]
    offers: Mapping[tuple[int, int], Offer]
    places: Sequence[Place]
    bodies: Sequence[Body]

    @classmethod
    def read(cls) -> "Catalogue":
        """Read everything from the database. Raises NotPrepared when something is missing."""
        timetables = _timetables(_years())
        years = {
            year: each
            for year, each in _years().items()
            if all((year, str(identifier)) in timetables for identifier in _NEEDED_IN_EVERY_YEAR)
        }
        offers = _offers(years)
        found = cls(
            years={year: each for year, each in years.items() if any(y == year for _, y in offers)},
            timetables=timetables,
            offers=offers,
            places=_places(),
            bodies=_bodies(),
        )
        if not found.years:
            raise NotPrepared("No lead provider has a contract, delivery partners and statements")
        if not found.places:
            raise NotPrepared("There is no open, eligible school where nothing has happened yet")
        if not any(each.is_hub for each in found.bodies):
            raise NotPrepared("There is no teaching school hub")
        return found

    def offers_in(self, year: int) -> list[Offer]:
        """Return what lead providers offer in a year, in order of their keys."""
        return [offer for (_, of_year), offer in self.offers.items() if of_year == year]

    def year_of(self, day: date) -> Year | None:
        """Return the contract period that covers a day."""
        return next(
            (each for each in self.years.values() if each.started_on <= day <= each.finished_on),
            None,
        )

    def timetable(self, year: int, kind: str, month: str) -> Timetable:
        """Return a schedule of a year, the standard one in September when it is not offered."""
        wanted = self.timetables.get((year, f"ecf-{kind}-{month}"))
        return wanted or self.timetables[year, str(ScheduleIdentifier.STANDARD_SEPTEMBER)]


def _years() -> dict[int, Year]:
    return {
        each.year: Year(
            year=each.year,
            started_on=each.started_on,
            finished_on=each.finished_on,
            frozen_on=clock.london_date(each.payments_frozen_at)
            if each.payments_frozen_at
            else None,
            successor=each.successor_id,
            mentor_funding=each.mentor_funding_enabled,
            detailed_evidence=each.detailed_evidence_types_enabled,
            in_sequence=each.declarations_in_sequence,
            uplifts=each.uplift_fees_enabled,
            uplifts_for_replacements=each.uplifts_on_replacement_schedules,
        )
        for each in ContractPeriod.objects.order_by("year")
    }


def _timetables(years: Mapping[int, Year]) -> dict[tuple[int, str], Timetable]:
    schedules = Schedule.objects.prefetch_related("milestones").order_by("pk")
    return {
        (each.contract_period_id, each.identifier): Timetable(
            id=each.pk,
            year=years[each.contract_period_id],
            identifier=each.identifier,
            kind=each.kind,
            milestones={
                milestone.declaration_type: MilestoneWindow(
                    milestone.start_date, milestone.milestone_date
                )
                for milestone in each.milestones.all()
            },
        )
        for each in schedules
    }


def _offers(years: Mapping[int, Year]) -> dict[tuple[int, int], Offer]:
    """Return by provider and year what is complete: with partners and output statements."""
    pairings: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, active, partner in LeadProviderDeliveryPartnership.objects.order_by("pk").values_list(
        "pk", "active_lead_provider_id", "delivery_partner_id"
    ):
        pairings[active].append((key, partner))
    statements = _statements()
    active_ones = (
        ActiveLeadProvider.objects.filter(contract_period__in=years)
        .annotate(target=Sum("contracts__banded_fee_structure__recruitment_target"))
        .order_by("lead_provider", "contract_period")
    )
    return {
        (each.lead_provider_id, each.contract_period_id): Offer(
            provider=each.lead_provider_id,
            year=years[each.contract_period_id],
            active_lead_provider=each.pk,
            share=each.target or _USUAL_TARGET,
            pairings=pairings[each.pk],
            statements=statements[each.pk],
        )
        for each in active_ones
        if each.pk in pairings and each.pk in statements
    }


def _statements() -> dict[int, list[Due]]:
    rows = (
        Statement.objects.filter(fee_type=FeeType.OUTPUT)
        .order_by("active_lead_provider", "deadline_date", "year", "month", "pk")
        .values_list("active_lead_provider_id", "pk", "deadline_date", "payment_date", "status")
    )
    return {
        active: [Due(*row) for _, *row in group] for active, group in groupby(rows, lambda r: r[0])
    }


def _places() -> list[Place]:
    """Return the schools where a population may live: nothing has happened there yet."""
    here = OuterRef("pk")
    schools = (
        School.objects.filter(gias_school__eligible=True, gias_school__status__in=OPEN_STATUSES)
        .exclude(gias_school__in=_schools_of_personas())
        .exclude(Exists(SchoolPartnership.objects.filter(school=here)))
        .exclude(Exists(ECTAtSchoolPeriod.objects.filter(school=here)))
        .exclude(Exists(MentorAtSchoolPeriod.objects.filter(school=here)))
        .order_by("gias_school_id")
        .values_list(
            "pk", "gias_school_id", "gias_school__local_authority_code", "gias_school__pupils"
        )
    )
    uplifts = _uplifts()
    return [
        Place(pk, urn, authority or 0, pupils or _USUAL_PUPILS, uplifts.get(urn, {}))
        for pk, urn, authority, pupils in schools
    ]


def _schools_of_personas() -> list[int]:
    """Return the URNs of the demo's own schools, one of which has never registered anyone."""
    personas = json.loads((DATA_DIR / "demo" / "personas.json").read_text(encoding="utf-8"))
    return [int(each["organisation"]) for each in personas if each["kind"] == "school"]


def _uplifts() -> dict[int, dict[int, tuple[bool, bool]]]:
    uplifts: dict[int, dict[int, tuple[bool, bool]]] = defaultdict(dict)
    for urn, year, *both in SchoolFundingEligibility.objects.values_list(
        "gias_school_id", "contract_period_id", "pupil_premium_uplift", "sparsity_uplift"
    ):
        uplifts[urn][year] = (both[0], both[1])
    return uplifts


def _bodies() -> list[Body]:
    """Return the hubs and local authorities that could be chosen in 2021 or later."""
    designations = (
        AppropriateBodyPeriod.objects.exclude(
            appropriate_body__body_type=AppropriateBodyType.NATIONAL
        )
        .exclude(started_on__gt=date(2021, 9, 1))
        .exclude(finished_on__lt=date(2022, 9, 1))
        .order_by("appropriate_body")
        .values_list("appropriate_body_id", "finished_on", "appropriate_body__body_type")
    )
    return [
        Body(key, until, kind == AppropriateBodyType.TEACHING_SCHOOL_HUB and until is None)
        for key, until, kind in designations
    ]
