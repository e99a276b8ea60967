"""For how many ECTs something is done at once, and what each of them costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.several_changes import forms
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
)
from tests.operations.training_to_change import birch, trained
from tests.schools.several_changes.several import check, choose_ects, first_page

__all__ = ["birch"]

CHANGES = ["give-mentor", "change-lead-provider", "change-appropriate-body"]


def ects_of(world, many: int) -> list:
    ects = ECTAtSchoolPeriodFactory.create_batch(many, school=world.oak, started_on="2025-09-01")
    for ect in ects:
        trained(world, ect)
    return ects


def test_no_more_are_chosen_than_the_page_says(world, oak, monkeypatch):
    monkeypatch.setattr(forms, "MOST_ECTS", 2)
    AppropriateBodyFactory(active=True)
    ects = ects_of(world, 3)

    refused = choose_ects(oak, "change-appropriate-body", ects)

    assert refused.status_code == 422
    assert refused.errors == {"#ects": "Select 2 ECTs or fewer"}
    assert choose_ects(oak, "change-appropriate-body", ects[:2]).status_code == 200


def test_the_page_says_how_many_can_be_chosen(world, oak):
    ects_of(world, 1)

    assert "Select all that apply, up to 100" in oak.get(first_page("give-mentor")).text


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_page_costs_the_same_however_many_ects_are_here(world, oak, change):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert oak.get(first_page(change)).status_code == 200
        return len(queries)

    ects_of(world, 2)
    few = cost()
    ects_of(world, 5)

    assert cost() == few


@pytest.mark.parametrize("change", CHANGES)
def test_the_check_page_costs_the_same_however_many_ects_are_chosen(world, oak, birch, change):
    ects = ects_of(world, 6)
    hub = AppropriateBodyFactory(active=True)
    mentor = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2025-09-01")
    trained(world, mentor)
    answer = {"mentor": mentor.pk, "lead_provider": birch.pk, "body": hub.pk}

    def cost(chosen: list) -> int:
        page = check(oak, change, chosen, answer)
        assert page.h1 == "Check what will happen"
        with CaptureQueriesContext(connection) as queries:
            assert oak.get(page.response.request["PATH_INFO"]).status_code == 200
        return len(queries)

    assert cost(ects) == cost(ects[:2])
