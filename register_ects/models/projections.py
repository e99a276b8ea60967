"""What each lead provider is shown, ready to send, and how it changed.

A projection: derived from facts, rebuilt by ``register_ects.projections`` in the transaction that
changed them, verifiable at any time. Nothing else writes these tables. Source: spec 00
"updated_at", spec 02 §2.10 and §2.22, ADR 0009. No foreign key leads from here to the facts: the
database would check it at the commit, and wait for somebody who waits for this refresh (ADR 0012).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func

from register_ects.models.base import one_of
from register_ects.models.lead_providers import LeadProvider
from register_ects.rules.enumerations import ChangeKind, ResourceType, StaleKind


class ShownResource(models.Model):
    """One resource as one lead provider is shown it.

    ``payload`` is the whole JSON item. ``updated_at`` moves if and only if the rest of the
    payload changes, and when the resource becomes visible. ``record_id`` is the key of what is
    shown: a teacher, declaration, statement, delivery partner or school partnership. The other
    columns are what lists filter and sort by.
    """

    lead_provider = models.ForeignKey(
        LeadProvider, models.CASCADE, related_name="+", db_constraint=False
    )
    resource_type = models.CharField(max_length=24, choices=ResourceType)
    record_id = models.BigIntegerField()
    api_id = models.UUIDField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    payload = models.TextField()
    years = ArrayField(models.SmallIntegerField(), default=list)
    participant_id = models.UUIDField(null=True)
    delivery_partner_id = models.UUIDField(null=True)
    training_statuses = ArrayField(models.TextField(), default=list)
    retired_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "shown_resource"
        constraints = [
            one_of("shown_resource_type_is_known", "resource_type", ResourceType),
            models.UniqueConstraint(
                name="one_view_of_a_record_for_each_provider",
                fields=["resource_type", "record_id", "lead_provider"],
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead_provider", "resource_type", "created_at", "record_id"],
                name="shown_in_order_of_creation",
            ),
            models.Index(
                fields=["lead_provider", "resource_type", "updated_at", "record_id"],
                name="shown_in_order_of_change",
            ),
            models.Index(
                fields=["lead_provider", "years", "created_at", "record_id"],
                name="declarations_shown_of_a_year",
                condition=models.Q(resource_type=ResourceType.DECLARATION),
            ),
            models.Index(fields=["api_id"], name="shown_by_public_id"),
            models.Index(
                fields=["participant_id"],
                name="shown_by_participant",
                condition=models.Q(participant_id__isnull=False),
            ),
            GinIndex(
                fields=["retired_ids"],
                name="shown_by_retired_id",
                condition=~models.Q(retired_ids=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_type} {self.api_id} for {self.lead_provider_id}"


class StaleMark(models.Model):
    """A fact that changed since what is shown of it was last built; written by triggers.

    ``transaction_id`` is the transaction that changed it, so that an operation refreshes its own.
    """

    kind = models.CharField(max_length=24, choices=StaleKind)
    record_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField(
        db_default=Func(template="(pg_current_xact_id()::text::bigint)"), db_index=True
    )

    class Meta:
        db_table = "stale_mark"

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class ShownChange(models.Model):
    """One entry of the change feed: ``id`` is its place; entries become visible in that order.

    ``lead_provider`` None means that every provider is shown the change; ``year`` is the cohort
    of a school, None for all of them. ``replaced_by`` is who took over a merged participant.
    """

    occurred_at = models.DateTimeField()
    lead_provider = models.ForeignKey(
        LeadProvider, models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    resource_type = models.CharField(max_length=24, choices=ResourceType)
    resource_id = models.UUIDField()
    year = models.SmallIntegerField(null=True)
    change = models.CharField(max_length=7, choices=ChangeKind)
    changed_fields = ArrayField(models.TextField(), default=list)
    replaced_by = models.UUIDField(null=True)

    class Meta:
        db_table = "shown_change"
        constraints = [
            one_of("shown_change_type_is_known", "resource_type", ResourceType),
            one_of("shown_change_kind_is_known", "change", ChangeKind),
        ]
        indexes = [
            models.Index(fields=["lead_provider", "id"], name="changes_of_a_provider"),
            models.Index(
                fields=["lead_provider", "resource_type", "id"], name="changes_of_a_resource"
            ),
            models.Index(fields=["occurred_at"], name="changes_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.change} {self.resource_type} {self.resource_id}"


class ProjectionState(models.Model):
    """How far the projection is: one row.

    ``shown_for`` is the London day whose calendar is shown; ``purged_through`` the last place
    of the change feed that is no longer kept; ``verified_at`` when all of it was last compared
    with the facts, and ``drifted`` how many rows then differed.
    """

    shown_for = models.DateField(null=True)
    purged_through = models.BigIntegerField(default=0)
    refreshed_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    drifted = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "projection_state"
        constraints = [
            models.CheckConstraint(name="projection_state_is_one_row", condition=models.Q(id=1))
        ]

    def __str__(self) -> str:
        return f"Shown for {self.shown_for}"
