"""What a lead provider is paid: bands, contract versions and their prices (spec 01 §4.8, 04 §2).

Money is pounds as Decimal. Composite foreign keys tie bands, terms and contracts to one active
lead provider.
"""

from decimal import Decimal
from string import ascii_uppercase

import pgtrigger
from django.db import models
from django.db.models import F, Q

from register_ects.models.base import (
    TimeStamped,
    keep_history,
    never_changes,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique, WordedTrigger
from register_ects.models.lead_providers import ActiveLeadProvider
from register_ects.rules.enumerations import ContractType

_CHECK_STRUCTURES = """
    PERFORM 1 FROM contract WHERE id = {contract} FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM contract c WHERE c.id = {contract} AND NOT (
            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)
            AND (c.contract_type = 'ittecf_ectp') =
                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)
            AND NOT (c.contract_type = 'ittecf_ectp' AND EXISTS (
                SELECT 1 FROM contract_banded_fee_structure b
                WHERE b.contract_id = c.id AND b.uplift_fee_per_declaration <> 0))
        )
    ) THEN
        RAISE EXCEPTION 'The fee structures do not match the contract type'
        USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'fee_structures_match_contract_type';
    END IF;
"""


def _structures_match(name: str, column: str) -> pgtrigger.Trigger:
    """Return the trigger that checks a contract's fee structures at the end of a transaction.

    ``column`` holds the contract's key. A structure that moves is checked where it came from as
    well as where it went; the contract is locked, so that two transactions cannot each do half.
    """
    of_contract = column == "id"
    return WordedTrigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update
        if of_contract
        else pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=f"""
            IF TG_OP <> 'DELETE' THEN
                {_CHECK_STRUCTURES.format(contract=f"NEW.{column}")}
            END IF;
            IF TG_OP <> 'INSERT' THEN
                {_CHECK_STRUCTURES.format(contract=f"OLD.{column}")}
            END IF;
            RETURN NULL;
        """,
        raised_as="fee_structures_match_contract_type",
        problem="contract_type fees_do_not_match",
        sentence="The fee structures do not match the contract type. A contract from 2025 on has "
        "bands and a mentor fee but no uplift fee; an earlier one has bands alone",
    )


def _fixed_once_paid(contract: str, *columns: str, added_or_removed: bool) -> pgtrigger.Trigger:
    """Return the trigger that keeps prices as they were when a statement was paid by them.

    ``contract`` is SQL for the contract's key, with ``{row}`` for the row it is found from;
    ``columns`` are the terms. ``added_or_removed`` says whether a row more or less changes the
    price too. A statement that is being authorised is waited for.
    """
    new, old = contract.format(row="NEW"), contract.format(row="OLD")
    anything = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return refusing_trigger(
        name="fees_are_fixed_once_paid",
        operation=anything if added_or_removed else pgtrigger.Update,
        when_set=columns,
        lock_first=f"""
            PERFORM 1 FROM statement WHERE contract_id IN ({new}, {old}) FOR SHARE;""",
        when_broken=f"""EXISTS (
                SELECT 1 FROM statement
                WHERE status = 'paid' AND contract_id IN ({new}, {old}))""",  # noqa: S608 - ours
        message="Statements were paid by these fees",
        problem="already_paid",
    )


_OF_STRUCTURE = """(SELECT contract_id FROM contract_banded_fee_structure
    WHERE id = {row}.banded_fee_structure_id)"""


