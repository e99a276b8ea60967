"""What a lead provider's sandbox was seeded with; never used in production."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from register_ects.models.base import one_of
from register_ects.models.lead_providers import LeadProvider
from register_ects.rules.enumerations import SandboxGroup


class SandboxScenarioQuerySet(models.QuerySet["SandboxScenario"]):
    """Selections of scenarios."""

    def of(self, lead_provider: LeadProvider) -> Self:
        """Return what a provider's sandbox holds, the shared scenarios last."""
        concerned = models.Q(lead_provider=lead_provider) | models.Q(lead_provider=None)
        return self.filter(concerned).order_by(
            models.F("lead_provider").asc(nulls_last=True), "position"
        )


class SandboxScenario(models.Model):
    """One seeded situation and the public ids of what plays in it.

    ``lead_provider`` None means that every provider shares it. Source: spec 02 §2.17.3.
    """

    lead_provider = models.ForeignKey(LeadProvider, models.CASCADE, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=12, choices=SandboxGroup)
    key = models.CharField(max_length=60)
    title = models.TextField()
    participant_ids = ArrayField(models.UUIDField(), default=list)
    school_ids = ArrayField(models.UUIDField(), default=list)
    partnership_ids = ArrayField(models.UUIDField(), default=list)

    objects = SandboxScenarioQuerySet.as_manager()

    class Meta:
        db_table = "sandbox_scenario"
        ordering = ["position"]
        constraints = [
            one_of("sandbox_group_is_known", "group", SandboxGroup),
            models.UniqueConstraint(
                name="one_sandbox_scenario_of_a_key_for_each_provider",
                fields=["lead_provider", "key"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.title
