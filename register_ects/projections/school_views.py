"""How a school looks on the wire: alike for everyone, in one year, for one provider.

Source: spec 02 §2.16.4, spec 01 §10.3.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from register_ects.database.compiled import compiled
from register_ects.models import School
from register_ects.models.shown_schools import payload_end
from register_ects.projections.school_facts import YearFacts, facts_by_year
from register_ects.projections.shown import JSON_OPTIONS, stamped
from register_ects.rules.enumerations import ResourceType

_UNEVENTFUL = YearFacts()


@dataclass(frozen=True)
class SchoolView:
    """A school, and the years in which it is shown otherwise than by default.

    ``contact_email`` is the induction tutor's, else the register's contact. ``changed_at`` is
    when the school or its register record was last changed.
    """

    years: Mapping[int, YearFacts]
    record_id: int
    api_id: UUID
    urn: int
    name: str
    created_at: datetime
    changed_at: datetime
    tutor_name: str | None
    contact_email: str | None
    is_eligible: bool

    def listed_years(self, every_year: Collection[int]) -> frozenset[int]:
        """Return the contract years in which lead providers are shown it."""
        return frozenset(every_year if self.is_eligible else self.partnership_years)

    @property
    def partnership_years(self) -> list[int]:
        """Return the years in which any provider has a partnership with it, in order."""
        return sorted(year for year, facts in self.years.items() if facts.in_partnership)

    @property
    def named_providers(self) -> set[tuple[int, int]]:
        """Return each year and the key of a provider that the school names in it."""
        return {(year, key) for year, facts in self.years.items() for key in facts.named_providers}

    def year_changed_at(self, year: int) -> datetime:
        """Return when what it is shown by in a year was last changed."""
        return max(self.changed_at, self.years[year].changed_at or self.changed_at)

    def start_by_default(self, updated_at: datetime) -> str:
        """Return the item up to the cohort, for every year in which nothing happened."""
        return self._start(_UNEVENTFUL, updated_at, names_provider=False)

    def in_year(self, year: int, updated_at: datetime) -> str:
        """Return the item in a year, for providers that the school does not name."""
        facts = self.years.get(year, _UNEVENTFUL)
        return self._start(facts, updated_at, names_provider=False) + payload_end(year)

    def for_provider(self, year: int, provider: int, updated_at: datetime) -> str:
        """Return the item in a year for a provider: with the tutor, if the school names it."""
        facts = self.years.get(year, _UNEVENTFUL)
        names_provider = provider in facts.named_providers
        return self._start(facts, updated_at, names_provider=names_provider) + payload_end(year)

    def _start(self, facts: YearFacts, updated_at: datetime, *, names_provider: bool) -> str:
        item = {
            "id": self.api_id,
            "type": ResourceType.SCHOOL.value,
            "attributes": {
                "name": self.name,
                "urn": str(self.urn),
                "in_partnership": facts.in_partnership,
                "induction_programme_choice": facts.choice,
                "expression_of_interest": names_provider,
                "induction_tutor_name": self.tutor_name if names_provider else None,
                "induction_tutor_email": self.contact_email if names_provider else None,
                "created_at": self.created_at,
            },
        }
        return stamped(orjson.dumps(item, option=JSON_OPTIONS), updated_at)[:-2]


def render_schools(school_ids: Collection[int]) -> list[SchoolView]:
    """Return how these schools are shown, by key. Five queries."""
    years: dict[int, dict[int, YearFacts]] = defaultdict(dict)
    for (school, year), facts in facts_by_year(school_ids).items():
        years[school][year] = facts
    return [SchoolView(years[row[0]], *row) for row in _rows(list(school_ids))]


@compiled
def _rows(school_ids: list[int]) -> QuerySet[School, tuple[Any, ...]]:
    """Find what SchoolView holds besides its years, in the same order."""
    return School.objects.filter(pk__any=school_ids).values_list(
        "pk",
        "api_id",
        "gias_school_id",
        "gias_school__name",
        "created_at",
        Greatest("updated_at", "gias_school__updated_at"),
        "induction_tutor_name",
        Coalesce(
            "induction_tutor_email",
            "gias_school__primary_contact_email",
            "gias_school__secondary_contact_email",
        ),
        ExpressionWrapper(
            Q(marked_as_eligible=True) | Q(gias_school__eligible=True), BooleanField()
        ),
    )