@keep_history
class ActiveLeadProviderBand(TimeStamped):
    """A slice of declaration volume, shared by all contracts of an active lead provider."""

    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="bands"
    )
    allocation_order = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField()

    class Meta:
        db_table = "active_lead_provider_band"
        ordering = ["allocation_order"]
        constraints = [
            Check(
                name="band_order_and_capacity_above_zero",
                condition=Q(allocation_order__gt=0, capacity__gt=0),
                problem="capacity too_small",
                sentence="A band must have room for at least 1 declaration",
            ),
            Unique(
                name="one_band_per_allocation_order",
                fields=["active_lead_provider", "allocation_order"],
                problem="allocation_order already_exists",
                sentence="The lead provider already has this band. Reload the page to see it",
            ),
            models.UniqueConstraint(
                name="band_key_with_active_lead_provider", fields=["id", "active_lead_provider"]
            ),
        ]
        triggers = [
            never_changes(
                "allocation_order",
                name="band_order_never_changes",
                problem="allocation_order cannot_change",
                sentence="The order of bands cannot be changed",
            ),
            refusing_trigger(
                name="band_capacity_never_shrinks",
                when_broken="NEW.capacity < OLD.capacity",
                message="The capacity of a band may only grow",
                operation=pgtrigger.Update,
                problem="capacity too_small",
            ),
            refusing_trigger(
                # The first shares out the set-up fee, and where one that is not the last ends,
                # the next begins. The last may grow (spec 01 §4.2).
                name="bands_are_fixed_once_paid",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when_set=["active_lead_provider_id", "capacity"],
                lock_first="""
                    PERFORM 1 FROM statement WHERE active_lead_provider_id
                        IN (NEW.active_lead_provider_id, OLD.active_lead_provider_id) FOR SHARE;""",
                when_broken="""EXISTS (
                        SELECT 1 FROM statement WHERE status = 'paid' AND active_lead_provider_id
                            IN (NEW.active_lead_provider_id, OLD.active_lead_provider_id)
                    ) AND NOT (
                        TG_OP = 'UPDATE'
                        AND NEW.active_lead_provider_id = OLD.active_lead_provider_id
                        AND NEW.allocation_order > 1 AND NOT EXISTS (
                            SELECT 1 FROM active_lead_provider_band
                            WHERE active_lead_provider_id = NEW.active_lead_provider_id
                            AND allocation_order > NEW.allocation_order))""",
                message="Statements were paid by these bands",
                problem="capacity already_paid",
            ),
        ]

    def __str__(self) -> str:
        return f"Band {self.letter}"

    @property
    def letter(self) -> str:
        """Return A for the first band, B for the second and so on."""
        return ascii_uppercase[self.allocation_order - 1]


@keep_history
class Contract(TimeStamped):
    """One version of a lead provider's contract for a contract period."""

    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="contracts"
    )
    contract_type = models.CharField(max_length=11, choices=ContractType)
    vat_rate = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("0.20"))

    class Meta:
        db_table = "contract"
        constraints = [
            one_of("contract_type_is_known", "contract_type", ContractType),
            Check(
                name="vat_rate_between_0_and_1",
                condition=Q(vat_rate__gte=Decimal(0), vat_rate__lte=Decimal(1)),
                problem="vat_rate out_of_range",
                sentence="The VAT rate must be between 0 and 1, for example 0.20",
            ),
            models.UniqueConstraint(
                name="contract_key_with_active_lead_provider", fields=["id", "active_lead_provider"]
            ),
        ]
        triggers = [
            never_changes(
                "active_lead_provider_id",
                name="contract_provider_never_changes",
                problem="lead_provider cannot_change",
                sentence="The lead provider of a contract cannot be changed. Add another contract",
            ),
            _structures_match("contract_fee_structures_match", "id"),
            _fixed_once_paid("{row}.id", "contract_type", "vat_rate", added_or_removed=False),
        ]

    def __str__(self) -> str:
        return f"Contract {self.pk} of {self.active_lead_provider}"


