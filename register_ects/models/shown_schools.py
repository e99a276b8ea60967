"""Schools as lead providers are shown them, stored only where they differ from the default.

Schools times years times providers would be over a million rows, nearly all alike. So a school is
shown as its row for the provider and year says, else as its row for the year, else as its own row
does. A projection: ``register_ects.projections`` alone writes these tables. Source: spec 01
§10.3 Improve (d), spec 02 §2.16.4.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import FilteredRelation, Q, Value
from django.db.models.functions import Coalesce, Concat

from register_ects.models.lead_providers import LeadProvider


class ShownSchoolQuerySet(models.QuerySet["ShownSchool"]):
    """Finding schools as one provider is shown them in one year."""

    def listed(self, lead_provider: LeadProvider, year: int) -> Self:
        """Keep the schools listed in a contract year, as they are shown to a provider in it."""
        return self.listed_in(year).as_shown_to(lead_provider, year)

    def listed_in(self, year: int) -> Self:
        """Keep the schools listed in a contract year: eligible, or in partnership with anyone."""
        return self.filter(Q(is_eligible=True) | Q(partnership_years__contains=[year]))

    def as_shown_to(self, lead_provider: LeadProvider, year: int) -> Self:
        """Add ``payload``, the JSON item, and ``updated_at`` for a provider and a year.

        Looks each school up in two more tables: choose the schools of a page first.
        """
        of_year = FilteredRelation("years", condition=Q(years__year=year))
        for_provider = FilteredRelation(
            "interests",
            condition=Q(interests__year=year, interests__lead_provider=lead_provider),
        )
        return self.alias(of_year=of_year, for_provider=for_provider).annotate(
            payload=Coalesce(
                "for_provider__payload",
                "of_year__payload",
                Concat("payload_start", Value(payload_end(year), models.TextField())),
            ),
            updated_at=Coalesce(
                "for_provider__updated_at", "of_year__updated_at", "own_updated_at"
            ),
        )


def payload_end(year: int) -> str:
    """Return what completes ``payload_start``: the cohort is the last of the attributes."""
    return f',"cohort":"{year}"}}}}'


class ShownSchool(models.Model):
    """A school as everyone is shown it in a year in which nothing has happened there.

    ``record_id`` is the school's key; ``partnership_years`` are those in which any provider has
    a partnership with it, in order. ``payload_start`` is the JSON item up to the cohort;
    ``own_updated_at`` is when it last changed, or when the school became eligible, and
    ``last_changed_at`` when anything any provider is shown of the school in any year did.
    """

    record_id = models.BigIntegerField(primary_key=True)
    api_id = models.UUIDField(unique=True)
    urn = models.PositiveIntegerField(db_index=True)
    created_at = models.DateTimeField()
    is_eligible = models.BooleanField()
    partnership_years = ArrayField(models.SmallIntegerField(), default=list)
    payload_start = models.TextField()
    own_updated_at = models.DateTimeField()
    last_changed_at = models.DateTimeField(db_index=True)

    objects = ShownSchoolQuerySet.as_manager()

    class Meta:
        db_table = "shown_school"
        indexes = [
            models.Index(
                fields=["created_at", "record_id"],
                include=["is_eligible", "partnership_years"],
                name="schools_listed_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"school {self.api_id}"


class ShownSchoolYear(models.Model):
    """A school as shown in a year to providers that it has not named; kept once it exists."""

    # Each of the two is found by the key of its constraint: a second index misleads the planner.
    school = models.ForeignKey(ShownSchool, models.CASCADE, related_name="years", db_index=False)
    year = models.SmallIntegerField()
    payload = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "shown_school_year"
        constraints = [
            models.UniqueConstraint(
                name="one_view_of_a_school_in_a_year", fields=["school", "year"]
            )
        ]
        indexes = [models.Index(fields=["year", "school"], name="school_years_of_a_year")]

    def __str__(self) -> str:
        return f"{self.school} in {self.year}"


class ShownSchoolInterest(models.Model):
    """A school as shown in a year to a provider that it names or once named; kept thereafter."""

    school = models.ForeignKey(
        ShownSchool, models.CASCADE, related_name="interests", db_index=False
    )
    year = models.SmallIntegerField()
    lead_provider = models.ForeignKey(
        LeadProvider, models.CASCADE, related_name="+", db_constraint=False
    )
    payload = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "shown_school_interest"
        constraints = [
            models.UniqueConstraint(
                name="one_view_of_a_school_for_a_provider_in_a_year",
                fields=["school", "year", "lead_provider"],
            )
        ]
        indexes = [
            models.Index(fields=["lead_provider", "year", "school"], name="interests_of_a_provider")
        ]

    def __str__(self) -> str:
        return f"{self.school} in {self.year} for {self.lead_provider_id}"
