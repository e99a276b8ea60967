"""A small population, planned and loaded once for all tests of this folder.

Everything happens in one transaction that is rolled back at the end; each test has its own
savepoint in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from register_ects import clock
from register_ects.invented.contracts import load_demo_contracts
from register_ects.invented.population.generation import Wanted, add_population, generate
from register_ects.invented.population.loading import TABLES
from register_ects.models import GIASSchool, School, SchoolFundingEligibility
from register_ects.reference_data.loader import load_reference_data
from tests.factories import GIASSchoolFactory

TODAY = date(2026, 11, 24)
ECTS = 400
Rows = dict[str, list[dict[str, Any]]]

_DISTRICTS = ("Bolton", "Bury", "Manchester", "Salford", "Somerset", "Nowhere")
_SCHOOLS = 180
#: What some of each thirty schools are; the rest are community schools.
_KINDS: dict[int, dict[str, Any]] = {
    0: {"section_41": True},
    7: {"independent": True},
    14: {"type_name": "Community special school"},
    21: {"independent": True},
    28: {"type_name": "Academy special converter"},
    29: {"opened_on": date(2023, 9, 1)},
}


@dataclass(frozen=True)
class Population:
    """The rows that are there, those of a first run that was undone, and of another seed."""

    rows: Rows
    first_run: Rows
    of_another_seed: Rows


@pytest.fixture(scope="package")
def population(django_db_setup: None, django_db_blocker: Any) -> Iterator[Population]:
    """Load schools, contracts and people, and build what lead providers are shown."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.pretend(TODAY):
        _load_schools()
        load_reference_data()
        load_demo_contracts()
        _add_uplifts(2024)
        first_run = _rehearsed(Wanted(ECTS, seed=1, today=TODAY))
        of_another_seed = _rehearsed(Wanted(40, seed=2, today=TODAY))
        add_population(Wanted(ECTS, seed=1, today=TODAY))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL register_ects.mark_stale = 'on'")
        yield Population(_everything(), first_run, of_another_seed)
        transaction.set_rollback(True)


def _rehearsed(wanted: Wanted) -> Rows:
    """Return the rows of a population that is not kept."""
    with transaction.atomic():
        generate(wanted)
        rows = _everything()
        transaction.set_rollback(True)
    return rows


@pytest.fixture(autouse=True)
def _that_day(on: Any) -> None:
    on(TODAY)


def _load_schools() -> None:
    """Add schools of several districts and sizes; some are independent, some earn uplifts."""
    gias_schools = GIASSchool.objects.bulk_create(
        GIASSchoolFactory.build(
            urn=800_001 + number,
            administrative_district_name=_DISTRICTS[number // 15 % len(_DISTRICTS)],
            pupils=100 + number * 37 % 1100,
            **_KINDS.get(number % 30, {}),
        )
        for number in range(_SCHOOLS)
    )
    School.objects.bulk_create(School(gias_school=each) for each in gias_schools)


def _add_uplifts(year: int) -> None:
    """Let every third school earn an uplift in a contract period."""
    SchoolFundingEligibility.objects.bulk_create(
        SchoolFundingEligibility(
            gias_school_id=urn, contract_period_id=year, pupil_premium_uplift=True
        )
        for urn in GIASSchool.objects.filter(urn__gte=800_001).values_list("urn", flat=True)[::3]
    )


def _everything() -> Rows:
    """Return all rows that a population brings, by table.

    Keys are counted from each table's first: sequences go on after a rollback.
    """
    models = [table.model for table in TABLES]
    first = {model: _first_key(model) for model in models}
    return {model._meta.db_table: _rows(model, first) for model in models}


def _first_key(model: Any) -> int:
    key = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
    return int(key or 0)


def _rows(model: Any, first: dict[Any, int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = list(model._default_manager.order_by("pk").values())
    keys = {"id": first[model]} | {
        field.attname: first[field.related_model]
        for field in model._meta.concrete_fields
        if field.related_model in first and field.target_field.primary_key
    }
    for row in rows:
        for name, start in keys.items():
            row[name] = row[name] and row[name] - start
    return rows