@keep_history
class BandedFeeStructure(TimeStamped):
    """Prices by band, and the monthly service fee. Pounds excluding VAT."""

    contract = models.OneToOneField(Contract, models.CASCADE, related_name="banded_fee_structure")
    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="+", editable=False
    )
    recruitment_target = models.PositiveIntegerField()
    setup_fee = models.DecimalField(max_digits=12, decimal_places=2)
    monthly_service_fee = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True
    )
    uplift_fee_per_declaration = models.DecimalField(max_digits=12, decimal_places=2)
    uplift_target_ratio = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)

    copied_once = {"active_lead_provider_id": "contract.active_lead_provider_id"}

    class Meta:
        db_table = "contract_banded_fee_structure"
        constraints = [
            Check(
                name="banded_fees_not_negative",
                condition=Q(setup_fee__gte=0, uplift_fee_per_declaration__gte=0)
                & (Q(monthly_service_fee__isnull=True) | Q(monthly_service_fee__gte=0)),
                problem="monthly_service_fee negative",
                sentence="The set-up fee, monthly service fee and uplift fee must be zero or more",
            ),
            Check(
                name="uplift_target_ratio_between_0_and_1",
                condition=Q(uplift_target_ratio__isnull=True)
                | Q(uplift_target_ratio__gte=0, uplift_target_ratio__lte=1),
                problem="uplift_target_ratio out_of_range",
                sentence="The uplift target must be between 0 and 1",
            ),
            models.UniqueConstraint(
                name="banded_structure_key_with_active_lead_provider",
                fields=["id", "active_lead_provider"],
            ),
        ]
        triggers = [
            _structures_match("banded_structure_matches_type", "contract_id"),
            _fixed_once_paid(
                "{row}.contract_id",
                "contract_id",
                "recruitment_target",
                "setup_fee",
                "monthly_service_fee",
                "uplift_fee_per_declaration",
                added_or_removed=True,
            ),
        ]

    def __str__(self) -> str:
        return f"Banded fees of {self.contract}"


@keep_history
class BandTerm(TimeStamped):
    """The whole price of one participant in one band, and how it splits. Pounds excluding VAT."""

    banded_fee_structure = models.ForeignKey(
        BandedFeeStructure, models.CASCADE, related_name="band_terms"
    )
    band = models.ForeignKey(ActiveLeadProviderBand, models.PROTECT, related_name="terms")
    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="+", editable=False
    )
    fee_per_declaration = models.DecimalField(max_digits=12, decimal_places=2)
    output_fee_ratio = models.DecimalField(max_digits=3, decimal_places=2)
    service_fee_ratio = models.DecimalField(max_digits=3, decimal_places=2)

    copied_once = {"active_lead_provider_id": "banded_fee_structure.active_lead_provider_id"}

    class Meta:
        db_table = "contract_band_term"
        constraints = [
            Check(
                name="band_fee_above_zero",
                condition=Q(fee_per_declaration__gt=0),
                problem="fee_per_declaration too_small",
                sentence="The fee must be more than £0",
            ),
            Check(
                name="band_ratios_add_up_to_1",
                condition=Q(output_fee_ratio__gte=0, service_fee_ratio__gte=0)
                & Q(output_fee_ratio=Decimal(1) - F("service_fee_ratio")),
                problem="output_fee_ratio does_not_add_up",
                sentence="The output fee ratio and the service fee ratio must add up to 1",
            ),
            Unique(
                name="one_term_per_band_and_contract",
                fields=["banded_fee_structure", "band"],
                problem="band already_exists",
                sentence="The contract already has a fee for this band",
            ),
        ]
        triggers = [
            _fixed_once_paid(
                _OF_STRUCTURE,
                "banded_fee_structure_id",
                "band_id",
                "fee_per_declaration",
                "output_fee_ratio",
                "service_fee_ratio",
                added_or_removed=True,
            )
        ]

    def __str__(self) -> str:
        return f"{self.band}: {self.fee_per_declaration}"


@keep_history
class FlatRateFeeStructure(TimeStamped):
    """The whole price of one mentor from 2025 on. Pounds excluding VAT."""

    contract = models.OneToOneField(
        Contract, models.CASCADE, related_name="flat_rate_fee_structure"
    )
    recruitment_target = models.PositiveIntegerField()
    fee_per_declaration = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        db_table = "contract_flat_rate_fee_structure"
        constraints = [
            Check(
                name="flat_rate_fee_and_target_above_zero",
                condition=Q(recruitment_target__gt=0, fee_per_declaration__gt=0),
                problem="fee_per_declaration too_small",
                sentence="The recruitment target and the fee must be more than zero",
            )
        ]
        triggers = [
            _structures_match("flat_rate_structure_matches_type", "contract_id"),
            _fixed_once_paid(
                "{row}.contract_id",
                "contract_id",
                "recruitment_target",
                "fee_per_declaration",
                added_or_removed=True,
            ),
        ]

    def __str__(self) -> str:
        return f"Mentor fee of {self.contract}"
