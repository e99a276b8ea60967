"""Factories of contracts and statements."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from register_ects import models
from register_ects.rules.enumerations import ContractType, FeeType, StatementStatus
from tests.factory_parts.base import noon
from tests.factory_parts.catalogue import ActiveLeadProviderFactory, LeadProviderFactory


class ActiveLeadProviderBandFactory(DjangoModelFactory):
    """The next band, for 100 declarations."""

    class Meta:
        model = models.ActiveLeadProviderBand

    active_lead_provider = factory.SubFactory(ActiveLeadProviderFactory)
    allocation_order = factory.LazyAttribute(lambda o: o.active_lead_provider.bands.count() + 1)
    capacity = 100


class BandedFeeStructureFactory(DjangoModelFactory):
    """Prices of an ECF contract. ``ContractFactory`` makes one for every contract."""

    class Meta:
        model = models.BandedFeeStructure

    contract = factory.SubFactory("tests.factories.ContractFactory", year=2024, banded=False)
    recruitment_target = 100
    setup_fee = Decimal("10000.00")
    monthly_service_fee = Decimal("2000.00")
    uplift_fee_per_declaration = factory.LazyAttribute(
        lambda o: Decimal(100 if o.contract.contract_type == ContractType.ECF else 0)
    )
    uplift_target_ratio = Decimal("0.33")


class BandTermFactory(DjangoModelFactory):
    """1,000 pounds in a band, 60% of it output fees."""

    class Meta:
        model = models.BandTerm

    banded_fee_structure = factory.SubFactory(BandedFeeStructureFactory)
    band = factory.SubFactory(
        ActiveLeadProviderBandFactory,
        active_lead_provider=factory.SelfAttribute("..banded_fee_structure.active_lead_provider"),
    )
    fee_per_declaration = Decimal("1000.00")
    output_fee_ratio = Decimal("0.60")
    service_fee_ratio = Decimal("0.40")


class FlatRateFeeStructureFactory(DjangoModelFactory):
    """1,000 pounds a mentor."""

    class Meta:
        model = models.FlatRateFeeStructure

    contract = factory.SubFactory("tests.factories.ContractFactory", flat_rate=False)
    recruitment_target = 50
    fee_per_declaration = Decimal("1000.00")


class ContractFactory(DjangoModelFactory):
    """A contract with its fee structures, in one transaction: ECF until 2024, then ITTECF ECTP.

    Every band of the lead provider gets a term; without bands, a first one is made. With
    ``banded=False`` or ``flat_rate=False`` the caller adds them before the transaction ends.
    """

    class Meta:
        model = models.Contract

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)

    active_lead_provider = factory.SubFactory(
        ActiveLeadProviderFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        year=factory.SelfAttribute("..year"),
    )
    contract_type = factory.LazyAttribute(
        lambda o: (
            ContractType.ECF
            if o.active_lead_provider.contract_period_id < 2025
            else ContractType.ITTECF_ECTP
        )
    )
    banded = True
    flat_rate = factory.LazyAttribute(lambda o: o.contract_type == ContractType.ITTECF_ECTP)

    @classmethod
    def _create(
        cls, model_class: Any, *args: Any, banded: bool, flat_rate: bool, **kwargs: Any
    ) -> models.Contract:
        with transaction.atomic():
            contract = super()._create(model_class, *args, **kwargs)
            if banded:
                cls._add_banded_structure(contract)
            if flat_rate:
                FlatRateFeeStructureFactory(contract=contract)
        return contract

    @staticmethod
    def _add_banded_structure(contract: models.Contract) -> None:
        structure = BandedFeeStructureFactory(contract=contract)
        bands = list(contract.active_lead_provider.bands.all()) or [
            ActiveLeadProviderBandFactory(active_lead_provider=contract.active_lead_provider)
        ]
        for band in bands:
            BandTermFactory(banded_fee_structure=structure, band=band)


class StatementFactory(DjangoModelFactory):
    """The next month's open output statement of an active lead provider, from November on.

    Choose with ``active_lead_provider``, or with ``lead_provider`` and ``contract_year``.
    Traits: payable, paid, service.
    """

    class Meta:
        model = models.Statement

    class Params:
        contract_year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)
        active_lead_provider = factory.SubFactory(
            ActiveLeadProviderFactory,
            lead_provider=factory.SelfAttribute("..lead_provider"),
            year=factory.SelfAttribute("..contract_year"),
        )
        position = factory.LazyAttribute(
            lambda o: 10 + o.contract.active_lead_provider.statements.count()
        )
        payable = factory.Trait(status=StatementStatus.PAYABLE)
        paid = factory.Trait(status=StatementStatus.PAID)
        service = factory.Trait(fee_type=FeeType.SERVICE)

    contract = factory.LazyAttribute(
        lambda o: (
            o.active_lead_provider.contracts.order_by("-pk").first()
            or ContractFactory(active_lead_provider=o.active_lead_provider)
        )
    )
    month = factory.LazyAttribute(lambda o: o.position % 12 + 1)
    year = factory.LazyAttribute(
        lambda o: o.contract.active_lead_provider.contract_period_id + o.position // 12
    )
    fee_type = FeeType.OUTPUT
    deadline_date = factory.LazyAttribute(lambda o: date(o.year, o.month, 1) - timedelta(days=1))
    payment_date = factory.LazyAttribute(lambda o: date(o.year, o.month, 25))
    status = StatementStatus.OPEN
    marked_as_paid_at = factory.LazyAttribute(
        lambda o: noon(o.payment_date) if o.status == StatementStatus.PAID else None
    )


class StatementAdjustmentFactory(DjangoModelFactory):
    """100 pounds more."""

    class Meta:
        model = models.StatementAdjustment

    statement = factory.SubFactory(StatementFactory)
    payment_type = "Late registrations"
    amount = Decimal("100.00")


class StatementAuditNoteFactory(DjangoModelFactory):
    """A note."""

    class Meta:
        model = models.StatementAuditNote

    statement = factory.SubFactory(StatementFactory)
    body = "Checked against the contract."
