"""Put a payment scenario (the JSON of docs/payments.md) into the database, row by row."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

import pgtrigger
from django.db import connection, transaction

from register_ects.models import ActiveLeadProvider, BandTerm, Contract, Declaration, Statement
from tests.factories import (
    ActiveLeadProviderBandFactory,
    ActiveLeadProviderFactory,
    BandedFeeStructureFactory,
    BandTermFactory,
    ContractFactory,
    DeclarationFactory,
    FlatRateFeeStructureFactory,
    ScheduleFactory,
    SchoolFactory,
    StatementAdjustmentFactory,
    StatementFactory,
    TrainingPeriodFactory,
)
from tests.factory_parts.base import noon


class Ledger:
    """One lead provider in one contract period: its contract, statements and declarations."""

    def __init__(self, scenario, *, lead_provider=None):
        self.scenario = scenario
        self.year = 2024 if scenario["contract_type"] == "ecf" else 2025
        given = {"lead_provider": lead_provider} if lead_provider else {}
        self.active: ActiveLeadProvider = ActiveLeadProviderFactory(year=self.year, **given)
        self.lead_provider = self.active.lead_provider
        if self.lead_provider.vat_registered != scenario.get("vat_registered", True):
            self.lead_provider.vat_registered = not self.lead_provider.vat_registered
            self.lead_provider.save()
        self.bands = [
            ActiveLeadProviderBandFactory(
                active_lead_provider=self.active, capacity=band["capacity"]
            )
            for band in scenario["bands"]
        ]
        self.contract = self.add_contract(scenario)
        self._school = SchoolFactory()
        self._trainees = defaultdict(list)  # by role
        self._declared = defaultdict(list)  # by role and type

    def add_contract(self, scenario) -> Contract:
        """Add a version of the contract, priced as ``scenario`` says, over the same bands."""
        with transaction.atomic():
            contract = ContractFactory(
                active_lead_provider=self.active,
                contract_type=scenario["contract_type"],
                vat_rate=Decimal(scenario.get("vat_rate", "0.20")),
                banded=False,
                flat_rate=False,
            )
            fee = scenario.get("monthly_service_fee")
            structure = BandedFeeStructureFactory(
                contract=contract,
                recruitment_target=scenario.get("recruitment_target", 0),
                setup_fee=Decimal(scenario.get("setup_fee", "0.00")),
                monthly_service_fee=None if fee is None else Decimal(fee),
                uplift_fee_per_declaration=Decimal(
                    scenario.get("uplift_fee_per_declaration", "0.00")
                ),
            )
            for band, terms in zip(self.bands, scenario["bands"], strict=True):
                output = Decimal(terms["output_fee_ratio"])
                BandTermFactory(
                    banded_fee_structure=structure,
                    band=band,
                    fee_per_declaration=Decimal(terms["fee_per_declaration"]),
                    output_fee_ratio=output,
                    service_fee_ratio=1 - output,
                )
            if scenario["contract_type"] == "ittecf_ectp":
                FlatRateFeeStructureFactory(
                    contract=contract,
                    fee_per_declaration=Decimal(scenario["mentor_fee_per_declaration"]),
                )
        return contract

    def add_statements(self) -> list[Statement]:
        """Add the scenario's statements with everything on them, in the scenario's order."""
        return [self.add_statement(**statement) for statement in self.scenario["statements"]]

    def add_statement(
        self,
        *,
        year,
        month,
        payment_date,
        fee_type="output",
        contract=None,
        ect=None,
        mentor=None,
        uplifts=None,
        adjustments=(),
    ) -> Statement:
        """Add one statement, its declarations, its clawbacks of earlier ones, its adjustments."""
        paid_on = date.fromisoformat(payment_date)
        statement = StatementFactory(
            contract=contract or self.contract,
            active_lead_provider=self.active,
            year=year,
            month=month,
            fee_type=fee_type,
            payment_date=paid_on,
            deadline_date=paid_on - timedelta(days=25),
            payable=True,
        )
        uplifts = uplifts or {}
        for role, counts in (("ect", ect or {}), ("mentor", mentor or {})):
            for kind, count in counts.items():
                carries = role == "ect" and kind == "started"
                self.claw_back(
                    statement,
                    role,
                    kind,
                    count.get("refundable", 0),
                    uplifts=uplifts.get("refundable", 0) if carries else 0,
                )
                self.pay(
                    statement,
                    role,
                    kind,
                    count.get("billable", 0),
                    uplifts=uplifts.get("billable", 0) if carries else 0,
                )
        for amount in adjustments:
            StatementAdjustmentFactory(statement=statement, amount=Decimal(amount))
        return statement

    def pay(self, statement, role, kind, count, *, uplifts=0, **fields) -> list[Declaration]:
        """Put ``count`` new declarations on a statement, ``uplifts`` of them with a flag.

        They are as far as the statement is.
        """
        declared = self._declared[role, kind]
        status = Statement.objects.values_list("status", flat=True).get(pk=statement.pk)
        new = [
            DeclarationFactory(
                training_period=self._trainee(role, len(declared) + number),
                declaration_type=kind,
                payment_statement=statement,
                sparsity_uplift=number < uplifts,
                pupil_premium_uplift=number < uplifts and number % 2 == 0,  # both: one fee
                **{"payment_status": status, **fields},
            )
            for number in range(count)
        ]
        declared.extend(new)
        return new

    def claw_back(self, statement, role, kind, count, *, uplifts=0) -> None:
        """Take back ``count`` declarations, ``uplifts`` of them with a flag.

        What they are on is paid first.
        """
        owed = [
            declaration
            for declaration in self._declared[role, kind]
            if declaration.clawback_statement is None and declaration.payment_status != "voided"
        ]
        with_uplift = [declaration for declaration in owed if declaration.has_uplift]
        without = [declaration for declaration in owed if not declaration.has_uplift]
        chosen = with_uplift[:uplifts] + without[: count - uplifts]
        assert len(chosen) == count, "the scenario claws back more than was paid"
        self.settle(*{declaration.payment_statement for declaration in chosen})
        for declaration in chosen:
            declaration.clawback_status = "awaiting_clawback"
            declaration.clawback_statement = statement
            declaration.save()

    def settle(self, *statements) -> None:
        """Pay statements, and with each what is on it."""
        settle(*statements)
        for declaration in chain.from_iterable(self._declared.values()):
            declaration.refresh_from_db(fields=["payment_status", "clawback_status"])

    def _trainee(self, role, number):
        trainees = self._trainees[role]
        while len(trainees) <= number:
            trainees.append(
                TrainingPeriodFactory(
                    year=self.year,
                    lead_provider=self.lead_provider,
                    school=self._school,
                    # It has every point, extended ones too.
                    schedule=ScheduleFactory(
                        contract_period=self.active.contract_period, extended=True
                    ),
                    **({"for_mentor": True} if role == "mentor" else {}),
                )
            )
        return trainees[number]


def settle(*statements) -> None:
    """Pay statements that are payable, and with each what is on it."""
    payable = Statement.objects.filter(pk__in=[each.pk for each in statements], status="payable")
    for statement in payable:
        with transaction.atomic():
            statement.payment_declarations.filter(payment_status="payable").update(
                payment_status="paid"
            )
            statement.clawback_declarations.filter(clawback_status="awaiting_clawback").update(
                clawback_status="clawed_back"
            )
            statement.status, statement.marked_as_paid_at = "paid", noon(statement.payment_date)
            statement.save()
    connection.check_constraints()  # what is left for the end of the transaction


def take_prices_away(**which) -> None:
    """Delete band terms, paid by or not: what a database of before its rules may lack."""
    with pgtrigger.ignore("register_ects.BandTerm:fees_are_fixed_once_paid"):
        BandTerm.objects.filter(**which).delete()
