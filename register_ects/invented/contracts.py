"""Invented contracts for the demo and for tests; real terms are confidential.

From ``data/demo``: who is active in which year, prices, volumes, and which delivery partner
works with which lead provider. Never loaded in production.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from register_ects import clock
from register_ects.invented.production import refuse_in_production
from register_ects.models import (
    ActiveLeadProvider,
    ActiveLeadProviderBand,
    BandedFeeStructure,
    BandTerm,
    Contract,
    DeliveryPartner,
    FlatRateFeeStructure,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    Statement,
)
from register_ects.reference_data.adding import add_missing
from register_ects.reference_data.files import read_rows, stable_id
from register_ects.reference_data.funding_years import StatementMonth, statement_months
from register_ects.rules.enumerations import ContractType, StatementStatus

Row = dict[str, str]
_Key = tuple[str, int]


@transaction.atomic
def load_demo_contracts(*, settled: bool = True) -> int:
    """Add the invented contracts that are missing, with statements; return how many contracts.

    Statements whose deadline is today or later are open. Earlier ones are payable, and paid once
    their payment date has passed; with ``settled`` false all are open, for whoever plays
    declarations of the past. Raises NotForProduction in production, and LeadProvider.DoesNotExist
    or IntegrityError before the reference data are loaded. A second run changes nothing.
    """
    refuse_in_production("Invented contracts")
    active = _add_active_lead_providers()
    contracts = _add_contracts(active)
    _add_statements(contracts, settled=settled)
    _add_pairings()
    return len(contracts)


def _key(row: Row) -> _Key:
    return row["lead_provider"], int(row["contract_period"])


def _lead_providers(rows: Iterable[Row]) -> dict[str, LeadProvider]:
    names = {row["lead_provider"] for row in rows}
    return {name: LeadProvider.objects.get(name=name) for name in sorted(names)}


def _add_active_lead_providers() -> dict[_Key, ActiveLeadProvider]:
    """Return every active lead provider of the file, adding those that are missing."""
    rows = read_rows("demo/contracts.csv")
    providers = _lead_providers(rows)
    add_missing(
        [
            ActiveLeadProvider(lead_provider=providers[name], contract_period_id=year)
            for name, year in map(_key, rows)
        ],
        ["lead_provider_id", "contract_period_id"],
    )
    held = {
        (active.lead_provider_id, active.contract_period_id): active
        for active in ActiveLeadProvider.objects.select_related("lead_provider")
    }
    return {(name, year): held[providers[name].pk, year] for name, year in map(_key, rows)}


def _add_contracts(active: dict[_Key, ActiveLeadProvider]) -> list[Contract]:
    """Add a contract with its fees for each active lead provider that has none."""
    have_one = set(Contract.objects.values_list("active_lead_provider", flat=True))
    rows = [row for row in read_rows("demo/contracts.csv") if active[_key(row)].pk not in have_one]
    contracts = Contract.objects.bulk_create(
        Contract(active_lead_provider=active[_key(row)], contract_type=row["contract_type"])
        for row in rows
    )
    structures = BandedFeeStructure.objects.bulk_create(map(_banded_fees, contracts, rows))
    FlatRateFeeStructure.objects.bulk_create(
        FlatRateFeeStructure(
            contract=contract,
            recruitment_target=int(row["mentor_recruitment_target"]),
            fee_per_declaration=Decimal(row["mentor_fee_per_declaration"]),
        )
        for contract, row in zip(contracts, rows, strict=True)
        if contract.contract_type == ContractType.ITTECF_ECTP
    )
    _add_bands(dict(zip(map(_key, rows), structures, strict=True)), active)
    return contracts


def _banded_fees(contract: Contract, row: Row) -> BandedFeeStructure:
    ratio = row["uplift_target_ratio"]
    return BandedFeeStructure(
        contract=contract,
        active_lead_provider_id=contract.active_lead_provider_id,
        recruitment_target=int(row["recruitment_target"]),
        setup_fee=Decimal(row["setup_fee"]),
        uplift_fee_per_declaration=Decimal(row["uplift_fee_per_declaration"]),
        uplift_target_ratio=Decimal(ratio) if ratio else None,
    )


def _add_bands(
    structures: dict[_Key, BandedFeeStructure], active: dict[_Key, ActiveLeadProvider]
) -> None:
    """Add the bands that are missing, and their prices in the new fee structures."""
    rows = [row for row in read_rows("demo/bands.csv") if _key(row) in structures]
    add_missing(
        [
            ActiveLeadProviderBand(
                active_lead_provider=active[_key(row)],
                allocation_order=int(row["allocation_order"]),
                capacity=int(row["capacity"]),
            )
            for row in rows
        ],
        ["active_lead_provider_id", "allocation_order"],
    )
    bands = {
        (band.active_lead_provider_id, band.allocation_order): band
        for band in ActiveLeadProviderBand.objects.all()
    }
    BandTerm.objects.bulk_create(
        BandTerm(
            banded_fee_structure=structures[_key(row)],
            band=bands[active[_key(row)].pk, int(row["allocation_order"])],
            active_lead_provider=active[_key(row)],
            fee_per_declaration=Decimal(row["fee_per_declaration"]),
            output_fee_ratio=Decimal(row["output_fee_ratio"]),
            service_fee_ratio=1 - Decimal(row["output_fee_ratio"]),
        )
        for row in rows
    )


def _add_statements(contracts: Sequence[Contract], *, settled: bool) -> None:
    years = sorted({c.active_lead_provider.contract_period_id for c in contracts})
    months = {year: statement_months(year) for year in years}
    state = _state_today if settled else _all_open
    Statement.objects.bulk_create(
        _statement(contract, month, state)
        for contract in contracts
        for month in months[contract.active_lead_provider.contract_period_id]
    )


_State = Callable[[StatementMonth], tuple[str, date | None]]


def _statement(contract: Contract, month: StatementMonth, state: _State) -> Statement:
    active = contract.active_lead_provider
    status, paid_on = state(month)
    name = f"{active.lead_provider.name} {active.contract_period_id} {month.year}-{month.month:02}"
    return Statement(
        api_id=stable_id("statement", name),
        contract=contract,
        active_lead_provider=active,
        lead_provider_id=active.lead_provider_id,
        contract_period_id=active.contract_period_id,
        month=month.month,
        year=month.year,
        fee_type=month.fee_type,
        deadline_date=month.deadline_date,
        payment_date=month.payment_date,
        status=status,
        marked_as_paid_at=clock.london_midnight(paid_on) if paid_on else None,
    )


def _state_today(month: StatementMonth) -> tuple[str, date | None]:
    today = clock.today()
    if month.deadline_date >= today:
        return StatementStatus.OPEN, None
    if month.payment_date >= today:
        return StatementStatus.PAYABLE, None
    return StatementStatus.PAID, month.payment_date


def _all_open(_month: StatementMonth) -> tuple[str, date | None]:
    return StatementStatus.OPEN, None


def _add_pairings() -> None:
    rows = read_rows("demo/delivery_partnerships.csv")
    partners = {partner.api_id: partner for partner in DeliveryPartner.objects.all()}
    active = {
        (held.lead_provider.name, held.contract_period_id): held
        for held in ActiveLeadProvider.objects.select_related("lead_provider")
    }
    add_missing(
        [
            LeadProviderDeliveryPartnership(
                active_lead_provider=held,
                delivery_partner=partners[stable_id("delivery_partner", row["delivery_partner"])],
                lead_provider_id=held.lead_provider_id,
                contract_period_id=year,
            )
            for row in rows
            for year in range(
                int(row["first_contract_period"]), int(row["last_contract_period"]) + 1
            )
            if (held := active.get((row["lead_provider"], year)))
        ],
        ["active_lead_provider_id", "delivery_partner_id"],
    )
