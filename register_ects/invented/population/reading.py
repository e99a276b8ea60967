"""Read what is there before the people come: the world that lives are planned against."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from register_ects import clock
from register_ects.invented.organisations import schools_without_anybody
from register_ects.invented.population.world import (
    OutputStatement,
    Provider,
    ScheduleFacts,
    SchoolFacts,
    World,
)
from register_ects.models import (
    ActiveLeadProvider,
    AppropriateBody,
    BandedFeeStructure,
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    Milestone,
    RegionDistrict,
    Schedule,
    SchoolFundingEligibility,
    Statement,
)
from register_ects.rules.enumerations import FeeType
from register_ects.rules.establishments import INDEPENDENT_TYPES, is_independent

_USUAL_WEIGHT = 1000
_USUAL_PUPILS = 200


def read_world(today: date) -> World:
    """Return the world as it is held, with the schools where nobody is yet."""
    return World(
        today=today,
        years={period.year: period for period in ContractPeriod.objects.order_by("year")},
        schedules=_schedules(),
        providers=_providers(today),
        statements=_statements(),
        uplifts=_uplifts(),
        hubs=_hubs(today),
        hub_by_district=_hub_by_district(_hubs(today)),
        independent_panel=_independent_panel(),
        provider_names=dict(LeadProvider.objects.values_list("pk", "name")),
        partner_names=dict(DeliveryPartner.objects.values_list("pk", "name")),
        body_names=dict(AppropriateBody.objects.values_list("pk", "name")),
        schools=_schools(today),
    )


def _schedules() -> dict[tuple[int, str], ScheduleFacts]:
    windows: dict[int, dict[str, Milestone]] = defaultdict(dict)
    for each in Milestone.objects.order_by("schedule", "start_date", "declaration_type"):
        windows[each.schedule_id][each.declaration_type] = each
    return {
        (each.contract_period_id, each.identifier): ScheduleFacts(
            each.pk, each.contract_period_id, each.identifier, each.kind, windows[each.pk]
        )
        for each in Schedule.objects.all()
    }


def _providers(today: date) -> dict[int, list[Provider]]:
    """Return the providers of each contract period that has begun, by name."""
    pairings: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pairing in LeadProviderDeliveryPartnership.objects.order_by("delivery_partner__name"):
        pairings[pairing.active_lead_provider_id].append((pairing.pk, pairing.delivery_partner_id))
    targets = dict(
        BandedFeeStructure.objects.order_by("contract_id").values_list(
            "active_lead_provider", "recruitment_target"
        )
    )
    providers: dict[int, list[Provider]] = defaultdict(list)
    begun = ActiveLeadProvider.objects.filter(contract_period__started_on__lte=today)
    for active in begun.order_by("contract_period", "lead_provider__name"):
        if pairings[active.pk]:
            providers[active.contract_period_id].append(
                Provider(
                    active.lead_provider_id,
                    active.pk,
                    targets.get(active.pk) or _USUAL_WEIGHT,
                    tuple(pairings[active.pk]),
                )
            )
    return dict(providers)


def _statements() -> dict[tuple[int, int], list[OutputStatement]]:
    statements: dict[tuple[int, int], list[OutputStatement]] = defaultdict(list)
    outputs = Statement.objects.filter(fee_type=FeeType.OUTPUT).order_by("deadline_date", "pk")
    for each in outputs:
        paid_at = each.marked_as_paid_at
        paid_on = clock.london_date(paid_at) if paid_at else each.payment_date
        statements[each.lead_provider_id, each.contract_period_id].append(
            OutputStatement(
                each.pk,
                each.deadline_date,
                each.status,
                paid_on if each.status == "paid" else None,
            )
        )
    return dict(statements)


def _uplifts() -> dict[tuple[int, int], tuple[bool, bool]]:
    earned = SchoolFundingEligibility.objects.filter(
        Q(pupil_premium_uplift=True) | Q(sparsity_uplift=True)
    )
    return {
        (urn, year): (pupil_premium, sparsity)
        for urn, year, pupil_premium, sparsity in earned.values_list(
            "gias_school_id", "contract_period_id", "pupil_premium_uplift", "sparsity_uplift"
        )
    }


def _hubs(today: date) -> list[int]:
    """Return the hubs that may take ECTs on today, by name; without any such, all hubs."""
    hubs = AppropriateBody.objects.teaching_school_hubs().order_by("name")
    active = hubs.active(today).values_list("pk", flat=True)
    return list(active) or list(hubs.values_list("pk", flat=True))


def _hub_by_district(hubs: Collection[int]) -> dict[str, int]:
    """Return which of these hubs serves a district: of several the first area's."""
    areas = RegionDistrict.objects.filter(region__appropriate_body__in=hubs)
    rows = areas.order_by("-region__code").values_list("name", "region__appropriate_body")
    return dict(rows)


def _independent_panel() -> int | None:
    panel = AppropriateBody.objects.filter(name=AppropriateBody.ISTIP)
    return panel.values_list("pk", flat=True).first()


def _schools(today: date) -> list[SchoolFacts]:
    """Return the schools in England, open today and to stay so, where nobody is or was.

    Eligible ones, and independent ones, which may have ECTs that DfE does not pay for.
    """
    schools = schools_without_anybody().filter(
        Q(gias_school__eligible=True)
        | Q(gias_school__in_england=True, gias_school__type_name__in=sorted(INDEPENDENT_TYPES)),
        Q(gias_school__opened_on=None) | Q(gias_school__opened_on__lte=today),
        gias_school__closed_on=None,
    )
    rows = schools.order_by("gias_school").values_list(
        "pk",
        "gias_school_id",
        "gias_school__name",
        "gias_school__pupils",
        "gias_school__administrative_district_name",
        "gias_school__type_name",
        "gias_school__eligible",
        "gias_school__opened_on",
    )
    return [
        SchoolFacts(
            key,
            urn,
            name,
            _USUAL_PUPILS if pupils is None else pupils,
            district or "",
            is_independent(type_name),
            eligible,
            opened_on or date.min,
        )
        for key, urn, name, pupils, district, type_name, eligible, opened_on in rows
    ]
