"""Lead providers, their contract years, delivery partners and API tokens."""

import uuid
from datetime import date

import pgtrigger
from django.db import models

from register_ects import clock
from register_ects.models.base import (
    CaseInsensitiveTextField,
    TimeStamped,
    keep_history,
    refusing_trigger,
)
from register_ects.models.constraints import Unique
from register_ects.models.funding_years import ContractPeriod


def _is_registered(row: str) -> str:
    """Return in SQL whether a statement's payment bears VAT by this row of the provider."""
    return f"{row}.vat_registered AND coalesce({row}.vat_registered_from <= payment_date, true)"


@keep_history
class LeadProvider(TimeStamped):
    """A national contractor that designs training and reports participants over the API.

    ``api_request_limit`` is how many requests it may make in five minutes, when support has
    granted another number than the usual one. ``vat_registered_from`` is the first day of a
    registration for VAT that has not always been: what is paid before it bears none.
    """

    name = CaseInsensitiveTextField(unique=True)
    vat_registered = models.BooleanField(default=True)
    vat_registered_from = models.DateField(null=True, blank=True)
    api_request_limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        db_table = "lead_provider"
        ordering = ["name"]
        triggers = [
            refusing_trigger(
                # Paid statements are priced by it. A registration that ends is told by the rate
                # of a later contract.
                name="vat_registration_is_fixed_once_paid",
                operation=pgtrigger.Update,
                condition="OLD.vat_registered <> NEW.vat_registered"
                " OR OLD.vat_registered_from IS DISTINCT FROM NEW.vat_registered_from",
                lock_first="""
                    PERFORM 1 FROM statement WHERE lead_provider_id = NEW.id FOR SHARE;""",
                when_broken=f"""EXISTS (
                    SELECT 1 FROM statement WHERE lead_provider_id = NEW.id AND status = 'paid'
                    AND ({_is_registered("OLD")}) <> ({_is_registered("NEW")}))""",  # noqa: S608 - our own words
                message="Statements of the lead provider were paid with or without VAT",
                problem="vat_registered already_paid",
                sentence="Statements of this lead provider were paid with the VAT it had. Say from "
                "which later day it is registered, or set the VAT rate of a later contract",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_vat_registered_on(self, day: date) -> bool:
        """Whether what is paid on a day bears VAT (spec 04 §5.10 Improve)."""
        since = self.vat_registered_from
        return self.vat_registered and (since is None or since <= day)


@keep_history
class ActiveLeadProvider(TimeStamped):
    """A lead provider with a call-off contract for one contract period."""

    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, related_name="active_lead_providers"
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        db_column="contract_period_year",
        related_name="active_lead_providers",
    )

    class Meta:
        db_table = "active_lead_provider"
        constraints = [
            Unique(
                name="one_active_lead_provider_per_contract_period",
                fields=["lead_provider", "contract_period"],
                problem="lead_provider already_exists",
                sentence="This lead provider is already active in this contract period",
            ),
            models.UniqueConstraint(
                name="active_lead_provider_key_with_year",
                fields=["id", "lead_provider", "contract_period"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_provider} {self.contract_period_id}"


@keep_history
class DeliveryPartner(TimeStamped):
    """An organisation that runs training events for lead providers."""

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = CaseInsensitiveTextField(unique=True)

    class Meta:
        db_table = "delivery_partner"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@keep_history
class LeadProviderDeliveryPartnership(TimeStamped):
    """The agreement that a delivery partner works with a lead provider in one contract period.

    ``lead_provider`` and ``contract_period`` repeat the active lead provider's; a composite
    foreign key keeps them true.
    """

    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="delivery_partnerships"
    )
    delivery_partner = models.ForeignKey(
        DeliveryPartner, models.PROTECT, related_name="lead_provider_partnerships"
    )
    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, related_name="+", editable=False
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        db_column="contract_period_year",
        related_name="+",
        editable=False,
    )

    copied_once = {
        "lead_provider_id": "active_lead_provider.lead_provider_id",
        "contract_period_id": "active_lead_provider.contract_period_id",
    }

    class Meta:
        db_table = "lead_provider_delivery_partnership"
        constraints = [
            Unique(
                name="one_pairing_per_active_lead_provider_and_partner",
                fields=["active_lead_provider", "delivery_partner"],
                problem="delivery_partner already_exists",
                sentence="This delivery partner already works with the lead provider in this "
                "contract period",
            ),
            models.UniqueConstraint(
                name="pairing_key_with_provider_and_year",
                fields=["id", "lead_provider", "contract_period"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_partner} with {self.active_lead_provider}"


class APIToken(TimeStamped):
    """A lead provider's key to the API: only a keyed hash and a clear prefix are stored.

    Source: spec 02 §2.2.2 with its Improve, spec 00 "Tokens".
    """

    lead_provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="api_tokens")
    prefix = models.CharField(max_length=6)
    digest = models.BinaryField(max_length=32, unique=True)
    description = models.TextField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_token"

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.description})"

    @property
    def is_usable(self) -> bool:
        """Whether requests with it are let in now."""
        now = clock.now()
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)
