"""What schools do in each contract year: partnerships, programmes chosen, providers named.

For the schools that lead providers are shown and for the rule that asks what a school chose.
A constant number of queries, whatever the number of schools.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, QuerySet

from register_ects.database.compiled import compiled
from register_ects.models import ContractPeriod, SchoolPartnership, TrainingPeriod
from register_ects.rules.contract_periods import containing
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.programme_choice import ProgrammeChoice, programme_choice

#: A school's key and a contract year.
SchoolYear = tuple[int, int]


@dataclass
class YearFacts:
    """What bears on how one school is shown in one year.

    ``programmes`` are those of the year's training there; ``named_providers`` the keys of every
    lead provider that some training names, confirmed or not. ``changed_at`` is when any of it
    last changed.
    """

    in_partnership: bool = False
    programmes: set[str] = field(default_factory=set)
    named_providers: set[int] = field(default_factory=set)
    changed_at: datetime | None = None

    @property
    def choice(self) -> ProgrammeChoice:
        """Return what the school has chosen for the year."""
        return programme_choice(self.programmes)

    def note_change(self, changed_at: datetime) -> None:
        """Keep the latest time of a change."""
        self.changed_at = max(self.changed_at or changed_at, changed_at)


def facts_by_year(schools: Collection[int]) -> dict[SchoolYear, YearFacts]:
    """Return the years of these schools, by key, in which anything happened. Four queries."""
    years: dict[SchoolYear, YearFacts] = defaultdict(YearFacts)
    keys = list(schools)
    for school, year, changed_at in _partnerships(keys):
        years[school, year].in_partnership = True
        years[school, year].note_change(changed_at)
    for school, year, provider, changed_at in _provider_led(keys):
        years[school, year].programmes.add(TrainingProgramme.PROVIDER_LED)
        years[school, year].named_providers.add(provider)
        years[school, year].note_change(changed_at)
    for school, year, changed_at in _school_led(keys):
        years[school, year].programmes.add(TrainingProgramme.SCHOOL_LED)
        years[school, year].note_change(changed_at)
    return years


def programme_chosen(school: int, year: int) -> ProgrammeChoice:
    """Return what a school has chosen for a contract year (spec 01 §9.8)."""
    return facts_by_year([school])[school, year].choice


@compiled
def _partnerships(schools: list[int]) -> QuerySet[SchoolPartnership, tuple[int, int, datetime]]:
    rows = SchoolPartnership.objects.filter(school__any=schools)
    return rows.values_list("school_id", "contract_period_id").annotate(Max("updated_at"))


@compiled
def _provider_led(
    schools: list[int],
) -> QuerySet[TrainingPeriod, tuple[int, int, int, datetime]]:
    """Find whom training names: its partnership and its interest name the same provider."""
    rows: QuerySet[TrainingPeriod] = TrainingPeriod.objects.filter(
        school__any=schools, training_programme=TrainingProgramme.PROVIDER_LED
    )
    columns = rows.values_list("school_id", "contract_period_id", "lead_provider_id")
    return columns.annotate(Max("updated_at"))


def _school_led(schools: list[int]) -> Iterable[tuple[int, int, datetime]]:
    periods = _contract_periods()
    for school, started_on, changed_at in _school_led_training(schools):
        period = containing(periods, started_on)
        if period is not None:
            yield school, period.year, changed_at


@compiled
def _contract_periods() -> QuerySet[ContractPeriod]:
    return ContractPeriod.objects.all()


@compiled
def _school_led_training(
    schools: list[int],
) -> QuerySet[TrainingPeriod, tuple[int, date, datetime]]:
    rows: QuerySet[TrainingPeriod] = TrainingPeriod.objects.filter(
        school__any=schools, training_programme=TrainingProgramme.SCHOOL_LED
    )
    return rows.values_list("school_id", "started_on").annotate(Max("updated_at"))
