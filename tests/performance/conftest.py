"""A population in which PostgreSQL plans as it would for the whole country.

A few hundred ECTs, loaded once for a module and rolled back at the end. Every row of the tables
that grow is given a page of its own, and to read on costs ten times as much as it would: then a
table costs as much to read from end to end as if it had some four hundred times as many rows, and
a few of them as much to find as ever.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
import pytest
from django.db import connection, transaction

from register_ects import clock
from register_ects.invented.contracts import load_demo_contracts
from register_ects.invented.population.generation import Wanted, generate
from register_ects.invented.stand_ins.trs import serving
from register_ects.models import (
    GIASSchool,
    InductionExtension,
    LeadProvider,
    School,
    ShownChange,
    StaleMark,
    Teacher,
    TeacherIdChange,
)
from register_ects.projections.rebuild import rebuild_everything
from register_ects.reference_data.loader import load_reference_data
from register_ects.rules.enumerations import ChangeKind, ResourceType
from tests.factories import GIASSchoolFactory
from tests.performance.people_of_trs import PEOPLE
from tests.performance.plans import GROWING

TODAY = date(2026, 11, 24)
ECTS, SCHOOLS = 250, 120
#: Bytes of a row that leave no room on its page for another: 8,192 less what PostgreSQL keeps.
_FILLER = 7_000


@pytest.fixture(scope="module")
def population(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic(), clock.pretend(TODAY):
        _load_schools()
        load_reference_data()
        load_demo_contracts()
        generate(Wanted(ECTS, seed=1, today=TODAY))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL register_ects.mark_stale = 'on'")
        rebuild_everything()
        _add_what_is_rare()
        StaleMark.objects.all().delete()  # else each operation would refresh what this marked
        spread()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def running_trs() -> Iterator[Any]:
    with serving(today=TODAY) as stand_in:
        stand_in.upsert(*PEOPLE)
        yield stand_in


@pytest.fixture
def trs(running_trs: Any, settings: Any) -> Any:
    """TRS with the people of the journeys."""
    settings.TRS_API_BASE_URL = running_trs.base_url
    settings.TRS_API_KEY = running_trs.api_key
    return running_trs


def spread() -> None:
    """Give every row of the tables that grow a page of its own, and count what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in sorted(GROWING):
            # The default differs from row to row, so that it is written into each.
            cursor.execute(
                f"ALTER TABLE {table} ADD COLUMN filler text STORAGE PLAIN"
                f" DEFAULT repeat('x', {_FILLER} + (random() * 9)::int)"
            )
        cursor.execute("SET LOCAL seq_page_cost = 10")
        cursor.execute("ANALYZE")


def _add_what_is_rare() -> None:
    """Add rows to tables that grow too, but have a few only where there are few people."""
    Teacher.objects.filter(anonymised_at=None).update(trs_qts_status_description="Qualified")
    people = list(Teacher.objects.filter(trn__isnull=False).order_by("pk"))
    InductionExtension.objects.bulk_create(
        InductionExtension(teacher=person, number_of_terms=1) for person in people
    )
    with pgtrigger.ignore("register_ects.TeacherIdChange:nobodys_own_id_is_retired"):
        TeacherIdChange.objects.bulk_create(
            TeacherIdChange(teacher=kept, from_teacher=retired, to_teacher=kept)
            for kept, retired in zip(people[::2], people[1::2], strict=False)
        )
    # The feed of a week: for each provider, and now and then for all.
    providers = [*LeadProvider.objects.all(), None]
    ShownChange.objects.bulk_create(
        ShownChange(
            occurred_at=clock.now(),
            lead_provider=providers[number % len(providers)],
            resource_type=ResourceType.PARTICIPANT,
            resource_id=UUID(int=number),
            change=ChangeKind.UPDATED,
        )
        for number in range(1_000)
    )


def _load_schools() -> None:
    gias_schools = GIASSchool.objects.bulk_create(
        GIASSchoolFactory.build(
            urn=800_001 + number,
            administrative_district_name=("Bolton", "Bury", "Salford")[number // 15 % 3],
            pupils=100 + number * 37 % 1100,
        )
        for number in range(SCHOOLS)
    )
    School.objects.bulk_create(School(gias_school=each) for each in gias_schools)
