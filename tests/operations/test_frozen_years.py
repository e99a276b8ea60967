"""Registering people whose training was in a frozen contract period (spec 03 §10)."""

from datetime import date

import pytest

from register_ects.models import ContractPeriod, Schedule, Teacher, TrainingPeriod
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, mentor
from tests.registrations import world as world


def schedule(year, name):
    return Schedule.objects.get(contract_period=year, identifier=f"ecf-{name}")


def trained_before(world, year, **changes):
    """Return training of Asha at Elm in a year, on the standard schedule of January."""
    return TrainingPeriodFactory(
        teacher__trn="4000001",
        school=world.elm,
        lead_provider=world.larch,
        year=year,
        schedule=schedule(year, "standard-january"),
        **changes,
    )


def registered(world, start):
    placement = register_ect(world.oak, ect(world, started_on=start), author=AUTHOR)
    return placement.training_periods.get(), Teacher.objects.get(trn="4000001")


@pytest.mark.parametrize("year", [2021, 2022])
@pytest.mark.parametrize(
    ("start", "training_starts"),
    [
        pytest.param(date(2026, 9, 1), date(2026, 9, 1), id="back-dated"),
        pytest.param(date(2026, 10, 5), date(2026, 10, 5), id="ahead"),
    ],
)
def test_an_ect_of_a_frozen_year_goes_to_its_successor_and_that_is_remembered(
    world, year, start, training_starts
):
    trained_before(world, year)

    training, asha = registered(world, start)

    assert training.schedule == schedule(2024, "extended-september")
    assert training.started_on == training_starts
    assert asha.ect_payments_frozen_year_id == year
    assert asha.mentor_payments_frozen_year_id is None


def test_an_ect_of_an_open_year_keeps_it_and_the_schedule(world):
    trained_before(world, 2024)

    training, asha = registered(world, date(2026, 10, 5))

    assert training.schedule == schedule(2024, "standard-january")
    assert asha.ect_payments_frozen_year_id is None


def test_who_moved_out_of_a_frozen_year_before_is_remembered_still(world):
    trained_before(world, 2024)
    Teacher.objects.update(ect_payments_frozen_year=2022)

    training, asha = registered(world, date(2026, 10, 5))

    assert training.contract_period_id == 2024
    assert asha.ect_payments_frozen_year_id == 2022


def test_an_ect_of_a_frozen_year_without_a_successor_starts_in_this_one(world):
    ContractPeriod.objects.filter(year=2022).update(successor=None)
    trained_before(world, 2022)

    training, asha = registered(world, date(2026, 10, 5))

    assert training.contract_period_id == 2026
    assert asha.ect_payments_frozen_year_id == 2022


def test_school_led_training_comes_from_no_frozen_year(world):
    earlier = trained_before(world, 2022, finished_on=date(2024, 7, 20))
    TrainingPeriodFactory(
        ect_at_school_period=earlier.ect_at_school_period,
        school_led=True,
        started_on=date(2024, 9, 1),
    )

    training, asha = registered(world, date(2026, 10, 5))

    assert training.contract_period_id == 2026
    assert asha.ect_payments_frozen_year_id is None


def test_a_mentor_of_a_frozen_year_starts_in_this_one_and_is_not_put_on_extended(world):
    left = MentorAtSchoolPeriodFactory(
        teacher__trn="4000002", school=world.elm, started_on=date(2022, 9, 1)
    )
    TrainingPeriodFactory(
        mentor_at_school_period=left,
        lead_provider=world.larch,
        year=2022,
        schedule=schedule(2022, "standard-january"),
    )
    mentee = ECTAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))

    register_mentor(
        world.oak, mentee, mentor(lead_provider=world.larch, only_here=True), author=AUTHOR
    )

    training = TrainingPeriod.objects.get(school=world.oak)
    ben = Teacher.objects.get(trn="4000002")
    assert training.schedule == schedule(2026, "standard-january")
    assert ben.mentor_payments_frozen_year_id == 2022
    assert ben.ect_payments_frozen_year_id is None


@pytest.mark.parametrize("year", [2023, 2024])
def test_only_a_partnership_of_the_successor_is_reused(world, year):
    trained_before(world, 2022)
    old = SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=year
    )

    placement = register_ect(world.oak, ect(world, reused=old), author=AUTHOR)

    training = placement.training_periods.get()
    assert training.contract_period_id == 2024
    assert training.school_partnership == (old if year == 2024 else None)
    assert set(world.oak.partnerships.all()) == {old}
