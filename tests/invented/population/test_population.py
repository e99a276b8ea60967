"""An invented population: the same each time, loaded once, and never in production."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from register_ects.invented.demo.loading import CannotPopulate, populate
from register_ects.invented.demo.supervisor import POPULATIONS
from register_ects.invented.population.generation import (
    CannotGenerate,
    Wanted,
    generate,
    is_loaded,
)
from register_ects.invented.production import NotForProduction
from register_ects.models import (
    Teacher,
)
from tests.invented.population.conftest import ECTS, TODAY

pytestmark = pytest.mark.usefixtures("population")


def test_same_size_seed_and_day_give_the_same_rows_with_the_same_ids(population):
    assert population.rows.keys() == population.first_run.keys()
    for table, rows in population.rows.items():
        assert rows == population.first_run[table], table


def test_another_seed_gives_other_people(population):
    def ids(rows):
        return {row["api_id"] for row in rows["teacher"]}

    assert len(population.of_another_seed["ect_at_school_period"]) >= 40
    assert not ids(population.rows) & ids(population.of_another_seed)


def test_there_are_as_many_ects_as_asked_for_and_nine_mentors_for_ten():
    assert Teacher.objects.filter(ect_at_school_periods__isnull=False).distinct().count() == ECTS
    mentors = Teacher.objects.filter(mentor_at_school_periods__isnull=False).distinct().count()
    assert mentors == round(ECTS * 0.9)


def test_production_refuses(settings):
    settings.PRODUCTION = True

    with pytest.raises(NotForProduction):
        generate(Wanted(10, seed=1, today=TODAY))
    with pytest.raises(CommandError, match="no place in the live service"):
        call_command("generate_population", ects=10, seed=1)


def test_a_second_run_with_the_same_numbers_adds_nothing_and_says_so():
    before, output = Teacher.objects.count(), StringIO()

    call_command("generate_population", ects=ECTS, seed=1, today=date(2026, 12, 1), stdout=output)

    assert output.getvalue() == "This population is loaded already: nothing was added\n"
    assert Teacher.objects.count() == before


def test_a_demo_keeps_its_population_and_takes_no_other():
    before = Teacher.objects.count()

    populate(ECTS)
    with pytest.raises(CannotPopulate, match="--fresh to start again"):
        populate(ECTS + 1)

    assert Teacher.objects.count() == before


def test_the_sizes_of_demos_are_as_promised():
    assert POPULATIONS == {"small": 0, "district": 2_000, "national": 60_000}


@pytest.mark.parametrize(
    ("ects", "seed"), [pytest.param(ECTS, 2, id="seed"), pytest.param(ECTS + 1, 1, id="size")]
)
def test_another_population_beside_it_is_refused(ects, seed):
    with pytest.raises(CannotGenerate, match="Another population is loaded already"):
        is_loaded(Wanted(ects, seed, TODAY))
    with pytest.raises(CommandError, match="use an empty data directory"):
        call_command("generate_population", ects=ects, seed=seed)
